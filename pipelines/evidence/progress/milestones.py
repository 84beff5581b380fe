"""Milestones: done, late, running or planned, by how much, and what waits for what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pipelines.evidence.progress.dates import (
    DAY,
    Precision,
    calendar_months,
    period_end,
    whole_months,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

State = Literal["done", "late", "running", "start_late", "planned", "undated", "unknown"]
"""計画より遅れ is `late`; `start_late` has not begun though its start has passed; 日付未設定 is
`undated`; 実績不明 is `unknown`: nobody knows what became of it, so it is not late."""

_RUNNING: Final = "実施中"
_ENDS: Final[dict[str | None, State]] = {"完了": "done", "不明": "unknown"}


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone as its department writes it; a date is a day of the period it stands for."""

    milestone_id: str
    planned_start_on: date | None = None
    planned_end_on: date | None = None
    planned_precision: Precision = DAY
    actual_start_on: date | None = None
    actual_end_on: date | None = None
    actual_precision: Precision = DAY
    depends_on: str | None = None
    stated: str | None = None
    """What its department says where the dates do not tell: 未着手, 実施中, 完了, 不明."""


@dataclass(frozen=True, slots=True)
class Slippage:
    """How far behind its plan a milestone ended or stands; negative is before it."""

    days: int
    months: int | None
    """Whole months, where a date is known only to the month, quarter or fiscal year."""

    @property
    def unit(self) -> Literal["day", "month"]:
        """In which unit it may be told."""
        return "day" if self.months is None else "month"


def judge_state(one: Milestone, at: date) -> State:
    """The state at a date; what happened later is not known yet."""
    if ended := _judge_end(one, at):
        return ended
    if one.planned_end_on is None:
        return "undated"
    if period_end(one.planned_end_on, one.planned_precision) < at:
        return "late"
    if _happened(one.actual_start_on, at) or one.stated == _RUNNING:
        return "running"
    start = one.planned_start_on
    if start is not None and period_end(start, one.planned_precision) < at:
        return "start_late"
    return "planned"


def _judge_end(one: Milestone, at: date) -> State | None:
    """What is known of its end, by its date or, where none is written, by what is stated."""
    if one.actual_end_on is not None:
        return "done" if _happened(one.actual_end_on, at) else None
    return _ENDS.get(one.stated)


def measure_slippage(one: Milestone, state: State, at: date) -> Slippage | None:
    """From the planned end to the actual one, or to `at` while late; None otherwise.

    Both ends are the last days of the periods they stand for. Where either is known only to the
    month or coarser, the months are those of the calendar (August to November is 3); of one still
    late, the whole months that have passed since its planned end.
    """
    if one.planned_end_on is None:
        return None
    planned = period_end(one.planned_end_on, one.planned_precision)
    coarse = one.planned_precision != DAY
    if state == "late":
        return Slippage((at - planned).days, whole_months(planned, at) if coarse else None)
    if state == "done" and one.actual_end_on is not None:
        ended = period_end(one.actual_end_on, one.actual_precision)
        coarse = coarse or one.actual_precision != DAY
        months = calendar_months(planned, ended) if coarse else None
        return Slippage((ended - planned).days, months)
    return None


def find_late_before(
    milestone_id: str, before: Mapping[str, str | None], states: Mapping[str, State]
) -> str | None:
    """The nearest late milestone that this one depends on, through any chain; None without.

    `before`: what each depends on. One that is done waits for nothing; a circle is walked once.
    """
    if states.get(milestone_id) == "done":
        return None
    seen = {milestone_id}
    step = before.get(milestone_id)
    while step is not None and step not in seen:
        if states.get(step) == "late":
            return step
        seen.add(step)
        step = before.get(step)
    return None


def find_overtaken(before: Mapping[str, str | None], states: Mapping[str, State]) -> set[str]:
    """Those not done that something done depends on, through any chain.

    They must have happened, only nobody wrote when: neither late nor done can be said of them.
    """
    found: set[str] = set()
    for one, state in states.items():
        step = before.get(one) if state == "done" else None
        while step is not None and step not in found and states.get(step, "done") != "done":
            found.add(step)
            step = before.get(step)
    return found


def judge_states(milestones: Mapping[str, Milestone], at: date) -> dict[str, State]:
    """The state of each, those overtaken `unknown`."""
    states = {one: judge_state(milestone, at) for one, milestone in sorted(milestones.items())}
    before = {one: milestone.depends_on for one, milestone in milestones.items()}
    return states | dict.fromkeys(find_overtaken(before, states), "unknown")


def _happened(day: date | None, at: date) -> bool:
    return day is not None and day <= at
