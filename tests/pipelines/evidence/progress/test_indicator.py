"""Every status of an indicator, at and around its thresholds, in both directions."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.evidence.progress.indicator import Indicator, decide_status, when_met
from pipelines.evidence.progress.series import Point, Value

# 100 days from the baseline to the end of 令和7年度, so that shares of the time are whole numbers.
TARGET_ON = date(2026, 3, 31)
STARTED = TARGET_ON - timedelta(days=100)
HALFWAY = STARTED + timedelta(days=50)
SEEN = HALFWAY + timedelta(days=10)


def indicator(better="増加", baseline=0.0, target=100.0, **more):
    return Indicator(better, baseline, "value", STARTED, target, "value", 2025, **more)


def point(number, on=HALFWAY, state="value"):
    return Point(on, None, Value("v", on, None, number, state, None))


def status(one, number, at=SEEN, **more):
    found = decide_status(one, point(number), at, **more)
    return found.status, found.reason


# Halfway through the time, 50 of 100 is the pace: 0.95 of it is 47.5, 0.60 of it is 30.
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (100.0, "achieved"), (120.0, "achieved"), (99.9, "on_track"),
        (50.0, "on_track"), (47.5, "on_track"), (47.499, "watch"),
        (30.0, "watch"), (29.999, "behind"),
        (0.0, "behind"), (-0.001, "worse"), (-50.0, "worse"),
    ],
)  # fmt: skip
def test_the_common_rule_turns_at_its_thresholds(value, expected):
    assert status(indicator(), value)[0] == expected
    # What should fall from 100 to 0 is the same upside down.
    assert status(indicator("減少", 100.0, 0.0), 100.0 - value)[0] == expected
    # And so is what lies below zero.
    assert status(indicator("減少", 0.0, -100.0), -value)[0] == expected


def test_a_threshold_is_met_by_decimals_as_written():
    # 0.1 + 0.2 style numbers: of 0.3 in all, 0.1425 is exactly 0.95 of half of it.
    assert status(indicator(target=0.3), 0.1425)[0] == "on_track"
    assert status(indicator(target=0.3), 0.09)[0] == "watch"
    assert status(indicator(baseline=0.1, target=0.4), 0.19)[0] == "watch"


def test_the_arithmetic_is_there():
    pace = decide_status(indicator(baseline=20.0, target=120.0), point(56.0), SEEN).pace
    assert (pace.done, pace.elapsed, pace.ratio) == (
        Fraction(36, 100),
        Fraction(1, 2),
        Fraction(72, 100),
    )
    assert pace.required_per_year == pytest.approx(365.25)
    assert pace.actual_per_year == pytest.approx(36 * 365.25 / 50)


@pytest.mark.parametrize(
    ("change", "number", "expected"),
    [
        ({"baseline": None, "baseline_state": None}, 50.0, ("unset", "no_baseline")),
        ({"baseline_on": None}, 50.0, ("unset", "no_baseline_date")),
        ({"target": None, "target_state": None}, 50.0, ("unset", "no_target")),
        ({"target_fiscal_year": None}, 50.0, ("unset", "no_target_year")),
        ({"target": 0.0, "target_state": "nil"}, 50.0, ("not_applicable", "target_nil")),
        ({"baseline": None, "baseline_state": "unknown"}, 50.0, ("undecidable", "baseline_unknown")),
        ({"target": None, "target_state": "withheld"}, 50.0, ("undecidable", "target_unknown")),
        ({"baseline": 0.0, "baseline_state": "nil"}, 50.0, ("on_track", "pace")),
        ({"target": -1.0}, 50.0, ("undecidable", "wrong_side")),
        ({"better": "減少"}, 50.0, ("undecidable", "wrong_side")),
        ({"baseline_on": TARGET_ON, "target_fiscal_year": 2024}, 50.0, ("undecidable", "only_baseline")),
        ({"target_fiscal_year": 2024}, 50.0, ("undecidable", "target_before_baseline")),
        ({"baseline_on": HALFWAY}, 50.0, ("undecidable", "only_baseline")),
        ({"baseline_on": HALFWAY - timedelta(days=1)}, 100.0, ("achieved", "target_met")),
        ({"rule_text": "おまかせ"}, 50.0, ("undecidable", "rule_unfit")),
        ({"rule_text": " "}, 50.0, ("on_track", "pace")),
    ],
)  # fmt: skip
def test_what_comes_before_any_rule(change, number, expected):
    given_terms = {
        "better": "増加", "baseline": 0.0, "baseline_state": "value", "baseline_on": STARTED,
        "target": 100.0, "target_state": "value", "target_fiscal_year": 2025,
    }  # fmt: skip
    assert status(Indicator(**(given_terms | change)), number) == expected


def test_a_target_of_nil_is_no_way_to_zero():
    one = Indicator(
        better="増加", baseline=2.0, baseline_state="value", baseline_on=STARTED,
        target=0.0, target_state="nil", target_fiscal_year=2025,
    )  # fmt: skip
    assert decide_status(one, point(6.0), SEEN).pace is None


def test_values_that_are_none():
    assert decide_status(indicator(), None, SEEN).reason == "no_value"
    assert decide_status(indicator(), Point(HALFWAY, None, None), SEEN).reason == "conflict"
    for state in ("unknown", "withheld"):
        found = decide_status(indicator(), point(None, state=state), SEEN)
        assert (found.status, found.reason) == ("undecidable", f"value_{state}")
    # `-` is none of it, and counts as 0.
    assert status(indicator("減少", 100.0, 0.0), 0.0)[0] == "achieved"
    assert decide_status(indicator(), point(0.0, state="nil"), SEEN).status == "behind"


def test_the_order_of_decision():
    nothing = Indicator("維持")
    assert decide_status(nothing, None, SEEN, over="merged").reason == "merged"
    assert decide_status(nothing, None, SEEN).status == "unset"
    old = indicator(rhythm_months=1)
    conflict = Point(STARTED - timedelta(days=99), None, None)
    assert decide_status(old, conflict, SEEN).reason == "too_old"
    assert decide_status(indicator("減少"), Point(HALFWAY, None, None), SEEN).reason == "conflict"
    # A rule of its own does not help what cannot be decided.
    assert status(indicator("減少", rule_text="段階 10 20"), 50.0)[1] == "wrong_side"


@pytest.mark.parametrize(
    ("months", "measured_on", "last"),
    [
        (1, date(2026, 1, 31), date(2026, 3, 15)),
        (3, date(2025, 12, 31), date(2026, 5, 15)),
        (6, date(2025, 9, 30), date(2026, 6, 30)),
        (12, date(2025, 3, 31), date(2026, 9, 30)),
        (12, date(2024, 2, 29), date(2025, 8, 29)),
    ],
)
def test_exactly_one_and_a_half_rhythms_and_a_day_more(months, measured_on, last):
    one = Indicator(
        "増加", 0.0, "value", date(2020, 3, 31), 100.0, "value", 2029, rhythm_months=months
    )
    reading = point(100.0, measured_on)
    assert one.unreported_after(measured_on) == last
    assert decide_status(one, reading, last).status == "achieved"
    late = decide_status(one, reading, last + timedelta(days=1))
    assert (late.status, late.reason) == ("unreported", "too_old")
    no_limit = Indicator("増加", 0.0, "value", date(2020, 3, 31), 100.0, "value", 2029)
    assert decide_status(no_limit, reading, date(2029, 1, 1)).status == "achieved"


# The target's day and the three months in which its last report may still come.
@pytest.mark.parametrize(
    ("at", "measured_on", "value", "expected"),
    [
        (TARGET_ON, TARGET_ON, 99.0, ("on_track", "pace")),
        (TARGET_ON + timedelta(days=1), TARGET_ON, 99.0, ("behind", "target_passed")),
        (TARGET_ON + timedelta(days=1), TARGET_ON, 100.0, ("achieved", "target_met")),
        (TARGET_ON + timedelta(days=1), TARGET_ON, -1.0, ("worse", "target_passed")),
        (date(2026, 6, 30), HALFWAY, 50.0, ("on_track", "pace")),
        (date(2026, 7, 1), HALFWAY, 50.0, ("behind", "target_passed")),
        (date(2026, 7, 1), HALFWAY, 100.0, ("achieved", "target_met")),
    ],
)
def test_a_target_year_that_has_passed(at, measured_on, value, expected):
    found = decide_status(indicator(), point(value, measured_on), at)
    assert (found.status, found.reason) == expected


@pytest.mark.parametrize(
    ("better", "value", "expected"),
    [
        ("増加", 5.0, ("achieved", "target_met")),
        ("増加", 6.0, ("achieved", "target_met")),
        ("増加", 4.9, ("worse", "baseline_is_target")),
        ("減少", 5.0, ("achieved", "target_met")),
        ("減少", 4.0, ("achieved", "target_met")),
        ("減少", 5.1, ("worse", "baseline_is_target")),
        ("維持", 5.0, ("achieved", "target_met")),
        ("維持", 5.1, ("undecidable", "no_tolerance")),
    ],
)
def test_a_baseline_equal_to_its_target(better, value, expected):
    assert status(indicator(better, 5.0, 5.0), value) == expected


@pytest.mark.parametrize(
    ("better", "value", "expected"),
    [
        ("維持", 50.0, "achieved"), ("維持", 45.0, "achieved"), ("維持", 55.0, "achieved"),
        ("維持", 55.1, "watch"), ("維持", 44.9, "watch"), ("維持", 40.0, "watch"),
        ("維持", 39.9, "behind"), ("維持", 60.1, "behind"),
        # Beyond the target in the wanted direction is no fault.
        ("増加", 90.0, "achieved"), ("増加", 45.0, "achieved"), ("増加", 44.0, "watch"), ("増加", 39.0, "behind"),
    ],
)  # fmt: skip
def test_a_tolerance_of_its_own(better, value, expected):
    one = indicator(better, 20.0, 50.0, rule_text="許容幅 5")
    found = decide_status(one, point(value), SEEN)
    assert (found.status, found.reason, found.rule) == (expected, "own_rule", "tolerance")


@pytest.mark.parametrize(
    ("better", "rule", "value", "expected"),
    [
        ("増加", "段階 80 60", 100.0, "achieved"),
        ("増加", "段階 80 60", 80.0, "on_track"),
        ("増加", "段階 80 60", 79.9, "watch"),
        ("増加", "段階 80 60", 60.0, "watch"),
        ("増加", "段階 80 60", 59.9, "behind"),
        ("減少", "段階 -1.5 2", -10.0, "achieved"),
        ("減少", "段階 -1.5 2", -1.5, "on_track"),
        ("減少", "段階 -1.5 2", -1.4, "watch"),
        ("減少", "段階　２．０　２", 2.1, "behind"),
        # Steps against the direction, and steps of what should stay.
        ("増加", "段階 60 80", 70.0, "undecidable"),
        ("減少", "段階 2 -1.5", 0.0, "undecidable"),
        ("維持", "段階 80 60", 70.0, "undecidable"),
    ],
)
def test_steps_of_its_own(better, rule, value, expected):
    baseline, target = (50.0, -10.0) if better == "減少" else (0.0, 100.0)
    found = decide_status(indicator(better, baseline, target, rule_text=rule), point(value), SEEN)
    assert found.status == expected


def test_the_day_on_which_a_target_is_met():
    def met(one, number, at=SEEN):
        return when_met(decide_status(one, point(number), at), one.better)

    # 36 of 100 in 50 days: 138.9 days, so the 139th.
    assert met(indicator(), 36.0) == (STARTED + timedelta(days=139), None)
    assert met(indicator(), 50.0) == (TARGET_ON, None)
    assert met(indicator("減少", 100.0, 0.0), 50.0) == (TARGET_ON, None)
    assert met(indicator(), 100.0) == (None, "met")
    assert met(indicator(), 0.0) == (None, "no_progress")
    assert met(indicator(), -1.0) == (None, "no_progress")
    assert met(indicator(), 0.01) == (None, "too_far")
    assert met(indicator("増加", 5.0, 5.0), 4.0) == (None, "no_pace")
    assert met(indicator("維持", 0.0, 50.0, rule_text="許容幅 5"), 40.0) == (None, "no_pace")
    assert met(indicator(rhythm_months=1), 36.0, date(2026, 3, 31)) == (None, "not_judged")
    assert when_met(decide_status(indicator(), None, SEEN), "増加") == (None, "not_judged")


NUMBERS = st.integers(-10_000, 10_000).map(lambda number: number / 4)
TERMS = st.tuples(NUMBERS, NUMBERS, NUMBERS, st.sampled_from(["増加", "減少", "維持"]))


def judged(better, baseline, target, value):
    return status(indicator(better, baseline, target), value)


@given(TERMS, st.sampled_from([0.25, 0.5, 2.0, 8.0, 1024.0]))
def test_a_status_does_not_depend_on_the_unit(terms, factor):
    baseline, target, value, better = terms
    assert judged(better, baseline, target, value) == judged(
        better, baseline * factor, target * factor, value * factor
    )


@given(TERMS)
def test_a_mirrored_direction_gives_the_mirrored_status(terms):
    baseline, target, value, better = terms
    mirrored = {"増加": "減少", "減少": "増加", "維持": "維持"}[better]
    assert judged(better, baseline, target, value) == judged(mirrored, -baseline, -target, -value)


@given(TERMS, NUMBERS)
def test_a_better_value_never_has_a_worse_status(terms, other):
    baseline, target, value, better = terms
    assume(better != "維持")
    order = ["worse", "behind", "watch", "on_track", "achieved"]
    low, high = sorted([value, other])
    if better == "減少":
        low, high = high, low
    first, second = (judged(better, baseline, target, one)[0] for one in (low, high))
    assume(first in order)
    assert order.index(first) <= order.index(second)


@given(TERMS)
def test_the_day_it_is_met_keeps_to_the_pace(terms):
    baseline, target, value, better = terms
    one = indicator(better, baseline, target)
    found = decide_status(one, point(value), SEEN)
    day, _ = when_met(found, better)
    if found.status == "on_track" and day:
        # Within 1 / 0.95 of the time given, and never before the value was measured.
        assert HALFWAY < day <= STARTED + timedelta(days=106)
    if found.status in {"watch", "behind"} and day:
        assert day > TARGET_ON
