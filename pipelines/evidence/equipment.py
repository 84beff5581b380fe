"""整備率: which of the ward's facilities have public Wi-Fi, by category and by 年度.

整備率 = equipped ÷ target facilities. A facility is equipped when an access point in service is tied
to it (`same_place`: by ID, name or address). Which facilities are targets is for the ward to say
(wifi_target); the past is judged by today's list of targets, because no older list is at hand.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from pipelines.evidence.same_place import NOWHERE, Place, Register, Tie
from pipelines.fiscal import fiscal_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

YES: Final = "有"
_LINKS: Final = ("id", "name", "address", "none")
_TIE_COLUMNS: Final = (
    *("facility_municipality_code", "facility_id", "link_source"),
    *("shelter_id", "shelter_link_source"),
)


def tie_access_points(
    points: pd.DataFrame,
    facilities: pd.DataFrame,
    shelters: pd.DataFrame,
    *,
    municipality_code: str,
    beginnings: Sequence[str] = (),
) -> pd.DataFrame:
    """The facility and the shelter each access point stands in: one row a point, in their order.

    The frames are clean tables (wifi_access_points, facilities, evacuation_shelters). A stated ID
    comes first, then the name, then an address that only one place has. A point whose list states
    no shelter is at the shelter its facility is. Returns `facility_municipality_code` and
    `facility_id` (one key), `shelter_id`, and by what they were found: `link_source`,
    `shelter_link_source` (id, name, address, none).
    """
    houses, refuges = _facility_places(facilities), _shelter_places(shelters)
    house_register, refuge_register = (Register(places, beginnings) for places in (houses, refuges))
    rows = []
    for point in _rows(points):
        row = Place(
            point["municipality_code"],
            point["access_point_id"],
            point["access_point_name"],
            point["address"],
            inside=_is_inside(point, municipality_code),
        )
        house = house_register.tie(row, point["facility_id"])
        refuge = refuge_register.tie(row, point["shelter_id"])
        if refuge.place_no == NOWHERE and not point["shelter_id"] and house.place_no != NOWHERE:
            refuge = refuge_register.tie(houses[house.place_no], None)
        rows.append(_tie_row(house, refuge, houses, refuges))
    return pd.DataFrame(rows, columns=list(_TIE_COLUMNS), index=points.index)


def equip_facilities(
    facilities: pd.DataFrame,
    ties: pd.DataFrame,
    *,
    municipality_code: str,
    as_of: date,
    listed: bool = True,
) -> pd.DataFrame:
    """The ward's facilities (rows of its own code), each with its access points as of a day.

    `ties`: what `tie_access_points` gave, with the points' `started_on`; `listed` whether any list of
    the ward's access points is there (`lists_ward`): without one nobody knows what is equipped, and
    `equipped` is None. Returns the facility's columns and
    `target` (None where other rows say so and this one does not), `equipped`, `access_points` (in
    service), `equipped_since` (the earliest start known, else None), `some_start_unknown`,
    `planned_points` (start after `as_of`), `link_source` (the surest of its points').
    """
    own = facilities[facilities["municipality_code"] == municipality_code]
    stated = own["wifi_target"].notna().any()
    by_facility: dict[tuple[str, str], list[tuple[date | None, str]]] = {}
    for tie in _rows(ties):
        key = tie["facility_municipality_code"], tie["facility_id"]
        by_facility.setdefault(key, []).append((_day(tie["started_on"]), tie["link_source"]))
    rows = []
    for facility in _rows(own):
        found = by_facility.get((municipality_code, facility["facility_id"]), [])
        begun = [(start, source) for start, source in found if not start or start <= as_of]
        starts = [start for start, _ in begun if start]
        rows.append(
            {
                **{name: facility[name] for name in ("municipality_code", "facility_id")},
                "name": facility["facility_name"],
                "category": facility["facility_category"],
                **{name: facility[name] for name in ("area_code", "lon", "lat")},
                "target": _is_target(facility["wifi_target"]) if stated else True,
                "equipped": bool(begun) if listed else None,
                "access_points": len(begun),
                "equipped_since": min(starts, default=None),
                "some_start_unknown": len(starts) < len(begun),
                "planned_points": len(found) - len(begun),
                "link_source": min((source for _, source in begun), key=_LINKS.index, default="none"),
            }
        )  # fmt: skip
    return pd.DataFrame(rows, columns=_FACILITY_COLUMNS).astype(
        {"target": object, "equipped": object}
    )


def lists_ward(points: pd.DataFrame, municipality_code: str) -> bool:
    """Whether any access point is the ward's own or stands in the ward.

    The list of another city, or of the prefecture without a point here, says nothing of the ward.
    """
    own = points["municipality_code"] == municipality_code
    return bool((own | points["area_code"].notna()).any())


def rate_equipment(equipped: pd.DataFrame, *, as_of: date) -> pd.DataFrame:
    """整備率 of all facilities and of each category, now and at the end of every 年度 that is over.

    `equipped`: what `equip_facilities` gave. Rows: `category` ('' all, None those without one),
    `fiscal_year` (None now), `target`, `equipped` (targets that are), `without`,
    `start_unknown` (targets that may have been equipped then: their start is not known),
    `target_unknown`, `ratio` (equipped ÷ target, None where there is no target). Where nobody knows
    what is equipped, only the targets are counted.
    """
    groups: list[tuple[str | None, pd.DataFrame]] = [("", equipped)]
    categories = equipped["category"]
    groups += [
        (name, equipped[categories == name]) for name in sorted(categories.dropna().unique())
    ]
    if categories.isna().any():
        groups.append((None, equipped[categories.isna()]))
    moments = [None, *_years_over(equipped["equipped_since"], as_of)]
    rows = [_rate(name, group, year) for name, group in groups for year in moments]
    return pd.DataFrame(rows).astype({"category": object} | dict.fromkeys(_COUNTS, "Int64"))


_COUNTS: Final = (
    *("fiscal_year", "target", "equipped", "without", "start_unknown", "target_unknown"),
)
_FACILITY_COLUMNS: Final = [
    *("municipality_code", "facility_id", "name", "category", "area_code", "lon", "lat"),
    *("target", "equipped", "access_points", "equipped_since", "some_start_unknown"),
    *("planned_points", "link_source"),
]


def _rate(category: str | None, group: pd.DataFrame, year: int | None) -> dict[str, Any]:
    targets = group[group["target"].eq(other=True)]
    if year is None:
        have = targets["equipped"].eq(other=True)
        unknown = have & targets["equipped_since"].isna()
    else:
        end = date(year + 1, 3, 31)
        have = targets["equipped_since"].map(lambda day: _begun(day, end)).astype(bool)
        unknown = ~have & targets["some_start_unknown"].astype(bool)
    count, those = len(targets), int(have.sum())
    if group["equipped"].isna().any():
        return {
            **dict.fromkeys(("equipped", "without", "start_unknown", "ratio")),
            "category": category,
            "fiscal_year": year,
            "target": count,
            "target_unknown": int(group["target"].isna().sum()),
        }
    return {
        "category": category,
        "fiscal_year": year,
        "target": count,
        "equipped": those,
        "without": count - those,
        "start_unknown": int(unknown.sum()),
        "target_unknown": int(group["target"].isna().sum()),
        "ratio": those / count if count else None,
    }


def _years_over(starts: pd.Series, as_of: date) -> range:
    """From the 年度 of the first start to the last one that has ended."""
    known = starts.dropna()
    last = fiscal_year(as_of) - (as_of < date(fiscal_year(as_of) + 1, 3, 31))
    return range(fiscal_year(min(known)), last + 1) if len(known) else range(0)


def _is_target(stated: object) -> bool | None:
    return None if stated is None else stated == YES


def _is_inside(point: dict[str, Any], municipality_code: str) -> bool:
    """A point without any position is where its publisher is."""
    nowhere = point["location_source"] == "none"
    own = point["municipality_code"] == municipality_code
    return bool(point["area_code"]) or (nowhere and own)


def _tie_row(house: Tie, refuge: Tie, houses: list[Place], refuges: list[Place]) -> tuple[Any, ...]:
    at = houses[house.place_no] if house.place_no != NOWHERE else None
    where = refuges[refuge.place_no] if refuge.place_no != NOWHERE else None
    return (
        *(at and at.code, at and at.place_id, house.source),
        *(where and where.place_id, refuge.source),
    )


def _facility_places(facilities: pd.DataFrame) -> list[Place]:
    return [
        Place(row["municipality_code"], row["facility_id"], row["facility_name"], row["address"])
        for row in _rows(facilities)
    ]


def _shelter_places(shelters: pd.DataFrame) -> list[Place]:
    return [
        Place(None, row["shelter_id"], row["shelter_name"], row["address"])
        for row in _rows(shelters)
    ]


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Rows as Python values, NULL as None."""
    columns = [frame[name].astype(object).where(frame[name].notna(), None) for name in frame]
    for values in zip(*columns, strict=True):
        yield dict(zip(frame.columns, values, strict=True))


def _begun(start: Any, day: date) -> bool:  # noqa: ANN401 (a cell)
    known = _day(start)
    return known is not None and known <= day


def _day(value: Any) -> date | None:  # noqa: ANN401 (a cell)
    if pd.isna(value):
        return None
    return pd.Timestamp(value).date()
