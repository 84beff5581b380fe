"""Grades and refusals at their thresholds, on the ward's scale."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.evidence.effect.did import estimate_group_times
from pipelines.evidence.effect.estimate import Refusal, estimate
from pipelines.evidence.effect.grade import Graded, grade_comparison, grade_series
from pipelines.evidence.effect.its import fit_interrupted
from pipelines.evidence.effect.panel import NEVER, Panel
from pipelines.evidence.effect.placebo import Lots, deal_in_place
from pipelines.evidence.effect.trend import TrendTest, compare_trends
from pipelines.ward import load_ward


def trends(p_value):
    return TrendTest(3, 1.0, (3, 12.0), p_value, estimate(0.0, 0.1, 12))


GOOD = {
    "months_before": 12,
    "months_after": 12,
    "streets": (5, 5),
    "trends": trends(0.05),
    "overall": estimate(8.0, 2.0, 10),
    "lots": Lots(999, 10),
}


def test_just_enough_is_level_3():
    assert grade_comparison(**GOOD) == Graded("C", "up")
    assert grade_comparison(**GOOD | {"overall": estimate(-8.0, 2.0, 10)}) == Graded("C", "down")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"months_before": 11}, Refusal("too_few_months_before", 11, 12)),
        ({"months_after": 8}, Refusal("too_few_months_after", 8, 12)),
        ({"streets": (4, 30)}, Refusal("too_few_streets_with", 4, 5)),
        ({"streets": (30, 4)}, Refusal("too_few_streets_without", 4, 5)),
        ({"trends": None}, Refusal("trend_before_untested")),
        ({"trends": trends(0.049)}, Refusal("trends_before_differ", 0.049)),
        ({"overall": None}, Refusal("no_comparison")),
        ({"overall": estimate(8.0, None, None)}, Refusal("no_variation")),
    ],
)
def test_one_thing_missing_is_enough_to_say_nothing(change, refusal):
    assert grade_comparison(**GOOD | change) == Graded(None, None, (refusal,))


def test_every_reason_is_given():
    found = grade_comparison(
        months_before=0, months_after=0, streets=(0, 0), trends=None, overall=None, lots=None
    )
    assert [one.reason for one in found.refusals] == [
        "too_few_months_before", "too_few_months_after", "too_few_streets_with",
        "too_few_streets_without", "trend_before_untested", "no_comparison",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("overall", "lots", "finding"),
    [
        (estimate(1.0, 2.0, 10), Lots(999, 10), "open"),
        (estimate(1.0, 2.0, 10), None, "open"),
        (estimate(8.0, 2.0, 10), Lots(999, 48), "up"),
        (estimate(8.0, 2.0, 10), Lots(999, 49), "placebo_differs"),
        (estimate(8.0, 2.0, 10), None, "placebo_differs"),
    ],
)
def test_what_is_found(overall, lots, finding):
    assert grade_comparison(**GOOD | {"overall": overall, "lots": lots}) == Graded("C", finding)


def test_one_series_is_level_2_from_twelve_months_on():
    months = np.arange(24, dtype=np.int32)
    noise = np.random.default_rng(2).normal(size=24)
    for step, finding in ((20, "up"), (-20, "down"), (0, "open")):
        series = fit_interrupted(months, noise + step * (months >= 12), 12)
        assert grade_series(series) == Graded("D", finding)
    eleven = fit_interrupted(months[1:], noise[1:], 12)
    assert grade_series(eleven).refusals == (Refusal("too_few_months_before", 11, 12),)
    # Four carry a line, three do not: the number that is asked for is the same.
    for start in (16, 21):
        refused = grade_series(fit_interrupted(months, noise, start))
        assert refused == Graded(None, None, (Refusal("too_few_months_after", 24 - start, 12),))


def test_a_series_without_variation_has_no_grade():
    months = np.arange(24, dtype=np.int32)
    found = grade_series(fit_interrupted(months, np.full(24, 5.0), 12))
    assert found == Graded(None, None, (Refusal("no_variation"),))


def test_the_letters_are_those_of_the_ward(repository):
    scale = {
        one.letter: one
        for one in load_ward(repository / "data" / "ward.toml").evaluation.evidence_grades
    }
    assert "level 3" in scale["C"].name_en
    assert "level 2" in scale["D"].name_en


@pytest.mark.parametrize(("planted", "finding"), [(8.0, "up"), (0.0, "open")])
def test_the_whole_way(planted, finding):
    rng = np.random.default_rng(131148)
    months = np.arange(36, dtype=np.int32)
    starts = np.array([17, 18, 19] * 2 + [NEVER] * 8, dtype=np.int32)
    values = rng.uniform(20, 60, (14, 1)) + 0.2 * months + 2 * rng.normal(size=(14, 36))
    values += planted * (months[None, :] >= starts[:, None])
    panel = Panel(months, values, starts)
    found = estimate_group_times(panel)
    overall = found.overall()
    graded = grade_comparison(
        months_before=panel.months_before,
        months_after=panel.months_after,
        streets=overall.streets,
        trends=compare_trends(found),
        overall=overall.estimate(),
        lots=deal_in_place(panel, "never", seed=1, draws=199),
    )
    assert graded == Graded("C", finding)
    assert overall.estimate().low <= planted <= overall.estimate().high
