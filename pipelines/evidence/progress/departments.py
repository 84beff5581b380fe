"""Which department answers today for what was given to one years ago."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Remark = Literal[
    "circle", "unknown", "not_yet", "ended", "successor_not_yet", "successor_later", "gap"
]
"""Why nobody is found (`circle`, `unknown`, `not_yet`, `ended`, `successor_not_yet`), or what is to
be said of the one found (`successor_later`, `gap`)."""


@dataclass(frozen=True, slots=True)
class Department:
    """A post with the days it existed; a date not known is None."""

    department_id: str
    valid_from: date | None = None
    valid_until: date | None = None
    successor_id: str | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """Who answers today, and the way there."""

    today_id: str | None
    steps: tuple[str, ...]
    remark: Remark | None = None


def follow_successors(
    department_id: str, departments: Mapping[str, Department], at: date
) -> Succession:
    """Follow the successors of a department up to the one that exists at a date.

    A successor takes over once the department's last day has passed (or is not written) and its
    own first day has come (or is not written). Between the two nobody answers: `successor_not_yet`
    while the gap lasts, `gap` on the way once it is over.
    """
    first = departments.get(department_id)
    if first is not None and _later(first.valid_from, at):
        return Succession(None, (department_id,), "not_yet")
    steps: list[str] = []
    remark: Remark | None = None
    step = department_id
    while True:
        if step in steps:
            return Succession(None, (*steps, step), "circle")
        steps.append(step)
        one = departments.get(step)
        if one is None:
            return Succession(None, tuple(steps), "unknown")
        ended = one.valid_until is not None and one.valid_until < at
        if one.successor_id is None:
            found = None if ended else step
            return Succession(found, tuple(steps), "ended" if ended else remark)
        after = departments.get(one.successor_id)
        if not ended and (one.valid_until is not None or (after and _later(after.valid_from, at))):
            return Succession(step, tuple(steps), "successor_later")
        if after is not None and _later(after.valid_from, at):
            return Succession(None, tuple(steps), "successor_not_yet")
        if after is not None and _is_gap(one.valid_until, after.valid_from):
            remark = "gap"
        step = one.successor_id


def _later(day: date | None, at: date) -> bool:
    return day is not None and day > at


def _is_gap(until: date | None, start: date | None) -> bool:
    return until is not None and start is not None and (start - until).days > 1
