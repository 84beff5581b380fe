"""Moran's I worked out by hand on squares, and esda left to do the rest, the same every time."""

from __future__ import annotations

import esda
import libpysal
import numpy as np
import pytest
import shapely
from scipy.stats import false_discovery_control

from pipelines.evidence import clusters
from pipelines.evidence.clusters import find_clusters


def squares(columns, rows):
    return np.array(
        [shapely.box(x, y, x + 1, y + 1) for y in range(rows) for x in range(columns)], dtype=object
    )


def test_a_row_of_areas_by_hand(monkeypatch):
    monkeypatch.setattr(clusters, "LEAST_AREAS", 4)
    # z = -1 -1 1 1; lags of a row of four: -1, 0, 0, 1; I = (1 + 0 + 0 + 1) / 4.
    found = find_clusters(np.array([0.0, 0, 2, 2]), squares(4, 1), permutations=99)
    assert found.moran_i == pytest.approx(0.5)
    assert found.expected == pytest.approx(-1 / 3)
    assert found.z.tolist() == [-1, -1, 1, 1]
    assert found.lag.tolist() == [-1, 0, 0, 1]


def test_four_areas_that_meet_in_a_point_are_all_neighbours(monkeypatch):
    monkeypatch.setattr(clusters, "LEAST_AREAS", 4)
    # Queen: every other area is a neighbour, so I is -1/(n-1) whatever the values.
    found = find_clusters(np.array([1.0, 5, 2, 9]), squares(2, 2), permutations=99)
    assert found.moran_i == pytest.approx(-1 / 3)


HALVES = np.array([float(no % 6 >= 3) + 0.01 * no for no in range(36)])


def test_two_halves_are_two_clusters_under_false_discovery_control():
    found = find_clusters(HALVES, squares(6, 6), permutations=999)
    assert found.moran_i > 0.6
    assert found.p_value <= 0.003  # the observed one and both ends of 999 draws
    assert set(found.quadrant[found.significant]) == {"HH", "LL"}
    assert found.significant.sum() >= 6
    assert (found.local_q >= found.local_p).all()
    assert found.local_q == pytest.approx(false_discovery_control(found.local_p))


def test_esda_with_weights_made_another_way_gives_the_same():
    found = find_clusters(HALVES, squares(6, 6), permutations=99)
    weights = libpysal.weights.lat2W(6, 6, rook=False)
    expected = esda.Moran(HALVES, weights, permutations=0)
    assert (found.moran_i, found.expected) == pytest.approx((expected.I, expected.EI))
    n, z = HALVES.size, HALVES - HALVES.mean()
    rows = weights.full()[0]
    rows = rows / rows.sum(axis=1, keepdims=True)
    assert found.moran_i == pytest.approx(n / rows.sum() * (z @ rows @ z) / (z @ z))
    assert found.lag == pytest.approx(rows @ z / z.std())


def test_esda_is_called_once_for_each_and_not_rewritten(monkeypatch):
    calls = []
    for name in ("Moran", "Moran_Local"):
        made = getattr(esda, name)
        monkeypatch.setattr(
            esda, name, lambda *a, made=made, name=name, **k: (calls.append(name), made(*a, **k))[1]
        )
    find_clusters(HALVES, squares(6, 6), permutations=9)
    assert calls == ["Moran", "Moran_Local"]


def test_the_same_values_give_the_same_p_values_and_leave_other_draws_alone():
    np.random.seed(7)  # noqa: NPY002
    expected = np.random.random()  # noqa: NPY002
    np.random.seed(7)  # noqa: NPY002
    first, again = (find_clusters(HALVES, squares(6, 6), permutations=99) for _ in range(2))
    assert np.random.random() == expected  # noqa: NPY002
    assert first.p_value == again.p_value
    assert (first.local_p == again.local_p).all()


def test_chance_is_rarely_a_cluster():
    values = np.random.default_rng(1).normal(size=100)
    found = find_clusters(values, squares(10, 10), permutations=999)
    assert found.p_value > 0.05
    assert found.significant.sum() <= 2


def test_areas_without_residents_and_islands_are_left_out_and_named():
    values = np.append(HALVES, [5.0, np.nan])
    polygons = np.append(squares(6, 6), [shapely.box(99, 99, 100, 100), shapely.box(6, 0, 7, 1)])
    found = find_clusters(values, polygons, permutations=9)
    assert found.islands.tolist() == [36]
    assert found.taking_part.tolist() == list(range(36))
    alone = find_clusters(HALVES, squares(6, 6), permutations=9)
    assert found.moran_i == pytest.approx(alone.moran_i)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (np.full(36, 0.4), "constant"),
        (np.full(36, 0.1) + np.linspace(0, 1e-12, 36), "constant"),
        (np.r_[HALVES[:7], np.full(29, np.nan)], "too_few"),
        (np.full(36, np.nan), "too_few"),
    ],
)
def test_where_there_can_be_no_clusters_it_is_said_why(values, why):
    found = find_clusters(values, squares(6, 6))
    assert (found.why_none, found.moran_i, found.z.size) == (why, None, 0)
