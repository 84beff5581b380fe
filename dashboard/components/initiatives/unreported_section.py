"""未報告: which initiatives, reports and indicators nobody has reported, by department."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components.initiatives import parts
from dashboard.initiatives.filters import department_key
from dashboard.initiatives.reasons import indicator_reason, initiative_reason
from dashboard.initiatives.values import day_text, value_text
from dashboard.initiatives.words import department_title, rhythm_title, status_title
from dashboard.markup import joined, table, tag
from dashboard.translation import translator
from pipelines.words import fiscal_year_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.indicator_records import IndicatorStatus
    from dashboard.initiatives.records import Overview, Review
    from dashboard.section_files import SectionTable
    from dashboard.translation import Translate

_DATASETS: Final = (
    "indicator_values", "initiative_reports", "indicators", "initiative_departments", "departments",
)  # fmt: skip


def show(shown: Shown) -> None:
    """By department, then one by one."""
    _ = translator(shown.lang)
    parts.heading(shown, _("未報告"), _("だれの、何の報告がないか"), _DATASETS)
    st.html(unreported_html(shown))
    parts.take_along(shown, unreported_table(shown))
    parts.explain(shown, definition(_), _DATASETS)


def definition(_: Translate) -> str:
    """What counts as not reported."""
    return _(
        "指標は、値がないか、最後の値が報告の周期の1.5倍より古いと未報告です（毎年なら1年半）。年度報告は、期限（年度の終わりから数か月。区の設定による）を過ぎてもないものです。取組は、その指標がすべて未報告で、期限を過ぎた年度報告もないときに未報告です。"
    )


def unreported_html(shown: Shown) -> Markup:
    """The section as HTML; every name in it is text."""
    _ = translator(shown.lang)
    initiatives, reviews, indicators = silent(shown), missing_reviews(shown), old(shown)
    if not (initiatives or reviews or indicators):
        return parts.nothing(_("未報告のものはありません。"))
    answer = _("未報告の取組は{initiatives}、期限を過ぎた年度報告は{reviews}、未報告の指標は{indicators}です。").format(
        initiatives=len(initiatives), reviews=len(reviews), indicators=len(indicators)
    )  # fmt: skip
    return joined(
        [
            parts.finding(answer),
            _by_department(shown, initiatives, reviews, indicators, _),
            _reviews(shown, reviews, _),
            _indicators(shown, indicators, _),
        ]
    )


def silent(shown: Shown) -> list[Overview]:
    """Initiatives of which nothing is reported."""
    held = shown.found.status
    return [
        one
        for one in shown.listed
        if one.initiative_id in held and held[one.initiative_id].status == "unreported"
    ]


def missing_reviews(shown: Shown) -> list[Review]:
    """Reports past their date of the initiatives shown, of the chosen 年度 or the newest due."""
    return [
        one
        for one in shown.found.reviews
        if one.initiative_id in shown.ids
        and one.state == "missing"
        and str(one.fiscal_year) == (shown.selection.fiscal_year or _due(shown, one))
    ]


def _due(shown: Shown, one: Review) -> str:
    """The newest 年度 whose report was due."""
    status = shown.found.status.get(one.initiative_id)
    return str(status.review_due_fiscal_year) if status else ""


def old(shown: Shown) -> list[IndicatorStatus]:
    """Unreported indicators of the initiatives shown."""
    held = shown.found.indicator_status.values()
    return [one for one in held if one.initiative_id in shown.ids and one.status == "unreported"]


def _by_department(
    shown: Shown,
    initiatives: Sequence[Overview],
    reviews: Sequence[Review],
    indicators: Sequence[IndicatorStatus],
    _: Translate,
) -> Markup:
    lines: dict[str, tuple[str, set[str], set[str], set[str]]] = {}

    def line_of(initiative_id: str | None) -> tuple[str, set[str], set[str], set[str]]:
        one = shown.found.overview[initiative_id or ""]
        title = department_title(one.department_name, one.bureau_name, _)
        return lines.setdefault(department_key(one), (title, set(), set(), set()))

    for silent_one in initiatives:
        line_of(silent_one.initiative_id)[1].add(silent_one.initiative_id)
    for review in reviews:
        line_of(review.initiative_id)[2].add(review.initiative_id)
    for indicator in indicators:
        line_of(indicator.initiative_id)[3].add(indicator.indicator_id)
    rows = [
        tag(
            "tr",
            tag(
                "th",
                parts.section_link(shown, title, "unreported", department=key),
                scope="row",
            ),
            tag("td", *_names(shown, silent_ids)),
            tag("td", *_names(shown, review_ids)),
            parts.number_cell(str(len(indicator_ids))),
        )
        for key, (title, silent_ids, review_ids, indicator_ids) in sorted(lines.items())
    ]
    titles = (_("所管課"), _("未報告の取組"), _("年度報告がない取組"), _("未報告の指標の数"))
    heading = tag("h3", _("所管課ごと"))
    return joined([heading, table(titles, rows, class_="data n4")])


def _names(shown: Shown, ids: set[str]) -> list[Markup]:
    ordered = [one for one in shown.found.overview if one in ids]
    if not ordered:
        return [tag("span", "—", class_="none")]
    return [tag("ul", *(tag("li", parts.link_to(shown, one, short=True)) for one in ordered))]


def _reviews(shown: Shown, reviews: Sequence[Review], _: Translate) -> Markup:
    if not reviews:
        return parts.EMPTY
    rows = [
        tag(
            "tr",
            tag("th", parts.link_to(shown, one.initiative_id), scope="row"),
            tag("td", fiscal_year_text(one.fiscal_year, shown.lang)),
            tag("td", day_text(one.due_on, "日", shown.lang, _)),
            tag("td", parts.leader(shown.found.overview[one.initiative_id], _)),
            tag("td", parts.rows_of("initiative_reports", shown, initiative=one.initiative_id)),
        )
        for one in reviews
    ]
    titles = (_("取組"), _("年度"), _("報告の期限"), _("所管課"), "")
    heading = tag("h3", _("期限を過ぎた年度報告 {count}").format(count=len(reviews)))
    return joined([heading, table(titles, rows, class_="data")])


def _indicators(shown: Shown, indicators: Sequence[IndicatorStatus], _: Translate) -> Markup:
    if not indicators:
        return parts.EMPTY
    first, more = parts.first_of(indicators, _)
    rows = []
    for one in first:
        indicator, lang = shown.found.indicators[one.indicator_id], shown.lang
        last = (
            value_text(one.value, one.value_state, indicator.unit, lang, _)
            if one.measured_on
            else "—"
        )
        when = day_text(one.measured_on, "日", lang, _) if one.measured_on else ""
        rows.append(
            tag(
                "tr",
                tag("th", indicator.indicator_name, scope="row"),
                tag("td", parts.link_to(shown, one.initiative_id, short=True)),
                tag("td", rhythm_title(indicator.reporting_rhythm, _)),
                tag("td", last, tag("small", when)),
                tag("td", indicator_reason(one, indicator.unit, lang, _)),
                tag("td", _who(shown, one, _)),
                tag("td", parts.rows_of("indicator_values", shown, indicator=one.indicator_id)),
            )
        )
    titles = (
        _("指標名"), _("取組"), _("報告の周期"), _("最後の値"), _("理由"), _("指標の所管課"), "",
    )  # fmt: skip
    heading = tag("h3", _("未報告の指標 {count}").format(count=len(indicators)))
    return joined([heading, table(titles, rows, class_="data"), more])


def _who(shown: Shown, one: IndicatorStatus, _: Translate) -> str:
    """The department of an indicator as it is today; its initiative's where it has none."""
    given = shown.found.indicators[one.indicator_id].department_id
    post = shown.found.posts.get(given or "")
    if post is not None:
        return department_title(post.today_name, post.today_bureau, _)
    held = shown.found.overview[one.initiative_id or ""]
    return department_title(held.department_name, held.bureau_name, _)


