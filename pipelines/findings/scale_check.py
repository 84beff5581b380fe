"""The statements of the page by 町丁目 and by 町: evidence.scale_check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.crs import to_projected
from geo.nearest import nearest_parts
from geo.reach import Reach
from pipelines.evidence.fairness import worst_first
from pipelines.evidence.reach import Spread
from pipelines.evidence.scale_check import (
    Comparison,
    compare_clustering,
    compare_coefficients,
    compare_sets,
    compare_shares,
    compare_within,
)
from pipelines.evidence.shelters import count_nearest
from pipelines.evidence.siting import plan_sites, read_pieces
from pipelines.findings.fairness import read_reach
from pipelines.findings.frames import project_measured
from pipelines.findings.sites import read_sites
from pipelines.findings.siting import cut_pieces
from pipelines.findings.surfaces import TOTAL, Surface, read_surfaces
from pipelines.findings.table import NUMBER, TEXT, WHOLE, YES_NO, write_finding
from pipelines.messages import Message
from pipelines.shapes import read_areas

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import duckdb

    from pipelines.ward import Ward

_COLUMNS: Final = {
    "statement": TEXT, "statement_no": WHOLE, "distance_m": NUMBER, "by_area": TEXT,
    "by_town": TEXT, "by_area_en": TEXT, "by_town_en": TEXT, "agree": YES_NO, "sentence_ja": TEXT,
    "sentence_en": TEXT,
}  # fmt: skip
_WORST: Final = 5
_FIRST: Final = 3
_AREA_SURFACE: Final = "area"
Said = tuple[str, float | None, Message, Comparison]
"""A statement's key, its distance in metres, what it is about, and how it compares."""


def write(connection: duckdb.DuckDBPyConnection, ward: Ward, as_of: date) -> None:
    """Write evidence.scale_check: a row a `statement` and distance (NULL where it has none).

    Residents spread over each 町丁目, or over each 町: the ward's reach, the share living where
    nobody is reached, Gini, the towns worst served, clustering, the next three sites, and the three
    shelters without Wi-Fi that leave the most residents. No rows where nothing could be measured.
    """
    del as_of
    said = [*_of_reach(connection, ward), *_of_shelters(connection, ward)]
    rows = [
        {
            "statement": key,
            "statement_no": number,
            "distance_m": distance_m,
            "by_area": compared.by_area.ja,
            "by_town": compared.by_town.ja,
            "by_area_en": compared.by_area.en,
            "by_town_en": compared.by_town.en,
            "agree": compared.agree,
            "sentence_ja": compared.sentence(subject).ja,
            "sentence_en": compared.sentence(subject).en,
        }
        for number, (key, distance_m, subject, compared) in enumerate(said, start=1)
    ]
    write_finding(connection, "scale_check", rows, _COLUMNS)


def _of_reach(connection: duckdb.DuckDBPyConnection, ward: Ward) -> Iterator[Said]:
    found = {
        (keys["level"], keys["distance_m"]): reach
        for keys, reach in read_reach(connection)
        if keys["surface"] == _AREA_SURFACE
    }
    for distance_m in ward.reach.distances_m if found else ():
        away = f"{distance_m:g} m"
        areas, towns = found["area", distance_m], found["town", distance_m]
        yield (
            "ward_reach",
            distance_m,
            Message(f"{away}以内に住む住民の割合", f"Residents within {away}"),
            compare_shares(_share(areas), _reach_by_town(connection, ward, distance_m)),
        )
        fair = _by_level(connection, "fairness", distance_m)
        yield (
            "share_without",
            distance_m,
            Message(f"{away}以内に1人も届かない町丁目（町）に住む割合", f"Residents of places where nobody is within {away}"),
            compare_shares(*(fair[level]["share_without"] for level in ("area", "town"))),
        )  # fmt: skip
        yield (
            "gini",
            distance_m,
            Message(f"届く割合のジニ係数（{away}）", f"Gini coefficient of reach ({away})"),
            compare_coefficients(*(fair[level]["gini"] for level in ("area", "town"))),
        )
        yield (
            "worst_towns",
            distance_m,
            Message(f"届く割合が最も低い{_WORST}つの町丁目がある町と、最も低い{_WORST}つの町（{away}）", f"Towns of the {_WORST} worst-served areas, and the {_WORST} worst-served towns ({away})"),
            compare_within(_towns_of_worst(connection, areas), _worst_names(towns)),
        )  # fmt: skip
        moran = _by_level(connection, "cluster_summary", distance_m)
        yield (
            "clustering",
            distance_m,
            Message(
                f"届く割合の地理的な集まり（{away}）", f"Clustering of reach on the map ({away})"
            ),
            compare_clustering(*(moran[level]["p_value"] for level in ("area", "town"))),
        )
        yield (
            "next_sites",
            distance_m,
            Message(f"次に整備すると届く住民が最も増える{_FIRST}か所（{away}）", f"The next {_FIRST} sites that add the most residents ({away})"),
            _next_sites(connection, ward, distance_m),
        )  # fmt: skip


