"""How often the forecast's intervals hold what comes, on simulated series whose law is known.

`make bench ARGS="--only outlook"` makes the table of docs/methods_initiatives.ja.md again: for each
process and number of values 20,000 seeded series with equal steps, forecast 1 and 4 steps ahead.
The formula is written out over whole arrays here, and held against `fit_walk` on the first series.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import stdtrit

from pipelines.evidence.progress.outlook import fit_walk

if TYPE_CHECKING:
    from collections.abc import Callable

SERIES = 20_000
SEED = 131148
NUMBERS = (6, 8, 12, 24)
STEPS_AHEAD = (1, 4)
WARM_UP = 50


def walk(rng: np.random.Generator, steps: int, drift: float) -> np.ndarray:
    return np.cumsum(drift + rng.normal(size=(SERIES, steps)), axis=1)


def revert(rng: np.random.Generator, steps: int) -> np.ndarray:
    """An AR(1) around its mean with ρ 0.5."""
    noise = rng.normal(size=(SERIES, WARM_UP + steps))
    values = np.zeros_like(noise)
    for step in range(1, noise.shape[1]):
        values[:, step] = 0.5 * values[:, step - 1] + noise[:, step]
    return values[:, WARM_UP:]


def trend(rng: np.random.Generator, steps: int) -> np.ndarray:
    """A straight line of half a standard deviation a step, with independent noise."""
    return 0.5 * np.arange(steps) + rng.normal(size=(SERIES, steps))


def momentum(rng: np.random.Generator, steps: int) -> np.ndarray:
    """A walk whose moves carry on: AR(1) of the moves with ρ 0.5."""
    return np.cumsum(revert(rng, steps), axis=1)


PROCESSES: dict[str, Callable[[np.random.Generator, int], np.ndarray]] = {
    "walk without drift": lambda rng, steps: walk(rng, steps, 0.0),
    "walk with drift 0.5": lambda rng, steps: walk(rng, steps, 0.5),
    "around a mean (AR 0.5)": revert,
    "around a trend": trend,
    "walk with momentum (AR 0.5)": momentum,
}


def run(repetitions: int) -> dict[str, Any]:
    """The coverage table; `repetitions` does not matter, the series are seeded."""
    del repetitions
    started = time.perf_counter()
    rows = [
        {"process": name, "values": number} | cover(made, number)
        for name, made in PROCESSES.items()
        for number in NUMBERS
    ]
    return {
        "name": "outlook",
        "series": SERIES,
        "seed": SEED,
        "seconds": round(time.perf_counter() - started, 1),
        "rows": rows,
    }


def cover(made: Callable[[np.random.Generator, int], np.ndarray], number: int) -> dict[str, float]:
    """The share of series inside the 80 and 95 % interval, and the error against the last value's."""
    rng = np.random.default_rng(SEED)
    series = made(rng, number + max(STEPS_AHEAD))
    seen = series[:, :number]
    span = number - 1
    drift = (seen[:, -1] - seen[:, 0]) / span
    moves = np.diff(seen, axis=1) - drift[:, None]
    sigma = np.sqrt((moves**2).sum(axis=1) / (span - 1))
    fit = fit_walk(np.arange(float(number)), seen[0])
    if not np.allclose((fit.drift, fit.sigma), (drift[0], sigma[0])):
        raise AssertionError("the arrays and fit_walk differ")
    found: dict[str, float] = {}
    for ahead in STEPS_AHEAD:
        came = series[:, number - 1 + ahead]
        off = np.abs(came - seen[:, -1] - drift * ahead)
        error = sigma * np.sqrt(ahead + ahead**2 / span)
        for level in (80, 95):
            inside = off <= error * stdtrit(span - 1, 0.5 + level / 200)
            found[f"inside_{level}_at_{ahead}"] = round(100 * float(inside.mean()), 1)
        stays = np.abs(came - seen[:, -1])
        found[f"error_ratio_at_{ahead}"] = round(float(off.mean() / stays.mean()), 2)
    return found
