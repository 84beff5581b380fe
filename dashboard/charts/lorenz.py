"""The curve of Lorenz beside the line of equal reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.charts.figure import BLUE, INK, PALE, SOFT, figure

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from dashboard.translation import Translate
    from dashboard.wifi.fairness import Lorenz

_HEIGHT_PX: Final = 380


def lorenz_chart(found: Lorenz, *, _: Translate) -> Figure:
    """Shares of residents (x) and of reached residents (y), the worst-served areas first."""
    share = {"tickformat": ".0%", "range": [0, 1], "dtick": 0.25}
    drawn = figure(
        [
            {
                "type": "scatter", "mode": "lines", "name": _("実際"), "fill": "tozeroy",
                "x": list(found.residents_share), "y": list(found.reached_share),
                "fillcolor": PALE, "line": {"color": BLUE, "width": 2.5},
                "hovertemplate": "%{x:.1%} → %{y:.1%}<extra>%{fullData.name}</extra>",
            },
            {
                "type": "scatter", "mode": "lines", "name": _("どこも同じ割合のとき"),
                "x": [0, 1], "y": [0, 1], "hoverinfo": "skip",
                "line": {"color": SOFT, "width": 2, "dash": "dash"},
            },
        ],
        height_px=_HEIGHT_PX,
        x={"title": {"text": _("住民の累積（届く割合の低い所から）")}} | share,
        y={"title": {"text": _("届く住民の累積")}} | share,
    )  # fmt: skip
    drawn.update_xaxes(linecolor=INK)
    return drawn
