"""Fairness by hand, against the closed form and against all pairs of residents."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.evidence.fairness import gini, lorenz, measure_fairness, worst_first

REACH = pd.DataFrame(
    [
        ("a", 1000, 500), ("b", 3000, 0), ("c", 2000, 0), ("d", 4000, 4000), ("e", 0, 0),
        ("f", np.nan, np.nan),
    ],
    columns=["code", "persons", "persons_reached"],
)  # fmt: skip


def test_what_is_left_out_is_counted_with_its_denominator():
    found = measure_fairness(REACH)
    assert (found.areas, found.areas_unknown, found.areas_without) == (4, 1, 2)
    assert (found.residents_in_areas_without, found.residents) == (5000, 10000)
    assert found.share_without == 0.5
    # b, c, a, d: x 0 .5 .6 1, y 0 0 1/9 1: area under the curve 1/180 + 4/18.
    assert found.gini == pytest.approx(1 - 2 * (0.1 * (1 / 9) / 2 + 0.4 * (10 / 9) / 2))


def test_the_worst_served_come_first_and_of_equals_the_larger():
    worst = worst_first(REACH)
    assert worst[["rank", "code", "reached_ratio"]].to_numpy().tolist() == [
        [1, "b", 0], [2, "c", 0], [3, "a", 0.5], [4, "d", 1],
    ]  # fmt: skip


def test_nobody_reached_and_nobody_living_there_have_no_gini():
    none = REACH.assign(persons_reached=0.0)
    assert measure_fairness(none).gini is None
    assert measure_fairness(none).share_without == 1
    assert measure_fairness(REACH[REACH.code == "e"]).share_without is None
    with pytest.raises(ValueError, match="nobody is reached"):
        lorenz(np.array([1.0]), np.array([0.0]))


@given(st.floats(0.01, 0.99))
def test_the_closed_form_of_two_halves(share):
    """A share of the residents has nothing, the others all: the Gini is that share."""
    assert gini(np.array([share, 1 - share]), np.array([0, 1 - share])) == pytest.approx(share)


AREAS = st.lists(st.tuples(st.integers(1, 50), st.floats(0, 1)), min_size=1, max_size=12)


@given(AREAS)
def test_against_the_mean_difference_of_all_pairs_of_residents(areas):
    persons, ratio = (np.array(values, dtype=float) for values in zip(*areas, strict=True))
    found = gini(persons, persons * ratio)
    everyone = np.repeat(ratio, persons.astype(int))
    if everyone.sum() == 0:
        assert found is None
    else:
        pairs = np.abs(everyone[:, None] - everyone).mean()
        assert found == pytest.approx(pairs / (2 * everyone.mean()), abs=1e-9)


@given(AREAS)
def test_the_curve_bends_below_the_diagonal_and_splitting_an_area_changes_nothing(areas):
    persons, ratio = (np.array(values, dtype=float) for values in zip(*areas, strict=True))
    if not (persons * ratio).sum() > 0:
        return
    x, y = lorenz(persons, persons * ratio)
    assert (y <= x + 1e-12).all()
    assert (np.diff(y) >= 0).all()
    halves = np.repeat(persons / 2, 2)
    assert gini(halves, halves * np.repeat(ratio, 2)) == pytest.approx(
        gini(persons, persons * ratio), abs=1e-9
    )
