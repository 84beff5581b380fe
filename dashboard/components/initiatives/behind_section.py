"""遅れ: which initiatives are behind and by how much, with the indicators and milestones at fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components.initiatives import parts
from dashboard.initiatives.reasons import indicator_reason, initiative_reason
from dashboard.initiatives.selection import STATUSES
from dashboard.initiatives.values import day_text, days_text, slippage_text, value_text
from dashboard.initiatives.words import department_title, milestone_title, status_title
from dashboard.markup import joined, table, tag
from dashboard.translation import translator
from pipelines.words import NO_DATA, percent

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.indicator_records import IndicatorStatus
    from dashboard.initiatives.records import Milestone, Status
    from dashboard.section_files import SectionTable
    from dashboard.translation import Translate

_DATASETS: Final = ("indicators", "indicator_values", "initiative_milestones", "initiatives")
_BEHIND: Final = frozenset({"worse", "behind"})


def show(shown: Shown) -> None:
    """Who is behind, then what is."""
    _ = translator(shown.lang)
    parts.heading(shown, _("遅れ"), _("どの取組が、どれだけ遅れているか"), _DATASETS)
    st.html(behind_html(shown))
    parts.take_along(shown, behind_table(shown), late_table(shown), indicators_table(shown))
    parts.explain(shown, definition(_), _DATASETS)


def definition(_: Translate) -> str:
    """What is behind, and how it is measured."""
    return _(
        "必要なペースは、基準値から目標値までを期間で割った直線です。いままでのペースがその60%未満なら目標より遅れ、マイナスなら悪化です。計画より遅れた節目は、計画の終わりを過ぎて実績のないもので、遅れは版の時点までの日数です。"
    )


def behind_html(shown: Shown) -> Markup:
    """The section as HTML; every name in it is text."""
    _ = translator(shown.lang)
    listed = behind(shown)
    if not listed:
        return parts.nothing(_("遅れている取組はありません。"))
    ratios = worst_ratios(shown)
    rows = [_row(shown, one, ratios.get(one.initiative_id), _) for one in listed]
    titles = (
        _("取組"), _("状態"), _("理由"), _("いちばん悪い指標のペース"), _("いちばん遅れた節目"),
        _("所管課"), "",
    )  # fmt: skip
    found = parts.finding(_("遅れている取組は{count}です。").format(count=len(listed)))
    return joined(
        [
            found,
            table(titles, rows, class_="data behind n4 n5"),
            _late(shown, _),
            _indicators(shown, _),
        ]
    )


def behind(shown: Shown) -> list[Status]:
    """Those behind, the worst first: by status, then by the days of the latest milestone."""
    held = [shown.found.status.get(one.initiative_id) for one in shown.listed]
    found = [status for status in held if status is not None and status.status in _BEHIND]
    ratios = worst_ratios(shown)
    return sorted(
        found,
        key=lambda one: (
            STATUSES.index(one.status),
            -(one.worst_slippage_days or 0),
            ratios.get(one.initiative_id, 0.0),
        ),
    )


def late_milestones(shown: Shown) -> list[Milestone]:
    """Milestones that end or begin late, of the initiatives shown that still run; the latest first."""
    late = [
        one
        for one in shown.found.milestones
        if one.initiative_id in shown.ids
        and one.state in {"late", "start_late"}
        and not one.initiative_is_over
    ]
    return sorted(late, key=lambda one: -(one.slippage_days or 0))


def indicators_behind(shown: Shown) -> list[IndicatorStatus]:
    """Indicators behind of the initiatives shown, the slowest first."""
    held = shown.found.indicator_status.values()
    found = [one for one in held if one.initiative_id in shown.ids and one.status in _BEHIND]
    return sorted(found, key=lambda one: one.pace_ratio if one.pace_ratio is not None else 0.0)


def worst_ratios(shown: Shown) -> dict[str, float]:
    """The least share of the required pace among the indicators behind, by initiative."""
    found: dict[str, float] = {}
    for one in shown.found.indicator_status.values():
        key, ratio = one.initiative_id, one.pace_ratio
        if key and one.status in _BEHIND and ratio is not None:
            found[key] = min(ratio, found.get(key, ratio))
    return found


def _row(shown: Shown, one: Status, ratio: float | None, _: Translate) -> Markup:
    overview = shown.found.overview[one.initiative_id]
    dataset = "indicator_values" if one.reason_kind == "indicator" else "initiative_milestones"
    key = {"indicator": one.reason_id or ""} if one.reason_kind == "indicator" else {}
    return tag(
        "tr",
        tag("th", parts.link_to(shown, one.initiative_id), scope="row"),
        tag("td", parts.badge(one.status, shown.lang, _)),
        tag("td", initiative_reason(shown.found, one, shown.lang, _)),
        parts.number_cell("—" if ratio is None else percent(ratio, shown.lang)),
        parts.number_cell(days_text(one.worst_slippage_days, _) or "—"),
        tag("td", parts.leader(overview, _)),
        tag("td", parts.rows_of(dataset, shown, initiative=_only(key, one), **key)),
    )


def _only(key: dict[str, str], one: Status) -> str:
    return "" if key else one.initiative_id


def _late(shown: Shown, _: Translate) -> Markup:
    late = late_milestones(shown)
    if not late:
        return parts.EMPTY
    first, more = parts.first_of(late, _)
    rows = [
        tag(
            "tr",
            tag("th", one.milestone_name, scope="row"),
            tag("td", parts.link_to(shown, one.initiative_id, short=True)),
            tag("td", parts.milestone_badge(one.state, _)),
            tag("td", day_text(one.planned_end_on, one.planned_precision, shown.lang, _)),
            parts.number_cell(slippage_text(one, _) or "—"),
            tag("td", _waits(shown, one, _)),
            tag(
                "td",
                parts.rows_of("initiative_milestones", shown, initiative=one.initiative_id or ""),
            ),
        )
        for one in first
    ]
    titles = (
        _("節目"), _("取組"), _("状態"), _("計画の終わり"), _("遅れ"), _("待っている節目"), "",
    )  # fmt: skip
    ends = sum(one.state == "late" for one in late)
    title = _("計画より遅れた節目 {count}・着手遅れ {begins}").format(
        count=ends, begins=len(late) - ends
    )
    return joined([tag("h3", title), table(titles, rows, class_="data n5"), more])


def _waits(shown: Shown, one: Milestone, _: Translate) -> str:
    held = shown.found.milestones_by_id.get(one.late_milestone_id or "")
    return _("「{name}」の遅れを待つ").format(name=held.milestone_name) if held else ""


def _indicators(shown: Shown, _: Translate) -> Markup:
    slow = indicators_behind(shown)
    if not slow:
        return parts.EMPTY
    first, more = parts.first_of(slow, _)
    rows = [_indicator(shown, one, _) for one in first]
    titles = (
        _("指標名"), _("取組"), _("状態"), _("いまの値"), _("目標"), _("進んだ割合"), _("過ぎた期間"),
        _("必要なペースに対して"), "",
    )  # fmt: skip
    title = _("目標より遅れている指標 {count}").format(count=len(slow))
    return joined([tag("h3", title), table(titles, rows, class_="data n4 n5 n6 n7 n8"), more])


def _indicator(shown: Shown, one: IndicatorStatus, _: Translate) -> Markup:
    indicator, lang = shown.found.indicators[one.indicator_id], shown.lang
    target = value_text(one.target_value, None, indicator.unit, lang, _)
    day = day_text(one.measured_on, "日", lang, _)
    return tag(
        "tr",
        tag("th", indicator.indicator_name, scope="row"),
        tag("td", parts.link_to(shown, one.initiative_id, short=True)),
        tag("td", parts.badge(one.status, lang, _)),
        parts.number_cell(
            value_text(one.value, one.value_state, indicator.unit, lang, _), tag("small", day)
        ),
        parts.number_cell(
            target, tag("small", day_text(one.target_on, "年度", lang, _) if one.target_on else "")
        ),
        parts.number_cell(percent(one.done_ratio, lang)),
        parts.number_cell(percent(one.elapsed_ratio, lang)),
        parts.number_cell("—" if one.pace_ratio is None else percent(one.pace_ratio, lang)),
        tag("td", parts.rows_of("indicator_values", shown, indicator=one.indicator_id)),
    )


def behind_table(shown: Shown) -> SectionTable:
    """The initiatives behind."""
    _ = translator(shown.lang)
    rows = []
    ratios = worst_ratios(shown)
    for one in behind(shown):
        overview = shown.found.overview[one.initiative_id]
        rows.append(
            (
                one.initiative_id, overview.initiative_name,
                status_title(one.status, shown.lang, _),
                initiative_reason(shown.found, one, shown.lang, _),
                ratios.get(one.initiative_id), one.worst_slippage_days,
                department_title(overview.department_name, overview.bureau_name, _),
            )
        )  # fmt: skip
    header = (
        _("取組ID"), _("取組"), _("状態"), _("理由"), _("いちばん悪い指標のペース（0〜1）"),
        _("いちばん遅れた節目（日）"), _("所管課"),
    )  # fmt: skip
    return parts.file_table("behind", _("遅れた取組"), header, rows, definition(_), _DATASETS)


def late_table(shown: Shown) -> SectionTable:
    """The late milestones."""
    _ = translator(shown.lang)
    rows = [
        (
            one.milestone_id, one.milestone_name, one.initiative_id,
            shown.found.name_of(one.initiative_id), milestone_title(one.state, _),
            one.planned_end_on.isoformat() if one.planned_end_on else None, one.slippage_days,
            one.slippage_months,
        )
        for one in late_milestones(shown)
    ]  # fmt: skip
    header = (
        _("節目ID"), _("節目"), _("取組ID"), _("取組"), _("状態"), _("計画の終わり"),
        _("遅れ（日）"), _("遅れ（月）"),
    )  # fmt: skip
    return parts.file_table("late", _("遅れた節目"), header, rows, definition(_), _DATASETS)


def indicators_table(shown: Shown) -> SectionTable:
    """The indicators behind."""
    _ = translator(shown.lang)
    rows = []
    for one in indicators_behind(shown):
        indicator = shown.found.indicators[one.indicator_id]
        rows.append(
            (
                one.indicator_id, indicator.indicator_name, one.initiative_id,
                shown.found.name_of(one.initiative_id), status_title(one.status, shown.lang, _),
                indicator_reason(one, indicator.unit, shown.lang, _), one.value, indicator.unit,
                one.measured_on.isoformat() if one.measured_on else NO_DATA[shown.lang],
                one.target_value, one.target_fiscal_year, one.done_ratio, one.elapsed_ratio,
                one.pace_ratio,
            )
        )  # fmt: skip
    header = (
        _("指標ID"), _("指標名"), _("取組ID"), _("取組"), _("状態"), _("理由"), _("いまの値"),
        _("単位"), _("時点"), _("目標"), _("目標年度"), _("進んだ割合（0〜1）"),
        _("過ぎた期間（0〜1）"), _("必要なペースに対して（0〜1）"),
    )  # fmt: skip
    return parts.file_table(
        "indicators_behind", _("遅れた指標"), header, rows, definition(_), _DATASETS
    )
