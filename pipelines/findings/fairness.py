"""Fairness of reach: evidence.fairness, evidence.lorenz and evidence.worst_areas."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from pipelines.evidence.fairness import lorenz, measure_fairness, worst_first
from pipelines.findings.table import NUMBER, TEXT, WHOLE, write_finding

if TYPE_CHECKING:
    from datetime import date

    import duckdb
    import pandas as pd

    from pipelines.ward import Ward

LEVELS: Final = ("area", "town")
_KEYS: Final = {"surface": TEXT, "level": TEXT, "distance_m": NUMBER}
_FAIRNESS: Final = _KEYS | {
    "areas": WHOLE, "areas_unknown": WHOLE, "areas_without": WHOLE, "residents": NUMBER,
    "residents_in_areas_without": NUMBER, "share_without": NUMBER, "gini": NUMBER,
}  # fmt: skip
_LORENZ: Final = _KEYS | {"n": WHOLE, "residents_share": NUMBER, "reached_share": NUMBER}
_WORST: Final = _KEYS | {
    "rank": WHOLE, "code": TEXT, "name": TEXT, "persons": NUMBER, "persons_reached": NUMBER,
    "reached_ratio": NUMBER,
}  # fmt: skip
# All residents, at any time, from sites known to be there.
_REACH: Final = """
    SELECT surface, level, distance_m::DOUBLE AS distance_m, code, name, persons, persons_reached
    FROM evidence.reach
    WHERE population_group = 'total' AND opening_no = 0 AND basis = 'known'
        AND level IN ('area', 'town')
    ORDER BY surface, level, distance_m, code
"""


def write(connection: duckdb.DuckDBPyConnection, ward: Ward, as_of: date) -> None:
    """Write the three tables for each `surface`, `level` (area, town) and `distance_m` of reach.

    fairness: one row each. lorenz: the points of the curve, `n` from 0. worst_areas: all areas
    with residents by `rank`, the worst-served first.
    """
    del ward, as_of
    rows: list[dict[str, Any]] = []
    curves: list[dict[str, Any]] = []
    worst: list[dict[str, Any]] = []
    for keys, reach in read_reach(connection):
        found = measure_fairness(reach)
        rows.append(keys | asdict(found))
        ranked = worst_first(reach)
        worst += [
            keys | {str(name): value for name, value in row.items()}
            for row in ranked.to_dict("records")
        ]
        if found.gini is not None:
            curve = lorenz(ranked["persons"].to_numpy(), ranked["persons_reached"].to_numpy())
            curves += [
                keys | {"n": n, "residents_share": x, "reached_share": y}
                for n, (x, y) in enumerate(zip(*curve, strict=True))
            ]
    write_finding(connection, "fairness", rows, _FAIRNESS)
    write_finding(connection, "lorenz", curves, _LORENZ)
    write_finding(connection, "worst_areas", worst, _WORST)


def read_reach(
    connection: duckdb.DuckDBPyConnection,
) -> list[tuple[dict[str, Any], pd.DataFrame]]:
    """Reach of all residents at any time, by surface, level and distance, in their order."""
    frame = connection.sql(_REACH).df()
    return [
        ({"surface": surface, "level": level, "distance_m": distance_m}, group)
        for (surface, level, distance_m), group in frame.groupby(
            ["surface", "level", "distance_m"], sort=True
        )
    ]