def unreported_table(shown: Shown) -> SectionTable:
    """All that is not reported, with its department."""
    _ = translator(shown.lang)
    rows: list[tuple[str | None, ...]] = []
    for initiative in silent(shown):
        status = shown.found.status[initiative.initiative_id]
        reason = initiative_reason(shown.found, status, shown.lang, _)
        rows.append((_("取組"), *_of(shown, initiative.initiative_id, _), None, None, reason))
    for review in missing_reviews(shown):
        due = review.due_on.isoformat() if review.due_on else None
        year = fiscal_year_text(review.fiscal_year, shown.lang)
        reason = _("報告の期限 {due}").format(due=due)
        rows.append((_("年度報告"), *_of(shown, review.initiative_id, _), None, year, reason))
    for one in old(shown):
        indicator = shown.found.indicators[one.indicator_id]
        last = one.measured_on.isoformat() if one.measured_on else None
        reason = indicator_reason(one, indicator.unit, shown.lang, _)
        of_initiative = _of(shown, one.initiative_id or "", _)
        rows.append((_("指標の値"), *of_initiative, indicator.indicator_name, last, reason))
    header = (
        _("何の報告か"), _("取組ID"), _("取組"), _("所管課"), _("指標名"), _("最後の時点・年度"), _("理由"),
    )  # fmt: skip
    title = status_title("unreported", shown.lang, _)
    return parts.file_table("unreported", title, header, rows, definition(_), _DATASETS)


def _of(shown: Shown, initiative_id: str, _: Translate) -> tuple[str, str, str]:
    one = shown.found.overview[initiative_id]
    who = department_title(one.department_name, one.bureau_name, _)
    return one.initiative_id, one.initiative_name, who
