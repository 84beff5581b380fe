"""Monthly use of public Wi-Fi as the page shows it: evidence.usage_months and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dashboard.missing import read_missing
from dashboard.reading import plain_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dashboard.missing import Words
    from dashboard.reading import Tables

WARD_UNIT: Final = ""
"""The ward's own use, in a URL."""
LEVELS: Final = ("ward", "facility", "access_point")


@dataclass(frozen=True, slots=True)
class Month:
    """A month (2024-04) of a series; `value` is None where `state` says why."""

    month: str
    value: float | None
    state: str
    at_least: bool
    points: int
    reporting: int


@dataclass(frozen=True, slots=True)
class Unit:
    """Whose use it is; `summed` where it is added up over access points."""

    key: str
    level: str
    name: str
    summed: bool
    months: Mapping[str, tuple[Month, ...]]
    """By metric: `connections` and `users`."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, drawn as a line."""

    name: str
    happened_on: date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlier:
    """An access point far from its peers, with the numbers of the sum."""

    access_point_id: str
    name: str
    metric: str
    window_from: str
    window_to: str
    months_reported: int
    value: float
    peers: int
    peers_median: float
    peers_scale: float
    scale: str
    robust_z: float
    cut: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """All that is known of use; without units `missing` says what to bring."""

    units: Mapping[str, Unit]
    events: tuple[Event, ...]
    outliers: tuple[Outlier, ...]
    missing: tuple[Words, ...]

    def of_level(self, level: str) -> tuple[Unit, ...]:
        """The units of a level in the order of the list."""
        return tuple(unit for unit in self.units.values() if unit.level == level)


def unit_keys(tables: Tables) -> tuple[str, ...]:
    """How a URL names what use is known of, besides the ward."""
    frame = tables.frame("evidence.usage_months")[["level", "id"]].drop_duplicates()
    keys = [_key(row) for row in plain_rows(frame)]
    return tuple(key for key in keys if key != WARD_UNIT)


def read_usage(tables: Tables) -> Usage:
    """Every series with its months, the events, and the access points that stand out."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in plain_rows(tables.frame("evidence.usage_months")):
        rows.setdefault(_key(row), []).append(row)
    events = tables.frame("clean.policy_events").sort_values(["happened_on", "event_id"])
    return Usage(
        units={key: _unit(key, own) for key, own in rows.items()},
        events=tuple(
            Event(row["event_name"], row["happened_on"], row["note"] or "")
            for row in plain_rows(events)
        ),
        outliers=tuple(
            Outlier(**row) for row in plain_rows(tables.frame("evidence.usage_outliers"))
        ),
        missing=() if rows else read_missing(tables, "usage", ("wifi_usage",)),
    )


def _key(row: Mapping[str, Any]) -> str:
    return WARD_UNIT if row["level"] == "ward" else f"{row['level']}:{row['id']}"


def _unit(key: str, rows: list[dict[str, Any]]) -> Unit:
    rows.sort(key=lambda row: str(row["month"]))
    return Unit(
        key=key,
        level=rows[0]["level"],
        name=rows[0]["name"],
        summed=any(row["summed"] for row in rows),
        months={
            "connections": tuple(_month(row, "connections", "state", "points_reporting") for row in rows),
            "users": tuple(_month(row, "users", "users_state", "users_reporting") for row in rows),
        },
    )  # fmt: skip


def _month(row: Mapping[str, Any], metric: str, state: str, reporting: str) -> Month:
    value, points, heard = row[metric], int(row["points"]), int(row[reporting])
    # The table's own `at_least` speaks of the connections; users may be reported by fewer.
    return Month(
        row["month"], value, row[state], value is not None and heard < points, points, heard
    )
