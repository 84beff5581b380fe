"""The joint test of the months before the start."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import f as fisher

from pipelines.evidence.effect.did import estimate_group_times
from pipelines.evidence.effect.panel import NEVER, Panel
from pipelines.evidence.effect.trend import compare_trends

MONTHS = np.arange(24, dtype=np.int32)


def make(seed, streets=(8, 8), drift=0.0, starts=(12,)):
    rng = np.random.default_rng(seed)
    values = 30 + rng.normal(size=(sum(streets), 24))
    values[: streets[0]] += drift * MONTHS
    begun = np.full(sum(streets), NEVER, dtype=np.int32)
    begun[: streets[0]] = rng.choice(starts, streets[0])
    return Panel(MONTHS, values, begun)


def test_three_quarters_are_hotellings_t2_of_the_streets_own_changes():
    """One start and sides of one size: the two-sample T² of each street's three mean differences."""
    panel = make(3)
    found = compare_trends(estimate_group_times(panel))
    changes = np.column_stack(
        [panel.values[:, first : first + 3].mean(axis=1) - panel.values[:, 11] for first in (8, 5, 2)]
    )  # fmt: skip
    difference = changes[:8].mean(axis=0) - changes[8:].mean(axis=0)
    covariance = (np.cov(changes[:8].T) + np.cov(changes[8:].T)) / 8
    t2 = difference @ np.linalg.solve(covariance, difference)
    assert found.blocks == 3
    free = found.degrees[1] + 2
    # Welch's degrees lie between those of one side and of both.
    assert 7 <= free <= 14
    assert found.statistic == pytest.approx(t2 * (free - 2) / (free * 3))
    assert found.p_value == pytest.approx(fisher.sf(found.statistic, 3, free - 2))


def test_the_slope_is_that_of_the_mean_difference():
    panel = make(3, drift=0.4)
    found = compare_trends(estimate_group_times(panel))
    gap = (panel.values[:8].mean(axis=0) - panel.values[8:].mean(axis=0))[:12]
    assert found.slope.value == pytest.approx(np.polyfit(np.arange(12), gap, 1)[0])
    assert found.slope.low < 0.4 < found.slope.high


@pytest.mark.parametrize("seed", range(3))
def test_streets_that_drift_apart_before_are_seen(seed):
    assert not compare_trends(estimate_group_times(make(seed, drift=1.0))).passed


def test_like_streets_are_rejected_about_as_often_as_said():
    """400 seeded panels with three starts: 5 %, within three standard errors and a half."""
    rejected = sum(
        not compare_trends(estimate_group_times(make(seed, starts=(11, 12, 13)))).passed
        for seed in range(400)
    )
    assert 4 <= rejected <= 35


def test_what_comes_after_the_start_is_not_looked_at():
    panel = make(4)
    later = panel.values.copy()
    later[:8, 12:] += 50
    assert compare_trends(estimate_group_times(Panel(MONTHS, later, panel.starts))) == (
        compare_trends(estimate_group_times(panel))
    )


@pytest.mark.parametrize(
    ("streets", "start", "blocks"),
    [
        ((8, 8), 3, None),  # no quarter before the last month
        ((8, 8), 4, 1), ((8, 8), 6, 1), ((8, 8), 7, 2), ((8, 8), 20, 3), ((12, 12), 23, 4),
        ((1, 8), 12, None), ((8, 1), 12, None), ((2, 2), 12, None),
        ((4, 4), 20, 1),  # few streets carry few quarters
    ],
)  # fmt: skip
def test_how_many_quarters_are_tested(streets, start, blocks):
    found = compare_trends(estimate_group_times(make(5, streets, starts=(start,))))
    assert (found.blocks if found else None) == blocks


def test_equal_streets_cannot_be_tested():
    panel = make(1)
    flat = Panel(MONTHS, np.full_like(panel.values, 12.5), panel.starts)
    assert compare_trends(estimate_group_times(flat)) is None


def test_months_must_stand_against_one_base():
    with pytest.raises(ValueError, match="one base"):
        compare_trends(estimate_group_times(make(1), base="varying"))
