from __future__ import annotations

import json
from datetime import date

import pytest

from pipelines.build import build
from pipelines.messages import UserError
from pipelines.warehouse import open_edition


@pytest.fixture
def change(tiny_data):
    """Change the features of the boundary file, build, and give the edition and report."""

    def changed(edit):
        path = tiny_data.sample / "areas" / "tiny_areas.geojson"
        content = json.loads(path.read_text("utf-8"))
        edit(content["features"])
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        report = build(tiny_data, as_of=date(2026, 4, 1))
        return report, open_edition(report.edition, warehouse=tiny_data.warehouse)

    return changed


def test_an_area_of_another_municipality_is_held_back(change):
    report, edition = change(
        lambda features: features[0]["properties"].update(KEY_CODE="13115990101")
    )
    assert report.quarantined == 1
    assert "other_municipality" in set(edition.frame("meta.findings").rule)
    assert len(edition.frame("clean.areas")) == 3


def test_an_area_without_a_polygon_is_held_back(change):
    point = {"type": "Point", "coordinates": [139.66, 35.7]}
    report, edition = change(lambda features: features[1].update(geometry=point))
    assert report.quarantined == 1
    assert "geometry_missing" in set(edition.frame("meta.findings").rule)


def test_a_published_area_that_cannot_be_the_shapes_is_flagged_and_kept(change):
    report, edition = change(lambda features: features[2]["properties"].update(AREA=500000))
    assert report.quarantined == 0
    assert "area_differs" in set(edition.frame("meta.findings", severity="warning").rule)
    code = edition.frame("meta.findings", rule="area_differs").line[0]
    assert code == 3


def test_an_unknown_population_makes_the_sums_unknown_not_smaller(change):
    _, edition = change(lambda features: features[0]["properties"].update(JINKO=None))
    measured = edition.frame("mart.measures", measure="population").set_index("code").value
    assert measured.isna().sum() == 3  # the area, its town, the ward
    assert (
        edition.frame("mart.measures", measure="density_per_km2", level="ward").value.isna().all()
    )


def test_all_equal_values_are_one_class(change):
    def equal(features):
        for feature in features:
            feature["properties"].update(JINKO=1000)

    _, edition = change(equal)
    classes = edition.frame("mart.measure_classes", level="area", measure="population")
    assert classes[["class_no", "lower", "upper", "count"]].values.tolist() == [[1, 1000, 1000, 4]]


def test_all_missing_values_are_no_class(change):
    def missing(features):
        for feature in features:
            feature["properties"].update(JINKO="")

    _, edition = change(missing)
    assert edition.frame("mart.measure_classes", level="area", measure="population").empty
    assert edition.frame("mart.measures", measure="population").value.isna().all()


def test_a_ward_without_any_area_is_refused_with_what_to_do(change, tiny_data):
    build(tiny_data, as_of=date(2026, 4, 1))
    before = (tiny_data.warehouse / "CURRENT").read_text("utf-8")

    def elsewhere(features):
        for number, feature in enumerate(features):
            feature["properties"].update(KEY_CODE=f"1311599010{number}")

    with pytest.raises(UserError, match="no area") as caught:
        change(elsewhere)
    assert "data/inbox/areas/" in caught.value.message.ja
    assert (tiny_data.warehouse / "CURRENT").read_text("utf-8") == before
    assert not list(tiny_data.warehouse.glob(".building-*"))


def test_a_schematic_map_lets_the_address_decide(tiny_data):
    declared = tiny_data.sample / "areas" / "source.yaml"
    text = declared.read_text("utf-8").replace("status: official", "status: schematic")
    declared.write_text(text, "utf-8")
    report = build(tiny_data, as_of=date(2026, 4, 1))
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        shelters = edition.frame("clean.evacuation_shelters").set_index("shelter_name")
        row = shelters.loc["住所違い避難所"]
        assert (row.area_code, row.area_source) == ("13114990201", "address")
        assert edition.frame("meta.findings").empty
        population = edition.frame("meta.measures", measure="population").statuses[0]
        assert "schematic" in population.split(",")


def test_an_area_in_two_parts_is_held_back_with_what_to_do(change):
    report, edition = change(
        lambda features: features[1]["properties"].update(
            KEY_CODE=features[0]["properties"]["KEY_CODE"]
        )
    )
    assert report.quarantined == 1
    [found] = edition.frame("meta.findings", rule="primary_key").to_dict("records")
    assert "飛び地" in found["message_ja"]
    assert "in parts" in found["message_en"]
