"""Use by month: gaps stay gaps, months in part are hollow, events are lines."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.events import LABEL_PX, draw_event
from dashboard.charts.figure import BLUE, FAINT, INK, SOFT, figure
from pipelines.words import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plotly.graph_objects import Figure

    from dashboard.translation import Translate
    from dashboard.wifi.usage import Event, Month

_HEIGHT_PX: Final = 340
_MONTHS_A_YEAR: Final = 12


def usage_chart(
    months: Sequence[Month], events: Sequence[Event], *, title: str, lang: str, _: Translate
) -> Figure:
    """The months as a line from zero; `title` is the y axis' with its unit.

    A month without a number breaks the line and is a grey band that says why; a sum to which not
    everybody reported has a hollow mark. Events within the months are dashed lines with their name.
    """
    within = [event for event in events if is_within(event, months)]
    drawn = figure(
        [_line(months, lang, _)],
        height_px=_HEIGHT_PX + LABEL_PX * len(within),
        x={
            "type": "date",
            "tickformat": "%Y-%m",
            "range": [_middle(months[0].month, -1), _middle(months[-1].month, +1)],
        },
        y={"title": {"text": title}},
    )
    drawn.update_layout(margin_t=24 + LABEL_PX * len(within))
    for first, last, state in _bands(months):
        _draw_band(drawn, first, last, state_text(state, _))
    for at, event in enumerate(within):
        draw_event(drawn, event.name, event.happened_on, at)
    return drawn


def is_within(event: Event, months: Sequence[Month]) -> bool:
    """Whether the day of an event lies in the months drawn."""
    return bool(months) and months[0].month <= f"{event.happened_on:%Y-%m}" <= months[-1].month


def state_text(state: str, _: Translate) -> str:
    """Why a month has no number."""
    return {"gap": _("欠測"), "withheld": _("秘匿"), "unknown": _("不明")}[state]


def month_text(month: Month, lang: str, _: Translate) -> str:
    """A month's number in words: in full, at least so much, or why there is none."""
    if month.value is None:
        return state_text(month.state, _)
    value = number(month.value, 0, lang)
    if not month.at_least:
        return value
    sentence = _("少なくとも {value}（{points}か所のうち{reporting}か所の合計）")
    return sentence.format(value=value, points=month.points, reporting=month.reporting)


def _line(months: Sequence[Month], lang: str, _: Translate) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [_middle(month.month) for month in months],
        "y": [month.value for month in months],
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": BLUE, "width": 2},
        "marker": {
            "opacity": 1,
            "size": [10 if month.at_least else 7 for month in months],
            "symbol": ["diamond" if month.at_least else "circle" for month in months],
            "color": ["#FFFFFF" if month.at_least else BLUE for month in months],
            "line": {"color": BLUE, "width": 2},
        },
        "text": [f"{month.month}<br>{month_text(month, lang, _)}" for month in months],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _bands(months: Sequence[Month]) -> Iterator[tuple[str, str, str]]:
    """Runs of months without a number: first, last, why."""
    for (known, state), run in groupby(months, lambda one: (one.value is not None, one.state)):
        if not known:
            listed = list(run)
            yield listed[0].month, listed[-1].month, state


def _draw_band(drawn: Figure, first: str, last: str, label: str) -> None:
    drawn.add_vrect(
        x0=_first_day(first), x1=_first_day(last, 1), fillcolor=FAINT, layer="below",
        line={"color": SOFT, "width": 1, "dash": "dot"},
    )  # fmt: skip
    drawn.add_annotation(
        x=_middle(_halfway(first, last)),
        y=0.5, yref="paper", text=label, textangle=-90, showarrow=False,
        font={"size": 12, "color": INK},
    )  # fmt: skip


def _number(month: str) -> int:
    year, number_ = month.split("-")
    return int(year) * _MONTHS_A_YEAR + int(number_) - 1


def _first_day(month: str, later: int = 0) -> str:
    no = _number(month) + later
    return date(no // _MONTHS_A_YEAR, no % _MONTHS_A_YEAR + 1, 1).isoformat()


def _middle(month: str, later: int = 0) -> str:
    return f"{_first_day(month, later)[:-2]}15"


def _halfway(first: str, last: str) -> str:
    return _first_day(first, (_number(last) - _number(first)) // 2)[:-3]
