"""evidence.initiative_decisions: what of each initiative needs a decision, and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from pipelines.evidence.progress.decisions import (
    IndicatorFacts,
    InitiativeFacts,
    MilestoneFacts,
    list_needs,
)
from pipelines.evidence.progress.pace import rounded
from pipelines.findings.initiatives.columns import INITIATIVE_DECISIONS
from pipelines.findings.table import write_finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.findings.initiatives.indicators import Indicators
    from pipelines.findings.initiatives.milestones import Milestones
    from pipelines.findings.initiatives.plan import Plan
    from pipelines.findings.initiatives.reading import Row, Scene
    from pipelines.findings.initiatives.reviews import Reviews
    from pipelines.findings.initiatives.status import Parts


@dataclass(frozen=True)
class Found:
    """Everything found before."""

    plan: Plan
    indicators: Indicators
    milestones: Milestones
    reviews: Reviews
    parts: Parts
    statuses: Mapping[str, str]
    outlooks: Mapping[str, Row]
    money: Sequence[Row]


def write_decisions(scene: Scene, found: Found) -> None:
    """Write evidence.initiative_decisions, the gravest kind first within each initiative."""
    table = []
    for one in found.plan.initiatives:
        for need in list_needs(_facts(scene, found, one)):
            row = asdict(need) | {"initiative_id": one, "severity_order": need.severity_order}
            table.append(row)
    write_finding(scene.connection, "initiative_decisions", table, INITIATIVE_DECISIONS)


def _facts(scene: Scene, found: Found, one: str) -> InitiativeFacts:
    over = found.plan.over(one, scene.as_of)
    unsaid = over is not None and over.basis == "derived"
    review = found.reviews.at(one, scene.as_of)
    agreed = found.reviews.agrees(review, found.statuses[one])
    settled = [
        row
        for row in found.money
        if row["initiative_id"] == one and row["execution_ratio"] is not None
    ]
    newest = max(settled, key=lambda row: row["fiscal_year"]) if settled else None
    return InitiativeFacts(
        is_over=over is not None,
        end_not_stated=unsaid,
        end_not_stated_on=over.since_on if over and unsaid else None,
        department_today=found.plan.departments_today[one],
        department_then=found.plan.departments_then[one],
        disagrees=agreed is False,
        review_fiscal_year=review.grade_fiscal_year,
        missing_years=review.missing_years,
        money_fiscal_year=newest["fiscal_year"] if newest else None,
        execution_ratio=newest["execution_ratio"] if newest else None,
        indicators=[_indicator(scene, found, name) for name in found.parts.indicators.get(one, ())],
        milestones=[_milestone(scene, found, name) for name in found.parts.milestones.get(one, ())],
    )


def _indicator(scene: Scene, found: Found, name: str) -> IndicatorFacts:
    before, now = scene.dates
    judged = found.indicators.judged[now][name]
    decision, indicator = judged.decision, found.indicators.indicators[name]
    newest = judged.newest
    outlook = found.outlooks[name]
    conflicts = [value.measured_on for value, use in judged.uses if use == "conflict"]
    return IndicatorFacts(
        indicator_id=name,
        status=decision.status,
        reason=decision.reason,
        status_before=found.indicators.judged[before][name].decision.status,
        value=newest.number if newest else None,
        target=indicator.target,
        target_on=indicator.target_on,
        pace_ratio=rounded(decision.pace.ratio) if decision.pace else None,
        verdict=outlook.get("verdict"),
        forecast=outlook.get("forecast_at_target"),
        conflict_on=max(conflicts, default=None),
        measured_on=newest.measured_on if newest else None,
    )


def _milestone(scene: Scene, found: Found, name: str) -> MilestoneFacts:
    now = scene.as_of
    late = found.milestones.states[now][name] == "late"
    slippage = found.milestones.slippage(name, now) if late else None
    return MilestoneFacts(
        milestone_id=name,
        late_days=slippage.days if slippage else None,
        planned_end_on=found.milestones.milestones[name].planned_end_on,
        late_before=found.milestones.late_before(name, now),
    )
