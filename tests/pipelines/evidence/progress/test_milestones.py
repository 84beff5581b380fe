"""Milestones: states, slippage in days or months, and what waits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pipelines.evidence.progress.milestones import (
    Milestone,
    Slippage,
    find_late_before,
    judge_state,
    judge_states,
    measure_slippage,
)

AT = date(2026, 4, 1)
DAY = timedelta(days=1)


def slippage(one, at=AT):
    return measure_slippage(one, judge_state(one, at), at)


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        # planned start and end, actual start and end
        ((None, None, None, None), "undated"),
        ((AT - DAY, None, AT - DAY, None), "undated"),
        ((None, None, None, AT), "done"),
        ((None, AT - DAY, None, None), "late"),
        ((None, AT, None, None), "planned"),
        ((None, AT - DAY, None, AT), "done"),
        ((None, AT - DAY, None, AT + DAY), "late"),
        ((None, AT + DAY, AT, None), "running"),
        ((None, AT + DAY, AT + DAY, None), "planned"),
        ((AT - DAY, AT + DAY, None, None), "start_late"),
        ((AT, AT + DAY, None, None), "planned"),
        ((AT - DAY, AT + DAY, AT - DAY, None), "running"),
        ((AT - DAY, AT - DAY, AT - DAY, None), "late"),
    ],
)
def test_states_turn_on_the_day(dates, state):
    planned_start, planned_end, start, end = dates
    one = Milestone("M", planned_start, planned_end, "日", start, end)
    assert judge_state(one, AT) == state


@pytest.mark.parametrize(
    ("stated", "end", "state"),
    [
        ("完了", None, "done"),
        ("不明", None, "unknown"),
        ("実施中", None, "late"),
        ("未着手", None, "late"),
        # A date says more than a word.
        ("不明", AT, "done"),
        ("完了", AT + DAY, "late"),
        ("不明", AT + DAY, "late"),
    ],
)
def test_a_stated_progress_counts_where_the_dates_do_not_tell(stated, end, state):
    one = Milestone("M", None, AT - DAY, "日", None, end, stated=stated)
    assert judge_state(one, AT) == state
    if end is None:
        assert judge_state(Milestone("M", None, None, stated=stated), AT) == {
            "完了": "done", "不明": "unknown",
        }.get(stated, "undated")  # fmt: skip
        assert (slippage(one) is None) == (state != "late")


def test_what_is_stated_to_be_under_way_runs_until_its_end():
    one = Milestone("M", AT - DAY, AT, stated="実施中")
    assert judge_state(one, AT) == "running"
    assert judge_state(Milestone("M", AT - DAY, AT, stated="未着手"), AT) == "start_late"


@pytest.mark.parametrize("day", [1, 15, 31])
def test_a_planned_month_lasts_to_its_end(day):
    """Whether its first or its last day was written, March is late from 1 April on."""
    one = Milestone("M", None, date(2026, 3, day), "月")
    assert judge_state(one, date(2026, 3, 31)) == "planned"
    assert judge_state(one, AT) == "late"
    late = Milestone("M", date(2026, 3, day), date(2026, 9, 30), "月")
    assert judge_state(late, date(2026, 3, 31)) == "planned"
    assert judge_state(late, AT) == "start_late"


def test_august_to_november_2021_is_three_months():
    one = Milestone("P", None, date(2021, 8, 31), "月", None, date(2021, 11, 30), "月")
    assert slippage(one) == Slippage(91, 3)
    assert slippage(one).unit == "month"
    # Known as the first of November, or to the day, it is the same number of months.
    assert slippage(
        Milestone("P", None, date(2021, 8, 1), "月", None, date(2021, 11, 1), "月")
    ) == (Slippage(91, 3))
    to_the_day = Milestone("P", None, date(2021, 8, 31), "月", None, date(2021, 11, 12), "日")
    assert slippage(to_the_day) == Slippage(73, 3)


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (Milestone("M", None, date(2026, 3, 1), "日", None, date(2026, 3, 31)), Slippage(30, None)),
        (Milestone("M", None, date(2024, 2, 28), "日", None, date(2024, 3, 1)), Slippage(2, None)),
        (Milestone("M", None, date(2026, 3, 31), "日", None, date(2026, 3, 1)), Slippage(-30, None)),
        (Milestone("M", None, date(2026, 3, 31), "月", None, date(2026, 1, 31), "月"), Slippage(-59, -2)),
        (Milestone("M", None, date(2025, 6, 30), "四半期", None, date(2025, 7, 31), "月"), Slippage(31, 1)),
        (Milestone("M", None, date(2025, 3, 31), "年度", None, date(2026, 3, 31), "年度"), Slippage(365, 12)),
        # Late and still open: whole months that have passed.
        (Milestone("M", None, date(2026, 2, 28), "月"), Slippage(32, 1)),
        (Milestone("M", None, date(2026, 3, 31), "月"), Slippage(1, 0)),
        (Milestone("M", None, date(2026, 3, 31), "日"), Slippage(1, None)),
        # Nothing to measure.
        (Milestone("M"), None),
        (Milestone("M", None, None, "日", None, date(2026, 1, 1)), None),
        (Milestone("M", None, date(2026, 4, 2)), None),
        (Milestone("M", None, date(2026, 4, 2), "日", date(2026, 1, 1)), None),
    ],
)  # fmt: skip
def test_slippage(one, found):
    assert slippage(one) == found


def test_what_waits_for_a_late_one():
    before = {"a": None, "b": "a", "c": "b", "d": "c", "e": "gone", "x": "y", "y": "x", "z": "z"}
    states = {"a": "late", "b": "start_late", "c": "planned", "d": "done"} | dict.fromkeys(
        "exyz", "planned"
    )
    found = {one: find_late_before(one, before, states) for one in before}
    assert found == {
        "a": None, "b": "a", "c": "a", "d": None, "e": None, "x": None, "y": None, "z": None,
    }  # fmt: skip
    # The nearest late one is named.
    assert find_late_before("c", before, states | {"b": "late"}) == "b"


def test_what_must_have_happened_is_neither_late_nor_done():
    past = date(2021, 6, 30)
    chain = {
        "first": Milestone("first", None, past, depends_on=None),
        "second": Milestone("second", None, past, depends_on="first"),
        "third": Milestone(
            "third", None, past, "日", None, date(2021, 11, 30), depends_on="second"
        ),
        "aside": Milestone("aside", None, past, depends_on="first"),
    }
    assert judge_states(chain, AT) == {
        "first": "unknown", "second": "unknown", "third": "done", "aside": "late",
    }  # fmt: skip
    # As long as the third was not done, they were late.
    assert judge_states(chain, date(2021, 11, 29)) == dict.fromkeys(chain, "late")
    circle = {
        one: Milestone(one, None, past, "日", None, end, depends_on=before)
        for one, before, end in (("a", "b", past), ("b", "a", None))
    }
    assert judge_states(circle, AT) == {"a": "done", "b": "unknown"}
