"""The forecast: by hand, against R's rwf, and its coverage on series whose law is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from pipelines.evidence.progress.outlook import (
    Interval,
    bounds_of,
    fit_walk,
    give_verdict,
    hold_back,
)

DAYS = np.array([0.0, 10, 30, 60, 70, 100])
VALUES = np.array([10.0, 12, 11, 17, 18, 20])


def test_unequal_steps_by_hand():
    # μ = 10/100 a day; moves less μ·days: 1, −3, 3, 0, −1; squares over days:
    # 1/10 + 9/20 + 9/30 + 0 + 1/30 = 0.883333, over 4 degrees of freedom.
    fit = fit_walk(DAYS, VALUES)
    assert (fit.last_value, fit.drift, fit.span, fit.degrees) == (20, 0.1, 100, 4)
    assert fit.sigma == pytest.approx(math.sqrt(0.8833333333 / 4))
    assert fit.drift_per_year == pytest.approx(36.525)
    found = fit.ahead(50)
    error = fit.sigma * math.sqrt(50 + 50**2 / 100)
    assert found.value == pytest.approx(25)
    for interval, share in ((found.interval_80, 0.9), (found.interval_95, 0.975)):
        width = student.ppf(share, 4) * error
        assert (interval.low, interval.high) == pytest.approx((25 - width, 25 + width))
    assert not found.clipped


def test_equal_steps_are_the_drift_method():
    """R forecast::rwf: mean and residual variance of the differences, h²·se² + h·σ²."""
    values = np.array([3.0, 5, 4, 8, 9, 13, 12])
    steps = np.diff(values)
    sigma = steps.std(ddof=1)
    fit = fit_walk(np.arange(7.0), values)
    assert (fit.drift, fit.sigma) == pytest.approx((steps.mean(), sigma))
    half = (fit.ahead(4).interval_80.high - fit.ahead(4).value) / student.ppf(0.9, 5)
    assert half == pytest.approx(math.sqrt((4 * sigma / math.sqrt(6)) ** 2 + 4 * sigma**2))


@pytest.mark.parametrize("values", [[5.0] * 6, [0.1 * n for n in range(6)], [0.0] * 6])
def test_a_series_that_does_not_vary_has_no_interval(values):
    found = fit_walk(np.arange(6.0), np.array(values)).ahead(10)
    assert (found.interval_80, found.interval_95) == (None, None)
    assert found.value == pytest.approx(values[-1] + 10 * (values[1] - values[0]))


def test_a_share_stays_between_nothing_and_everything():
    values = np.array([80.0, 90, 85, 95, 92, 99])
    fit = fit_walk(np.arange(6.0), values)
    free, held = fit.ahead(10), fit.ahead(10, bounds_of("％", values))
    assert held.value == held.interval_80.high == held.interval_95.high == 100
    assert held.interval_80.low == free.interval_80.low < 100 < free.value
    assert (held.clipped, free.clipped) == (True, False)
    assert not fit.ahead(0.001, (0.0, 100.0)).clipped
    assert bounds_of("件", values) == (0.0, math.inf)
    assert bounds_of("件", np.array([3.0, -0.1])) is None
    assert bounds_of(" % ", values) == (0.0, 100.0)
    # A rate against the year before may pass 100 %, and has.
    assert bounds_of("%", np.array([80.0, 100.1])) == (0.0, math.inf)


@pytest.mark.parametrize(
    ("better", "width", "target", "verdict"),
    [
        ("増加", None, 10, "likely"), ("増加", None, 10.1, "open"), ("増加", None, 20, "open"),
        ("増加", None, 20.1, "unlikely"),
        ("減少", None, 20, "likely"), ("減少", None, 19.9, "open"), ("減少", None, 10, "open"),
        ("減少", None, 9.9, "unlikely"),
        ("増加", 5, 15, "likely"), ("増加", 5, 25.1, "unlikely"), ("減少", 5, 15, "likely"),
        ("維持", 5, 15, "likely"), ("維持", 5, 16, "open"), ("維持", 5, 25, "open"),
        ("維持", 5, 25.1, "unlikely"), ("維持", 5, 4.9, "unlikely"), ("維持", None, 15, None),
    ],
)  # fmt: skip
def test_a_verdict_on_the_interval_from_10_to_20(better, width, target, verdict):
    assert give_verdict(Interval(10, 20), target, better, width) == verdict
    assert give_verdict(None, target, better, width) is None


def test_held_back_points_by_hand():
    # From 4 values: μ = 7/60, 17 + 10·μ = 18.166667 against 18. From 5: μ = 8/70, 18 + 30·μ =
    # 21.428571 against 20.
    held = hold_back(DAYS, VALUES)
    assert held.number == 2
    assert held.mean_abs_error == pytest.approx((0.1666667 + 1.4285714) / 2)
    assert held.last_value_mean_abs_error == pytest.approx((1 + 2) / 2)
    assert hold_back(DAYS[:4], VALUES[:4]).mean_abs_error is None


SERIES = st.lists(st.integers(-1000, 1000), min_size=6, max_size=12)


@given(SERIES, st.integers(1, 400), st.sampled_from([0.5, 2.0, 64.0]))
def test_the_unit_and_the_sign_do_not_matter(numbers, days, factor):
    times, values = np.arange(len(numbers)) * 30.0, np.array(numbers, dtype=float)
    found = fit_walk(times, values).ahead(days)
    scaled, mirrored = (
        fit_walk(times, values * factor).ahead(days),
        fit_walk(times, -values).ahead(days),
    )
    assert scaled.value == pytest.approx(found.value * factor)
    assert mirrored.value == pytest.approx(-found.value)
    if found.interval_95:
        assert scaled.interval_95.low == pytest.approx(found.interval_95.low * factor, abs=1e-6)
        assert mirrored.interval_95.high == pytest.approx(-found.interval_95.low, abs=1e-6)
        # The wider holds the narrower, and both the forecast.
        assert found.interval_95.low <= found.interval_80.low <= found.value
        assert found.value <= found.interval_80.high <= found.interval_95.high


@pytest.mark.parametrize("drift", [0.0, 0.5])
@pytest.mark.parametrize("steps", [6, 12])
def test_the_intervals_hold_what_they_promise(steps, drift):
    """1,500 seeded walks with unequal steps. The bounds are four standard errors of a share of 1,500."""
    rng = np.random.default_rng(131148)
    series, ahead = 1500, 2.0
    inside = np.zeros(2)
    for _ in range(series):
        gaps = rng.choice([0.5, 1.0, 2.0], steps - 1)
        moves = drift * gaps + rng.normal(0, np.sqrt(gaps))
        times, values = np.append(0, gaps.cumsum()), np.append(0, moves.cumsum())
        came = values[-1] + drift * ahead + rng.normal(0, math.sqrt(ahead))
        found = fit_walk(times, values).ahead(ahead)
        inside += [one.low <= came <= one.high for one in (found.interval_80, found.interval_95)]
    assert inside[0] / series == pytest.approx(0.80, abs=0.042)
    assert inside[1] / series == pytest.approx(0.95, abs=0.023)


def test_with_a_drift_it_beats_the_last_value():
    rng = np.random.default_rng(131148)
    ours, last = [], []
    for _ in range(100):
        values = np.cumsum(rng.normal(1.0, 0.5, 12))
        held = hold_back(np.arange(12.0), values)
        ours.append(held.mean_abs_error)
        last.append(held.last_value_mean_abs_error)
    assert np.mean(ours) < 0.6 * np.mean(last)
