"""Where the next access points would reach the most residents (`pipelines.evidence.siting`).

evidence.siting_candidates: see `candidates`. evidence.siting_pieces: residents (total, by area) by
the candidates whose circle reaches them and today's sites do not; `today` marks the one row of those
reached already, and an empty list without it those that no candidate reaches. Residents of areas
whose number is unknown are in none. evidence.siting: with all candidates, for each distance and
number of sites the optimum and the greedy order; `added_residents` of a site to those before it,
`reached_residents` by today's sites and all n, `gap` the optimum's lead over the greedy order.
evidence.siting_remarks: what is to be said of them. Any other choice of candidates is worked out
from the pieces by `read_pieces` and `plan_sites` of `pipelines.evidence.siting`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import shapely

from geo.crs import project
from geo.siting import arrange
from pipelines.evidence.siting import plan_sites, read_pieces
from pipelines.findings.candidates import write_candidates
from pipelines.findings.sites import read_sites
from pipelines.findings.surfaces import TOTAL, read_surfaces
from pipelines.findings.table import NUMBER, TEXT, WHOLE, YES_NO, note_missing, write_finding
from pipelines.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import duckdb

    from pipelines.evidence.siting import Plan
    from pipelines.findings.sites import Sites
    from pipelines.findings.surfaces import Surface
    from pipelines.ward import Ward

    Row = dict[str, Any]

_PIECE_COLUMNS: Final = {
    "distance_m": NUMBER, "piece_no": WHOLE, "persons": NUMBER, "candidates": pa.list_(WHOLE),
    "today": YES_NO,
}  # fmt: skip
_SITING_COLUMNS: Final = {
    "distance_m": NUMBER, "method": TEXT, "n": WHOLE, "order_no": WHOLE, "candidate_no": WHOLE,
    "added_residents": NUMBER, "reached_residents": NUMBER, "ties": YES_NO, "gap": NUMBER,
}  # fmt: skip
_REMARK_COLUMNS: Final = {
    "distance_m": NUMBER, "remark_no": WHOLE, "message_ja": TEXT, "message_en": TEXT,
}  # fmt: skip
# Hundreds of pieces are added up, and the sum is to agree with evidence.reach.
_PIECE_DECIMALS: Final = 9
_NO_CANDIDATES: Final = Message(
    "候補となる施設も避難所も、緯度・経度のあるものが1つもありません。"
    "公共施設一覧か避難所の一覧を、座標を入れて data/inbox/ に置いてください。",
    "No facility or shelter with coordinates is known as a candidate. "
    "Put the list of facilities or of shelters, with coordinates, into data/inbox/.",
)


def write(connection: duckdb.DuckDBPyConnection, ward: Ward, as_of: date) -> None:
    """Write evidence.siting_candidates, siting_pieces, siting and siting_remarks."""
    del as_of
    candidates = [
        row for row in write_candidates(connection, ward) if row["measured"] and not row["already"]
    ]
    sites = read_sites(connection, ward)
    pieces: list[Row] = []
    plans: list[Row] = []
    remarks: list[Row] = []
    # Without a list of today's sites nobody knows what is reached already.
    if not candidates:
        note_missing(connection, "siting", "facilities", _NO_CANDIDATES)
    elif sites.easting.size:
        surface = read_surfaces(connection, ward)[0]
        for distance_m in ward.reach.distances_m:
            cut = cut_pieces(surface, sites, candidates, ward, distance_m)
            pieces += cut
            plan = plan_sites(
                read_pieces(cut, [row["candidate_no"] for row in candidates]),
                ward.siting.most_sites,
            )
            plans += _plan_rows(plan, distance_m)
            remarks += _remark_rows(plan, distance_m)
    write_finding(connection, "siting_pieces", pieces, _PIECE_COLUMNS, decimals=_PIECE_DECIMALS)
    write_finding(connection, "siting", plans, _SITING_COLUMNS)
    write_finding(connection, "siting_remarks", remarks, _REMARK_COLUMNS)


def cut_pieces(
    surface: Surface, sites: Sites, candidates: list[Row], ward: Ward, distance_m: float
) -> list[Row]:
    """Rows of evidence.siting_pieces of one distance, on any surface."""
    at = project(
        [row["lon"] for row in candidates],
        [row["lat"] for row in candidates],
        crs=ward.geometry.projected_crs,
    )
    found = arrange(at, (sites.easting, sites.northing), surface.polygons, distance_m=distance_m)
    density = surface.spread.persons[TOTAL] / shapely.area(surface.polygons)
    density = np.where(np.isfinite(density), density, 0.0)
    by_set: dict[tuple[int, ...], float] = {(): 0.0}
    for places, persons in zip(
        found.covered_by, (density[found.polygon] * found.area_m2).tolist(), strict=True
    ):
        key = tuple(candidates[place]["candidate_no"] for place in places)
        by_set[key] = by_set.get(key, 0.0) + persons
    today = float((density * found.reached_m2).sum())
    rows = [(today, (), True), *((by_set[key], key, False) for key in sorted(by_set))]
    return [
        {
            "distance_m": distance_m,
            "piece_no": number,
            "persons": persons,
            "candidates": list(key),
            "today": reached,
        }
        for number, (persons, key, reached) in enumerate(rows)
    ]


def _plan_rows(plan: Plan, distance_m: float) -> Iterator[Row]:
    for method, choices in (("optimum", plan.optimum), ("greedy", plan.greedy)):
        for choice in choices:
            for order, (number, added) in enumerate(
                zip(choice.candidates, choice.added, strict=True), start=1
            ):
                yield {
                    "distance_m": distance_m,
                    "method": method,
                    "n": choice.n,
                    "order_no": order,
                    "candidate_no": number,
                    "added_residents": added,
                    "reached_residents": choice.reached,
                    "ties": choice.ties,
                    "gap": plan.gap(choice.n),
                }


def _remark_rows(plan: Plan, distance_m: float) -> Iterator[Row]:
    for number, remark in enumerate(plan.remarks, start=1):
        yield {
            "distance_m": distance_m,
            "remark_no": number,
            "message_ja": remark.ja,
            "message_en": remark.en,
        }
