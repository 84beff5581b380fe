"""evidence.initiative_status: each initiative by rule, now and at 前年度末, with its numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.evidence.progress.initiative import (
    IndicatorPart,
    MilestonePart,
    Standing,
    decide_standing,
)
from pipelines.evidence.progress.pace import rounded
from pipelines.evidence.progress.series import count_conflicts
from pipelines.findings.initiatives.columns import INITIATIVE_STATUS, MILESTONE_STATES, STATUSES
from pipelines.findings.table import write_finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pipelines.findings.initiatives.indicators import Indicators
    from pipelines.findings.initiatives.milestones import Milestones
    from pipelines.findings.initiatives.plan import Plan
    from pipelines.findings.initiatives.reading import Row, Scene
    from pipelines.findings.initiatives.reviews import Reviews


@dataclass(frozen=True)
class Parts:
    """What belongs to each initiative, by id."""

    indicators: Mapping[str, Sequence[str]]
    milestones: Mapping[str, Sequence[str]]


def find_parts(indicators: Indicators, milestones: Milestones) -> Parts:
    """The indicators and milestones of each initiative."""
    return Parts(_by_initiative(indicators.rows), _by_initiative(milestones.rows))


def write_status(
    scene: Scene,
    plan: Plan,
    parts: Parts,
    indicators: Indicators,
    milestones: Milestones,
    reviews: Reviews,
) -> dict[str, str]:
    """Write evidence.initiative_status; gives the present status of each initiative."""
    table: list[Row] = []
    for at in scene.dates:
        for one in plan.initiatives:
            inside = [_indicator(indicators, name, at) for name in parts.indicators.get(one, ())]
            steps = [_milestone(milestones, name, at) for name in parts.milestones.get(one, ())]
            review = reviews.at(one, at)
            over = plan.over(one, at)
            standing = decide_standing(
                inside,
                steps,
                over=over.reason if over else None,
                review_missing=review.missing,
            )
            agreed = reviews.agrees(review, standing.status)
            conflicts = sum(
                count_conflicts(indicators.judged[at][name].uses)
                for name in parts.indicators.get(one, ())
            )
            table.append(
                {"seen_on": at, "is_current": at == scene.as_of, "initiative_id": one}
                | _standing(standing)
                | _numbers(inside, steps)
                | {"review_due_fiscal_year": review.newest.fiscal_year if review.newest else None}
                | {"review_missing": review.missing, "grade": review.grade}
                | {"disagrees": None if agreed is None else not agreed, "conflicts": conflicts}
            )
    write_finding(scene.connection, "initiative_status", table, INITIATIVE_STATUS)
    return {row["initiative_id"]: row["status"] for row in table if row["is_current"]}


def _by_initiative(rows: Mapping[str, Row]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, row in rows.items():
        if row["initiative_id"] is not None:
            found[row["initiative_id"]].append(name)
    return dict(found)


def _indicator(indicators: Indicators, name: str, at: date) -> IndicatorPart:
    decision = indicators.judged[at][name].decision
    ratio = rounded(decision.pace.ratio) if decision.pace else None
    return IndicatorPart(name, decision.status, float("inf") if ratio is None else ratio)


def _milestone(milestones: Milestones, name: str, at: date) -> MilestonePart:
    state = milestones.states[at][name]
    slippage = milestones.slippage(name, at)
    return MilestonePart(name, state, slippage.days if slippage and state == "late" else 0)


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "status": standing.status,
        "reason": standing.reason,
        "reason_kind": standing.kind,
        "reason_id": standing.part_id,
    }


def _numbers(indicators: list[IndicatorPart], milestones: list[MilestonePart]) -> dict[str, Any]:
    statuses = Counter(part.status for part in indicators)
    states = Counter(part.state for part in milestones)
    late = [part.late_days for part in milestones if part.state == "late"]
    return {
        "indicators_total": len(indicators),
        **{f"indicators_{status}": statuses[status] for status in STATUSES},
        "milestones_total": len(milestones),
        **{f"milestones_{state}": states[state] for state in MILESTONE_STATES},
        "worst_slippage_days": max(late, default=None),
    }
