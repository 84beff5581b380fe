"""Proposals for the shipped sample and for the ward of four squares."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from geo.crs import project, to_projected
from geo.reach import reach_shares
from pipelines.build import build
from pipelines.evidence.siting import plan_sites, read_pieces
from pipelines.shapes import read_areas
from pipelines.warehouse import open_edition

AS_OF = date(2026, 4, 1)
CRS = "EPSG:6677"


@pytest.fixture(scope="module")
def edition(sample_warehouse):
    with open_edition(warehouse=sample_warehouse) as opened:
        yield opened


def reached_by(edition, candidates, distance_m):
    """Residents that today's sites and these reach, by `geo.reach` and nothing of siting."""
    sites = edition.frame("evidence.wifi_sites", counted=True)[["lon", "lat"]]
    rows = edition.frame("evidence.siting_candidates").set_index("candidate_no")
    at = np.vstack([sites, rows.loc[list(candidates), ["lon", "lat"]]])
    areas = read_areas(edition._cursor())
    population = edition.frame("clean.areas").set_index("area_code").population[areas.codes]
    polygons = to_projected(areas.polygons, crs=CRS)
    shares = reach_shares(*project(*at.T, crs=CRS), polygons, distance_m=distance_m)
    return float((shares * population.to_numpy()).sum())


@pytest.mark.parametrize("distance_m", [300, 500])
def test_what_is_promised_is_what_reach_gives_for_these_sites(edition, distance_m):
    plans = edition.frame("evidence.siting", distance_m=distance_m)
    assert set(plans.method) == {"optimum", "greedy"}
    for (_, n), rows in plans.groupby(["method", "n"]):
        assert len(rows) == n
        expected = reached_by(edition, rows.candidate_no, distance_m)
        assert rows.reached_residents.to_numpy() == pytest.approx([expected] * n, abs=2e-6)
        today = expected - rows.added_residents.sum()
        assert today == pytest.approx(reached_by(edition, [], distance_m), abs=1e-5)


def test_today_is_the_reach_of_the_same_edition(edition):
    for distance_m in (300, 500):
        pieces = edition.frame("evidence.siting_pieces", distance_m=distance_m, today=True)
        reach = edition.frame(
            "evidence.reach", distance_m=distance_m, level="ward", opening_no=0, basis="known",
            surface="area", population_group="total",
        )  # fmt: skip
        [persons], [reached] = pieces.persons, reach.persons_reached
        assert persons == pytest.approx(reached, abs=2e-6)
        everybody = edition.frame("evidence.siting_pieces", distance_m=distance_m).persons.sum()
        assert everybody == pytest.approx(reach.persons[0], abs=2e-6)


def test_a_page_can_ask_for_some_candidates_from_the_pieces_alone(edition):
    rows = edition.arrow("evidence.siting_pieces", distance_m=300).to_pylist()
    shelters = edition.frame("evidence.siting_candidates", kind="shelter", already=False)
    plan = plan_sites(read_pieces(rows, shelters.candidate_no.tolist()), 4)
    best = plan.optimum[3]
    assert set(best.candidates) <= set(shelters.candidate_no)
    assert best.reached == pytest.approx(reached_by(edition, best.candidates, 300), abs=2e-6)
    every = edition.frame("evidence.siting", distance_m=300, method="optimum", n=4)
    assert best.reached <= every.reached_residents.iloc[0]


def test_no_place_with_an_access_point_is_proposed_and_none_twice(edition):
    candidates = edition.frame("evidence.siting_candidates").set_index("candidate_no")
    proposed = edition.frame("evidence.siting").candidate_no
    assert not candidates.loc[proposed, "already"].any()
    assert candidates.shelter_id.dropna().is_unique
    shelters = edition.frame("clean.evacuation_shelters")
    assert set(candidates.shelter_id.dropna()) == set(shelters.shelter_id)
    assert (candidates.kind == "facility").sum() == len(edition.frame("clean.facilities"))


def test_without_todays_sites_nothing_is_proposed(tiny_data):
    (tiny_data.sample / "wifi_access_points" / "131148_public_wireless_lan.csv").unlink()
    report = build(tiny_data, as_of=AS_OF)
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        assert edition.count("evidence.siting_candidates") > 0
        assert edition.count("evidence.siting") == edition.count("evidence.siting_pieces") == 0
        assert edition.count("evidence.missing_inputs", subject=["reach"]) == 1


def test_without_facilities_and_shelters_there_is_no_candidate(tiny_data):
    for folder, name in (
        ("facilities", "131148_public_facility.csv"),
        ("evacuation_shelters", "131148_shiteihinanjo.geojson"),
    ):
        (tiny_data.sample / folder / name).unlink()
    report = build(tiny_data, as_of=AS_OF)
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        assert edition.count("evidence.siting") == 0
        assert edition.count("evidence.missing_inputs", subject=["siting"]) == 1
