"""An indicator over time: values, the target, the pace it needs, where it may go, what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.events import LABEL_PX, draw_event
from dashboard.charts.figure import BLUE, INK, PALE, SOFT, figure, plain
from pipelines.words import date_text, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from plotly.graph_objects import Figure

    from dashboard.initiatives.indicator_records import ForecastPoint, IndicatorStatus, Value
    from dashboard.initiatives.records import Event
    from dashboard.translation import Translate

_HEIGHT_PX: Final = 300
_PALER: Final = "#F4F8FF"
_MOST_DECIMALS: Final = 2
_LONGEST_UNIT: Final = 24
"""A longer unit would leave no room for the chart."""


def indicator_chart(
    values: Sequence[Value],
    status: IndicatorStatus,
    forecast: Sequence[ForecastPoint],
    events: Sequence[Event],
    *,
    unit: str,
    lang: str,
    _: Translate,
) -> Figure:
    """The values in use as a line that breaks where there is no number; corrected and contested ones hollow, beside it.

    The target is a dashed line at its value, the required pace a dotted one from baseline to
    target, the forecast bands of 80 % and 95 %. The y axis need not begin at zero and says so.
    """
    in_use = [one for one in values if one.use == "used"]
    used = [one for one in in_use if _is_number(one)]
    others = {
        use: [one for one in values if one.use == use and _is_number(one)]
        for use in ("corrected", "conflict", "future")
    }
    traces = [
        *_bands(used[-1] if used else None, forecast, _),
        *_pace(status, _),
        *_target(status, used, lang, _),
        *([_line(in_use, lang, _)] if used else []),
        *(_hollow(use, listed, lang, _) for use, listed in others.items() if listed),
    ]
    days = [*_days(values, forecast, status)]
    within = [event for event in events if days and min(days) <= event.happened_on <= max(days)]
    title = _("{unit}（0から始まらない）") if _far_from_zero(values, status) else "{unit}"
    drawn = figure(
        traces,
        height_px=_HEIGHT_PX + LABEL_PX * len(within),
        x={"type": "date", "tickformat": "%Y-%m"},
        y={
            "title": {"text": title.format(unit=plain(unit[:_LONGEST_UNIT]))},
            "rangemode": "normal",
        },
    )
    drawn.update_layout(
        margin_t=24 + LABEL_PX * len(within),
        showlegend=True,
        legend={"x": 0, "y": -0.16, "yanchor": "top", "font": {"size": 12}},
    )
    if not _far_from_zero(values, status):
        drawn.update_yaxes(rangemode="tozero")
    for at, event in enumerate(within):
        draw_event(drawn, event.event_name, event.happened_on, at)
    return drawn


def decimals_of(values: Iterable[float | None]) -> int:
    """How many decimals show all of some values, two at most."""
    known = [value for value in values if value is not None]
    for decimals in range(_MOST_DECIMALS):
        if all(round(value, decimals) == round(value, 6) for value in known):
            return decimals
    return _MOST_DECIMALS


def _line(used: Sequence[Value], lang: str, _: Translate) -> dict[str, Any]:
    return _points(used, _("実績値"), lang) | {
        "mode": "lines+markers",
        "connectgaps": False,
        "line": {"color": BLUE, "width": 2.5},
        "marker": {"size": 8, "color": BLUE},
    }


def _hollow(use: str, listed: Sequence[Value], lang: str, _: Translate) -> dict[str, Any]:
    names = {
        "corrected": _("訂正前の値"),
        "conflict": _("食い違う値（使わない）"),
        "future": _("版の時点より後に届いた値"),
    }
    symbols = {"corrected": "circle-open", "conflict": "x-open", "future": "diamond-open"}
    return _points(listed, names[use], lang) | {
        "mode": "markers",
        "marker": {"symbol": symbols[use], "size": 11, "color": INK, "line": {"width": 2}},
    }


def _points(listed: Sequence[Value], name: str, lang: str) -> dict[str, Any]:
    decimals = decimals_of(one.value for one in listed)
    return {
        "type": "scatter",
        "name": name,
        "x": [one.measured_on.isoformat() for one in listed],
        "y": [one.value if _is_number(one) else None for one in listed],
        "cliponaxis": False,
        "text": [
            f"{date_text(one.measured_on, lang)}<br>{number(one.value, decimals, lang)}"
            for one in listed
        ],
        "hovertemplate": "%{text}<extra>%{fullData.name}</extra>",
    }


def _pace(status: IndicatorStatus, _: Translate) -> list[dict[str, Any]]:
    """From the baseline to the target; nothing where either is not set."""
    ends = (status.baseline_value, status.baseline_on, status.target_value, status.target_on)
    if None in ends or status.baseline_on is None or status.target_on is None:
        return []
    return [
        {
            "type": "scatter", "mode": "lines+markers", "name": _("目標までに必要なペース"),
            "x": [status.baseline_on.isoformat(), status.target_on.isoformat()],
            "y": [status.baseline_value, status.target_value],
            "line": {"color": SOFT, "width": 2, "dash": "dot"},
            "marker": {"symbol": "square-open", "size": 9, "color": SOFT},
            "hoverinfo": "skip",
        }
    ]  # fmt: skip


def _target(
    status: IndicatorStatus, used: Sequence[Value], lang: str, _: Translate
) -> list[dict[str, Any]]:
    days = [*(one.measured_on for one in used), status.baseline_on, status.target_on]
    known = [day for day in days if day is not None]
    if status.target_value is None or not known:
        return []
    value = number(status.target_value, decimals_of([status.target_value]), lang)
    return [
        {
            "type": "scatter", "mode": "lines",
            "name": _("目標 {value}").format(value=value),
            "x": [min(known).isoformat(), max(known).isoformat()],
            "y": [status.target_value] * 2,
            "line": {"color": INK, "width": 2, "dash": "dash"},
            "hoverinfo": "skip",
        }
    ]  # fmt: skip


def _bands(
    last: Value | None, forecast: Sequence[ForecastPoint], _: Translate
) -> list[dict[str, Any]]:
    """They open at the last value, which is known."""
    if not forecast or last is None:
        return []
    days = [last.measured_on.isoformat(), *(one.at.isoformat() for one in forecast)]
    bands = [
        (name, colour, [last.value, *low], [last.value, *high])
        for name, colour, low, high in (
            (_("95%の幅"), _PALER, [p.low_95 for p in forecast], [p.high_95 for p in forecast]),
            (_("80%の幅"), PALE, [p.low_80 for p in forecast], [p.high_80 for p in forecast]),
        )
        if None not in {*low, *high}
    ]
    return [
        *(
            {
                "type": "scatter", "mode": "lines", "name": name, "fill": "toself",
                "x": [*days, *reversed(days)], "y": [*high, *reversed(low)],
                "fillcolor": colour, "line": {"color": "#7C8FC9", "width": 1},
                "hoverinfo": "skip",
            }
            for name, colour, low, high in bands
        ),
        {
            "type": "scatter", "mode": "lines", "name": _("いまのペースの見通し"),
            "x": days, "y": [last.value, *(one.forecast for one in forecast)],
            "line": {"color": BLUE, "width": 1.5, "dash": "dashdot"},
            "hovertemplate": "%{x|%Y-%m}<br>%{y:,.1f}<extra>%{fullData.name}</extra>",
        },
    ]  # fmt: skip


def _days(
    values: Sequence[Value], forecast: Sequence[ForecastPoint], status: IndicatorStatus
) -> Iterable[date]:
    for day in (status.baseline_on, status.target_on):
        if day is not None:
            yield day
    yield from (one.measured_on for one in values)
    yield from (one.at for one in forecast)


def _is_number(one: Value) -> bool:
    """`-` (該当なし) is kept as 0 in a table, and is no 0 to be drawn."""
    return one.value is not None and one.value_state != "nil"


def _far_from_zero(values: Sequence[Value], status: IndicatorStatus) -> bool:
    """Whether an axis from zero would flatten what changes."""
    known = [one.value for one in values if one.value is not None and _is_number(one)]
    known += [v for v in (status.baseline_value, status.target_value) if v is not None]
    if not known:
        return False
    low, high = min(known), max(known)
    return low > 0 and (high - low) < low
