"""The status of an initiative from its parts: the worst of what is judged, and the part at fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.evidence.progress.indicator import Status
    from pipelines.evidence.progress.milestones import State

Kind = Literal["indicator", "milestone"]
_SILENT: Final = frozenset({"unreported", "unset", "not_applicable"})
_MOVING: Final = frozenset({"done", "running", "start_late", "planned"})


@dataclass(frozen=True, slots=True)
class IndicatorPart:
    """An indicator's status; of two equally bad ones the lower `rank` is at fault."""

    indicator_id: str
    status: Status
    rank: float = 0.0


@dataclass(frozen=True, slots=True)
class MilestonePart:
    """A milestone's state, and how many days it is late."""

    milestone_id: str
    state: State
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A status, why, and the part at fault."""

    status: Status
    reason: str
    kind: Kind | None = None
    part_id: str | None = None


def decide_standing(
    indicators: Sequence[IndicatorPart],
    milestones: Sequence[MilestonePart],
    *,
    over: str | None = None,
    review_missing: bool | None = None,
) -> Standing:
    """The status of an initiative.

    not_applicable (it is over) → worse, then behind (an indicator, or a milestone late) →
    unreported (no indicator is reported and the report that was due is missing) → watch → on_track
    → achieved (every judged indicator, and every milestone done) → undecidable → unset. Where there
    is no indicator at all the milestones speak. `review_missing`: None where no report is due.
    """
    if over:
        return Standing("not_applicable", over)
    return (
        _bad(indicators, milestones)
        or _unreported(indicators, milestones, review_missing=review_missing)
        or _good(indicators, milestones)
        or _unjudged(indicators)
    )


def _bad(
    indicators: Sequence[IndicatorPart], milestones: Sequence[MilestonePart]
) -> Standing | None:
    for status in ("worse", "behind"):
        if worst := _worst(indicators, status):
            return Standing(status, "indicator", "indicator", worst)
    late = [one for one in milestones if one.state == "late"]
    if not late:
        return None
    latest = min(late, key=lambda one: (-one.late_days, one.milestone_id))
    return Standing("behind", "milestone_late", "milestone", latest.milestone_id)


def _unreported(
    indicators: Sequence[IndicatorPart],
    milestones: Sequence[MilestonePart],
    *,
    review_missing: bool | None,
) -> Standing | None:
    """Nobody has reported anything that was due.

    With indicators: none has a value that counts. Without any: no milestone has begun, and a report
    is missing.
    """
    statuses = {one.status for one in indicators}
    if statuses:
        silent = "unreported" in statuses and statuses <= _SILENT and review_missing is not False
    else:
        begun = any(one.state in {"done", "running"} for one in milestones)
        silent = bool(review_missing) and not begun
    return Standing("unreported", "nothing_reported") if silent else None


def _good(
    indicators: Sequence[IndicatorPart], milestones: Sequence[MilestonePart]
) -> Standing | None:
    for status in ("watch", "on_track"):
        if worst := _worst(indicators, status):
            return Standing(status, "indicator", "indicator", worst)
    if any(one.status == "achieved" for one in indicators):
        return _finished(milestones, "indicators_achieved")
    if not indicators and any(one.state in _MOVING for one in milestones):
        return _finished(milestones, "milestones_done")
    return None


def _unjudged(indicators: Sequence[IndicatorPart]) -> Standing:
    if worst := _worst(indicators, "undecidable"):
        return Standing("undecidable", "indicator", "indicator", worst)
    # Its department has reported, but no value of any indicator.
    if worst := _worst(indicators, "unreported"):
        return Standing("undecidable", "values_unreported", "indicator", worst)
    return Standing("unset", "nothing_set")


def _finished(milestones: Sequence[MilestonePart], reason: str) -> Standing:
    open_ones = [one for one in milestones if one.state != "done"]
    if not open_ones:
        return Standing("achieved", reason)
    first = min(open_ones, key=lambda one: one.milestone_id)
    return Standing("on_track", "milestones_open", "milestone", first.milestone_id)


def _worst(indicators: Sequence[IndicatorPart], status: str) -> str | None:
    there = [one for one in indicators if one.status == status]
    return min(there, key=lambda one: (one.rank, one.indicator_id)).indicator_id if there else None
