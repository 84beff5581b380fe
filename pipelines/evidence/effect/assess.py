"""The whole way from the streets' series to a graded finding, in the one order it is meant to go.

Where the grade is refused nothing of the months after the start is handed out, so that no page can
show what the data do not bear; the months before are, because they say why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.evidence.effect.clustered import simultaneous_factor
from pipelines.evidence.effect.did import estimate_group_times
from pipelines.evidence.effect.grade import Graded, grade_comparison, grade_series
from pipelines.evidence.effect.its import Interrupted, fit_interrupted
from pipelines.evidence.effect.panel import Balanced, balance
from pipelines.evidence.effect.placebo import DRAWS, Lots, deal_in_place, shift_in_time
from pipelines.evidence.effect.trend import TrendTest, compare_trends

if TYPE_CHECKING:
    from geo.arrays import FloatArray, IndexArray
    from pipelines.evidence.effect.clustered import Average
    from pipelines.evidence.effect.did import Comparison, GroupTimes
    from pipelines.evidence.effect.estimate import Estimate
    from pipelines.evidence.effect.panel import Panel


@dataclass(frozen=True, slots=True)
class Event:
    """The difference so many months after the start (before it: negative)."""

    months_since: int
    streets: int
    """Streets with the subsidy that reach this month; they are not the same in every one."""
    estimate: Estimate
    """Zero without an interval in the last month before the start, which is the base."""


@dataclass(frozen=True, slots=True)
class StreetsAssessed:
    """What a comparison of streets says; `graded` says whether it says anything."""

    balanced: Balanced
    streets: tuple[int, int]
    """Compared: with and without the subsidy."""
    graded: Graded
    overall: Estimate | None
    """None where the grade is refused."""
    events: tuple[Event, ...]
    """In order; only those before the start where the grade is refused."""
    band_errors: float | None
    """So many standard errors make a band that holds all events at once with 95 %."""
    trends: TrendTest | None
    earlier: Estimate | None
    """Placebo in time: half of the months before the start earlier."""
    lots: Lots | None


@dataclass(frozen=True, slots=True)
class SeriesAssessed:
    """What one series says; `fit` is None where the grade is refused."""

    graded: Graded
    fit: Interrupted | None


def assess_streets(
    months: IndexArray,
    values: FloatArray,
    starts: IndexArray,
    *,
    comparison: Comparison = "never",
    seed: int,
    draws: int = DRAWS,
) -> StreetsAssessed:
    """Compare streets by month (streets × months, NaN missing) with their starts (NEVER without)."""
    balanced = balance(months, values, starts)
    panel = balanced.panel
    found = estimate_group_times(panel, comparison)
    average = found.overall() if found else None
    overall = average.estimate() if average else None
    trends = compare_trends(found) if found else None
    streets = _sides(panel, average)

    def graded_with(lots: Lots | None) -> Graded:
        return grade_comparison(
            months_before=panel.months_before,
            months_after=panel.months_after,
            streets=streets,
            trends=trends,
            overall=overall,
            lots=lots,
        )

    borne = graded_with(None).letter is not None
    lots = deal_in_place(panel, comparison, seed, draws) if borne else None
    events = [one for one in (_events(found) if found else ()) if borne or one[0].months_since < 0]
    return StreetsAssessed(
        balanced=balanced,
        streets=streets,
        graded=graded_with(lots),
        overall=overall if borne else None,
        events=tuple(event for event, _ in events),
        band_errors=simultaneous_factor(
            [one for event, one in events if event.estimate.std_error is not None], seed
        ),
        trends=trends,
        earlier=shift_in_time(panel, panel.months_before // 2, comparison) if borne else None,
        lots=lots,
    )


def assess_series(months: IndexArray, values: FloatArray, start: int) -> SeriesAssessed:
    """Fit and grade one series by itself (n months, NaN missing)."""
    found = fit_interrupted(months, values, start)
    graded = grade_series(found)
    if graded.letter is None or not isinstance(found, Interrupted):
        return SeriesAssessed(graded, None)
    return SeriesAssessed(graded, found)


def _sides(panel: Panel, average: Average | None) -> tuple[int, int]:
    """Streets on either side of the average; without one, the streets that are there."""
    if average:
        return average.streets
    with_it = int(panel.treated.sum())
    return with_it, int(panel.starts.size) - with_it


def _events(found: GroupTimes) -> list[tuple[Event, Average]]:
    numbers = range(int(found.event.min()), int(found.event.max()) + 1)
    averages = [(number, found.at_event(number)) for number in numbers]
    return [(Event(number, one.streets[0], one.estimate()), one) for number, one in averages if one]
