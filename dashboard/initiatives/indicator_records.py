"""What the page 取組の進捗状況 reads of indicators, as typed records; nothing here is computed.

The fields of a record are columns of the table it is read from, under the same names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """clean.indicators: what is measured, for which initiative, by whom."""

    indicator_id: str
    indicator_name: str
    initiative_id: str | None
    level: str | None
    unit: str
    better: str
    target_fiscal_year: int | None
    reporting_rhythm: str | None
    definition: str | None
    value_source: str | None
    department_id: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorStatus:
    """evidence.indicator_status: an indicator's status on a day, with its arithmetic."""

    is_current: bool
    seen_on: date
    indicator_id: str
    initiative_id: str | None
    status: str
    reason: str | None
    rule: str | None
    rule_text: str | None
    better: str | None
    baseline_value: float | None
    baseline_state: str | None
    baseline_on: date | None
    target_value: float | None
    target_state: str | None
    target_on: date | None
    target_fiscal_year: int | None
    value: float | None
    value_state: str | None
    measured_on: date | None
    period: str | None
    reported_on: date | None
    previous_value: float | None
    previous_measured_on: date | None
    unreported_after: date | None
    required_per_year: float | None
    actual_per_year: float | None
    pace_ratio: float | None
    done_ratio: float | None
    elapsed_ratio: float | None
    gap: float | None
    met_on: date | None
    met_reason: str | None
    conflicts: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """evidence.indicator_series: a value as it was reported, and what became of it."""

    indicator_id: str
    measured_on: date
    period: str | None
    value: float | None
    value_state: str | None
    reported_on: date | None
    use: str
    source_no: int
    source_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """evidence.indicator_outlook: where an indicator would be at its target date, and how sure."""

    indicator_id: str
    initiative_id: str | None
    method: str | None
    values_used: int | None
    reason: str | None
    drift_per_year: float | None
    horizon_on: date | None
    forecast_at_target: float | None
    low_80: float | None
    high_80: float | None
    low_95: float | None
    high_95: float | None
    clipped: bool | None
    verdict: str | None
    held_back_n: int | None
    held_back_mean_abs_error: float | None
    last_value_mean_abs_error: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastPoint:
    """evidence.indicator_forecast: a day until the target date."""

    indicator_id: str
    at: date
    forecast: float
    low_80: float | None
    high_80: float | None
    low_95: float | None
    high_95: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """evidence.value_conflicts: one of several values for one indicator and date; none is used."""

    indicator_id: str
    measured_on: date
    period: str | None
    value: float | None
    value_state: str | None
    reported_on: date | None
    source_no: int
    source_line: int
