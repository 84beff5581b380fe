"""判定のしかた: what each status means, in which order it is decided, the ward's scales, the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components.initiatives import parts
from dashboard.components.initiatives.overview_section import legend_table
from dashboard.initiatives.selection import STATUSES
from dashboard.initiatives.words import MILESTONE_SIGNS, status_meaning, status_title
from dashboard.markup import joined, table, tag
from dashboard.translation import translator

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.reading import Grade
    from dashboard.section_files import SectionTable
    from dashboard.translation import Translate

_DATASETS: Final = ("indicators", "indicator_values", "initiative_milestones", "initiative_reports")
_WORKS: Final = (
    "Eurostat (2021) Sustainable development in the European Union: Monitoring report on progress towards the SDGs in an EU context. Luxembourg: Publications Office of the European Union.",
    "Hyndman, R. J. & Athanasopoulos, G. (2021) Forecasting: Principles and Practice, 3rd ed., section 5.2. Melbourne: OTexts.",
    "Tashman, L. J. (2000) Out-of-sample tests of forecasting accuracy. International Journal of Forecasting 16, 437–450.",
    "Sherman, L. W. et al. (1998) Preventing Crime: What Works, What Doesn't, What's Promising. National Institute of Justice.",
)


def show(shown: Shown) -> None:
    """The words, the rules, the scales, the works cited."""
    _ = translator(shown.lang)
    parts.heading(shown, _("判定のしかた"), _("規則・区の設定・出典"), _DATASETS)
    st.html(rules_html(shown))
    parts.take_along(shown, rules_table(shown))
    parts.explain(shown, definition(_), _DATASETS)


def definition(_: Translate) -> str:
    """What the rules are taken from."""
    return _(
        "Eurostat のSDGs指標の評価（必要な成長率に対する実際の成長率、しきい値95%と60%）を、直線のペースに置き換えて使っています。取組の指標は0から始まることがあり、成長率では測れないためです。"
    )


def rules_html(shown: Shown) -> Markup:
    """The section as HTML."""
    _ = translator(shown.lang)
    left = [tag("h3", _("状態")), legend_table(shown), tag("h3", _("節目の状態")), _milestones(_)]
    right = [
        tag("h3", _("指標の判定（上から順に当てはめる）")),
        tag("ol", *(tag("li", text) for text in _indicator_rules(_)), class_="works"),
        tag("p", tag("code", _("ペースの比＝（いまの値−基準値）÷（時点−基準時点）÷｛（目標値−基準値）÷（目標期限−基準時点）｝"))),
        tag("h3", _("取組の判定（上から順に当てはめる）")),
        tag("ol", *(tag("li", text) for text in _initiative_rules(_)), class_="works"),
    ]  # fmt: skip
    scales = [
        _scale(shown, _("所管課評価の段階（区の設定）"), shown.found.grades, _),
        _scale(shown, _("根拠の強さ（論理の図の矢印）"), shown.found.evidence_grades, _),
    ]
    works = tag("ol", *(tag("li", text) for text in _WORKS), class_="works")
    return joined(
        [
            tag("div", tag("div", *left), tag("div", *right), class_="beside"),
            tag("div", *(tag("div", one) for one in scales if one), class_="beside"),
            tag("h3", _("参考文献")),
            works,
        ]
    )


def rules_table(shown: Shown) -> SectionTable:
    """The statuses with what each says."""
    _ = translator(shown.lang)
    rows = [(status_title(one, shown.lang, _), status_meaning(one, _)) for one in STATUSES]
    header = (_("状態"), _("意味"))
    return parts.file_table("rules", _("状態の意味"), header, rows, definition(_), _DATASETS)


def _milestones(_: Translate) -> Markup:
    meanings = {
        "done": _("実績の終わりがある"),
        "running": _("始まっていて、計画の終わりの前"),
        "planned": _("計画の始まりの前、または始まりの計画がない"),
        "start_late": _("計画の始まりを過ぎて、まだ始まっていない"),
        "late": _("計画の終わりを過ぎて、実績の終わりがない"),
        "undated": _("計画の終わりの日付がなく、実績もない"),
        "unknown": _("どうなったか分からない（「不明」と書かれているか、後の節目が完了している）"),
    }
    rows = [
        tag("tr", tag("th", parts.milestone_badge(state, _), scope="row"), tag("td", text))
        for state, text in meanings.items()
        if state in MILESTONE_SIGNS
    ]
    return table((_("状態"), _("意味")), rows, class_="data legend")


def _indicator_rules(_: Translate) -> tuple[str, ...]:
    return (
        _("対象外：取組が終了・統合した、または目標を置かない"),
        _("未設定：基準値・基準時点・目標値・目標年度のどれかがない"),
        _("未報告：値がない、または最後の値が報告の周期の1.5倍より古い"),
        _("判定不能：値の食い違い、不詳・秘匿、基準値だけ、目標が逆の側、許容幅のない「維持」など"),
        _("独自の判定：「許容幅 N」は目標から±N以内で達成、±2N以内で要注意。「段階 A B」はA以上で順調、B以上で要注意（減るほど良い指標では以下）"),
        _("達成：値が目標に届いている（ペースによらない）"),
        _("順調・要注意・目標より遅れ・悪化：ペースの比が95%以上・60%以上・0以上・マイナス。目標の期限を過ぎて届かなければ、よくても目標より遅れ"),
    )  # fmt: skip


def _initiative_rules(_: Translate) -> tuple[str, ...]:
    return (
        _("対象外：終了・統合した取組"),
        _("悪化、目標より遅れ：指標のどれかがそうである。計画より遅れた節目があれば目標より遅れ"),
        _("未報告：指標がどれも報告されず、期限を過ぎた年度報告もない"),
        _("要注意、順調：指標のどれかがそうである（悪いほうが先）"),
        _("達成：判定できる指標がすべて達成し、節目がすべて完了"),
        _("判定不能、未設定：ほかに判定できるものがない"),
    )


def _scale(shown: Shown, title: str, grades: tuple[Grade, ...], _: Translate) -> Markup | None:
    if not grades:
        return None
    rows = [
        tag("tr", tag("th", one.letter, scope="row"), tag("td", one.name_in(shown.lang)))
        for one in grades
    ]
    return joined([tag("h3", title), table((_("段階"), _("意味")), rows, class_="data legend")])
