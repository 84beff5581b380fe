"""Corrections, conflicts, and what is not known yet."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipelines.evidence.progress.series import (
    Point,
    Value,
    count_conflicts,
    hold_points,
    numbers_alike,
    sort_uses,
)

AT = date(2026, 4, 1)
MARCH, MAY, JUNE = date(2025, 3, 31), date(2025, 5, 15), date(2025, 6, 1)


def value(name, number, reported=None, *, on=MARCH, period=None, state="value"):
    return Value(name, on, period, number, state if number is None else "value", reported, 1, 2)


def uses(*values, at=AT):
    return {one.value_id: use for one, use in sort_uses(values, at)}


def test_the_later_report_counts_and_the_earlier_stays_visible():
    rows = [value("a", 10.0), value("b", 12.0, MAY), value("c", 11.0, JUNE)]
    assert uses(*rows) == {"a": "corrected", "b": "corrected", "c": "used"}
    # Before the correction was reported, the one before it counted.
    assert uses(*rows, at=date(2025, 5, 31)) == {"a": "corrected", "b": "used", "c": "future"}
    assert uses(*rows, at=MAY)["b"] == "used"
    assert uses(*rows, at=date(2025, 5, 14)) == {"a": "used", "b": "future", "c": "future"}
    assert set(uses(*rows, at=date(2025, 3, 30)).values()) == {"future"}


def test_two_values_of_one_report_date_are_neither():
    for reported in (None, MAY):
        assert uses(value("a", 10.0, reported), value("b", 12.0, reported)) == {
            "a": "conflict", "b": "conflict",
        }  # fmt: skip
    # A later report settles it.
    settled = uses(value("a", 10.0, MAY), value("b", 12.0, MAY), value("c", 12.0, JUNE))
    assert settled == {"a": "corrected", "b": "corrected", "c": "used"}
    # A conflict among the latest is not settled by an earlier one.
    open_one = uses(value("a", 10.0), value("b", 10.0, MAY), value("c", 12.0, MAY))
    assert open_one == {"a": "corrected", "b": "conflict", "c": "conflict"}


def test_the_same_value_twice_is_no_conflict():
    assert uses(value("a", 10.0), value("b", 10.0)) == {"a": "used", "b": "repeated"}
    zero = Value("a", MARCH, None, 0.0, "zero", None)
    nil = Value("b", MARCH, None, 0.0, "nil", None)
    assert uses(zero, nil) == {"a": "used", "b": "repeated"}
    withheld = Value("c", MARCH, None, None, "withheld", None)
    unknown = Value("d", MARCH, None, None, "unknown", None)
    assert set(uses(withheld, unknown).values()) == {"conflict"}
    assert set(uses(withheld, value("a", 10.0)).values()) == {"conflict"}


def test_a_blank_cell_corrects_nothing():
    blank = Value("b", MARCH, None, None, None, JUNE)
    assert uses(value("a", 10.0, MAY), blank) == {"a": "used", "b": "blank"}
    assert hold_points(sort_uses([blank], AT)) == []


def test_of_one_day_the_year_comes_before_the_month():
    rows = [
        value("month", 1.0, period="2025-03"), value("quarter", 3.0, period="2024Q4"),
        value("day", 9.0), value("year", 12.0, period="2024"),
        value("before", 2.0, on=date(2025, 2, 28), period="2025-02"),
    ]  # fmt: skip
    points = hold_points(sort_uses(rows, AT))
    assert [(point.measured_on, point.number) for point in points] == [
        (date(2025, 2, 28), 2.0), (MARCH, 12.0),
    ]  # fmt: skip
    # A month's number is no earlier value of a year's.
    assert [point.number for point in numbers_alike(points)] == [12.0]
    for gone, left in (("year", 9.0), ("day", 3.0), ("quarter", 1.0)):
        rows = [row for row in rows if row.value_id != gone]
        assert hold_points(sort_uses(rows, AT))[-1].number == left


def test_points_of_a_conflict_have_no_number():
    rows = [value("a", 10.0), value("b", 12.0), value("c", 5.0, on=date(2024, 3, 31))]
    found = sort_uses(rows, AT)
    assert hold_points(found)[-1] == Point(MARCH, None, None)
    assert count_conflicts(found) == 1
    assert [point.number for point in numbers_alike(hold_points(found))] == [5.0]
    assert numbers_alike([]) == []


VALUES = st.builds(
    Value,
    value_id=st.uuids().map(str),
    measured_on=st.sampled_from([MARCH, MAY]),
    period=st.sampled_from([None, "2024"]),
    value=st.sampled_from([None, 1.0, 2.0]),
    state=st.sampled_from(["value", "withheld", None]),
    reported_on=st.sampled_from([None, MAY, JUNE]),
)


@given(st.lists(VALUES, max_size=8), st.randoms(use_true_random=False))
def test_every_row_appears_once_whatever_the_order(values, random):
    found = sort_uses(values, AT)
    assert sorted(one.value_id for one, _ in found) == sorted(one.value_id for one in values)
    shuffled = list(values)
    random.shuffle(shuffled)
    assert sort_uses(shuffled, AT) == found
    # At most one value is used of each time.
    times = [(one.measured_on, one.period) for one, use in found if use == "used"]
    assert len(times) == len(set(times))
