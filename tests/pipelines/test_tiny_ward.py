"""The ward of four areas, built whole: the expected tables are those of its README."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from pipelines.build import build
from pipelines.warehouse import open_edition

EAST_1, EAST_2, WEST_1, WEST_2 = "13114990101", "13114990102", "13114990201", "13114990202"
EXPECTED = {
    # measure: 東町１丁目, 東町２丁目, 西町１丁目, 西町２丁目, 東町, 西町, ward
    "population": (2500, 1000, 1000, 0, 3500, 1000, 4500),
    "households": (1250, 500, 400, 0, 1750, 400, 2150),
    "density_per_km2": (10000, 4000, 4000, 0, 7000, 2000, 4500),
    "facilities": (3, 1, 1, 1, 4, 2, 6),
    "evacuation_shelters": (1, 1, 1, 0, 2, 1, 3),
    "wifi_access_points": (2, 0, 1, 1, 2, 2, 4),
    "wifi_per_10k": (8, 0, 10, None, 20000 / 3500, 20, 40000 / 4500),
}
CODES = (EAST_1, EAST_2, WEST_1, WEST_2, "131149901", "131149902", "131148")


@pytest.fixture
def edition(tiny_warehouse):
    with open_edition(warehouse=tiny_warehouse) as opened:
        yield opened


@pytest.mark.parametrize("measure", EXPECTED)
def test_each_measure_of_each_area_town_and_the_ward(edition, measure):
    frame = edition.frame("mart.measures", measure=measure).set_index("code")
    values = [None if pd.isna(frame.value[code]) else frame.value[code] for code in CODES]
    assert values == [
        None if expected is None else pytest.approx(expected) for expected in EXPECTED[measure]
    ]


def test_ties_share_a_rank_and_the_unknown_has_none(edition):
    areas = edition.frame("mart.measures", level="area").set_index(["measure", "code"])
    ranks = [areas["rank"]["population", code] for code in CODES[:4]]
    assert ranks == [1, 2, 2, 4]
    assert pd.isna(areas["rank"]["wifi_per_10k", WEST_2])
    assert areas["ranked_of"]["wifi_per_10k", EAST_1] == 3


def test_every_known_value_is_in_the_class_that_shows_it(edition):
    classes = edition.frame("mart.measure_classes")
    measured = edition.frame("mart.measures")
    joined = measured[measured.level != "ward"].merge(
        classes, on=["level", "measure", "class_no"], how="left"
    )
    known = joined.dropna(subset="value")
    assert ((known.lower <= known.value) & (known.value <= known.upper)).all()
    assert joined[joined.value.isna()].class_no.isna().all()
    counted = known.groupby(["level", "measure", "class_no"]).size()
    assert (
        counted.to_dict() == classes.set_index(["level", "measure", "class_no"])["count"].to_dict()
    )


def test_a_row_without_coordinates_is_placed_by_its_address_and_says_so(edition):
    points = edition.frame("mart.points", kind="facility").set_index("id")
    row = points.loc["131148-4"]
    assert (row.location_source, row.area_code) == ("address", WEST_2)
    clean = edition.frame("clean.facilities", facility_id="4").iloc[0]
    assert pd.isna(clean.lon)
    assert clean.area_source == "address"
    label = edition.frame("mart.shapes", level="area", code=WEST_2).iloc[0]
    assert (row.lon, row.lat) == (label.lon, label.lat)


def test_a_point_outside_is_loaded_and_counted_in_no_area(edition):
    points = edition.frame("mart.points", kind="wifi").set_index("id")
    assert len(points) == 5
    assert points.in_ward.sum() == 4
    outside = points[~points.in_ward].iloc[0]
    assert pd.isna(outside.area_code)
    assert outside.location_source == "coordinate"


def test_names_that_look_like_code_are_text(edition):
    names = set(edition.frame("mart.points", kind="facility").name)
    assert {"<script>alert(1)</script>", "=cmd()"} <= names


def test_what_should_be_looked_at_is_reported_and_the_position_counts(edition):
    findings = edition.frame("meta.findings")
    assert findings[["dataset", "rule", "severity"]].to_numpy().tolist() == [
        ["evacuation_shelters", "address_area_mismatch", "warning"],
        ["wifi_access_points", "outside_own_municipality", "warning"],
    ]
    assert "東町2丁目" in findings.message_ja[0]


def test_rows_read_are_all_accounted_for(edition):
    sources = edition.frame("meta.sources")
    assert (
        sources.rows_read == sources.rows_loaded + sources.rows_quarantined + sources.rows_left_out
    ).all()
    assert sources.set_index("dataset").rows_read.to_dict() == {
        "areas": 4,
        "facilities": 6,
        "evacuation_shelters": 3,
        "stations": 1,
        "wifi_access_points": 5,
    }


def test_the_same_inputs_give_the_same_edition_and_the_same_content(tiny_data, tmp_path):
    first = build(tiny_data, as_of=date(2026, 4, 1))
    again = build(tiny_data, as_of=date(2026, 4, 1))
    assert (again.edition, again.reused) == (first.edition, True)
    (tiny_data.warehouse / f"{first.edition}.duckdb").unlink()
    rebuilt = build(tiny_data, as_of=date(2026, 4, 1))
    assert (rebuilt.edition, rebuilt.reused) == (first.edition, False)
    other = build(type(tiny_data)(tiny_data.root, tmp_path / "elsewhere"), as_of=date(2026, 4, 1))
    digests = [
        open_edition(first.edition, warehouse=warehouse).frame("meta.tables").digest.tolist()
        for warehouse in (tiny_data.warehouse, tmp_path / "elsewhere")
    ]
    assert other.edition == first.edition
    assert digests[0] == digests[1]


def test_another_day_is_another_edition_and_age_follows_it(tiny_data):
    early = build(tiny_data, as_of=date(2016, 4, 1))
    late = build(tiny_data, as_of=date(2040, 4, 1))
    assert early.edition != late.edition
    stale = [
        bool(
            open_edition(name, warehouse=tiny_data.warehouse)
            .frame("meta.datasets", dataset="areas")
            .stale[0]
        )
        for name in (early.edition, late.edition)
    ]
    assert stale == [False, True]


def test_a_data_set_that_nobody_supplied_is_unknown_not_zero(tiny_data):
    (tiny_data.sample / "wifi_access_points" / "131148_public_wireless_lan.csv").unlink()
    report = build(tiny_data, as_of=date(2026, 4, 1))
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        frame = edition.frame("mart.measures", measure="wifi_access_points")
        assert frame.value.isna().all()
        assert edition.frame("meta.datasets", dataset="wifi_access_points").files[0] == 0
