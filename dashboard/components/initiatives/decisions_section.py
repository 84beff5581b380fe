"""判断: what needs a decision and why; where rule and department disagree; values in conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components.initiatives import parts
from dashboard.initiatives.need_words import need_reason, need_title
from dashboard.initiatives.values import day_text, state_text, value_text
from dashboard.initiatives.words import direction_title, grade_text, status_title
from dashboard.markup import joined, table, tag
from dashboard.translation import translator
from pipelines.words import fiscal_year_text

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.indicator_records import Conflict
    from dashboard.initiatives.records import Decision, Review
    from dashboard.section_files import SectionTable
    from dashboard.translation import Translate

_DATASETS: Final = (
    "indicators", "indicator_values", "initiative_milestones", "initiative_budgets",
    "initiative_reports", "initiatives",
)  # fmt: skip
_DATASET_OF: Final = {
    "indicator": "indicator_values",
    "milestone": "initiative_milestones",
    "money": "initiative_budgets",
}


def show(shown: Shown) -> None:
    """What needs a decision, then disagreements and conflicts one by one."""
    _ = translator(shown.lang)
    parts.heading(shown, _("判断"), _("判断が要ることと、その理由"), _DATASETS)
    st.html(decisions_html(shown))
    parts.take_along(shown, decisions_table(shown), reviews_table(shown), conflicts_table(shown))
    parts.explain(shown, definition(_), _DATASETS)


def definition(_: Translate) -> str:
    """What is listed, and that nothing is proposed."""
    return _(
        "規則で見つかったことと、その根拠の数字です。何を決めるべきかは示しません。値の食い違いは、同じ指標・同じ時点に、報告日が同じで違う値が2つ以上あるもので、どちらも使いません。"
    )


def decisions_html(shown: Shown) -> Markup:
    """The section as HTML; every name in it is text."""
    _ = translator(shown.lang)
    needs = needed(shown)
    said = (
        [
            parts.finding(
                _("判断が要ることは{count}件、{initiatives}の取組にあります。").format(
                    count=len(needs), initiatives=len({one.initiative_id for one in needs})
                )
            ),
            _needs(shown, needs, _),
        ]
        if needs
        else [parts.nothing(_("規則で見つかった、判断が要ることはありません。"))]
    )
    return joined([*said, _reviews(shown, _), _conflicts(shown, _)])


def needed(shown: Shown) -> list[Decision]:
    """The needs of the initiatives shown, the gravest first."""
    found = [one for one in shown.found.decisions if one.initiative_id in shown.ids]
    return sorted(found, key=lambda one: one.severity_order)


def disagreeing(shown: Shown) -> list[Review]:
    """The reports whose grade does not agree with the rule."""
    return [
        one for one in shown.found.reviews if one.initiative_id in shown.ids and one.agrees is False
    ]


def conflicting(shown: Shown) -> list[Conflict]:
    """The values in conflict of the initiatives shown."""
    indicators = shown.found.indicators
    return [
        one
        for one in shown.found.conflicts
        if one.indicator_id in indicators
        and indicators[one.indicator_id].initiative_id in shown.ids
    ]


def _needs(shown: Shown, needs: list[Decision], _: Translate) -> Markup:
    first, more = parts.first_of(needs, _)
    rows = [
        tag(
            "tr",
            tag("th", parts.link_to(shown, one.initiative_id), scope="row"),
            tag("td", need_title(one.kind, _)),
            tag("td", need_reason(shown, one, _)),
            tag("td", parts.leader(shown.found.overview[one.initiative_id or ""], _)),
            tag("td", _rows(shown, one)),
        )
        for one in first
    ]
    titles = (_("取組"), _("判断が要ること"), _("理由"), _("所管課"), "")
    return joined([table(titles, rows, class_="data needs"), more])


def _rows(shown: Shown, one: Decision) -> Markup | str:
    dataset = _DATASET_OF.get(one.part_kind or "", "initiative_reports")
    if one.kind in {"department_unknown", "end_not_stated"}:
        dataset = "initiatives" if one.kind == "department_unknown" else "initiative_places"
    if one.part_kind == "indicator":
        return parts.rows_of(dataset, shown, indicator=one.part_id or "")
    return parts.rows_of(dataset, shown, initiative=one.initiative_id or "")


def _reviews(shown: Shown, _: Translate) -> Markup:
    listed = disagreeing(shown)
    if not listed:
        return parts.EMPTY
    lang = shown.lang
    first, more = parts.first_of(listed, _)
    rows = [
        tag(
            "tr",
            tag("th", parts.link_to(shown, one.initiative_id), scope="row"),
            tag("td", fiscal_year_text(one.fiscal_year, lang)),
            tag("td", grade_text(one.grade, one.grade_name, one.grade_name_en, lang, _)),
            tag("td", parts.badge(one.rule_status, lang, _)),
            tag("td", one.problems or ""),
            tag("td", direction_title(one.direction, shown.lang)),
            tag("td", parts.rows_of("initiative_reports", shown, initiative=one.initiative_id)),
        )
        for one in first
    ]
    titles = (
        _("取組"), _("年度"), _("所管課評価"), _("規則による状態"), _("課題（所管課）"),
        _("今後の方向性"), "",
    )  # fmt: skip
    heading = tag("h3", _("所管課評価と規則が違うもの {count}").format(count=len(listed)))
    return joined([heading, table(titles, rows, class_="data"), more])


def _conflicts(shown: Shown, _: Translate) -> Markup:
    listed = conflicting(shown)
    if not listed:
        return parts.EMPTY
    lang = shown.lang
    first, more = parts.first_of(listed, _)
    rows = []
    for one in first:
        indicator = shown.found.indicators[one.indicator_id]
        rows.append(
            tag(
                "tr",
                tag("th", indicator.indicator_name, tag("small", one.indicator_id), scope="row"),
                tag("td", parts.link_to(shown, indicator.initiative_id, short=True)),
                tag("td", day_text(one.measured_on, "日", lang, _)),
                parts.number_cell(value_text(one.value, one.value_state, indicator.unit, lang, _)),
                tag("td", day_text(one.reported_on, "日", lang, _)),
                tag(
                    "td",
                    shown.found.file_of(one.source_no),
                    tag("small", _("{line}行目").format(line=one.source_line)),
                ),
                tag("td", parts.rows_of("indicator_values", shown, indicator=one.indicator_id)),
            )
        )
    titles = (_("指標名"), _("取組"), _("時点"), _("値"), _("報告日"), _("ファイル"), "")
    heading = tag("h3", _("食い違う値（どれも使っていません）"))
    return joined([heading, table(titles, rows, class_="data n4"), more])


def decisions_table(shown: Shown) -> SectionTable:
    """What needs a decision."""
    _ = translator(shown.lang)
    rows = [
        (
            one.initiative_id, shown.found.name_of(one.initiative_id), need_title(one.kind, _),
            need_reason(shown, one, _), one.part_id,
        )
        for one in needed(shown)
    ]  # fmt: skip
    header = (_("取組ID"), _("取組"), _("判断が要ること"), _("理由"), _("指標・節目のID"))
    title = _("判断が要ること")
    return parts.file_table("decisions", title, header, rows, definition(_), _DATASETS)


def reviews_table(shown: Shown) -> SectionTable:
    """Where rule and department disagree."""
    _ = translator(shown.lang)
    rows = [
        (
            one.initiative_id, shown.found.name_of(one.initiative_id), one.fiscal_year,
            grade_text(one.grade, one.grade_name, one.grade_name_en, shown.lang, _),
            status_title(one.rule_status, shown.lang, _), one.problems,
            direction_title(one.direction, shown.lang),
        )
        for one in disagreeing(shown)
    ]  # fmt: skip
    header = (
        _("取組ID"), _("取組"), _("年度"), _("所管課評価"), _("規則による状態"),
        _("課題（所管課）"), _("今後の方向性"),
    )  # fmt: skip
    title = _("評価の違い")
    return parts.file_table("disagreements", title, header, rows, definition(_), _DATASETS)


def conflicts_table(shown: Shown) -> SectionTable:
    """The values in conflict, each with its file and line."""
    _ = translator(shown.lang)
    rows = [
        (
            one.indicator_id, shown.found.indicators[one.indicator_id].indicator_name,
            one.measured_on.isoformat(), one.period, one.value,
            "" if one.value is not None else state_text(one.value_state, shown.lang, _),
            one.reported_on.isoformat() if one.reported_on else None,
            shown.found.files.get(one.source_no), one.source_line,
        )
        for one in conflicting(shown)
    ]  # fmt: skip
    header = (
        _("指標ID"), _("指標名"), _("時点"), _("対象の期間"), _("値"), _("値の状態"), _("報告日"),
        _("ファイル"), _("行番号"),
    )  # fmt: skip
    return parts.file_table("conflicts", _("食い違う値"), header, rows, definition(_), _DATASETS)
