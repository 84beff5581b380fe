"""Adoption with no, one and all shops, against the closed form and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from pipelines.evidence.effect.wilson import wilson

Z2 = 1.959963984540054**2


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (0, 10, 0.0, Z2 / (10 + Z2)),
        (10, 10, 10 / (10 + Z2), 1.0),
        (0, 1, 0.0, Z2 / (1 + Z2)),
        (1, 1, 1 / (1 + Z2), 1.0),
        # Wilson's interval for 1 of 10, as Newcombe (1998) prints his to four decimals.
        (1, 10, 0.0179, 0.4042),
        (22, 40, 0.3983, 0.6929),
    ],
)
def test_known_shares(k, n, low, high):
    found = wilson(np.array([k]), np.array([n]))
    assert (float(found[0][0]), float(found[1][0])) == pytest.approx((low, high), abs=5e-5)


def test_every_small_street_against_scipy():
    pairs = [(k, n) for n in range(1, 31) for k in range(n + 1)]
    low, high = wilson(*np.array(pairs, dtype=float).T)
    for (k, n), a, b in zip(pairs, low, high, strict=True):
        expected = binomtest(k, n).proportion_ci(method="wilson")
        assert (a, b) == pytest.approx((expected.low, expected.high), abs=1e-12)
        assert 0 <= a <= k / n <= b <= 1
    assert low[[k == 0 for k, _ in pairs]].max() == 0


def test_what_is_not_known_stays_unknown():
    low, high = wilson(np.array([0, np.nan, 3, 1]), np.array([0, 5, np.nan, 4]))
    assert np.isnan(low).tolist() == np.isnan(high).tolist() == [True, True, True, False]
    assert wilson(np.array([]), np.array([]))[0].size == 0


@pytest.mark.parametrize(("k", "n"), [(-1, 5), (6, 5), (0, -1)])
def test_more_than_all_is_refused(k, n):
    with pytest.raises(ValueError, match="between none and all"):
        wilson(np.array([k]), np.array([n]))
