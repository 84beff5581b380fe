"""The status of an indicator by rule, with its reason and arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pipelines.evidence.progress.dates import add_half_months, add_months, fiscal_year_end
from pipelines.evidence.progress.pace import ON_TRACK, WATCH, Pace, exact
from pipelines.evidence.progress.rules import LESS, MORE, STEADY, meets, read_rule

if TYPE_CHECKING:
    from datetime import date

    from pipelines.evidence.progress.rules import Direction, Judged, Rule
    from pipelines.evidence.progress.series import Point

Status = Literal[
    "achieved", "on_track", "watch", "behind", "worse",
    "unreported", "unset", "not_applicable", "undecidable",
]  # fmt: skip
JUDGED: Final[tuple[Judged, ...]] = ("achieved", "on_track", "watch", "behind", "worse")
"""The best first."""
RHYTHM_MONTHS: Final = {"毎月": 1, "四半期": 3, "半年": 6, "毎年": 12}
"""How many months lie between two values; any other rhythm has no next date."""
STALE_RHYTHMS_IN_HALVES: Final = 3
"""A value older than three halves of its rhythm is no more a report."""
_NO_NUMBER: Final = frozenset({"unknown", "withheld"})


@dataclass(frozen=True, slots=True)
class Indicator:
    """What its department has laid down of an indicator."""

    better: Direction
    baseline: float | None = None
    baseline_state: str | None = None
    baseline_on: date | None = None
    target: float | None = None
    target_state: str | None = None
    target_fiscal_year: int | None = None
    rhythm_months: int | None = None
    """None: no limit."""
    rule_text: str | None = None

    @property
    def target_on(self) -> date | None:
        """The last day of the target's fiscal year."""
        year = self.target_fiscal_year
        return None if year is None else fiscal_year_end(year)

    def unreported_after(self, measured_on: date) -> date | None:
        """The last day on which a value measured then still counts."""
        if self.rhythm_months is None:
            return None
        return add_half_months(measured_on, STALE_RHYTHMS_IN_HALVES * self.rhythm_months)


@dataclass(frozen=True, slots=True)
class Decision:
    """A status, the code of its reason, by which rule, and the sum behind it."""

    status: Status
    reason: str
    rule: Literal["pace", "tolerance", "steps"] = "pace"
    pace: Pace | None = None


def decide_status(
    indicator: Indicator,
    point: Point | None,
    at: date,
    *,
    over: str | None = None,
    report_due_months: int = 3,
) -> Decision:
    """The status at a date, from the newest point known then.

    `over`: why the initiative is no more one of its own then (`ended`, `merged`), or None. The order
    of decision is that of docs/methods_initiatives.ja.md. A target's date counts as passed once a
    value of that day or later is there, or `report_due_months` later without one.
    """
    own = _own_rule(indicator)
    name = own.name if own else "pace"
    pace = _pace(indicator, point)
    if apart := _set_apart(indicator, point, at, over):
        return Decision(*apart, name, pace)
    if pace is None:
        raise AssertionError("a value that can be judged has a sum")
    if own:
        status: Judged = own.judge(pace.value, pace.target, indicator.better)
        return Decision(status, "own_rule", own.name, pace)
    due = add_months(pace.target_on, report_due_months)
    passed = at > pace.target_on and (pace.measured_on >= pace.target_on or at > due)
    return Decision(*judge_pace(pace, indicator.better, passed=passed), "pace", pace)


def when_met(decision: Decision, better: Direction) -> tuple[date | None, str | None]:
    """The day on which the target is met at the pace so far, or why none can be given."""
    pace = decision.pace
    if decision.status not in JUDGED or pace is None:
        return None, "not_judged"
    if decision.status == "achieved":
        return None, "met"
    if better == STEADY or pace.ratio is None:
        return None, "no_pace"
    if pace.ratio <= 0:
        return None, "no_progress"
    day = pace.meets_on()
    return day, None if day else "too_far"


def judge_pace(pace: Pace, better: Direction, *, passed: bool) -> tuple[Judged, str]:
    """The common rule: 達成 whatever the pace, else by the ratio, 目標より遅れ at best once passed."""
    if meets(pace.value, pace.target, better):
        return "achieved", "target_met"
    ratio = pace.ratio
    if ratio is None:
        return "worse", "baseline_is_target"
    if ratio < 0:
        return "worse", "target_passed" if passed else "pace"
    if passed:
        return "behind", "target_passed"
    if ratio >= ON_TRACK:
        return "on_track", "pace"
    return ("watch" if ratio >= WATCH else "behind"), "pace"


def _set_apart(
    indicator: Indicator, point: Point | None, at: date, over: str | None
) -> tuple[Status, str] | None:
    """What comes before any judgement, in its order."""
    if over:
        return "not_applicable", over
    if indicator.target_state == "nil":
        return "not_applicable", "target_nil"
    if reason := _unset(indicator):
        return "unset", reason
    if point is None:
        return "unreported", "no_value"
    last = indicator.unreported_after(point.measured_on)
    if last is not None and at > last:
        return "unreported", "too_old"
    reason = _doubt_value(point) or _doubt_terms(indicator, point) or _doubt_rule(indicator, point)
    return ("undecidable", reason) if reason else None


def _unset(indicator: Indicator) -> str | None:
    if indicator.baseline is None and indicator.baseline_state not in _NO_NUMBER:
        return "no_baseline"
    if indicator.baseline_on is None:
        return "no_baseline_date"
    if indicator.target is None and indicator.target_state not in _NO_NUMBER:
        return "no_target"
    return "no_target_year" if indicator.target_fiscal_year is None else None


def _doubt_value(point: Point) -> str | None:
    if point.used is None:
        return "conflict"
    if point.used.value is None:
        return "value_withheld" if point.used.state == "withheld" else "value_unknown"
    return None


def _doubt_terms(indicator: Indicator, point: Point) -> str | None:
    if indicator.baseline is None or indicator.target is None:
        return "baseline_unknown" if indicator.baseline is None else "target_unknown"
    started, target_on = indicator.baseline_on, indicator.target_on
    if started is None or point.measured_on <= started:
        return "only_baseline"
    way = exact(indicator.target) - exact(indicator.baseline)
    if (indicator.better == MORE and way < 0) or (indicator.better == LESS and way > 0):
        return "wrong_side"
    return "target_before_baseline" if target_on is None or target_on <= started else None


def _doubt_rule(indicator: Indicator, point: Point) -> str | None:
    own = _own_rule(indicator)
    if own is None and (indicator.rule_text or "").strip():
        return "rule_unfit"
    if own is not None:
        return None if own.fits(indicator.better) else "rule_unfit"
    steady = indicator.better == STEADY
    return "no_tolerance" if steady and point.number != indicator.target else None


def _own_rule(indicator: Indicator) -> Rule | None:
    try:
        return read_rule(indicator.rule_text)
    except ValueError:
        return None


def _pace(indicator: Indicator, point: Point | None) -> Pace | None:
    """The sum, wherever all its parts are known and in their order of time."""
    baseline, target = indicator.baseline, indicator.target
    started, target_on = indicator.baseline_on, indicator.target_on
    # A target of `-` says that none is meant; there is no way to 0.
    if indicator.target_state == "nil":
        return None
    number = point.number if point else None
    if point is None or number is None or baseline is None or target is None:
        return None
    if started is None or target_on is None or not started < min(target_on, point.measured_on):
        return None
    return Pace(
        exact(baseline), started, exact(target), target_on, exact(number), point.measured_on
    )
