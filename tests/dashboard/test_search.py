from dataclasses import replace

import pytest

from dashboard.search import build_index
from dashboard.translation import translator


@pytest.fixture(scope="module")
def index(sample_ward):
    return build_index(sample_ward, translator("ja"))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("本町4丁目", "13114003004"),
        ("本町四丁目", "13114003004"),
        ("本町４丁目", "13114003004"),
        ("本町4丁目（町丁目）", "13114003004"),
        ("本町4-1-1", "13114003004"),
        ("東京都中野区本町４－９９－１", "13114003004"),
        ("上髙田1丁目", "13114007001"),
        ("", None),
        ("どこにもない", None),
    ],
)
def test_a_name_or_an_address_leads_to_its_area(index, typed, code):
    assert index.find(typed) == (code and f"area:{code}")


def test_a_facility_is_found_by_name_by_part_of_it_and_by_address(sample_ward, index):
    school = sample_ward.points["facility"][0]
    assert index.find(school.name).partition(":")[0] in {"facility", "shelter", "wifi"}
    assert index.find(index.labels[school.key]) == school.key
    only = next(
        point for point in sample_ward.points["station"] if point.name not in ("中野", "落合")
    )
    assert index.find(only.name) == only.key


def test_every_label_leads_back_to_one_target(sample_ward, index):
    assert len(index.options) == len(set(index.options)) == 85 + len(sample_ward.points_by_key)
    assert {index.targets[label] for label in index.options} == set(index.labels)


def test_two_of_one_name_are_told_apart(tiny):
    first = tiny.points["wifi"][0]
    points = {**tiny.points, "wifi": (first, replace(first, key="wifi:again"))}
    index = build_index(replace(tiny, points=points), translator("ja"))
    assert index.labels["wifi:again"] == f"{index.labels[first.key]} [wifi:again]"
    assert index.find(index.labels["wifi:again"]) == "wifi:again"
