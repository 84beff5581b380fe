"""Use by month: what was not reported stays so, and outliers can be worked out again."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from pipelines.evidence.usage import (
    GAP,
    Cell,
    Total,
    add_months,
    fill_gaps,
    is_outlier,
    mean_of,
    months_between,
    read_cell,
    score,
)

TEN, WITHHELD, UNKNOWN = Cell(10.0, "value"), Cell(None, "withheld"), Cell(None, "unknown")


@pytest.mark.parametrize(
    ("value", "state", "cell"),
    [
        (10, "value", TEN),
        (0, "zero", Cell(0.0, "value")),
        (0, "nil", Cell(0.0, "value")),
        (None, "withheld", WITHHELD),
        (None, "unknown", UNKNOWN),
        (None, None, UNKNOWN),
        (None, "value", UNKNOWN),
    ],
)
def test_the_marks_of_a_list(value, state, cell):
    assert read_cell(value, state) == cell


def test_months_cross_years_and_gaps_stay_gaps():
    assert months_between("2023-11", "2024-02") == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert fill_gaps({"2023-12": TEN, "2024-02": WITHHELD}, "2024-03") == {
        "2023-12": TEN, "2024-01": GAP, "2024-02": WITHHELD, "2024-03": GAP,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "total", "at_least"),
    [
        ([TEN, TEN], Total(20, "value", 2, 2), False),
        ([TEN, GAP], Total(10, "value", 2, 1), True),
        ([TEN, WITHHELD, UNKNOWN], Total(10, "value", 3, 1), True),
        ([WITHHELD, GAP], Total(None, "withheld", 2, 0), False),
        ([UNKNOWN, GAP], Total(None, "unknown", 2, 0), False),
        ([GAP], Total(None, "gap", 1, 0), False),
        ([], Total(None, "gap", 0, 0), False),
        ([Cell(0.0, "value")], Total(0, "value", 1, 1), False),
    ],
)
def test_a_sum_says_who_did_not_report(cells, total, at_least):
    found = add_months(cells)
    assert (found, found.at_least) == (total, at_least)


def test_a_mean_takes_the_months_reported():
    assert mean_of([TEN, GAP, Cell(20.0, "value")], 2) == 15
    assert mean_of([TEN, GAP, GAP], 2) is None
    assert mean_of([], 0) is None


def test_one_far_from_its_peers_by_hand():
    # Median 12, distances 2 1 0 1 88, MAD 1: z = 88 / 1.4826.
    scores = score(np.array([10.0, 11, 12, 13, 100]))
    assert [is_outlier(one) for one in scores] == [False] * 4 + [True]
    last = scores[-1]
    assert (last.peers, last.peers_median, last.scale) == (5, 12, "MAD")
    assert last.robust_z == pytest.approx(88 / 1.4826)


def test_where_most_are_equal_the_mean_deviation_stands_in():
    scores = score(np.array([5.0, 5, 5, 5, 45]))
    assert scores[-1].scale == "MeanAD"
    assert scores[-1].robust_z == pytest.approx(40 / (8 * 1.253314))
    assert is_outlier(scores[-1])


@pytest.mark.parametrize("values", [[5.0] * 6, [1.0, 2, 3, 400], []])
def test_peers_that_do_not_differ_or_are_too_few_have_no_outlier(values):
    scores = score(np.array(values))
    assert len(scores) == len(values)
    assert all(one.robust_z is None for one in scores)


@given(st.lists(st.integers(0, 10_000), min_size=5, max_size=40))
def test_against_the_median_absolute_deviation_of_scipy(values):
    data = np.array(values, dtype=float)
    sigma = scipy.stats.median_abs_deviation(data) * 1.4826
    if sigma == 0:
        return
    expected = (data - np.median(data)) / sigma
    assert [one.robust_z for one in score(data)] == pytest.approx(expected.tolist())
