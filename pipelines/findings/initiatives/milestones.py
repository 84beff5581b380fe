"""evidence.milestones: the state of each now and at 前年度末, and how far it slipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pipelines.evidence.progress.dates import DAY
from pipelines.evidence.progress.milestones import (
    Milestone,
    Slippage,
    State,
    find_late_before,
    judge_states,
    measure_slippage,
)
from pipelines.findings.initiatives.columns import MILESTONES
from pipelines.findings.table import write_finding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pipelines.findings.initiatives.plan import Plan
    from pipelines.findings.initiatives.reading import Row, Scene

_MILESTONES: Final = "SELECT * FROM clean.initiative_milestones ORDER BY milestone_id"


@dataclass(frozen=True)
class Milestones:
    """Every milestone with its states by date."""

    rows: Mapping[str, Row]
    milestones: Mapping[str, Milestone]
    states: Mapping[date, Mapping[str, State]]
    before: Mapping[str, str | None]
    """What each depends on."""

    def slippage(self, milestone_id: str, at: date) -> Slippage | None:
        """How far it is or was behind its plan."""
        return measure_slippage(self.milestones[milestone_id], self.states[at][milestone_id], at)

    def late_before(self, milestone_id: str, at: date) -> str | None:
        """The late one that it waits for."""
        return find_late_before(milestone_id, self.before, self.states[at])


def write_milestones(scene: Scene, plan: Plan) -> Milestones:
    """Write evidence.milestones; dates stand as their department wrote them."""
    rows = {row["milestone_id"]: row for row in scene.rows(_MILESTONES)}
    milestones = {one: _read(row) for one, row in rows.items()}
    states = {at: judge_states(milestones, at) for at in scene.dates}
    depends_on = {one: milestone.depends_on for one, milestone in milestones.items()}
    found = Milestones(rows, milestones, states, depends_on)
    before, now = scene.dates
    table = [
        rows[one]
        | {"planned_precision": milestone.planned_precision}
        | {"actual_precision": milestone.actual_precision}
        | {"state": states[now][one], "state_before": states[before][one]}
        | _slippage(found.slippage(one, now))
        | _waits(found.late_before(one, now))
        | {"initiative_is_over": plan.over(rows[one]["initiative_id"], now) is not None}
        for one, milestone in milestones.items()
    ]
    write_finding(scene.connection, "milestones", table, MILESTONES)
    return found


def _read(row: Row) -> Milestone:
    planned = row["date_precision"] or DAY
    return Milestone(
        row["milestone_id"],
        row["planned_start_on"],
        row["planned_end_on"],
        planned,
        row["actual_start_on"],
        row["actual_end_on"],
        row["actual_date_precision"] or planned,
        row["depends_on_milestone_id"],
        row["stated_progress"],
    )


def _slippage(slippage: Slippage | None) -> dict[str, Any]:
    if slippage is None:
        return {}
    return {
        "slippage_days": slippage.days,
        "slippage_months": slippage.months,
        "slippage_unit": slippage.unit,
    }


def _waits(late: str | None) -> dict[str, Any]:
    return {"waits_for_late": late is not None, "late_milestone_id": late}
