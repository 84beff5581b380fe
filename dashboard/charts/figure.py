"""What every chart wears: ink, one blue, few lines, the page's font; nothing that asks the network.

Colours as in `maps.palette`, all at least 3:1 against white; lines also differ by dash and mark, so
a chart reads in grey. Figures are drawn by plotly.js as Streamlit serves it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

BLUE: Final = "#0017C1"
MIDDLE: Final = "#4979F5"
PALE: Final = "#E8F1FE"
INK: Final = "#1A1A1C"
SOFT: Final = "#626264"
LINE: Final = "#D0D0D4"
FAINT: Final = "#EDEDF0"
_FONT: Final = '"BIZ UDPGothic", "Noto Sans JP", "Noto Sans CJK JP", Meiryo, sans-serif'

CONFIG: Final[dict[str, Any]] = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}
"""Nothing but the tooltip answers the pointer, so a page that is scrolled stays as it is."""


def figure(traces: list[Any], *, height_px: int, x: dict[str, Any], y: dict[str, Any]) -> Figure:
    """A figure with the page's look; `x` and `y` are the axes' own settings (with `title`)."""
    from plotly.graph_objects import Figure  # noqa: PLC0415 - only for who looks at a chart

    drawn = Figure(traces)
    drawn.update_layout(
        template="none",
        height=height_px,
        margin={"l": 16, "r": 24, "t": 24, "b": 16},
        font={"family": _FONT, "size": 13, "color": INK},
        paper_bgcolor="#FFFFFF",
        plot_bgcolor="#FFFFFF",
        dragmode=False,
        showlegend=len(traces) > 1,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        hoverlabel={"bgcolor": "#FFFFFF", "bordercolor": INK, "font": {"color": INK}},
    )
    axis = {
        "linecolor": SOFT, "gridcolor": LINE, "zeroline": False, "fixedrange": True,
        "automargin": True, "title": {"standoff": 12, "font": {"size": 13}},
    }  # fmt: skip
    drawn.update_xaxes(axis | {"showgrid": False, "ticks": "outside"})
    drawn.update_yaxes(axis | {"rangemode": "tozero", "tickformat": ",~f"})
    drawn.update_xaxes(x)
    drawn.update_yaxes(y)
    return drawn


def plain(text: str) -> str:
    """Text of a file as plotly shows it: it reads some HTML, so no name may look like it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
