"""A line through a monthly series whose errors remember: REML with AR(1), Kenward–Roger intervals.

    y = Xβ + u,   Cov(u_i, u_j) = σ² ρ^|t_i − t_j|

ρ maximises the restricted likelihood with β and σ² profiled out (Patterson & Thompson 1971),

    −2 ℓ(ρ) = (n − p) log RSS(ρ) + log|R| + log|X'R⁻¹X|,     σ² = RSS ÷ (n − p).

A month that is missing is left out of y: AR(1) is Markov, so two months k apart are whitened by
(u_j − ρᵏ u_i) ÷ √(1 − ρ²ᵏ), which is exact. The covariance of β is widened for not knowing σ² and
ρ, and t has the degrees of freedom of a single contrast, by Kenward & Roger (1997) Biometrics 53,
983–997, with expected information and second derivatives; for one contrast their scale is 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import minimize_scalar

from pipelines.evidence.effect.estimate import Estimate, estimate

if TYPE_CHECKING:
    from geo.arrays import FloatArray, IndexArray

RHO_LIMITS: Final = (-0.95, 0.99)
"""Beyond, a series cannot be told from a walk (or from its own alternation)."""
_GRID: Final = np.linspace(*RHO_LIMITS, 40)
_NEAR: Final = 1e-3
_NO_SPREAD: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Ar1Fit:
    """The fitted line: `beta` (p), its plain and its widened covariance (p × p)."""

    beta: FloatArray
    rho: float
    sigma: float
    """Standard deviation of a month about the line."""
    covariance: FloatArray
    covariance_adjusted: FloatArray
    slopes: FloatArray
    """Derivatives of `covariance` by σ² and ρ (2 × p × p)."""
    parameters_covariance: FloatArray
    """Of σ² and ρ, the inverse of the expected information (2 × 2)."""

    @property
    def at_limit(self) -> bool:
        """Whether ρ went as near to a walk as it may."""
        return self.rho > RHO_LIMITS[1] - _NEAR

    def contrast(self, weights: FloatArray) -> Estimate:
        """The estimate of Σ weights · β."""
        plain = float(weights @ self.covariance @ weights)
        # The adjustment is of first order and may undershoot in very short series.
        variance = max(float(weights @ self.covariance_adjusted @ weights), plain)
        gradient = np.einsum("i,kij,j->k", weights, self.slopes, weights)
        degrees = 2 * plain**2 / float(gradient @ self.parameters_covariance @ gradient)
        return estimate(float(weights @ self.beta), math.sqrt(variance), degrees)


def fit_ar1(months: IndexArray, design: FloatArray, values: FloatArray) -> Ar1Fit | None:
    """Fit values (n) at rising months (n) on a design (n × p) of full rank, n > p + 1.

    None where the line leaves nothing over: there is no error to judge by.
    """
    gaps = np.diff(months).astype(float)
    beta, *_ = np.linalg.lstsq(design, values, rcond=None)
    rest = values - design @ beta
    if np.abs(rest).max() <= _NO_SPREAD * np.abs(values).max():
        return None

    def deviance(rho: float) -> float:
        return -2 * restricted_log_likelihood(rho, gaps, design, values)

    grid = [deviance(float(rho)) for rho in _GRID]
    best = int(np.argmin(grid))
    bounds = (float(_GRID[max(best - 1, 0)]), float(_GRID[min(best + 1, _GRID.size - 1)]))
    found = minimize_scalar(deviance, bounds=bounds, method="bounded", options={"xatol": 1e-6})
    return _at(float(found.x), months, design, values)


def restricted_log_likelihood(
    rho: float, gaps: FloatArray, design: FloatArray, values: FloatArray
) -> float:
    """The restricted log-likelihood of ρ, σ² at its best, but for a constant of n and the design."""
    white_design, white_values, log_determinant = _whiten(rho, gaps, design, values)
    _, triangle = np.linalg.qr(np.column_stack([white_design, white_values]))
    diagonal = np.abs(np.diag(triangle))
    free = values.size - design.shape[1]
    return -0.5 * float(
        2 * free * np.log(diagonal[-1]) + log_determinant + 2 * np.sum(np.log(diagonal[:-1]))
    )


def _whiten(
    rho: float, gaps: FloatArray, design: FloatArray, values: FloatArray
) -> tuple[FloatArray, FloatArray, float]:
    """Design and values with independent errors of σ², and log|R|."""
    memory = rho**gaps
    spread = 1 - memory**2
    scale = np.sqrt(spread)
    white_values, white_design = values.copy(), design.copy()
    white_values[1:] = (values[1:] - memory * values[:-1]) / scale
    white_design[1:] = (design[1:] - memory[:, None] * design[:-1]) / scale[:, None]
    return white_design, white_values, float(np.sum(np.log(spread)))


def _at(rho: float, months: IndexArray, design: FloatArray, values: FloatArray) -> Ar1Fit:
    """The fit at a given ρ, with the covariances of Kenward and Roger."""
    apart = np.abs(np.subtract.outer(months, months)).astype(float)
    correlation = rho**apart
    first = apart * rho ** np.maximum(apart - 1, 0)
    second = apart * (apart - 1) * rho ** np.maximum(apart - 2, 0)
    inverse = np.linalg.inv(correlation)
    covariance = np.linalg.inv(design.T @ inverse @ design)
    beta = covariance @ design.T @ inverse @ values
    rest = values - design @ beta
    variance = float(rest @ inverse @ rest) / (values.size - design.shape[1])
    covariance, inverse = covariance * variance, inverse / variance
    derivatives = (correlation, variance * first)
    nothing = np.zeros_like(correlation)
    seconds = ((nothing, first), (first, variance * second))

    weighed = inverse @ design
    projector = inverse - weighed @ covariance @ weighed.T
    sides = [weighed.T @ one @ weighed for one in derivatives]
    information = np.array(
        [[0.5 * np.sum((projector @ a) * (projector @ b).T) for b in derivatives]
         for a in derivatives]
    )  # fmt: skip
    parameters = np.linalg.inv(information)
    widening = np.zeros_like(covariance)
    for i, a in enumerate(derivatives):
        for j, b in enumerate(derivatives):
            both = weighed.T @ a @ inverse @ b @ weighed
            curve = weighed.T @ seconds[i][j] @ weighed
            widening += parameters[i, j] * (both - sides[i] @ covariance @ sides[j] - curve / 4)
    adjusted = covariance + covariance @ (widening + widening.T) @ covariance
    return Ar1Fit(
        beta=beta,
        rho=rho,
        sigma=math.sqrt(variance),
        covariance=covariance,
        covariance_adjusted=adjusted,
        slopes=np.array([covariance @ side @ covariance for side in sides]),
        parameters_covariance=parameters,
    )
