"""Read an edition's `evidence` tables into the records of the page 施設Wi-Fi."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dashboard.reading import plain_rows
from dashboard.wifi.records import (
    Facility,
    Lacking,
    Opening,
    Rate,
    Reach,
    Reached,
    Shelter,
    Site,
    Wifi,
)
from dashboard.wifi.selection import ANY_TIME, LEVELS, TOTAL
from pipelines.evidence.fairness import measure_fairness, worst_first
from pipelines.evidence.shelters import count_without

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from pipelines.warehouse import Edition


def read_wifi(edition: Edition) -> Wifi:
    """Read what the page needs whatever is chosen on it."""
    settings = json.loads(edition.build["ward_json"])
    asked = edition.part(
        "evidence.reach",
        ["surface", "population_group", "population_key", "level", "group_kind"],
        opening_no=[0],
        level=["ward", "group"],
    ).to_pylist()
    keys = {(r["surface"], r["population_group"]): r["population_key"] for r in asked}
    shelters = edition.frame("evidence.shelter_wifi")
    by_method = {str(method): rows for method, rows in shelters.groupby("method")}
    sites = list(plain_rows(edition.frame("evidence.wifi_sites")))
    return Wifi(
        edition=edition.name,
        distances=tuple(f"{metres:g}" for metres in settings["reach"]["distances_m"]),
        most_sites=int(settings["siting"]["most_sites"]),
        groups=tuple(dict.fromkeys([TOTAL, *(group for _, group in keys)])),
        surfaces=tuple(dict.fromkeys(surface for surface, _ in keys)),
        population_keys=keys,
        group_kinds=tuple(dict.fromkeys(r["group_kind"] for r in asked if r["group_kind"])),
        rates=tuple(_rates(edition)),
        facilities=tuple(_facilities(edition)),
        shelters={method: tuple(_shelters(rows)) for method, rows in by_method.items()},
        without={method: count_without(rows) for method, rows in by_method.items()},
        sites=tuple(_site(row) for row in sites if row["counted"]),
        not_counted=sum(not row["counted"] for row in sites),
        openings=_openings(edition),
        lacking=tuple(
            Lacking(row["subject"], row["dataset"], row["message_ja"], row["message_en"])
            for row in plain_rows(edition.frame("evidence.missing_inputs"))
        ),
    )


def read_reach(
    edition: Edition, *, surface: str, group: str, opening_no: int, distance_m: float
) -> Reach:
    """Read the answer to one question, with who is worst served in it."""
    frame = edition.frame(
        "evidence.reach",
        surface=surface,
        population_group=group,
        opening_no=opening_no,
        distance_m=distance_m,
    )
    known = frame[frame["basis"] == "known"]
    levels = {level: known[known["level"] == level] for level in LEVELS}
    return Reach(
        known={_key(row): row for row in _reached(known)},
        possible={_key(row): row for row in _reached(frame[frame["basis"] == "possible"])},
        worst={level: tuple(_reached(worst_first(rows))) for level, rows in levels.items()},
        fairness={level: measure_fairness(rows) for level, rows in levels.items()},
    )


def _rates(edition: Edition) -> Iterator[Rate]:
    for row in plain_rows(edition.frame("evidence.equipment")):
        yield Rate(
            category=row["category"],
            fiscal_year=_whole(row["fiscal_year"]),
            target=int(row["target"]),
            equipped=_whole(row["equipped"]),
            without=_whole(row["without"]),
            start_unknown=_whole(row["start_unknown"]),
            target_unknown=int(row["target_unknown"]),
            target_stated=bool(row["target_stated"]),
            ratio=row["ratio"],
        )


def _facilities(edition: Edition) -> Iterator[Facility]:
    for row in plain_rows(edition.frame("evidence.facility_wifi")):
        yield Facility(
            id=row["facility_id"],
            name=row["name"],
            category=row["category"],
            area_code=row["area_code"],
            lon=row["lon"],
            lat=row["lat"],
            target=row["target"],
            equipped=row["equipped"],
            access_points=int(row["access_points"]),
            equipped_since=row["equipped_since"],
            planned_points=int(row["planned_points"]),
        )


def _shelters(frame: pd.DataFrame) -> Iterator[Shelter]:
    for row in plain_rows(frame):
        yield Shelter(
            id=row["shelter_id"],
            name=row["name"] or "",
            area_code=row["area_code"],
            lon=row["lon"],
            lat=row["lat"],
            equipped=row["equipped"],
            access_points=_whole(row["access_points"]),
            residents=row["residents"],
            rank_without=_whole(row["rank_without"]),
        )


def _site(row: dict[str, Any]) -> Site:
    return Site(
        no=int(row["site_no"]),
        id=row["access_point_id"],
        name=row["name"] or "",
        lon=row["lon"],
        lat=row["lat"],
        hours=row["hours"],
        open_days=row["open_days"],
        open_from=row["open_from"],
        open_until=row["open_until"],
        ward_distance_m=row["ward_distance_m"],
    )


def _openings(edition: Edition) -> dict[str, Opening]:
    openings = {}
    for row in plain_rows(edition.frame("evidence.opening_times")):
        time = ANY_TIME if row["weekday"] is None else f"{row['weekday']}-{row['hour']}"
        openings[time] = Opening(
            *(
                int(row[name])
                for name in ("opening_no", "sites_open", "sites_unknown", "sites_closed")
            )
        )
    return openings


def _reached(frame: pd.DataFrame) -> Iterator[Reached]:
    for row in plain_rows(frame):
        yield Reached(
            level=row["level"],
            group_kind=row["group_kind"],
            code=row["code"],
            name=row["name"],
            persons=row["persons"],
            reached=row["persons_reached"],
            ratio=row["reached_ratio"],
            unknown_parts=int(row["unknown_parts"]),
        )


def _key(row: Reached) -> tuple[str, str, str]:
    return row.level, row.group_kind, row.code


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
