"""What the page 取組の進捗状況 reads of an edition, as typed records; nothing here is computed.

The fields of a record are columns of the table it is read from, under the same names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """evidence.initiative_overview: where an initiative stands in the plan, and whose it is today."""

    initiative_id: str
    initiative_name: str
    group_no: int | None
    group_name: str | None
    place_no: int | None
    plan_version: str | None
    department_id: str | None
    department_name: str | None
    bureau_name: str | None
    department_then_id: str | None
    department_then_name: str | None
    department_basis: str | None
    department_remark: str | None
    is_over: bool
    over_reason: str | None
    over_basis: str | None
    over_since_on: date | None
    over_since_fiscal_year: int | None
    merged_into_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """clean.initiatives: the plan's own fields of an initiative."""

    initiative_id: str
    purpose: str | None
    content: str | None
    effect_residents: str | None
    effect_office: str | None
    picture_file: str | None
    related_departments: str | None
    schedule: str | None
    started_fiscal_year: int | None
    ended_fiscal_year: int | None
    note: str | None
    source_no: int
    source_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """evidence.initiative_status: an initiative's status on a day, why, and how many parts."""

    is_current: bool
    seen_on: date
    initiative_id: str
    status: str
    reason: str | None
    reason_kind: str | None
    reason_id: str | None
    indicators_total: int
    indicators_achieved: int
    indicators_on_track: int
    indicators_watch: int
    indicators_behind: int
    indicators_worse: int
    indicators_unreported: int
    indicators_unset: int
    indicators_undecidable: int
    indicators_not_applicable: int
    milestones_total: int
    milestones_done: int
    milestones_late: int
    milestones_running: int
    milestones_start_late: int
    milestones_planned: int
    milestones_undated: int
    milestones_unknown: int
    worst_slippage_days: int | None
    review_missing: bool | None
    review_due_fiscal_year: int | None
    grade: str | None
    disagrees: bool | None
    conflicts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """evidence.milestones: planned and actual dates; without an initiative, of the plan itself."""

    milestone_id: str
    initiative_id: str | None
    milestone_name: str
    planned_start_on: date | None
    planned_end_on: date | None
    planned_precision: str | None
    actual_start_on: date | None
    actual_end_on: date | None
    actual_precision: str | None
    state: str
    state_before: str | None
    slippage_days: int | None
    slippage_months: int | None
    slippage_unit: str | None
    depends_on_milestone_id: str | None
    waits_for_late: bool | None
    late_milestone_id: str | None
    initiative_is_over: bool | None
    source_no: int
    source_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """evidence.initiative_money: budgets and settlement of a 年度 in thousand yen; None is unset."""

    initiative_id: str
    fiscal_year: int
    initial_thousand_yen: int | None
    initial_thousand_yen_state: str | None
    revised_thousand_yen: int | None
    revised_thousand_yen_state: str | None
    settled_thousand_yen: int | None
    settled_thousand_yen_state: str | None
    basis: str | None
    basis_assumed: bool | None
    basis_thousand_yen: int | None
    execution_ratio: float | None
    unspent_thousand_yen: int | None
    national_thousand_yen: int | None
    national_thousand_yen_state: str | None
    metropolitan_thousand_yen: int | None
    metropolitan_thousand_yen_state: str | None
    other_thousand_yen: int | None
    other_thousand_yen_state: str | None
    general_thousand_yen: int | None
    general_thousand_yen_state: str | None
    funds_total_thousand_yen: int | None
    funds_total_state: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """evidence.initiative_reviews: the department's own evaluation of a 年度 beside the rule."""

    initiative_id: str
    fiscal_year: int
    due_on: date | None
    state: str
    department_id: str | None
    grade: str | None
    grade_name: str | None
    grade_name_en: str | None
    direction: str | None
    achievements: str | None
    problems: str | None
    reported_on: date | None
    rule_status: str | None
    agrees: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """evidence.plan_places: where an initiative stands in a version of the plan."""

    plan_version: str
    group_no: int | None
    group_name: str | None
    place_no: int | None
    initiative_id: str
    name_in_plan: str | None
    repeated: bool | None
    change: str | None
    change_basis: str | None
    merged_into_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """evidence.logic_nodes: a box of a logic model."""

    initiative_id: str
    node_id: str
    kind: str
    level: str
    label: str | None
    indicator_id: str | None
    status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """evidence.logic_arrows: from one box to another, with the grade of evidence."""

    initiative_id: str
    from_node_id: str
    to_node_id: str
    declared: bool | None
    evidence_grade: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """clean.policy_events: what is a line in a chart."""

    event_name: str
    happened_on: date
    initiative_id: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """evidence.department_today: a department, and what it became."""

    department_id: str
    department_name: str
    bureau_name: str | None
    today_id: str | None
    today_name: str | None
    today_bureau: str | None
    steps: str | None
    remark: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """evidence.initiative_departments: who takes part in an initiative, and as what."""

    initiative_id: str
    department_then_id: str | None
    department_then_name: str | None
    role: str | None
    basis: str | None
    department_id: str | None
    department_name: str | None
    bureau_name: str | None
    remark: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """evidence.initiative_decisions: what needs a decision, with the figures of its reason."""

    initiative_id: str | None
    kind: str
    severity_order: int
    part_kind: str | None
    part_id: str | None
    other_id: str | None
    fiscal_year: int | None
    on_date: date | None
    value: float | None
    threshold: float | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Picture:
    """meta.pictures: what a department supplied, cleaned."""

    initiative_id: str
    file_name: str
    media_type: str
    content: bytes | None
    """None where it cannot be shown; `problem` says why."""
    cleaned: bool = False
    """Whether something that could run was taken out."""
    problem: str = ""
    problem_en: str = ""
