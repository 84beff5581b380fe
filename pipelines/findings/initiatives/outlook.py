"""evidence.indicator_outlook and indicator_forecast: will the target be met at this pace?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from pipelines.evidence.progress.dates import add_months, period_end
from pipelines.evidence.progress.outlook import (
    LARGEST,
    LEAST_VALUES,
    METHOD,
    Fit,
    Forecast,
    Interval,
    bounds_of,
    fit_walk,
    give_verdict,
    hold_back,
)
from pipelines.evidence.progress.rules import Tolerance, read_rule
from pipelines.evidence.progress.series import numbers_alike
from pipelines.findings.initiatives.columns import INDICATOR_FORECAST, INDICATOR_OUTLOOK
from pipelines.findings.table import write_finding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geo.arrays import FloatArray
    from pipelines.evidence.progress.dates import Precision
    from pipelines.evidence.progress.indicator import Indicator
    from pipelines.findings.initiatives.indicators import Indicators
    from pipelines.findings.initiatives.reading import Row, Scene

_OFTEN: Final = 6
"""Indicators reported at least every so many months are drawn by quarter, others by year."""
Bounds = tuple[float, float] | None


def write_outlook(scene: Scene, found: Indicators) -> dict[str, Row]:
    """Write both tables; gives the rows of indicator_outlook by indicator."""
    outlooks: dict[str, Row] = {}
    steps: list[Row] = []
    for one, indicator in found.indicators.items():
        row = found.rows[one]
        judged = found.judged[scene.as_of][one]
        points = numbers_alike(judged.points)
        days = np.array([point.measured_on.toordinal() for point in points], dtype=float)
        values = np.array([point.number for point in points], dtype=float)
        outlook: Row = {"indicator_id": one, "initiative_id": row["initiative_id"]}
        outlook |= {"values_used": len(points), "horizon_on": indicator.target_on}
        last_on = points[-1].measured_on if points else None
        reason = _reason(judged.decision.status, values, indicator.target_on, last_on)
        outlook["reason"] = reason
        outlooks[one] = outlook
        if reason is not None or last_on is None or indicator.target_on is None:
            continue
        fit, bounds = fit_walk(days, values), _bounds(row, indicator, values)
        outlook["first_on"], outlook["last_on"] = points[0].measured_on, last_on
        outlook |= _outlook(fit, bounds, indicator, (indicator.target_on - last_on).days)
        outlook |= _held_back(days, values)
        often = (indicator.rhythm_months or 12) <= _OFTEN
        for at in list_steps(last_on, indicator.target_on, months=3 if often else 12):
            forecast = fit.ahead((at - last_on).days, bounds)
            steps.append(
                {"indicator_id": one, "at": at, "forecast": forecast.value} | _ends(forecast)
            )
    write_finding(scene.connection, "indicator_outlook", list(outlooks.values()), INDICATOR_OUTLOOK)
    write_finding(scene.connection, "indicator_forecast", steps, INDICATOR_FORECAST)
    return outlooks


def list_steps(last_on: date, target_on: date, *, months: int) -> list[date]:
    """The ends of quarters (3) or fiscal years (12) after the last value, up to the target's date."""
    precision: Precision = "四半期" if months == 3 else "年度"  # noqa: PLR2004 - a quarter
    found = []
    at = period_end(last_on, precision)
    while at < target_on:
        if at > last_on:
            found.append(at)
        at = period_end(add_months(at, months), precision)
    return [*found, target_on]


def _reason(
    status: str, values: FloatArray, target_on: date | None, last_on: date | None
) -> str | None:
    """Why there is no forecast, or None."""
    if status == "not_applicable":
        return "not_applicable"
    if status == "unset" or target_on is None:
        return "unset"
    if values.size < LEAST_VALUES:
        return "too_few"
    # A target that cannot be judged by what is known cannot be met or missed either.
    if status in {"undecidable", "unreported"}:
        return status
    if last_on is None or target_on <= last_on:
        return "target_passed"
    return "too_large" if np.abs(values).max() > LARGEST else None


def _bounds(row: Row, indicator: Indicator, values: FloatArray) -> Bounds:
    laid_down = [one for one in (indicator.baseline, indicator.target) if one is not None]
    return bounds_of(row["unit"], np.concatenate([values, laid_down]))


def _outlook(fit: Fit, bounds: Bounds, indicator: Indicator, days: int) -> dict[str, Any]:
    forecast = fit.ahead(days, bounds)
    return {
        "method": METHOD,
        "reason": "no_variation" if forecast.interval_80 is None else None,
        "last_value": fit.last_value,
        "drift_per_year": fit.drift_per_year,
        "forecast_at_target": forecast.value,
        "clipped": forecast.clipped,
        "verdict": _verdict(forecast, indicator),
        **_ends(forecast),
    }


def _verdict(forecast: Forecast, indicator: Indicator) -> str | None:
    if indicator.target is None:
        return None
    try:
        rule = read_rule(indicator.rule_text)
    except ValueError:
        return None
    width = float(rule.width) if isinstance(rule, Tolerance) else None
    return give_verdict(forecast.interval_80, indicator.target, indicator.better, width)


def _held_back(days: FloatArray, values: FloatArray) -> dict[str, Any]:
    held = hold_back(days, values)
    return {
        "held_back_n": held.number,
        "held_back_mean_abs_error": held.mean_abs_error,
        "last_value_mean_abs_error": held.last_value_mean_abs_error,
    }


def _ends(forecast: Forecast) -> dict[str, Any]:
    intervals: Mapping[int, Interval | None] = {
        80: forecast.interval_80,
        95: forecast.interval_95,
    }
    return {
        f"{name}_{level}": getattr(interval, name) if interval else None
        for level, interval in intervals.items()
        for name in ("low", "high")
    }
