"""evidence.indicator_series, value_conflicts and indicator_status."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pipelines.evidence.progress.indicator import (
    RHYTHM_MONTHS,
    Decision,
    Indicator,
    decide_status,
    when_met,
)
from pipelines.evidence.progress.pace import rounded
from pipelines.evidence.progress.series import (
    Point,
    Use,
    Value,
    count_conflicts,
    hold_points,
    numbers_alike,
    sort_uses,
)
from pipelines.findings.initiatives.columns import (
    INDICATOR_SERIES,
    INDICATOR_STATUS,
    VALUE_CONFLICTS,
)
from pipelines.findings.table import write_finding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pipelines.findings.initiatives.plan import Plan
    from pipelines.findings.initiatives.reading import Row, Scene

_INDICATORS: Final = "SELECT * FROM clean.indicators ORDER BY indicator_id"
_VALUES: Final = """
    SELECT
        indicator_id, value_id, measured_on, period, measured_value AS value,
        measured_value_state AS state, reported_on, source_no, source_line
    FROM clean.indicator_values
    ORDER BY indicator_id, value_id
"""


@dataclass(frozen=True)
class Judged:
    """An indicator as seen on a date."""

    uses: tuple[tuple[Value, Use], ...]
    points: tuple[Point, ...]
    decision: Decision

    @property
    def newest(self) -> Point | None:
        """The newest time known."""
        return self.points[-1] if self.points else None


@dataclass(frozen=True)
class Indicators:
    """Every indicator, and how it stands on each date."""

    rows: Mapping[str, Row]
    indicators: Mapping[str, Indicator]
    judged: Mapping[date, Mapping[str, Judged]]


def write_indicators(scene: Scene, plan: Plan) -> Indicators:
    """Write the three tables; every row of clean.indicator_values appears in indicator_series."""
    rows = {row["indicator_id"]: row for row in scene.rows(_INDICATORS)}
    values: defaultdict[str, list[Value]] = defaultdict(list)
    for row in scene.rows(_VALUES):
        values[row.pop("indicator_id")].append(Value(**row))
    indicators = {one: _read(row) for one, row in rows.items()}
    judged = {
        at: {
            one: _judge(scene, plan, rows[one], indicator, values[one], at)
            for one, indicator in indicators.items()
        }
        for at in scene.dates
    }
    found = Indicators(rows, indicators, judged)
    uses = [
        {"indicator_id": one, "value_state": value.state, "use": use} | _plain(value)
        for one in sorted(values)
        for value, use in sort_uses(values[one], scene.as_of)
    ]
    conflicts = [row for row in uses if row["use"] == "conflict"]
    write_finding(scene.connection, "indicator_series", uses, INDICATOR_SERIES)
    write_finding(scene.connection, "value_conflicts", conflicts, VALUE_CONFLICTS)
    write_finding(
        scene.connection, "indicator_status", _status_rows(scene, found), INDICATOR_STATUS
    )
    return found


def _read(row: Row) -> Indicator:
    return Indicator(
        better=row["better"],
        baseline=row["baseline_value"],
        baseline_state=row["baseline_value_state"],
        baseline_on=row["baseline_on"],
        target=row["target_value"],
        target_state=row["target_value_state"],
        target_fiscal_year=row["target_fiscal_year"],
        rhythm_months=RHYTHM_MONTHS.get(row["reporting_rhythm"] or ""),
        rule_text=row["status_rule"],
    )


def _judge(
    scene: Scene, plan: Plan, row: Row, indicator: Indicator, values: list[Value], at: date
) -> Judged:
    uses = tuple(sort_uses(values, at))
    points = tuple(hold_points(uses))
    over = plan.over(row["initiative_id"], at)
    decision = decide_status(
        indicator,
        points[-1] if points else None,
        at,
        over=over.reason if over else None,
        report_due_months=scene.evaluation.report_due_months,
    )
    return Judged(uses, points, decision)


def _plain(value: Value) -> dict[str, Any]:
    names = (
        "value_id",
        "measured_on",
        "period",
        "value",
        "reported_on",
        "source_no",
        "source_line",
    )
    return {name: getattr(value, name) for name in names}


def _status_rows(scene: Scene, found: Indicators) -> list[Row]:
    return [
        {"seen_on": at, "is_current": at == scene.as_of, "indicator_id": one}
        | {"initiative_id": found.rows[one]["initiative_id"], "rule_text": indicator.rule_text}
        | _terms(indicator)
        | _value(found.judged[at][one], indicator)
        | _decision(found.judged[at][one].decision, indicator)
        for at in scene.dates
        for one, indicator in found.indicators.items()
    ]


def _terms(indicator: Indicator) -> dict[str, Any]:
    return {
        "better": indicator.better,
        "baseline_value": indicator.baseline,
        "baseline_state": indicator.baseline_state,
        "baseline_on": indicator.baseline_on,
        # A target of `-` is none, not 0; the state says so.
        "target_value": None if indicator.target_state == "nil" else indicator.target,
        "target_state": indicator.target_state,
        "target_on": indicator.target_on,
        "target_fiscal_year": indicator.target_fiscal_year,
    }


def _value(judged: Judged, indicator: Indicator) -> dict[str, Any]:
    newest = judged.newest
    if newest is None:
        return {"conflicts": 0}
    alike = numbers_alike(judged.points)
    before = [point for point in alike if point.measured_on < newest.measured_on]
    found: dict[str, Any] = {
        "measured_on": newest.measured_on,
        "period": newest.period,
        "unreported_after": indicator.unreported_after(newest.measured_on),
        "conflicts": count_conflicts(judged.uses),
    }
    if before:
        found["previous_value"] = before[-1].number
        found["previous_measured_on"] = before[-1].measured_on
    if newest.used:
        found |= _plain(newest.used) | {"value_state": newest.used.state}
    return found


def _decision(decision: Decision, indicator: Indicator) -> dict[str, Any]:
    met_on, met_reason = when_met(decision, indicator.better)
    found = {
        "status": decision.status,
        "reason": decision.reason,
        "rule": decision.rule,
        "met_on": met_on,
        "met_reason": met_reason,
    }
    pace = decision.pace
    if pace is None:
        return found
    return found | {
        "required_per_year": pace.required_per_year,
        "actual_per_year": pace.actual_per_year,
        "pace_ratio": rounded(pace.ratio),
        "done_ratio": rounded(pace.done),
        "elapsed_ratio": rounded(pace.elapsed),
        "gap": rounded(pace.target - pace.value),
    }
