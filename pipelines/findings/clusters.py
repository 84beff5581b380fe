"""Clusters of reach: evidence.clusters and evidence.cluster_summary, for analysts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.crs import to_projected
from pipelines.evidence.clusters import (
    FALSE_DISCOVERY_RATE,
    PERMUTATIONS,
    SEED,
    WEIGHTS,
    Clusters,
    find_clusters,
)
from pipelines.findings.fairness import read_reach
from pipelines.findings.table import NUMBER, TEXT, WHOLE, YES_NO, write_finding
from pipelines.shapes import read_areas

if TYPE_CHECKING:
    from datetime import date

    import duckdb
    import pandas as pd

    from geo.arrays import FloatArray, GeometryArray
    from pipelines.ward import Ward

MEASURE: Final = "reached_ratio"
_KEYS: Final = {"surface": TEXT, "level": TEXT, "measure": TEXT, "distance_m": NUMBER}
_CLUSTERS: Final = _KEYS | {
    "code": TEXT, "name": TEXT, "z": NUMBER, "lag": NUMBER, "quadrant": TEXT, "p_value": NUMBER,
    "q_value": NUMBER, "significant": YES_NO,
}  # fmt: skip
_SUMMARY: Final = _KEYS | {
    "moran_i": NUMBER, "expected": NUMBER, "p_value": NUMBER, "permutations": WHOLE, "seed": WHOLE,
    "weights": TEXT, "false_discovery_rate": NUMBER, "areas": WHOLE, "areas_left_out": WHOLE,
    "islands": TEXT, "why_none": TEXT, "why_none_ja": TEXT, "why_none_en": TEXT,
}  # fmt: skip
_WHY_NONE: Final = {
    None: ("", ""),
    "too_few": (
        "住民のいる町丁目（町）が少なすぎるため、計算しません。",
        "Too few areas have residents, so nothing is computed.",
    ),
    "constant": (
        "どこも同じ値のため、集まりはありません。",
        "All areas have one value, so there can be no clusters.",
    ),
}


def write(connection: duckdb.DuckDBPyConnection, ward: Ward, as_of: date) -> None:
    """Write the two tables for each surface, level (area, town) and distance of reach.

    clusters: an area with residents: `z`, `lag` (of its neighbours), `quadrant` (HH, LL, HL, LH,
    its own value first; `none` for an island), `p_value`, `q_value` (false-discovery rate),
    `significant`. cluster_summary: Moran's I with how it was made, `areas_left_out` (no residents,
    or unknown), `islands` by name, and `why_none` where there is no figure.
    """
    del as_of
    shapes = _shapes(connection, ward)
    rows: list[dict[str, Any]] = []
    summary: list[dict[str, Any]] = []
    for place, found_reach in read_reach(connection):
        keys = place | {"measure": MEASURE}
        reach = found_reach.sort_values("code").reset_index(drop=True)
        polygons = np.array([shapes[place["level"]][code] for code in reach["code"]], dtype=object)
        found = find_clusters(_ratios(reach), polygons)
        rows += [keys | row for row in _rows(found, reach)]
        summary.append(keys | _summary(found, reach))
    write_finding(connection, "clusters", rows, _CLUSTERS)
    write_finding(connection, "cluster_summary", summary, _SUMMARY)


def _ratios(reach: pd.DataFrame) -> FloatArray:
    """Reached share of each area, NaN where nobody lives or it is not known."""
    persons, reached = (
        reach[name].to_numpy(dtype=float) for name in ("persons", "persons_reached")
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(persons > 0, np.round(reached / persons, 9), np.nan)


def _shapes(connection: duckdb.DuckDBPyConnection, ward: Ward) -> dict[str, dict[str, object]]:
    """The polygons of areas and towns by code, in metres of the ward's CRS."""
    areas = read_areas(connection)
    towns = dict(connection.execute("SELECT area_code, town_code FROM clean.areas").fetchall())
    joined = areas.dissolve([towns[code] for code in areas.codes.tolist()])
    return {
        level: dict(zip(shapes.codes.tolist(), _metres(shapes.polygons, ward), strict=True))
        for level, shapes in (("area", areas), ("town", joined))
    }


def _metres(polygons: GeometryArray, ward: Ward) -> GeometryArray:
    return to_projected(polygons, crs=ward.geometry.projected_crs)


def _rows(found: Clusters, reach: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    if found.why_none is None:
        rows = [
            {
                "code": reach["code"][at],
                "name": reach["name"][at],
                "z": found.z[no],
                "lag": found.lag[no],
                "quadrant": found.quadrant[no],
                "p_value": found.local_p[no],
                "q_value": found.local_q[no],
                "significant": bool(found.significant[no]),
            }
            for no, at in enumerate(found.taking_part.tolist())
        ]
        rows += [
            {"code": reach["code"][at], "name": reach["name"][at], "quadrant": "none"}
            for at in found.islands.tolist()
        ]
    return sorted(rows, key=lambda row: str(row["code"]))


def _summary(found: Clusters, reach: pd.DataFrame) -> dict[str, Any]:
    why_ja, why_en = _WHY_NONE[found.why_none]
    return {
        "moran_i": found.moran_i,
        "expected": found.expected,
        "p_value": found.p_value,
        "permutations": PERMUTATIONS,
        "seed": SEED,
        "weights": WEIGHTS,
        "false_discovery_rate": FALSE_DISCOVERY_RATE,
        "areas": found.taking_part.size,
        "areas_left_out": len(reach) - found.taking_part.size - found.islands.size,
        "islands": "、".join(reach["name"][at] for at in found.islands.tolist()),
        "why_none": found.why_none or "",
        "why_none_ja": why_ja,
        "why_none_en": why_en,
    }
