"""Residents of each shelter: those assigned to it, or those it is nearest to.

In Nakano residents are assigned to shelters by 防災会 (disaster-prevention associations), not by
distance. Where the ward supplies the assignment (area_membership rows of 防災会 with a shelter), it
counts: residents = Σ persons of an area × share of the area in the association. The nearest shelter
in a straight line (Voronoi parts, persons spread evenly over each area) is 「直線最寄り（指定ではない）」.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from geo.nearest import NearestParts

ASSOCIATION: Final = "防災会"
ASSIGNED: Final = "assigned"
NEAREST: Final = "nearest"
_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Without:
    """The shelters without Wi-Fi, and the residents they leave without information."""

    shelters: int
    without: int | None
    """None where nobody knows which shelters have it."""
    residents: float | None
    """Of those without, as far as known; None where none is."""
    residents_unknown: int
    """Shelters without Wi-Fi whose residents are not known."""


def count_without(ranked: pd.DataFrame) -> Without:
    """The figures of one method, from rows of `shelter_id`, `equipped` and `residents`."""
    rows = ranked[ranked["shelter_id"].notna()]
    if rows["equipped"].isna().any():
        return Without(len(rows), None, None, 0)
    left = rows[rows["equipped"].eq(other=False)]["residents"].astype(float)
    return Without(
        len(rows),
        len(left),
        float(left.sum()) if left.notna().any() or left.empty else None,
        int(left.isna().sum()),
    )


def count_assigned(membership: pd.DataFrame, persons: pd.Series) -> pd.Series:
    """Residents by shelter_id; those whom no row assigns stand under '' (割当なし).

    `membership`: clean.area_membership; `persons`: by area_code, NaN unknown. A shelter with an
    area whose persons are unknown has NaN, and so has '' when any area left over is unknown.
    Shares of an area that add up to more than 1 are taken as they are (`find_overfull` lists them).
    """
    rows = membership[(membership["group_kind"] == ASSOCIATION) & membership["shelter_id"].notna()]
    residents = rows["area_code"].map(persons) * rows["share_ratio"].astype(float)
    by_shelter = residents.groupby(rows["shelter_id"]).agg(_sum_known)
    taken = rows["share_ratio"].astype(float).groupby(rows["area_code"]).sum()
    left = (1 - taken.reindex(persons.index, fill_value=0.0)).clip(lower=0)
    left = left.where(left > _TOLERANCE, 0.0)
    rest = (persons * left).where(left > 0, 0.0)
    by_shelter.loc[""] = _sum_known(rest)
    return by_shelter.sort_index()


def find_overfull(membership: pd.DataFrame) -> list[str]:
    """Areas whose shares in 防災会 with a shelter add up to more than 1."""
    rows = membership[(membership["group_kind"] == ASSOCIATION) & membership["shelter_id"].notna()]
    taken = rows["share_ratio"].astype(float).groupby(rows["area_code"]).sum()
    return sorted(str(code) for code in taken[taken > 1 + _TOLERANCE].index)


def count_nearest(parts: NearestParts, persons: pd.Series, shelter_ids: pd.Series) -> pd.Series:
    """Residents by shelter_id for whom it is the nearest; `parts` of the areas in `persons`' order.

    `shelter_ids`: one for each site, in the order the parts number them. A shelter that is nobody's
    nearest has 0, one with a part of an area of unknown persons NaN.
    """
    frame = pd.DataFrame(
        {
            "shelter_id": shelter_ids.to_numpy()[parts.site],
            "persons": persons.to_numpy(dtype=float)[parts.polygon] * parts.share,
        }
    )
    counted = frame.groupby("shelter_id")["persons"].agg(_sum_known)
    return counted.reindex(shelter_ids.to_numpy(), fill_value=0.0)


def rank_shelters(shelters: pd.DataFrame, residents: pd.Series, *, method: str) -> pd.DataFrame:
    """Shelters with their residents and `rank_without`: 1 leaves the most without information.

    `shelters`: `shelter_id`, `equipped` and what else is to be kept. Only shelters without Wi-Fi
    whose residents are known are ranked; equal numbers share a rank. Where residents are assigned
    and some are not yet, a shelter that no row names has unknown residents, not none; and a row
    without shelter_id carries those not assigned.
    """
    found = shelters["shelter_id"].map(residents).astype(float)
    if method == ASSIGNED and residents.get("", 0.0) == 0:
        found = found.where(shelters["shelter_id"].isin(residents.index), 0.0)
    frame = shelters.assign(method=method, residents=found)
    # Equal numbers are equal whatever order they were added up in.
    ranked = frame["residents"].round(6).where(frame["equipped"].eq(other=False))
    frame["rank_without"] = ranked.rank(ascending=False, method="min").astype("Int64")
    frame = frame.sort_values(["rank_without", "shelter_id"], na_position="last")
    if method == ASSIGNED and residents.get("", 0.0) != 0:
        rest = {"shelter_id": None, "method": method, "residents": residents[""]}
        frame = pd.concat([frame.astype(object), pd.DataFrame([rest], dtype=object)])
    return frame.reset_index(drop=True)


def _sum_known(values: pd.Series) -> float:
    """A sum with an unknown part is unknown."""
    return float(values.sum(skipna=False)) if len(values) else 0.0
