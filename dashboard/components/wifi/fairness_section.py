"""公平さ: who is worst served, and how many live where nobody is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components import about
from dashboard.components.parts import bar, listing, row
from dashboard.components.wifi.figures import place_link
from dashboard.components.wifi.parts import what_to_bring
from dashboard.labels import count_text, level_title
from dashboard.markup import tag
from dashboard.section_files import SectionTable
from dashboard.translation import translator
from dashboard.wifi.labels import asked_about, group_title, people, share_of
from dashboard.wifi.selection import LEVELS
from dashboard.wifi.sentences import POINTS, reference
from pipelines.words import percent

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.translation import Translate
    from dashboard.wifi.asked import Shown

_DATASETS: Final = (POINTS, "areas")
_SHOWN: Final = 20


def show(shown: Shown) -> None:
    """Both levels side by side, and the ranked list to take away."""
    _ = translator(shown.selection.lang)
    about.title(_("公平さ"))
    st.html(fairness_html(shown))
    if shown.reach.known:
        about.take_along(shown.ward, [worst_table(shown)], shown.selection.lang)
    about.explain(shown.ward, definition(_), _DATASETS, shown.selection.lang)


def fairness_html(shown: Shown) -> Markup:
    """The section as HTML; every name in it is text."""
    _ = translator(shown.selection.lang)
    if not shown.reach.known:
        return what_to_bring(shown, "reach")
    levels = [_level(shown, level, _) for level in LEVELS]
    return tag("div", *levels, class_="beside")


def definition(_: Translate) -> str:
    """What is ranked, and what is counted."""
    return _(
        "届く割合の低い順（同じ割合では住民の多い順）。住民がいない所と人数の分からない所は入れません。使えると分かっているアクセスポイントだけで数えます。ローレンツ曲線とジニ係数は「方法」にあります。"
    )


def worst_table(shown: Shown) -> SectionTable:
    """Areas and towns, the worst-served first."""
    _ = translator(shown.selection.lang)
    return SectionTable(
        name=f"wifi_worst_{shown.selection.distance}m", title=_("届く割合の低い順の表"),
        definition=definition(_), datasets=_DATASETS, chosen=asked_about(shown.selection, _),
        residents=[reference(shown)],
        header=(_("区分"), _("順位"), _("コード"), _("名称"), _("対象の人口"), _("届く人口"),
         _("届く割合（0〜1）")),
        rows=[
            (level_title(level, _), rank, one.code, one.name, one.persons, one.reached, one.ratio)
            for level in LEVELS
            for rank, one in enumerate(shown.reach.worst[level], start=1)
        ],
    )  # fmt: skip


def _level(shown: Shown, level: str, _: Translate) -> Markup:
    lang = shown.selection.lang
    found = shown.reach.fairness[level]
    sentence = _("{units}（{group}{people}、{share}）では、だれも{distance}m以内に住んでいません。")
    text = sentence.format(
        units=count_text(found.areas_without, level, _),
        group=group_title(shown.selection.group, _),
        people=people(found.residents_in_areas_without, lang),
        share=percent(found.share_without, lang),
        distance=shown.selection.distance,
    )
    if not found.areas_without:
        text = _("だれも届かない{level}はありません。").format(level=level_title(level, _))
    notes = [text]
    if found.areas_unknown:
        unknown = count_text(found.areas_unknown, level, _)
        notes.append(_("人数の分からない{units}は入れていません。").format(units=unknown))
    rows = [
        row(
            place_link(shown, one) if level == shown.selection.level else one.name,
            people(one.persons, lang), share_of(one, lang), bar(one.ratio),
        )
        for one in shown.reach.worst[level][:_SHOWN]
    ]  # fmt: skip
    titles = (_("場所"), _("対象の人口"), _("届く割合"), "")
    return tag(
        "div",
        tag("h3", level_title(level, _)),
        *(tag("p", note) for note in notes),
        listing(titles, rows, numbers=(2, 3)),
    )
