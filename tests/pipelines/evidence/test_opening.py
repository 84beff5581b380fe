"""Opening times as lists of facilities write them: understood in full, or unknown."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.evidence.opening import (
    EVERY_DAY,
    choose_hours,
    open_state,
    parse_days,
    parse_hours,
    parse_time,
    state_at,
)

SIGNS = "月火水木金土日"
DAYS = st.frozensets(st.integers(1, 7), min_size=1)
WEEK = [(weekday, hour) for weekday in range(1, 8) for hour in range(24)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("月火水木金", "12345"),
        ("月火水木金土日", "1234567"),
        ("月～金", "12345"),
        ("月〜金", "12345"),
        ("月-金", "12345"),
        ("月－金", "12345"),
        ("月ー金", "12345"),
        ("月–金", "12345"),
        ("月曜日から金曜日まで", "12345"),
        ("月曜～土曜、祝日", "123456"),
        ("土～月", "167"),
        ("平日", "12345"),
        ("平日・土", "123456"),
        ("毎日", "1234567"),
        ("全日", "1234567"),
        ("年中無休", "1234567"),
        ("24時間365日", "1234567"),
        ("土日祝", "67"),
        ("土・日・祝祭日", "67"),
        ("月,水,金", "135"),
        ("月、水 及び 金", "135"),
        ("火曜日を除く", "134567"),
        ("毎日（火曜日を除く）", "134567"),
        ("月曜・祝日以外", "234567"),
        ("月～土（祝日を除く）", "123456"),
        ("日曜日", "7"),
        ("土日祝を除く", "12345"),
        ("月・水・金を除く", "2467"),
        ("月～金を除く", "67"),
        ("火曜定休", "134567"),
        (" 月 火 ", "12"),
    ],
)
def test_days_as_people_write_them(text, days):
    assert parse_days(text) == frozenset(int(day) for day in days)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            None,
            "-",
            "祝日のみ",
            "だけ祝日",
            "祝",
            "月1回",
            "第3月曜を除く",
            "不定期",
            "要確認",
        ),
        *("月～", "1", "Mon", "24時間", "毎日を除く", "月（第2・第4を除く）", "年末年始を除く"),
        # One reads Saturday as open, another as shut.
        *("月～土、祝日を除く", "月火水木金 祝日を除く", "平日 火曜を除く", "月～金 火曜を除く"),
    ],
)
def test_days_that_are_not_certain_are_unknown(text):
    assert parse_days(text) is None


@given(DAYS, st.sampled_from(["", "・", "、", ",", "曜日・", " "]))
def test_any_set_of_days_is_read_back(days, between):
    text = between.join(SIGNS[day - 1] for day in sorted(days))
    assert parse_days(text) == days


@given(DAYS)
def test_leaving_days_out_is_the_rest_of_the_week(days):
    text = f"{''.join(SIGNS[day - 1] for day in sorted(days))}を除く"
    assert parse_days(text) == ((EVERY_DAY - days) or None)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("9:00", 540), ("09:00", 540), ("９：００", 540), ("09:00:00", 540), ("9時", 540)),
        *(("9時30分", 570), ("9時半", 570), ("0830", 510), ("午前9時", 540), ("午後5時", 1020)),
        *(("午後5:30", 1050), ("5:00PM", 1020), ("AM9:00", 540), ("12:00PM", 720), ("12:00AM", 0)),
        *(("正午", 720), ("0:00", 0), ("24:00", 1440), ("25:30", 1530), ("翌1:00", 1500)),
        *(("翌日2時", 1560), (" 17 : 00 ", 1020), ("午後0時", 720)),
    ],
)
def test_times_as_people_write_them(text, minutes):
    assert parse_time(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            None,
            "9",
            "9:60",
            "9:5",
            "31:00",
            "99:99",
            "午後12時",
            "13:00PM",
            "AM9:00PM",
            "日没",
        ),
        *("9:00頃", "9:00-17:00", "24時間", "-1:00", "翌日10:00", "9:00:30"),
    ],
)
def test_times_that_are_not_certain_are_unknown(text):
    assert parse_time(text) is None


@given(st.integers(0, 30), st.integers(0, 59))
def test_any_time_is_read_back(hour, minute):
    minutes = hour * 60 + minute
    expected = minutes if minutes <= 1800 else None
    assert parse_time(f"{hour}:{minute:02}") == parse_time(f"{hour:02}時{minute}分") == expected


@pytest.mark.parametrize(
    ("open_from", "open_until", "expected"),
    [
        ("9:00", "17:00", (540, 1020)),
        ("18:00", "2:00", (1080, 1560)),
        ("18:00", "26:00", (1080, 1560)),
        ("18:00", "翌2:00", (1080, 1560)),
        ("0:00", "24:00", (0, 1440)),
        ("0:00", "0:00", (0, 1440)),
        ("24時間", "", (0, 1440)),
        ("２４時間", None, (0, 1440)),
        ("", "24時間", (0, 1440)),
        ("終日", "終日", (0, 1440)),
        ("0:00–24:00", "", (0, 1440)),
        ("9:00～17:00", "", (540, 1020)),
        ("9時から17時まで", "", (540, 1020)),
        ("9:00", "9:00", None),
        ("9:00", "", None),
        ("", "17:00", None),
        ("", "", None),
        (None, None, None),
        ("24時間", "17:00", None),
        ("25:00", "26:00", None),
    ],
)
def test_a_pair_of_times(open_from, open_until, expected):
    assert parse_hours(open_from, open_until) == expected


def states(days, hours):
    return {(weekday, hour): open_state(days, *hours, weekday, hour) for weekday, hour in WEEK}


def test_a_library_is_open_from_the_hour_it_opens_to_the_one_it_closes():
    seen = states(frozenset({1, 2}), (510, 1020))
    assert {moment for moment, state in seen.items() if state == "open"} == {
        (weekday, hour) for weekday in (1, 2) for hour in range(9, 17)
    }
    assert set(seen.values()) == {"open", "closed"}


def test_what_runs_past_midnight_belongs_to_the_day_it_began():
    seen = states(frozenset({7}), (1080, 1560))
    assert {moment for moment, state in seen.items() if state == "open"} == {
        *((7, hour) for hour in range(18, 24)), (1, 0), (1, 1),
    }  # fmt: skip


def test_all_day_every_day_is_never_closed():
    assert set(states(EVERY_DAY, (0, 1440)).values()) == {"open"}


def test_unknown_is_neither_open_nor_closed_unless_the_rest_decides():
    nothing = states(None, (None, None))
    assert set(nothing.values()) == {"unknown"}
    no_days = states(None, (540, 1020))
    assert no_days[7, 20] == "closed"
    assert no_days[7, 10] == "unknown"
    no_hours = states(frozenset({6}), (None, None))
    assert (no_hours[6, 20], no_hours[5, 20], no_hours[7, 20]) == ("unknown", "closed", "closed")
    assert no_hours[7, 2] == "unknown"  # what began on Saturday may last


@given(
    DAYS,
    st.integers(0, 1439),
    st.integers(1, 1439),
    st.sampled_from(WEEK),
)
def test_against_a_clock_that_counts_every_minute_of_the_week(days, start, length, moment):
    weekday, hour = moment
    minutes = {
        ((day - 1) * 1440 + start + step) % (7 * 1440) for day in days for step in range(length)
    }
    expected = "open" if (weekday - 1) * 1440 + hour * 60 in minutes else "closed"
    assert open_state(days, start, start + length, weekday, hour) == expected


@given(st.none() | DAYS, st.integers(0, 1439), st.integers(1, 1439), st.sampled_from(WEEK))
def test_knowing_less_never_turns_open_into_closed(days, start, length, moment):
    known = open_state(days or EVERY_DAY, start, start + length, *moment)
    assert open_state(None, start, start + length, *moment) in {known, "unknown"}


def test_a_points_own_hours_come_before_its_facilitys_and_are_not_mixed_with_them():
    texts = ["open_days", "open_from", "open_until"]
    facilities = pd.DataFrame(
        [("131148", "1", "平日", "9:00", "17:00"), ("131148", "2", None, None, None)],
        columns=["municipality_code", "facility_id", *texts],
    )
    points = pd.DataFrame(
        [(None, "10:00", "12:00"), (None,) * 3, (None,) * 3, (None,) * 3, (None,) * 3],
        columns=texts,
    )
    ties = pd.DataFrame(
        [("131148", "1"), ("131148", "1"), ("131148", "2"), ("130001", "1"), (None, None)],
        columns=["facility_municipality_code", "facility_id"],
    )
    chosen = choose_hours(points, facilities, ties).astype(object)
    assert chosen.where(chosen.notna(), None).to_numpy().tolist() == [
        [None, "10:00", "12:00", "access_point"],
        ["平日", "9:00", "17:00", "facility"],
        [None, None, None, "none"],
        [None, None, None, "none"],
        [None, None, None, "none"],
    ]


@pytest.mark.parametrize(
    ("texts", "state"),
    [
        (("平日", "9:00", "17:00"), "closed"),
        (("毎日", "18:00", "翌2:00"), "open"),
        (("毎日", None, None), "unknown"),
        ((None, None, None), "unknown"),
        (("そのつど", "9:00", "22:00"), "unknown"),
    ],
)
def test_the_state_on_a_sunday_evening_of_what_a_list_writes(texts, state):
    assert state_at(*texts, 7, 20) == state
