"""Events in a chart over time: dashed lines with their names, one above the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.charts.figure import INK, plain

if TYPE_CHECKING:
    from datetime import date

    from plotly.graph_objects import Figure

LABEL_PX: Final = 20
_LONGEST_LABEL: Final = 24


def draw_event(drawn: Figure, name: str, happened_on: date, at: int) -> None:
    """A line from bottom to top with its name above the chart, in the line `at` from below."""
    day = happened_on.isoformat()
    drawn.add_shape(
        type="line", x0=day, x1=day, y0=0, y1=1, yref="paper",
        line={"color": INK, "width": 1.5, "dash": "dash"},
    )  # fmt: skip
    if len(name) > _LONGEST_LABEL:
        name = f"{name[: _LONGEST_LABEL - 1]}…"
    drawn.add_annotation(
        x=day, y=1, yref="paper", yshift=4 + LABEL_PX * at,
        text=f"▼{plain(name)} {happened_on:%Y-%m}",
        xanchor="auto", yanchor="bottom", showarrow=False, font={"size": 12, "color": INK},
    )  # fmt: skip
