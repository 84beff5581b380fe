"""How often the intervals hold what was planted, and cry where nothing was, on panels whose law is known.

`make bench ARGS="--only effect"` makes the tables of docs/methods_cashless.ja.md again. A panel is 20
streets by month, ten with a start (in three different months about the middle) and ten without:

    y(i, t) = a(i) + 0.2 t + w(t) + u(i, t),   u AR(1) with ρ and a standard deviation of 2

in points; a(i) from 20 to 60; w(t), which all streets share, is nothing, a random walk (a step of 1), a
season (a sine of 3), or another change of 4 in the middle. Planted are 8 points from the start on and 0.3 more
each month. Interrupted series are fitted to one street that begins in the middle.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from pipelines.evidence.effect.did import estimate_group_times
from pipelines.evidence.effect.its import fit_interrupted
from pipelines.evidence.effect.panel import NEVER, Panel
from pipelines.evidence.effect.trend import compare_trends

PANELS = 1_000
SEED = 131148
LENGTHS = (24, 36, 72)
RHOS = (0.0, 0.3)
SHARED = ("nothing", "walk", "season", "another change")
LEVEL, SLOPE = 8.0, 0.3
SIDES = ((2, 10), (3, 3), (4, 4), (5, 5), (5, 20), (10, 10))


def run(repetitions: int) -> dict[str, Any]:
    """Both tables; `repetitions` does not matter, the panels are seeded."""
    del repetitions
    started = time.perf_counter()
    cells = [("nothing", rho, length) for rho in RHOS for length in LENGTHS]
    cells += [(shared, 0.3, length) for shared in SHARED[1:] for length in LENGTHS]
    return {
        "name": "effect",
        "panels": PANELS,
        "seed": SEED,
        "rows": [
            {"shared": shared, "rho": rho, "months": length} | cover(shared, rho, length)
            for shared, rho, length in cells
        ],
        "few_streets": [
            {"process": name, "with": treated, "without": others} | few(name, treated, others)
            for name in MADE
            for treated, others in SIDES
        ],
        "seconds": round(time.perf_counter() - started, 1),
    }


def cover(shared: str, rho: float, length: int) -> dict[str, float]:
    """Per cent of panels: intervals that hold what was planted, and that exclude nothing planted."""
    rng = np.random.default_rng(SEED)
    held = np.zeros(4)
    alarms = np.zeros(4)
    rejected = at_limit = 0
    for planted in (True, False):
        for _ in range(PANELS):
            panel = make_panel(rng, shared, rho, length, planted=planted)
            series = fit_interrupted(panel.months, panel.values[0], length // 2)
            found = estimate_group_times(panel)
            estimates = (
                series.level,
                series.slope,
                series.mean_difference(),
                found.overall().estimate(),
            )
            if planted:
                truths = true_values(panel)
                held += [one.low <= true <= one.high
                         for one, true in zip(estimates, truths, strict=True)]  # fmt: skip
            else:
                alarms += [one.excludes_zero for one in estimates]
                rejected += not compare_trends(found).passed
                at_limit += series.fit.at_limit
    names = ("its_level", "its_slope", "its_mean", "did")
    return (
        {f"{name}_held": percent(n) for name, n in zip(names, held, strict=True)}
        | {f"{name}_alarms": percent(n) for name, n in zip(names, alarms, strict=True)}
        | {"trends_rejected": percent(rejected), "at_limit": percent(at_limit)}
    )


def few(name: str, treated: int, others: int) -> dict[str, float]:
    """Per cent of 36-month panels with nothing planted whose interval excludes zero."""
    rng = np.random.default_rng(SEED)
    alarms = rejected = tested = 0
    for _ in range(PANELS):
        number = treated + others
        values = MADE[name](rng, number)
        starts = np.full(number, NEVER, dtype=np.int32)
        starts[:treated] = rng.choice(
            np.arange(12, 25) if name == "starts scattered" else [14, 16, 18, 20], treated
        )
        found = estimate_group_times(Panel(np.arange(36, dtype=np.int32), values, starts))
        alarms += found.overall().estimate().excludes_zero
        test = compare_trends(found)
        tested += test is not None
        rejected += test is not None and not test.passed
    return {
        "alarms": percent(alarms),
        "trends_tested": percent(tested),
        "trends_rejected": round(100 * rejected / max(tested, 1), 1),
    }


def make_panel(
    rng: np.random.Generator, shared: str, rho: float, length: int, *, planted: bool
) -> Panel:
    """One panel; the first street begins in the middle."""
    months = np.arange(length, dtype=np.int32)
    middle = length // 2
    starts = np.array(
        [middle, *[middle - 2, middle, middle + 2] * 3, *[NEVER] * 10], dtype=np.int32
    )
    values = rng.uniform(20, 60, (20, 1)) + 0.2 * months + 2 * remember(rng, rho, (20, length))
    if shared == "walk":
        values += np.cumsum(rng.normal(size=length))
    elif shared == "season":
        values += 3 * np.sin(2 * np.pi * months / 12)
    elif shared == "another change":
        values += 4.0 * (months >= middle)
    if planted:
        since = months[None, :] - starts[:, None].astype(float)
        values += np.where(since >= 0, LEVEL + SLOPE * np.maximum(since, 0), 0.0)
    return Panel(months, values, starts)


def true_values(panel: Panel) -> tuple[float, float, float, float]:
    """Level, slope, mean difference of the first street, and the average street's average."""
    after = [int(panel.months[-1] - start) for start in panel.starts[panel.treated]]
    return (
        LEVEL,
        SLOPE,
        LEVEL + SLOPE * after[0] / 2,
        LEVEL + SLOPE * float(np.mean(after)) / 2,
    )


def remember(rng: np.random.Generator, rho: float, shape: tuple[int, int]) -> np.ndarray:
    """Stationary AR(1) with a standard deviation of 1."""
    noise = rng.normal(size=shape)
    for month in range(1, shape[1]):
        noise[:, month] = rho * noise[:, month - 1] + np.sqrt(1 - rho**2) * noise[:, month]
    return noise


def walks(rng: np.random.Generator, number: int) -> np.ndarray:
    """Walks of their own, of very different size, about one that all share."""
    sizes = np.exp(rng.normal(0, 0.7, (number, 1)))
    return np.cumsum(rng.normal(size=36)) + sizes * np.cumsum(rng.normal(size=(number, 36)), axis=1)


def counts(rng: np.random.Generator, number: int) -> np.ndarray:
    """Shops that accept, of 8 to 60 each, in per cent."""
    shops = rng.integers(8, 61, (number, 1))
    logits = rng.normal(-0.5, 0.6, (number, 1)) + 0.02 * np.arange(36)
    logits = logits + 0.2 * remember(rng, 0.3, (number, 36))
    return 100 * rng.binomial(shops, 1 / (1 + np.exp(-logits))) / shops


def scattered(rng: np.random.Generator, number: int) -> np.ndarray:
    """Independent months; the starts are any of 13 months, so that most groups are one street."""
    return rng.normal(size=(number, 36))


MADE = {"walks of their own": walks, "counts of shops": counts, "starts scattered": scattered}


def percent(number: float) -> float:
    return round(100 * float(number) / PANELS, 1)
