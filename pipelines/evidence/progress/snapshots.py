"""What changed of the initiatives between two points of view: two editions, or two days of one.

Pure: frames of the schema `evidence` in, rows out. Nothing is weighed; a change is a fact with what
stood there before and what stands there after.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from pipelines.evidence.progress.dates import fiscal_year_end
from pipelines.evidence.progress.indicator import JUDGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KINDS: Final = (
    "initiative_new", "initiative_gone", "initiative_status", "department", "milestone_new",
    "milestone_gone", "milestone_state", "milestone_replanned", "indicator_new", "indicator_gone",
    "indicator_status", "target", "value_new", "value_corrected",
)  # fmt: skip
"""In the order they are told for an initiative."""

NEEDED: Final = {
    "initiative_overview": ("initiative_id", "initiative_name", "department_id", "department_name"),
    "initiative_status": ("is_current", "initiative_id", "status"),
    "indicator_status": (
        "is_current", "indicator_id", "initiative_id", "status", "target_value",
        "target_fiscal_year", "value", "measured_on", "period",
    ),
    "milestones": (
        "milestone_id", "initiative_id", "milestone_name", "planned_end_on", "state",
        "state_before",
    ),
}  # fmt: skip
"""The tables of `evidence` that are compared, and their columns."""

_RANK: Final = {str(status): rank for rank, status in enumerate(JUDGED)}

Told = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The rows of one point of view, by their ID; each row with the columns of NEEDED."""

    initiatives: Mapping[str, Mapping[str, Any]]
    statuses: Mapping[str, Mapping[str, Any]]
    indicators: Mapping[str, Mapping[str, Any]]
    milestones: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Change:
    """A fact: of which initiative and part, what stood before (None: nothing), what stands after."""

    kind: str
    initiative_id: str | None
    part_id: str | None
    before: Told
    after: Told
    before_on: date | None = None
    after_on: date | None = None
    """The days that two values are of."""

    @property
    def tendency(self) -> Literal["better", "worse"] | None:
        """Between two statuses that are judged, which way it went; None of all else."""
        ranks = [_RANK.get(str(one)) for one in (self.before, self.after)]
        if not self.kind.endswith("_status") or ranks[0] is None or ranks[1] is None:
            return None
        return "better" if ranks[1] < ranks[0] else "worse"


def take_snapshot(frames: Mapping[str, pd.DataFrame], *, current: bool = True) -> Snapshot:
    """The point of view of an edition's own date, or of the 年度末 before it (`current` False).

    `frames`: the tables of NEEDED by name. Raises KeyError for a table or a column not there.
    """
    tables = {name: _rows(frames[name], columns) for name, columns in NEEDED.items()}
    milestones = tables["milestones"]
    if not current:
        milestones = [{**row, "state": row["state_before"]} for row in milestones]
    return Snapshot(
        initiatives=_by(tables["initiative_overview"], "initiative_id"),
        statuses=_by(_of_day(tables["initiative_status"], current=current), "initiative_id"),
        indicators=_by(_of_day(tables["indicator_status"], current=current), "indicator_id"),
        milestones=_by(milestones, "milestone_id"),
    )


def find_changes(before: Snapshot, after: Snapshot) -> list[Change]:
    """Every change, initiative by initiative in the order of their IDs, then by kind and part."""
    found = [
        *_initiatives(before, after),
        *_milestones(before, after),
        *_indicators(before, after),
    ]
    return sorted(
        found,
        key=lambda one: (one.initiative_id or "", KINDS.index(one.kind), one.part_id or ""),
    )


def _initiatives(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    for key in before.initiatives.keys() | after.initiatives.keys():
        old, new = before.initiatives.get(key), after.initiatives.get(key)
        if old is None or new is None:
            kind = "initiative_new" if old is None else "initiative_gone"
            yield Change(kind, key, None, _name(old), _name(new))
        elif old["department_id"] != new["department_id"]:
            names = (old["department_name"], new["department_name"])
            yield Change("department", key, None, *names)
    for key in before.statuses.keys() & after.statuses.keys():
        old, new = before.statuses[key], after.statuses[key]
        if old["status"] != new["status"]:
            yield Change("initiative_status", key, None, old["status"], new["status"])


def _milestones(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    for key in before.milestones.keys() | after.milestones.keys():
        old, new = before.milestones.get(key), after.milestones.get(key)
        initiative = (new or old or {})["initiative_id"]
        if old is None or new is None:
            kind = "milestone_new" if old is None else "milestone_gone"
            names = [row["milestone_name"] if row else None for row in (old, new)]
            yield Change(kind, initiative, key, *names)
            continue
        # A milestone that was not in this edition's past has no state then.
        if old["state"] != new["state"] and old["state"] is not None:
            yield Change("milestone_state", initiative, key, old["state"], new["state"])
        if old["planned_end_on"] != new["planned_end_on"]:
            days = (old["planned_end_on"], new["planned_end_on"])
            yield Change("milestone_replanned", initiative, key, *days)


def _indicators(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    for key in before.indicators.keys() | after.indicators.keys():
        old, new = before.indicators.get(key), after.indicators.get(key)
        initiative = (new or old or {})["initiative_id"]
        if old is None or new is None:
            kind = "indicator_new" if old is None else "indicator_gone"
            statuses = [row["status"] if row else None for row in (old, new)]
            yield Change(kind, initiative, key, *statuses)
            continue
        if old["status"] != new["status"]:
            yield Change("indicator_status", initiative, key, old["status"], new["status"])
        yield from _target(initiative, key, old, new)
        yield from _value(initiative, key, old, new)


def _target(
    initiative: str | None, key: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    columns = ("target_value", "target_fiscal_year")
    if any(old[column] != new[column] for column in columns):
        ends = [_year_end(row["target_fiscal_year"]) for row in (old, new)]
        values = (old["target_value"], new["target_value"])
        yield Change("target", initiative, key, *values, *ends)


def _value(
    initiative: str | None, key: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    """A value of another time is new; of the same time another value is a correction."""
    same_time = (old["measured_on"], old["period"]) == (new["measured_on"], new["period"])
    if new["measured_on"] is None or (same_time and old["value"] == new["value"]):
        return
    kind = "value_corrected" if same_time else "value_new"
    days = (old["measured_on"], new["measured_on"])
    yield Change(kind, initiative, key, old["value"], new["value"], *days)


def _year_end(year: float | None) -> date | None:
    return None if year is None else fiscal_year_end(int(year))


def _name(row: Mapping[str, Any] | None) -> str | None:
    return None if row is None else row["initiative_name"]


def _of_day(rows: list[dict[str, Any]], *, current: bool) -> list[dict[str, Any]]:
    return [row for row in rows if row["is_current"] is current]


def _by(rows: list[dict[str, Any]], key: str) -> dict[str, dict[str, Any]]:
    return {row[key]: row for row in rows}


def _rows(frame: pd.DataFrame, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows as plain Python: what is missing is None, a date is a date."""
    rows = frame[list(columns)].astype(object).to_dict("records")
    return [{str(name): _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return bool(value) if isinstance(value, bool) else value
