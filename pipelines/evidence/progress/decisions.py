"""What of an initiative needs a decision, and why: rules over what was found before.

None of them says what is to be decided. The two thresholds are this project's own: a milestone a
whole year late has a plan that no longer plans anything, and of a budget used by less than half
the question is whether it is needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

KINDS: Final = (
    "target_missed", "worsening", "target_unreachable", "milestone_blocked", "milestone_overdue",
    "conflict", "disagreement", "reports_missing", "long_unreported", "budget_exceeded",
    "budget_unspent", "end_not_stated", "department_unknown",
)  # fmt: skip
"""In the order in which they are shown."""
OVERDUE_DAYS: Final = 365
UNSPENT_BELOW: Final = 0.5
REPORTS_IN_A_ROW: Final = 2


@dataclass(frozen=True, slots=True)
class Need:
    """A need for a decision: its kind and the numbers behind it."""

    kind: str
    part_kind: str | None = None
    part_id: str | None = None
    other_id: str | None = None
    fiscal_year: int | None = None
    on_date: date | None = None
    value: float | None = None
    threshold: float | None = None
    days: int | None = None

    @property
    def severity_order(self) -> int:
        """1 comes first."""
        return KINDS.index(self.kind) + 1


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """What is known of an indicator that could need a decision."""

    indicator_id: str
    status: str
    reason: str
    status_before: str | None = None
    """At the end of the fiscal year before."""
    value: float | None = None
    target: float | None = None
    target_on: date | None = None
    pace_ratio: float | None = None
    verdict: str | None = None
    forecast: float | None = None
    conflict_on: date | None = None
    """The newest time with two values."""
    measured_on: date | None = None


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """What is known of a milestone that could need a decision."""

    milestone_id: str
    late_days: int | None = None
    planned_end_on: date | None = None
    late_before: str | None = None


@dataclass(frozen=True, slots=True)
class InitiativeFacts:
    """What is known of an initiative that could need a decision."""

    is_over: bool = False
    end_not_stated_on: date | None = None
    """Since when it is missing from the plan without a word."""
    end_not_stated: bool = False
    department_today: str | None = None
    department_then: str | None = None
    disagrees: bool = False
    review_fiscal_year: int | None = None
    missing_years: Sequence[int] = ()
    """Fiscal years in a row, up to the newest due, without their report."""
    money_fiscal_year: int | None = None
    execution_ratio: float | None = None
    indicators: Sequence[IndicatorFacts] = field(default=())
    milestones: Sequence[MilestoneFacts] = field(default=())


def list_needs(facts: InitiativeFacts) -> list[Need]:
    """Every need of an initiative, the gravest kind first; one that is over has but its end."""
    needs = [] if facts.is_over else list(_needs(facts))
    if facts.end_not_stated:
        needs.append(Need("end_not_stated", on_date=facts.end_not_stated_on))
    return sorted(needs, key=lambda one: (one.severity_order, one.part_id or ""))


def _needs(facts: InitiativeFacts) -> Iterator[Need]:
    for indicator in facts.indicators:
        yield from _of_indicator(indicator)
    for milestone in facts.milestones:
        yield from _of_milestone(milestone)
    if facts.disagrees:
        yield Need("disagreement", fiscal_year=facts.review_fiscal_year)
    if len(facts.missing_years) >= REPORTS_IN_A_ROW:
        yield Need(
            "reports_missing", fiscal_year=min(facts.missing_years), value=len(facts.missing_years)
        )
    ratio, year = facts.execution_ratio, facts.money_fiscal_year
    if ratio is not None and ratio > 1:
        yield Need("budget_exceeded", "money", fiscal_year=year, value=ratio, threshold=1.0)
    if ratio is not None and ratio < UNSPENT_BELOW:
        yield Need(
            "budget_unspent", "money", fiscal_year=year, value=ratio, threshold=UNSPENT_BELOW
        )
    if facts.department_today is None:
        yield Need("department_unknown", other_id=facts.department_then)


def _of_indicator(one: IndicatorFacts) -> Iterator[Need]:
    if one.reason == "target_passed":
        yield Need(
            *("target_missed", "indicator", one.indicator_id),
            on_date=one.target_on, value=one.value, threshold=one.target,
        )  # fmt: skip
    elif one.status == "worse":
        yield Need(
            *("worsening", "indicator", one.indicator_id), value=one.pace_ratio, threshold=0.0
        )
    if one.verdict == "unlikely" and one.status != "achieved":
        yield Need(
            *("target_unreachable", "indicator", one.indicator_id),
            on_date=one.target_on, value=one.forecast, threshold=one.target,
        )  # fmt: skip
    if one.conflict_on is not None:
        yield Need("conflict", "indicator", one.indicator_id, on_date=one.conflict_on)
    if one.status == one.status_before == "unreported":
        yield Need("long_unreported", "indicator", one.indicator_id, on_date=one.measured_on)


def _of_milestone(one: MilestoneFacts) -> Iterator[Need]:
    if one.late_before is not None:
        yield Need("milestone_blocked", "milestone", one.milestone_id, one.late_before)
    if one.late_days is not None and one.late_days >= OVERDUE_DAYS:
        yield Need(
            *("milestone_overdue", "milestone", one.milestone_id),
            on_date=one.planned_end_on, days=one.late_days,
        )  # fmt: skip
