"""How surely a finding is known: its grade on the Maryland Scientific Methods Scale, or why it has none.

Letters are those of data/ward.toml (`evaluation.evidence_grades`): A to E are levels 5 to 1 of Sherman
et al. (1998). What is reached here: C (level 3), before and after against streets without the
subsidy that ran alike before; D (level 2), before and after in one series. A (by lot) and B (other
factors controlled) are never given: nobody drew lots, and nothing else is controlled.

Numbers needed:
- Twelve months on either side: fewer do not hold every month of a year, and cannot show whether a line
  with AR(1) errors fits. Turner et al. (2021) found intervals too narrow in short series for all
  methods they tried; those here held on processes that follow the model, which is no comfort where
  nobody can see whether they do. Twelve a side is this project's choice.
- Five streets on either side. Errors clustered by street fail with few streets on one side, however
  many on the other (MacKinnon & Webb 2017 Journal of Applied Econometrics 32, 233–254); Cameron &
  Miller 2015 Journal of Human Resources 50, 317–372 say that there is no clear number. Here two
  against ten gave 6 to 11 % false alarms for 5 %, and the test of the months before rejected 18 to
  43 % (docs/methods_cashless.ja.md). Three and four held 5 % on processes that we made, but leave 20
  and 70 ways to deal one start out, coarse for the placebo in place; five leave 252. Five is this
  project's choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pipelines.evidence.effect.estimate import Refusal
from pipelines.evidence.effect.its import Interrupted

if TYPE_CHECKING:
    from pipelines.evidence.effect.estimate import Estimate
    from pipelines.evidence.effect.placebo import Lots
    from pipelines.evidence.effect.trend import TrendTest

LEAST_MONTHS: Final = 12
LEAST_STREETS: Final = 5
LOTS_BELOW: Final = 0.05

Letter = Literal["C", "D"]
Finding = Literal["up", "down", "open", "placebo_differs"]
"""The interval lies above zero, below it, on both sides; or it excludes zero and lots do not bear it out."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A finding with its letter, or with the reasons why it has none (then it says nothing)."""

    letter: Letter | None
    finding: Finding | None
    refusals: tuple[Refusal, ...] = ()


def grade_comparison(
    *,
    months_before: int,
    months_after: int,
    streets: tuple[int, int],
    trends: TrendTest | None,
    overall: Estimate | None,
    lots: Lots | None,
) -> Graded:
    """Grade a difference-in-differences.

    Args:
        months_before: Of the street with the fewest (`Panel.months_before`).
        months_after: The same.
        streets: With and without the subsidy (`Average.streets`).
        trends: The test of the months before, None where there could be none.
        overall: The estimate, None where there is none.
        lots: The placebo in place, None where it was not drawn: then no finding is borne out.
    """
    refusals = [
        *_few_months(months_before, months_after),
        *_few("too_few_streets_with", streets[0], LEAST_STREETS),
        *_few("too_few_streets_without", streets[1], LEAST_STREETS),
    ]
    if trends is None:
        refusals.append(Refusal("trend_before_untested"))
    elif not trends.passed:
        refusals.append(Refusal("trends_before_differ", trends.p_value))
    if overall is None:
        refusals.append(Refusal("no_comparison"))
    elif overall.std_error is None and min(streets) > 1:
        # One street on a side has no spread either, and is refused for its number.
        refusals.append(Refusal("no_variation"))
    if refusals or overall is None:
        return Graded(None, None, tuple(refusals))
    finding = _direction(overall)
    if finding != "open" and (lots is None or lots.p_value >= LOTS_BELOW):
        finding = "placebo_differs"
    return Graded("C", finding)


def grade_series(found: Interrupted | tuple[Refusal, ...]) -> Graded:
    """Grade an interrupted time series by itself, by its change of level."""
    if not isinstance(found, Interrupted):
        few = {"too_few_months_before", "too_few_months_after"}
        return Graded(
            None,
            None,
            tuple(
                Refusal(one.reason, one.found, LEAST_MONTHS) if one.reason in few else one
                for one in found
            ),
        )
    refusals = _few_months(found.months_before, found.months_after)
    if refusals:
        return Graded(None, None, tuple(refusals))
    return Graded("D", _direction(found.level))


def _few_months(before: int, after: int) -> list[Refusal]:
    return [
        *_few("too_few_months_before", before, LEAST_MONTHS),
        *_few("too_few_months_after", after, LEAST_MONTHS),
    ]


def _few(
    reason: Literal[
        "too_few_months_before",
        "too_few_months_after",
        "too_few_streets_with",
        "too_few_streets_without",
    ],
    found: int,
    needed: int,
) -> list[Refusal]:
    return [Refusal(reason, found, needed)] if found < needed else []


def _direction(found: Estimate) -> Finding:
    if not found.excludes_zero:
        return "open"
    return "up" if found.value > 0 else "down"
