"""整備率 worked out by hand: five facilities, seven access points, one day."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from pipelines.evidence.equipment import equip_facilities, rate_equipment, tie_access_points

WARD = "131148"
AS_OF = date(2024, 7, 1)
FACILITY = ["municipality_code", "facility_id", "facility_name", "facility_category", "address",
            "area_code", "lon", "lat", "wifi_target"]  # fmt: skip
POINT = ["municipality_code", "access_point_id", "access_point_name", "address", "facility_id",
         "shelter_id", "area_code", "location_source", "started_on"]  # fmt: skip


def facilities(*targets):
    rows = [
        (WARD, "1", "東町図書館", "図書館", "中野区東町1-2-3"),
        (WARD, "2", "東第一小学校", "学校", "中野区東町2-4-5"),
        (WARD, "3", "西第一小学校", "学校", "中野区西町1-1-1"),
        (WARD, "4", "四つ辻会館", None, "中野区西町2-8-9"),
        ("130001", "1", "都立東町高校", "学校", "中野区東町9-9-9"),
    ]
    return pd.DataFrame(
        [(*row, "A1", 139.6, 35.7, target) for row, target in zip(rows, targets, strict=True)],
        columns=FACILITY,
    )


def points():
    rows = [
        ("1", "ロビー", None, "1", None, date(2021, 6, 1)),
        ("2", "東町図書館2階", None, None, None, date(2023, 4, 1)),
        ("3", "体育館", "東京都中野区東町2丁目4番5号", None, None, None),
        ("4", "西第一小学校 職員室", None, None, None, date(2024, 8, 1)),
        ("5", "都立東町高校", None, None, None, date(2020, 1, 1)),
        ("6", "公園", None, None, "E1", None),
    ]
    frame = pd.DataFrame(
        [(WARD, *row[:5], "A1", "coordinate", row[5]) for row in rows], columns=POINT
    )
    frame["started_on"] = pd.to_datetime(frame["started_on"])
    return frame


def shelters():
    rows = [("E1", "公園", None), ("E2", "東 第一小学校", None), ("E3", "別", "中野区東町1-2-3")]
    return pd.DataFrame(rows, columns=["shelter_id", "shelter_name", "address"])


def ties(houses):
    return tie_access_points(
        points(), houses, shelters(), municipality_code=WARD, beginnings=("東京都", "中野区")
    )


def equip(as_of, *targets):
    houses = facilities(*targets)
    tied = ties(houses).assign(started_on=points()["started_on"])
    return equip_facilities(houses, tied, municipality_code=WARD, as_of=as_of)


def equipped(*targets):
    return equip(AS_OF, *targets).set_index("facility_id")


def test_each_point_is_at_its_facility_and_its_facilitys_shelter():
    found = ties(facilities(*[None] * 5))
    rows = found.astype(object).where(found.notna(), None)
    assert rows.to_numpy().tolist() == [
        [WARD, "1", "id", "E3", "address"],
        [WARD, "1", "name", "E3", "address"],
        [WARD, "2", "address", "E2", "name"],
        [WARD, "3", "name", None, "none"],
        ["130001", "1", "name", None, "none"],
        [None, None, "none", "E1", "id"],
    ]


def test_a_facility_is_equipped_from_the_first_point_in_service():
    frame = equipped(*[None] * 5)
    assert frame.index.tolist() == ["1", "2", "3", "4"]  # the ward's own
    assert frame["target"].tolist() == [True] * 4
    assert frame["equipped"].tolist() == [True, True, False, False]
    assert frame["access_points"].tolist() == [2, 1, 0, 0]
    assert frame["planned_points"].tolist() == [0, 0, 1, 0]
    assert frame["equipped_since"].tolist()[:2] == [date(2021, 6, 1), None]
    assert frame["some_start_unknown"].tolist() == [False, True, False, False]
    assert frame["link_source"].tolist() == ["id", "address", "none", "none"]


def rates(*targets):
    frame = rate_equipment(equipped(*targets).reset_index(), as_of=AS_OF)
    return {
        (row.category if pd.notna(row.category) else None,
         None if pd.isna(row.fiscal_year) else row.fiscal_year):
        (row.target, row.equipped, row.start_unknown, None if pd.isna(row.ratio) else row.ratio)
        for row in frame.itertuples()
    }  # fmt: skip


def test_the_rate_of_all_of_each_category_and_of_each_year_that_is_over():
    found = rates(*[None] * 5)
    assert found == {
        ("", None): (4, 2, 1, 0.5), ("", 2021): (4, 1, 1, 0.25), ("", 2022): (4, 1, 1, 0.25),
        ("", 2023): (4, 1, 1, 0.25),
        ("図書館", None): (1, 1, 0, 1.0), ("図書館", 2021): (1, 1, 0, 1.0),
        ("図書館", 2022): (1, 1, 0, 1.0), ("図書館", 2023): (1, 1, 0, 1.0),
        ("学校", None): (2, 1, 1, 0.5), ("学校", 2021): (2, 0, 1, 0.0),
        ("学校", 2022): (2, 0, 1, 0.0), ("学校", 2023): (2, 0, 1, 0.0),
        (None, None): (1, 0, 0, 0.0), (None, 2021): (1, 0, 0, 0.0),
        (None, 2022): (1, 0, 0, 0.0), (None, 2023): (1, 0, 0, 0.0),
    }  # fmt: skip


def test_where_the_ward_says_which_are_targets_only_those_count():
    assert rates("有", "無", "有", None, None)["", None] == (2, 1, 0, 0.5)
    frame = equipped("有", "無", "有", None, None)
    assert frame["target"].tolist() == [True, False, True, None]


def test_no_target_has_no_rate():
    assert rates("無", "無", "無", "無", None)["", None] == (0, 0, 0, None)


@pytest.mark.parametrize(
    ("as_of", "years"),
    [(date(2024, 3, 30), [2021, 2022]), (date(2024, 3, 31), [2021, 2022, 2023])],
)
def test_a_year_counts_from_its_last_day(as_of, years):
    rated = rate_equipment(equip(as_of, *[None] * 5), as_of=as_of)
    assert rated[rated["category"] == ""]["fiscal_year"].dropna().tolist() == years
