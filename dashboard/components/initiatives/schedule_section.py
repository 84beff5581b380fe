"""工程: milestones in time, plan beside what happened, with the as-of line; undated ones apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.charts.gantt import Bar, Span, gantt, legend, span_of, touches
from dashboard.components.initiatives import parts
from dashboard.initiatives.values import day_text, slippage_text
from dashboard.initiatives.words import milestone_title
from dashboard.markup import joined, tag
from dashboard.translation import translator
from pipelines.words import as_of_text, fiscal_year_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.records import Milestone
    from dashboard.section_files import SectionTable
    from dashboard.translation import Translate

DATASETS: Final = ("initiative_milestones", "initiatives")
_MOST_IN_FULL: Final = 10
"""Of more years than these the names are cut short."""


def show(shown: Shown) -> None:
    """The chart, initiative by initiative."""
    _ = translator(shown.lang)
    parts.heading(shown, _("工程"), _("節目の計画と実績"), DATASETS)
    if not shown.found.milestones:
        parts.bring(shown, DATASETS[:1])
        return
    groups = [
        (parts.link_to(shown, one.initiative_id, short=True), found)
        for one in shown.listed
        if (found := shown.found.milestones_of(one.initiative_id))
    ]
    if not groups:
        st.html(parts.nothing(_("この条件に合う節目はありません。")))
        return
    st.html(chart_html(shown, groups))
    parts.take_along(shown, milestones_table(shown, [one for _t, these in groups for one in these]))
    parts.explain(shown, definition(_), DATASETS)


def definition(_: Translate) -> str:
    """What late means, and what a date that is known to the month only means."""
    return _(
        "計画より遅れ＝計画の終わりを過ぎて、実績の終わりがないもの。月・四半期・年度までしか分からない日付は、その期間の最後の日までを計画とし、遅れは月でも示します。日付のない節目は、0日の遅れではなく「日付未設定」です。"
    )


def chart_html(shown: Shown, groups: Sequence[tuple[str, Sequence[Milestone]]]) -> Markup:
    """Those with a date as a Gantt chart, the others as a list beneath."""
    _ = translator(shown.lang)
    lang, as_of = shown.lang, shown.found.as_of
    drawn = [(title, [one for one in these if is_dated(one)]) for title, these in groups]
    bars = [(title, [_bar(shown, one, _) for one in these]) for title, these in drawn if these]
    apart = [(title, [one for one in these if not is_dated(one)]) for title, these in groups]
    pieces: list[str] = []
    if bars:
        year = int(shown.selection.fiscal_year) if shown.selection.fiscal_year else None
        span = span_of([bar for _title, these in bars for bar in these], as_of, year=year)
        every = sum(len(these) for _title, these in bars)
        bars = [
            (title, kept)
            for title, these in bars
            if (kept := [bar for bar in these if touches(bar, span, as_of)])
        ]
        left_out = every - sum(len(these) for _title, these in bars)
        chart = gantt(
            bars, span, as_of,
            titles=(_("節目"), _("計画と実績")),
            year_text=lambda year: _year(year, span, lang),
            as_of_text=as_of_text(as_of, lang),
        )  # fmt: skip
        pieces += [_legend(_), chart]
        if left_out:
            said = _("この年度にかからない節目 {count} は出していません。")
            pieces.append(parts.note(said.format(count=left_out)))
    pieces += _undated([(title, these) for title, these in apart if these], _)
    return joined(pieces)


def _year(year: int, span: Span, lang: str) -> str:
    """A 年度 as it fits above its four columns."""
    text = fiscal_year_text(year, lang)
    return text if span.last - span.first < _MOST_IN_FULL else text.removesuffix("年度")


def is_dated(one: Milestone) -> bool:
    """Whether any date of it can be drawn."""
    days = (one.planned_start_on, one.planned_end_on, one.actual_start_on, one.actual_end_on)
    return any(day is not None for day in days)


def plan_text(one: Milestone, lang: str, _: Translate) -> str:
    """The planned time in words."""
    return _from_to(one.planned_start_on, one.planned_end_on, one.planned_precision, lang, _) or _(
        "日付未設定"
    )


def actual_text(one: Milestone, lang: str, _: Translate) -> str:
    """What happened in words; nothing while nothing is known."""
    return _from_to(one.actual_start_on, one.actual_end_on, one.actual_precision, lang, _)


def milestones_table(shown: Shown, listed: Sequence[Milestone]) -> SectionTable:
    """Milestones with their dates as they stand in the edition."""
    _ = translator(shown.lang)
    rows = [
        (
            one.milestone_id, one.milestone_name, one.initiative_id,
            shown.found.name_of(one.initiative_id) if one.initiative_id else _("計画そのもの"),
            milestone_title(one.state, _),
            *(day.isoformat() if day else None for day in (
                one.planned_start_on, one.planned_end_on, one.actual_start_on, one.actual_end_on,
            )),
            precision_title(one.planned_precision, _), precision_title(one.actual_precision, _),
            one.slippage_days, one.slippage_months, one.depends_on_milestone_id,
        )
        for one in listed
    ]  # fmt: skip
    header = (
        _("節目ID"), _("節目"), _("取組ID"), _("取組"), _("状態"), _("計画の始まり"),
        _("計画の終わり"), _("実績の始まり"), _("実績の終わり"), _("計画の日付の細かさ"),
        _("実績の日付の細かさ"), _("遅れ（日）"), _("遅れ（月）"), _("前提の節目ID"),
    )  # fmt: skip
    return parts.file_table("milestones", _("節目の表"), header, rows, definition(_), DATASETS)


def precision_title(precision: str | None, _: Translate) -> str:
    """How fine a date is."""
    return {
        None: "", "日": _("日"), "月": _("月"), "四半期": _("四半期"), "年度": _("年度"),
    }[precision]  # fmt: skip


def _bar(shown: Shown, one: Milestone, _: Translate) -> Bar:
    lang = shown.lang
    before = shown.found.milestones_by_id.get(one.depends_on_milestone_id or "")
    needs = tag("small", _("前提：{name}").format(name=before.milestone_name)) if before else ""
    waits = tag("small", _("遅れた節目を待つ")) if one.waits_for_late else ""
    actual = actual_text(one, lang, _)
    slippage = slippage_text(one, _)
    return Bar(
        name=joined([one.milestone_name, needs]),
        words=joined(
            [
                parts.milestone_badge(one.state, _),
                f" {slippage}" if slippage else "",
                tag("small", _("計画 {days}").format(days=plan_text(one, lang, _))),
                tag("small", _("実績 {days}").format(days=actual)) if actual else "",
                waits,
            ]
        ),
        planned_start_on=one.planned_start_on,
        planned_end_on=one.planned_end_on,
        actual_start_on=one.actual_start_on,
        actual_end_on=one.actual_end_on,
        late=one.state == "late",
    )


def _from_to(
    start: date | None, end: date | None, precision: str | None, lang: str, _: Translate
) -> str:
    first, last = (day_text(day, precision, lang, _) if day else "" for day in (start, end))
    if first == last or not first:
        # Of what is known by its end alone, the end is the date.
        return last
    return _("{start}〜{end}").format(start=first, end=last)


def _legend(_: Translate) -> Markup:
    return legend(
        [
            ("plan", _("計画")),
            ("done", _("実績（完了）")),
            ("running", _("実績（進行中）")),
            ("late", _("計画の終わりからの遅れ")),
            ("as-of", _("版の時点")),
        ]
    )


def _undated(groups: list[tuple[str, list[Milestone]]], _: Translate) -> list[Markup]:
    if not groups:
        return []
    count = sum(len(these) for _title, these in groups)
    items = [
        tag("li", one.milestone_name, tag("small", title) if title else "")
        for title, these in groups
        for one in these
    ]
    return [
        tag("h3", _("日付のない節目 {count}").format(count=count)),
        tag("ul", *items, class_="remarks"),
    ]
