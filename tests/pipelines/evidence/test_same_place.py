"""Ties between lists: by ID, name, address, in this order; nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.evidence.same_place import (
    NO_TIE,
    Place,
    Register,
    Tie,
    address_key,
    name_key,
)

WARD = ("東京都", "中野区")
LIBRARY = Place("131148", "1", "東町図書館", "中野区東町1-2-3")
SCHOOL = Place("131148", "2", "東 第一 小学校", "中野区東町2丁目4番5号")
HALL = Place("131148", "3", "四つ辻会館", "中野区西町1-1-1")
OFFICE = Place("131148", "4", "西町出張所", "中野区西町一丁目1番1号")
ELSEWHERE = Place("222127", "1", "東町図書館", None)
REGISTER = Register([LIBRARY, SCHOOL, HALL, OFFICE, ELSEWHERE], WARD)


def point(name, address=None, *, code="131148", inside=True):
    return Place(code, "9", name, address, inside)


@pytest.mark.parametrize(
    "address",
    [
        *("東京都中野区東町1-2-3", "中野区東町1丁目2番3号", "東町１ー２ー３", "中野区東町一丁目2番地3"),
        *("〒164-0001 中野区東町1-2-3 2階ロビー", "中野区東町1-2-3-101号室", "中野区東町1の2の3"),
    ],
)  # fmt: skip
def test_one_house_has_one_key_however_it_is_written(address):
    assert address_key(address, WARD) == "東町1-2-3"


@pytest.mark.parametrize("address", ["中野区東町", "中野区東町1丁目", "東町1", "", None, "1-2-3"])
def test_an_address_of_more_than_one_house_is_no_key(address):
    assert address_key(address, WARD) == ""


def test_a_name_is_compared_without_marks_blanks_and_width():
    assert name_key("【デモ】東　第１ 小学校") == name_key("東第1小学校")


@pytest.mark.parametrize(
    ("row", "place_id", "tie"),
    [
        (point("どこか"), "2", Tie(1, "id")),
        (point("どこか"), "1", Tie(0, "id")),  # two lists have a 1: the row's own publisher's
        (point("どこか", code="222127"), "1", Tie(4, "id")),
        (point("どこか", code="130001"), "1", NO_TIE),
        (point("東町図書館"), "77", NO_TIE),  # an ID that is wrong is not mended by the name
        (point("東町図書館"), None, Tie(0, "name")),
        (point("【デモ】東第一小学校 体育館"), None, Tie(1, "name")),
        (point("東町図書館1階"), "", Tie(0, "name")),
        (point("東町図書館前"), None, NO_TIE),
        (point("東町図書館分館"), None, NO_TIE),
        (point("図書館"), None, NO_TIE),
        (point("ロビー", "東京都中野区東町1丁目2番3号"), None, Tie(0, "address")),
        (point("ロビー", "中野区西町1-1-1"), None, NO_TIE),  # two facilities stand there
        (point("ロビー", "中野区東町1丁目"), None, NO_TIE),
        (point("東町図書館", inside=False), None, NO_TIE),
    ],
)
def test_how_a_row_is_tied(row, place_id, tie):
    assert REGISTER.tie(row, place_id) == tie


def test_the_longer_name_wins_and_a_shared_one_decides_nothing():
    branch = Place("131148", "5", "東町図書館分館", None)
    assert Register([LIBRARY, branch]).tie(point("東町図書館分館2階"), None) == Tie(1, "name")
    assert Register([LIBRARY, LIBRARY]).tie(point("東町図書館"), None) == NO_TIE


@given(st.lists(st.text("東西町図書館123 ", min_size=3, max_size=8), max_size=6), st.randoms())
def test_the_order_of_a_list_makes_no_difference(names, random):
    places = [Place("131148", str(no), name, None) for no, name in enumerate(names)]
    shuffled = random.sample(places, len(places))
    for name in names:
        ties = [Register(rows).tie(point(f"{name}1"), None) for rows in (places, shuffled)]
        found = [
            rows[tie.place_no].place_id if tie != NO_TIE else None
            for rows, tie in zip((places, shuffled), ties, strict=True)
        ]
        assert found[0] == found[1]
