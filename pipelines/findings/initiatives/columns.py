"""The columns of every table of `evidence` about the plan's initiatives.

A date is an Arrow date, a status or reason a code in English (the page words it), a value that
people choose from the ward's own word. `_thousand_yen` is 千円, `_ratio` a share where 1 is the
whole, `_days` and `_months` calendar days and whole months.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa

from pipelines.findings.table import NUMBER, TEXT, WHOLE, YES_NO

if TYPE_CHECKING:
    from collections.abc import Mapping

DATE: Final = pa.date32()
_SOURCE: Final = {"source_no": WHOLE, "source_line": WHOLE}
_INTERVALS: Final = {"low_80": NUMBER, "high_80": NUMBER, "low_95": NUMBER, "high_95": NUMBER}

PLAN_PLACES: Final = {
    "plan_version": TEXT, "version_from": DATE, "group_no": WHOLE, "group_name": TEXT, "place_no": WHOLE,
    "initiative_id": TEXT, "name_in_plan": TEXT, "repeated": YES_NO, "change": TEXT,
    "change_basis": TEXT, "merged_into_id": TEXT, **_SOURCE,
}  # fmt: skip
DEPARTMENT_TODAY: Final = {
    "department_id": TEXT, "department_name": TEXT, "bureau_name": TEXT, "today_id": TEXT,
    "today_name": TEXT, "today_bureau": TEXT, "steps": TEXT, "remark": TEXT,
}  # fmt: skip
INITIATIVE_OVERVIEW: Final = {
    "initiative_id": TEXT, "initiative_name": TEXT, "group_no": WHOLE, "group_name": TEXT,
    "place_no": WHOLE, "plan_version": TEXT, "department_id": TEXT, "department_name": TEXT,
    "bureau_name": TEXT, "department_then_id": TEXT, "department_then_name": TEXT,
    "department_basis": TEXT, "department_remark": TEXT, "is_over": YES_NO, "over_reason": TEXT,
    "over_basis": TEXT, "over_since_on": DATE, "over_since_fiscal_year": WHOLE,
    "merged_into_id": TEXT, **_SOURCE,
}  # fmt: skip
INITIATIVE_DEPARTMENTS: Final = {
    "initiative_id": TEXT, "department_then_id": TEXT, "department_then_name": TEXT, "role": TEXT,
    "basis": TEXT, "department_id": TEXT, "department_name": TEXT, "bureau_name": TEXT,
    "remark": TEXT,
}  # fmt: skip
MILESTONES: Final = {
    "milestone_id": TEXT, "initiative_id": TEXT, "milestone_name": TEXT, "planned_start_on": DATE,
    "planned_end_on": DATE, "planned_precision": TEXT, "actual_start_on": DATE,
    "actual_end_on": DATE, "actual_precision": TEXT, "state": TEXT, "state_before": TEXT,
    "slippage_days": WHOLE, "slippage_months": WHOLE, "slippage_unit": TEXT,
    "depends_on_milestone_id": TEXT, "waits_for_late": YES_NO, "late_milestone_id": TEXT,
    "initiative_is_over": YES_NO, **_SOURCE,
}  # fmt: skip
INDICATOR_SERIES: Final = {
    "value_id": TEXT, "indicator_id": TEXT, "measured_on": DATE, "period": TEXT, "value": NUMBER,
    "value_state": TEXT, "reported_on": DATE, "use": TEXT, **_SOURCE,
}  # fmt: skip
VALUE_CONFLICTS: Final = {name: kind for name, kind in INDICATOR_SERIES.items() if name != "use"}
INDICATOR_STATUS: Final = {
    "seen_on": DATE, "is_current": YES_NO, "indicator_id": TEXT, "initiative_id": TEXT,
    "status": TEXT, "reason": TEXT, "rule": TEXT, "rule_text": TEXT, "better": TEXT,
    "baseline_value": NUMBER, "baseline_state": TEXT, "baseline_on": DATE, "target_value": NUMBER,
    "target_state": TEXT, "target_on": DATE, "target_fiscal_year": WHOLE, "value": NUMBER, "value_state": TEXT, "measured_on": DATE,
    "period": TEXT, "reported_on": DATE, "previous_value": NUMBER, "previous_measured_on": DATE,
    "unreported_after": DATE, "required_per_year": NUMBER, "actual_per_year": NUMBER,
    "pace_ratio": NUMBER, "done_ratio": NUMBER, "elapsed_ratio": NUMBER, "gap": NUMBER,
    "met_on": DATE, "met_reason": TEXT, "conflicts": WHOLE, **_SOURCE,
}  # fmt: skip
INDICATOR_OUTLOOK: Final = {
    "indicator_id": TEXT, "initiative_id": TEXT, "method": TEXT, "values_used": WHOLE,
    "reason": TEXT, "first_on": DATE, "last_on": DATE, "last_value": NUMBER,
    "drift_per_year": NUMBER, "horizon_on": DATE, "forecast_at_target": NUMBER, **_INTERVALS,
    "clipped": YES_NO, "verdict": TEXT, "held_back_n": WHOLE, "held_back_mean_abs_error": NUMBER,
    "last_value_mean_abs_error": NUMBER,
}  # fmt: skip
INDICATOR_FORECAST: Final = {"indicator_id": TEXT, "at": DATE, "forecast": NUMBER, **_INTERVALS}

_MONEY: Final = (
    "initial", "revised", "settled", "national", "metropolitan", "other", "general",
)  # fmt: skip
INITIATIVE_MONEY: Final = {
    "initiative_id": TEXT,
    "fiscal_year": WHOLE,
    **{
        f"{name}_thousand_yen{end}": kind
        for name in _MONEY
        for end, kind in (("", WHOLE), ("_state", TEXT))
    },
    "basis": TEXT,
    "basis_assumed": YES_NO,
    "basis_thousand_yen": WHOLE,
    "execution_ratio": NUMBER,
    "unspent_thousand_yen": WHOLE,
    "funds_total_thousand_yen": WHOLE,
    "funds_total_state": TEXT,
    **_SOURCE,
}
INITIATIVE_REVIEWS: Final = {
    "initiative_id": TEXT, "fiscal_year": WHOLE, "due_on": DATE, "state": TEXT,
    "department_id": TEXT, "grade": TEXT, "grade_name": TEXT, "grade_name_en": TEXT,
    "direction": TEXT, "achievements": TEXT, "problems": TEXT, "reported_on": DATE,
    "rule_status": TEXT, "agrees": YES_NO, **_SOURCE,
}  # fmt: skip
STATUSES: Final = (
    "achieved", "on_track", "watch", "behind", "worse", "unreported", "unset", "not_applicable",
    "undecidable",
)  # fmt: skip
MILESTONE_STATES: Final = (
    "done", "late", "running", "start_late", "planned", "undated", "unknown",
)  # fmt: skip
INITIATIVE_STATUS: Final = {
    "seen_on": DATE, "is_current": YES_NO, "initiative_id": TEXT, "status": TEXT, "reason": TEXT,
    "reason_kind": TEXT, "reason_id": TEXT, "indicators_total": WHOLE,
    **{f"indicators_{status}": WHOLE for status in STATUSES}, "milestones_total": WHOLE,
    **{f"milestones_{state}": WHOLE for state in MILESTONE_STATES}, "worst_slippage_days": WHOLE,
    "review_due_fiscal_year": WHOLE, "review_missing": YES_NO, "grade": TEXT, "disagrees": YES_NO,
    "conflicts": WHOLE,
}  # fmt: skip
LOGIC_NODES: Final = {
    "initiative_id": TEXT, "node_id": TEXT, "kind": TEXT, "level": TEXT, "label": TEXT,
    "indicator_id": TEXT, "status": TEXT,
}  # fmt: skip
LOGIC_ARROWS: Final = {
    "initiative_id": TEXT, "from_node_id": TEXT, "to_node_id": TEXT, "declared": YES_NO,
    "evidence_grade": TEXT,
}  # fmt: skip
INITIATIVE_DECISIONS: Final = {
    "initiative_id": TEXT, "kind": TEXT, "severity_order": WHOLE, "part_kind": TEXT,
    "part_id": TEXT, "other_id": TEXT, "fiscal_year": WHOLE, "on_date": DATE, "value": NUMBER,
    "threshold": NUMBER, "days": WHOLE,
}  # fmt: skip

TABLES: Final[Mapping[str, Mapping[str, pa.DataType]]] = {
    "plan_places": PLAN_PLACES,
    "department_today": DEPARTMENT_TODAY,
    "initiative_departments": INITIATIVE_DEPARTMENTS,
    "initiative_overview": INITIATIVE_OVERVIEW,
    "milestones": MILESTONES,
    "indicator_series": INDICATOR_SERIES,
    "value_conflicts": VALUE_CONFLICTS,
    "indicator_status": INDICATOR_STATUS,
    "indicator_outlook": INDICATOR_OUTLOOK,
    "indicator_forecast": INDICATOR_FORECAST,
    "initiative_money": INITIATIVE_MONEY,
    "initiative_reviews": INITIATIVE_REVIEWS,
    "initiative_status": INITIATIVE_STATUS,
    "logic_nodes": LOGIC_NODES,
    "logic_arrows": LOGIC_ARROWS,
    "initiative_decisions": INITIATIVE_DECISIONS,
}
