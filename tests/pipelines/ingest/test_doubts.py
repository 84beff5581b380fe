"""Loaded, and flagged: what the contract allows but a person should look at."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.build import build
from pipelines.warehouse import open_edition

HEADER = "都道府県コード又は市区町村コード,NO,名称,住所,緯度,経度,SSID,最終確認日\n"


@pytest.fixture
def doubts(tiny_data):
    """Build with a Wi-Fi list of these rows; gives rule to lines."""

    def found(*rows: str) -> dict[str, list[int]]:
        target = tiny_data.inbox / "wifi_access_points"
        target.mkdir(parents=True)
        (target / "wifi.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
        report = build(tiny_data, as_of=date(2026, 4, 1))
        assert report.quarantined == 0
        with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
            frame = edition.frame("meta.findings", dataset="wifi_access_points")
            assert set(frame.severity) <= {"warning"}
            assert len(edition.frame("clean.wifi_access_points")) == len(rows)
            return frame.groupby("rule").line.apply(list).to_dict()

    return found


def test_a_wrong_check_digit(doubts):
    assert doubts("131148,1,駅前,中野区東町1-1,,,S,", "131149,2,館内,中野区東町1-1,,,S,") == {
        "check_digit": [3]
    }


def test_a_day_that_has_not_come_yet(doubts):
    assert doubts(
        "131148,1,駅前,中野区東町1-1,,,S,2026-04-01", "131148,2,館内,中野区東町1-1,,,S,2026/4/2"
    ) == {"after_as_of": [3]}


def test_one_position_for_every_address_is_flagged_once(doubts):
    rows = [f"131148,{at},点{at},中野区東町1-{at},35.7071,139.6631,S," for at in range(1, 7)]
    assert doubts(*rows)["repeated_coordinate"] == [2]


def test_many_points_in_one_building_are_no_stand_in(doubts):
    rows = [f"131148,{at},点{at},中野区東町1-1,35.7071,139.6631,S," for at in range(1, 7)]
    assert "repeated_coordinate" not in doubts(*rows)


def test_the_wards_own_point_outside_the_ward(doubts):
    assert doubts(
        "131148,1,遠く,東京都八王子市1-1,35.65,139.33,S,", "132012,2,よその表,東京都八王子市1-1,35.65,139.33,S,"
    ) == {"outside_own_municipality": [2]}  # fmt: skip


def test_a_point_in_the_ward_that_is_said_to_be_another_municipalitys(doubts):
    inside = "35.7071,139.6631,S,"
    assert doubts(
        f"131148,1,区の,,{inside}", f"132012,2,八王子市の,,{inside}",
        f"130001,3,東京都の,,{inside}", "132012,4,八王子市の,,35.65,139.33,S,",
    ) == {"inside_of_another": [3]}  # fmt: skip
