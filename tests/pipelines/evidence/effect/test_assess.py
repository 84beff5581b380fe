"""The whole way, and that nothing of the months after leaves it where the grade is refused."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.evidence.effect.assess import assess_series, assess_streets
from pipelines.evidence.effect.estimate import Refusal
from pipelines.evidence.effect.grade import Graded
from pipelines.evidence.effect.panel import NEVER

MONTHS = np.arange(36, dtype=np.int32)
STARTS = np.array([17, 18, 19] * 2 + [NEVER] * 8, dtype=np.int32)


def make(planted=8.0, drift=0.0, seed=131148):
    rng = np.random.default_rng(seed)
    values = rng.uniform(20, 60, (14, 1)) + 0.2 * MONTHS + 2 * rng.normal(size=(14, 36))
    values += planted * (MONTHS[None, :] >= STARTS[:, None])
    values[:6] += drift * MONTHS
    return values


def assess(values, starts=STARTS, **options):
    return assess_streets(MONTHS, values, starts, seed=1, draws=99, **options)


@pytest.mark.parametrize("comparison", ["never", "not_yet"])
def test_the_planted_change_is_found_with_all_that_bears_it(comparison):
    found = assess(make(), comparison=comparison)
    assert found.graded == Graded("C", "up")
    assert found.streets == (6, 8)
    assert found.overall.low < 8 < found.overall.high
    assert found.trends.passed
    assert found.lots.p_value < 0.05
    assert not found.earlier.excludes_zero
    events = {one.months_since: one for one in found.events}
    assert list(events) == list(range(-19, 19))
    assert [events[since].streets for since in (-19, -18, -17, -1, 0, 16, 17, 18)] == [
        2, 4, 6, 6, 6, 6, 4, 2
    ]  # fmt: skip
    assert (events[-1].estimate.value, events[-1].estimate.low) == (0, None)
    assert found.band_errors > 2


def test_nothing_planted_nothing_found():
    assert assess(make(0.0)).graded == Graded("C", "open")


def test_two_streets_are_refused_and_hand_nothing_out():
    found = assess(make()[[0, 6]], STARTS[[0, 6]])
    assert [(one.reason, one.found) for one in found.graded.refusals] == [
        ("too_few_streets_with", 1), ("too_few_streets_without", 1), ("trend_before_untested", None),
    ]  # fmt: skip
    assert (found.overall, found.earlier, found.lots, found.band_errors) == (None,) * 4
    assert max(one.months_since for one in found.events) == -1


def test_streets_that_ran_apart_before_are_refused_and_show_it():
    found = assess(make(drift=0.6))
    assert [one.reason for one in found.graded.refusals] == ["trends_before_differ"]
    assert found.overall is None
    assert {one.months_since for one in found.events} == set(range(-19, 0))


def test_eight_months_are_refused_with_their_number():
    months, values = MONTHS[10:25], make()[:, 10:25]
    found = assess_streets(months, values, STARTS, seed=1, draws=99)
    assert found.graded.refusals[:2] == (
        Refusal("too_few_months_before", 7, 12), Refusal("too_few_months_after", 6, 12)
    )  # fmt: skip


def test_nobody_with_or_nobody_without_it():
    nobody = assess(make()[6:], STARTS[6:])
    assert (nobody.streets, nobody.events) == ((0, 8), ())
    assert "no_comparison" in [one.reason for one in nobody.graded.refusals]
    everybody = assess(make()[:6], STARTS[:6])
    assert everybody.streets == (6, 0)
    assert everybody.graded.letter is None
    nothing = assess(np.full((14, 36), np.nan))
    assert nothing.graded.letter is None
    assert nothing.balanced.months_left_out == 36


def test_a_street_with_a_gap_is_left_out_and_the_rest_compared():
    values = make()
    values[13, 5] = np.nan
    found = assess(values)
    assert (found.streets, found.balanced.incomplete) == ((6, 7), 1)
    assert found.graded == Graded("C", "up")


def test_one_series():
    values = make(20.0)
    found = assess_series(MONTHS, values[1], 18)
    assert found.graded == Graded("D", "up")
    assert found.fit.level.low < 20 < found.fit.level.high
    short = assess_series(MONTHS[10:], values[1, 10:], 18)
    assert short.graded.refusals == (Refusal("too_few_months_before", 8, 12),)
    assert short.fit is None
    assert assess_series(MONTHS, np.full(36, 3.0), 18).fit is None