def _of_shelters(connection: duckdb.DuckDBPyConnection, ward: Ward) -> Iterator[Said]:
    shelters = connection.sql(
        "SELECT * FROM evidence.shelter_wifi WHERE method = 'nearest' ORDER BY shelter_id"
    ).df()
    without = shelters[shelters["equipped"].eq(other=False)]
    if without.empty:
        return
    by_area = shelters.set_index("shelter_id")["residents"]
    town = _town_surface(connection, ward)
    easting, northing = project_measured(shelters, ward)
    parts = nearest_parts(easting, northing, town.polygons)
    persons = pd.Series(town.spread.persons[TOTAL])
    by_town = count_nearest(parts, persons, shelters["shelter_id"])
    names = [
        without.assign(residents=without["shelter_id"].map(counted))
        .sort_values(["residents", "shelter_id"], ascending=[False, True])["name"]
        .head(_FIRST)
        .tolist()
        for counted in (by_area, by_town)
    ]
    subject = Message(
        f"Wi-Fiのない避難所のうち、直線最寄り（指定ではない）の住民が最も多い{_FIRST}か所",
        f"The {_FIRST} shelters without Wi-Fi that are nearest to the most residents (not an assignment)",
    )
    yield "shelters_without", None, subject, compare_sets(*names)


def _town_surface(connection: duckdb.DuckDBPyConnection, ward: Ward) -> Surface:
    """The towns in metres, residents of each spread evenly over it; unknown with an unknown part."""
    persons = read_surfaces(connection, ward)[0].spread.persons[TOTAL]
    areas = read_areas(connection)
    town_of = dict(connection.execute("SELECT area_code, town_code FROM clean.areas").fetchall())
    towns = areas.dissolve([town_of[code] for code in areas.codes.tolist()])
    place = np.searchsorted(towns.codes, [town_of[code] for code in areas.codes.tolist()])
    summed = np.bincount(place, persons, minlength=towns.codes.size)
    spread = Spread(np.arange(towns.codes.size, dtype=np.int32), {TOTAL: summed.astype(np.float64)})
    return Surface("town", to_projected(towns.polygons, crs=ward.geometry.projected_crs), spread)


def _reach_by_town(
    connection: duckdb.DuckDBPyConnection, ward: Ward, distance_m: float
) -> float | None:
    sites, town = read_sites(connection, ward), _town_surface(connection, ward)
    reach = Reach.around(sites.easting, sites.northing, town.polygons, distance_m=distance_m)
    persons = town.spread.persons[TOTAL]
    return _share(pd.DataFrame({"persons": persons, "persons_reached": persons * reach.shares()}))


def _next_sites(connection: duckdb.DuckDBPyConnection, ward: Ward, distance_m: float) -> Comparison:
    rows = connection.sql(
        "SELECT * FROM evidence.siting_candidates WHERE measured AND NOT already"
        " ORDER BY candidate_no"
    ).to_arrow_table().to_pylist()  # fmt: skip
    sites, names = read_sites(connection, ward), {row["candidate_no"]: row["name"] for row in rows}
    if not rows:
        return compare_sets(None, None)
    chosen = []
    for surface in (read_surfaces(connection, ward)[0], _town_surface(connection, ward)):
        pieces = read_pieces(cut_pieces(surface, sites, rows, ward, distance_m), list(names))
        best = plan_sites(pieces, _FIRST).optimum
        chosen.append([names[number] for number in best[-1].candidates] if best else None)
    return compare_sets(*chosen)


def _share(reach: pd.DataFrame) -> float | None:
    known = reach.dropna(subset=["persons", "persons_reached"])
    persons = float(known["persons"].sum())
    return float(known["persons_reached"].sum()) / persons if persons > 0 else None


def _by_level(
    connection: duckdb.DuckDBPyConnection, table: str, distance_m: float
) -> dict[str, dict[str, Any]]:
    found = connection.sql(f"FROM evidence.{table}").to_arrow_table().to_pylist()
    return {
        row["level"]: row
        for row in found
        if row["distance_m"] == distance_m and row["surface"] == _AREA_SURFACE
    }


def _worst_names(reach: pd.DataFrame) -> list[str]:
    return [str(name) for name in worst_first(reach)["name"].head(_WORST)]


def _towns_of_worst(connection: duckdb.DuckDBPyConnection, reach: pd.DataFrame) -> list[str]:
    """The towns of the worst-served areas, each once, in that order."""
    towns = dict(connection.execute("SELECT area_code, town_name FROM clean.areas").fetchall())
    worst = worst_first(reach)["code"].head(_WORST)
    return list(dict.fromkeys(towns[code] for code in worst))
