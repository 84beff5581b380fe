"""Two areas, two shelters: those assigned and those nearest are not the same people."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.nearest import nearest_parts
from pipelines.evidence.shelters import (
    Without,
    count_assigned,
    count_nearest,
    count_without,
    find_overfull,
    rank_shelters,
)

PERSONS = pd.Series({"W": 600.0, "E": 1000.0})
SQUARES = np.array([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)], dtype=object)
SHELTERS = pd.DataFrame({"shelter_id": ["s1", "s2", "s3"], "equipped": [False, False, True]})


def membership(*rows):
    return pd.DataFrame(rows, columns=["area_code", "group_kind", "share_ratio", "shelter_id"])


# The west is assigned to the shelter in the east, and a quarter of the east to nobody.
ASSIGNED = membership(
    ("W", "防災会", 1, "s2"),
    ("E", "防災会", 0.5, "s1"),
    ("E", "防災会", 0.25, "s2"),
    ("E", "圏域", 1, "s1"),
    ("E", "防災会", 0.25, None),
)


def nearest():
    # s1 at x = 20, s2 at x = 120: the border is x = 70; s3 is far away.
    parts = nearest_parts([20, 120, 5000], [50, 50, 50], SQUARES)
    return count_nearest(parts, PERSONS, SHELTERS["shelter_id"])


def test_residents_assigned_are_those_of_the_list_and_the_rest_is_counted():
    assert count_assigned(ASSIGNED, PERSONS).to_dict() == {"": 250, "s1": 500, "s2": 850}


def test_residents_by_the_nearest_shelter_are_others():
    assert nearest().to_dict() == pytest.approx({"s1": 420, "s2": 1180, "s3": 0})


def test_the_ranks_of_those_without_follow_the_method():
    by_list = rank_shelters(SHELTERS, count_assigned(ASSIGNED, PERSONS), method="assigned")
    rows = by_list.astype(object).where(by_list.notna(), None)
    assert rows[["shelter_id", "residents", "rank_without"]].to_numpy().tolist() == [
        ["s2", 850, 1], ["s1", 500, 2],
        ["s3", None, None],  # nobody is assigned to it yet, which is not to say none
        [None, 250, None],
    ]  # fmt: skip
    by_distance = rank_shelters(SHELTERS, nearest(), method="nearest").set_index("shelter_id")
    assert by_distance.loc[["s2", "s1"], "rank_without"].tolist() == [1, 2]
    assert by_distance.residents["s3"] == 0


def test_where_everybody_is_assigned_a_shelter_without_a_row_has_none():
    whole = membership(("W", "防災会", 1, "s1"), ("E", "防災会", 1, "s1"))
    ranked = rank_shelters(SHELTERS, count_assigned(whole, PERSONS), method="assigned")
    assert ranked.set_index("shelter_id").residents.to_dict() == {"s1": 1600, "s2": 0, "s3": 0}


def test_residents_of_an_area_that_nobody_counted_are_unknown():
    persons = pd.Series({"W": np.nan, "E": 1000.0})
    assigned = count_assigned(ASSIGNED, persons)
    assert (assigned["s1"], assigned[""]) == (500, 250)
    assert np.isnan(assigned["s2"])
    parts = nearest_parts([20, 120, 5000], [50, 50, 50], SQUARES)
    counted = count_nearest(parts, persons, SHELTERS["shelter_id"])
    assert np.isnan(counted["s1"])
    assert counted["s3"] == 0


def test_equal_numbers_share_a_rank_and_an_unknown_equipment_has_none():
    residents = pd.Series({"s1": 5.0, "s2": 5.0, "s3": 5.0})
    ranked = rank_shelters(SHELTERS, residents, method="nearest")
    assert ranked["rank_without"].tolist()[:2] == [1, 1]
    unknown = rank_shelters(SHELTERS.assign(equipped=None), residents, method="nearest")
    assert unknown["rank_without"].isna().all()


def test_shares_over_one_are_named():
    rows = membership(("W", "防災会", 0.7, "s1"), ("W", "防災会", 0.7, "s2"))
    assert find_overfull(rows) == ["W"]
    assert find_overfull(ASSIGNED) == []


def shelters_of(*rows):
    return pd.DataFrame(rows, columns=["shelter_id", "equipped", "residents"])


def test_those_without_are_counted_and_their_residents_as_far_as_known():
    rows = shelters_of(
        ("s1", False, 500.0), ("s2", False, float("nan")), ("s3", True, 80.0), (None, None, 250.0)
    )  # fmt: skip
    assert count_without(rows) == Without(3, 2, 500.0, 1)
    assert count_without(rows[2:3]) == Without(1, 0, 0.0, 0)
    assert count_without(rows[1:2]) == Without(1, 1, None, 1)


def test_where_nobody_knows_who_is_equipped_none_is_said_to_be_without():
    assert count_without(shelters_of(("s1", None, 500.0))) == Without(1, None, None, 0)
