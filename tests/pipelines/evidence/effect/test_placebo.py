"""Placebos: nothing is found where nothing began, something where it did."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.evidence.effect.estimate import Refusal
from pipelines.evidence.effect.its import Interrupted
from pipelines.evidence.effect.panel import NEVER, Panel
from pipelines.evidence.effect.placebo import (
    Lots,
    deal_in_place,
    other_series,
    shift_in_time,
    shift_series,
)

MONTHS = np.arange(36, dtype=np.int32)


def make(planted, seed=11):
    rng = np.random.default_rng(seed)
    starts = np.array([18, 20, 22] * 2 + [NEVER] * 6, dtype=np.int32)
    values = 30 + rng.normal(size=(12, 36))
    values += planted * (MONTHS[None, :] >= starts[:, None])
    return Panel(MONTHS, values, starts)


def test_in_time_only_months_before_the_first_start_count():
    found = shift_in_time(make(8.0), 6, "never")
    assert found == shift_in_time(make(80.0), 6, "never")
    assert abs(found.value) < 2
    # By hand: months 12 to 17 against month 11.
    panel = make(0.0)
    change = panel.values[:, 12:18].mean(axis=1) - panel.values[:, 11]
    assert found.value == pytest.approx(change[:6].mean() - change[6:].mean())


def test_in_time_sees_what_began_earlier():
    panel = make(0.0)
    early = panel.values + 6 * ((MONTHS >= 12)[None, :] & panel.treated[:, None])
    assert shift_in_time(Panel(MONTHS, early, panel.starts), 6, "never").low > 3


@pytest.mark.parametrize("months", [0, -3, 18, 40])
def test_in_time_needs_a_month_before(months):
    assert shift_in_time(make(8.0), months, "never") is None


def test_in_time_needs_streets():
    panel = make(8.0)
    nobody = Panel(MONTHS, panel.values, np.full(12, NEVER, dtype=np.int32))
    assert shift_in_time(nobody, 6, "never") is None


def test_in_place_by_lot():
    planted = deal_in_place(make(8.0), "never", seed=1, draws=99)
    nothing = deal_in_place(make(0.0), "never", seed=1, draws=99)
    assert planted.p_value <= 0.03
    assert nothing.p_value > 0.05
    assert planted == deal_in_place(make(8.0), "never", seed=1, draws=99)
    assert deal_in_place(make(8.0), "not_yet", seed=1, draws=99).p_value <= 0.03


def test_a_lot_that_is_as_good_counts_and_so_does_the_real_one():
    assert Lots(999, 0).p_value == 0.001
    assert Lots(99, 4).p_value == 0.05
    panel = make(8.0)
    # Two streets: every lot is the real one or its mirror image, and none has an interval.
    assert (
        deal_in_place(Panel(MONTHS, panel.values[[0, 7]], panel.starts[[0, 7]]), "never", 1) is None
    )


def test_one_series_cut_at_its_start():
    panel = make(8.0)
    found = shift_series(MONTHS, panel.values[1], 20, 8)
    assert isinstance(found, Interrupted)
    assert (found.start, found.months_before, found.months_after) == (12, 12, 8)
    assert not found.level.excludes_zero
    assert shift_series(MONTHS, panel.values[1], 20, 2) == (Refusal("too_few_months_after", 2, 4),)


def test_other_streets_with_the_start_of_the_others():
    panel = make(8.0)
    others = other_series(MONTHS, panel.values[6:], 18)
    assert others.fitted == 6
    assert others.level_excludes_zero <= 2
    treated = other_series(MONTHS, panel.values[:1], 18)
    assert (treated.fitted, treated.level_excludes_zero) == (1, 1)
    flat = np.vstack([panel.values[6], np.full(36, 3.0)])
    assert other_series(MONTHS, flat, 18).fitted == 1
    assert other_series(MONTHS, panel.values[:0], 18).fitted == 0
