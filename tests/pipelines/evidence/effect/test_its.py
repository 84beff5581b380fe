"""Interrupted series: against R's nlme, the likelihood written out, and series whose law is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.linalg import null_space
from scipy.stats import multivariate_normal
from scipy.stats import t as student

from pipelines.evidence.effect.ar1 import fit_ar1, restricted_log_likelihood
from pipelines.evidence.effect.estimate import Refusal
from pipelines.evidence.effect.its import Interrupted, fit_interrupted

MONTHS = np.arange(24, dtype=np.int32)
VALUES = np.array(
    [31.2, 31.9, 30.8, 31.5, 32.6, 33.0, 32.1, 33.4, 34.2, 33.1, 33.9, 34.8,
     39.1, 40.3, 39.6, 41.2, 41.0, 42.7, 42.1, 43.9, 43.2, 44.8, 45.9, 45.1]
)  # fmt: skip
GAPS = [3, 8, 9, 16]


def without(places):
    values = VALUES.copy()
    values[places] = np.nan
    return values


@pytest.mark.parametrize(
    ("places", "beta", "errors", "rho", "sigma"),
    [
        # R 4.2.2, nlme 3.1-162: gls(y ~ s + D + D:s, correlation = corAR1(form = ~ month),
        # method = "REML"), tolerances 1e-12.
        ([], [34.7032427574, 0.3087296269, 4.4159391866, 0.2933161082],
         [0.24597677914, 0.03385765804, 0.33799789704, 0.04672574921],
         -0.3886952167, 0.5723870532),
        (GAPS, [34.7183398541, 0.3006263723, 4.4347110194, 0.2996327883],
         [0.27540497535, 0.03563364267, 0.35889705208, 0.04522317680],
         -0.4685993592, 0.5534168104),
    ],
)  # fmt: skip
def test_against_nlme(places, beta, errors, rho, sigma):
    found = fit_interrupted(MONTHS, without(places), 12)
    assert found.fit.beta == pytest.approx(beta, abs=1e-5)
    assert np.sqrt(np.diag(found.fit.covariance)) == pytest.approx(errors, abs=1e-5)
    assert (found.fit.rho, found.fit.sigma) == pytest.approx((rho, sigma), abs=1e-5)
    assert (found.months_before, found.months_after) == (
        12 - sum(p < 12 for p in places),
        12 - sum(p >= 12 for p in places),
    )
    assert found.months_missing == len(places)


def test_months_not_listed_are_months_without_a_value():
    listed = np.delete(MONTHS, GAPS)
    assert (
        fit_interrupted(listed, np.delete(VALUES, GAPS), 12).level
        == fit_interrupted(MONTHS, without(GAPS), 12).level
    )


@pytest.mark.parametrize("places", [[], GAPS])
def test_the_likelihood_is_that_of_error_contrasts(places):
    """REML: the density of the n − p combinations of y that know nothing of β."""
    months, values = np.delete(MONTHS, places), np.delete(VALUES, places)
    design = np.column_stack(
        [np.ones(months.size), months, months >= 12, np.maximum(months - 12, 0)]
    ).astype(float)
    contrasts = null_space(design.T)
    differences = []
    for rho in (-0.5, 0.0, 0.3, 0.9):
        correlation = rho ** np.abs(np.subtract.outer(months, months)).astype(float)
        inner = contrasts.T @ correlation @ contrasts
        left = contrasts.T @ values
        variance = left @ np.linalg.solve(inner, left) / left.size
        full = multivariate_normal(np.zeros(left.size), variance * inner).logpdf(left)
        ours = restricted_log_likelihood(rho, np.diff(months).astype(float), design, values)
        differences.append(full - ours)
    assert np.ptp(differences) < 1e-8


DESIGN = np.column_stack(
    [np.ones(24), MONTHS - 12, MONTHS >= 12, np.maximum(MONTHS - 12, 0)]
).astype(float)
APART = np.abs(np.subtract.outer(MONTHS, MONTHS)).astype(float)


def error_covariance(theta):
    return theta[0] * theta[1] ** APART


def weights_of(theta):
    """β as a linear function of y, at given σ² and ρ."""
    inverse = np.linalg.inv(error_covariance(theta))
    return np.linalg.inv(DESIGN.T @ inverse @ DESIGN) @ DESIGN.T @ inverse


def covariance_of(theta):
    return np.linalg.inv(DESIGN.T @ np.linalg.inv(error_covariance(theta)) @ DESIGN)


def derivative(function, theta, place, step=1e-5):
    there, back = theta.copy(), theta.copy()
    there[place] += step
    back[place] -= step
    return (function(there) - function(back)) / (2 * step)


def test_the_information_is_that_of_error_contrasts():
    found = fit_interrupted(MONTHS, VALUES, 12).fit
    theta = np.array([found.sigma**2, found.rho])
    contrasts = null_space(DESIGN.T)
    inverse = np.linalg.inv(contrasts.T @ error_covariance(theta) @ contrasts)
    parts = [
        inverse @ contrasts.T @ derivative(error_covariance, theta, place) @ contrasts
        for place in (0, 1)
    ]
    information = np.array([[0.5 * np.trace(a @ b) for b in parts] for a in parts])
    assert found.parameters_covariance == pytest.approx(np.linalg.inv(information), rel=1e-5)


def test_kenward_and_roger_by_differences():
    """Φ + Σ W ∂B V ∂B' − ½ Σ W ∂²Φ: what not knowing σ² and ρ adds, and the bias of Φ at their estimates.

    Degrees of freedom: 2 (c'Φc)² ÷ (g'Wg), g the derivatives of c'Φc.
    """
    found = fit_interrupted(MONTHS, VALUES, 12).fit
    theta = np.array([found.sigma**2, found.rho])
    assert covariance_of(theta) == pytest.approx(found.covariance)
    slopes = [derivative(covariance_of, theta, place) for place in (0, 1)]
    assert found.slopes == pytest.approx(np.array(slopes), rel=1e-5, abs=1e-9)
    moved = [derivative(weights_of, theta, place) for place in (0, 1)]
    expected = found.covariance.copy()
    for i in (0, 1):
        for j in (0, 1):
            curve = derivative(
                lambda at, i=i: derivative(covariance_of, at, i, 1e-4), theta, j, 1e-4
            )
            added = moved[i] @ error_covariance(theta) @ moved[j].T
            expected += found.parameters_covariance[i, j] * (added - curve / 2)
    assert found.covariance_adjusted == pytest.approx(expected, rel=1e-4, abs=1e-7)

    level = found.contrast(np.array([0.0, 0, 1, 0]))
    gradient = np.array([one[2, 2] for one in slopes])
    free = 2 * found.covariance[2, 2] ** 2 / (gradient @ found.parameters_covariance @ gradient)
    assert level.degrees == pytest.approx(free, rel=1e-4)
    width = student.ppf(0.975, level.degrees) * level.std_error
    assert (level.low, level.high) == pytest.approx((level.value - width, level.value + width))
    # Not knowing ρ and σ² costs: wider than the plain error, fewer than 20 degrees of freedom.
    assert level.std_error == pytest.approx(math.sqrt(expected[2, 2]), rel=1e-4)
    assert level.std_error > math.sqrt(found.covariance[2, 2])
    assert level.degrees < 20


def test_the_line_carried_on_and_the_difference_agree():
    found = fit_interrupted(MONTHS, VALUES, 12)
    for month in (12, 17, 23):
        gap = found.line(month).value - found.continued(month).value
        assert found.difference(month).value == pytest.approx(gap)
    assert found.difference(12) == found.level
    every = [found.difference(month).value for month in range(12, 24)]
    assert found.mean_difference().value == pytest.approx(np.mean(every))
    # Farther from what was seen, less is known.
    widths = [found.continued(month).std_error for month in (12, 17, 23)]
    assert widths == sorted(widths)
    assert found.line(5).value == pytest.approx(found.continued(5).value)
    assert found.slope_before.value == pytest.approx(0.30873, abs=1e-5)
    assert found.slope.value == pytest.approx(0.29332, abs=1e-5)


@pytest.mark.parametrize("factor", [1.0, -3.0, 1e-3])
def test_the_unit_the_sign_and_the_calendar_do_not_matter(factor):
    plain = fit_interrupted(MONTHS, VALUES, 12).level
    other = fit_interrupted(MONTHS + 24300, VALUES * factor + 7, 24312).level
    assert other.value == pytest.approx(plain.value * factor, rel=1e-4)
    assert other.std_error == pytest.approx(plain.std_error * abs(factor), rel=1e-3)
    assert other.p_value == pytest.approx(plain.p_value, rel=1e-2)


def test_too_few_months_are_refused_with_their_number():
    assert fit_interrupted(MONTHS, VALUES, 3) == (Refusal("too_few_months_before", 3, 4),)
    assert fit_interrupted(MONTHS, VALUES, 22) == (Refusal("too_few_months_after", 2, 4),)
    nothing = fit_interrupted(MONTHS, np.full(24, np.nan), 12)
    assert [(one.reason, one.found) for one in nothing] == [
        ("too_few_months_before", 0), ("too_few_months_after", 0)
    ]  # fmt: skip
    assert len(fit_interrupted(MONTHS[:0], VALUES[:0], 12)) == 2


@pytest.mark.parametrize(
    "values", [np.zeros(24), np.full(24, 7.3), MONTHS * 0.1, np.where(MONTHS < 12, 1.0, 5.5)]
)
def test_a_series_that_leaves_nothing_over_has_no_error(values):
    assert fit_interrupted(MONTHS, values, 12) == (Refusal("no_variation"),)


@pytest.mark.parametrize(
    ("months", "values"),
    [
        (MONTHS[::-1], VALUES),
        (MONTHS[:5], VALUES),
        (MONTHS * 0, VALUES),
        (MONTHS, np.full(24, np.inf)),
    ],
)
def test_what_is_no_series_is_an_error(months, values):
    with pytest.raises(ValueError, match="months must rise"):
        fit_interrupted(months, values, 12)


def test_a_walk_is_seen_as_one():
    walk = np.cumsum(np.random.default_rng(5).normal(size=120))
    months = np.arange(120, dtype=np.int32)
    assert fit_interrupted(months, walk, 60).fit.rho > 0.8
    assert not fit_interrupted(MONTHS, VALUES, 12).fit.at_limit


@pytest.mark.parametrize("rho", [0.0, 0.3])
def test_the_intervals_hold_what_they_promise(rho):
    """200 seeded series of 72 months with a level of 8 planted; the whole table: tests/bench."""
    rng = np.random.default_rng(131148)
    months = np.arange(72, dtype=np.int32)
    held = 0
    for _ in range(200):
        noise = rng.normal(size=72)
        for month in range(1, 72):
            noise[month] = rho * noise[month - 1] + math.sqrt(1 - rho**2) * noise[month]
        found = fit_interrupted(months, 30 + 0.2 * months + 8 * (months >= 36) + 2 * noise, 36)
        assert isinstance(found, Interrupted)
        held += found.level.low <= 8 <= found.level.high
    # Three standard errors of a share of 200 about 95 %.
    assert 0.904 <= held / 200 <= 0.996


def test_a_fit_without_anything_over_is_none():
    design = np.column_stack([np.ones(6), np.arange(6.0)])
    assert fit_ar1(np.arange(6, dtype=np.int32), design, 2 + 3 * np.arange(6.0)) is None
