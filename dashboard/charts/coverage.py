"""Residents reached by the number of further sites: the best set and the greedy order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.figure import BLUE, INK, SOFT, figure
from pipelines.words import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plotly.graph_objects import Figure

    from dashboard.translation import Translate

_HEIGHT_PX: Final = 320

Point = tuple[int, float]
"""A number of sites and the residents reached."""


def coverage_chart(
    optimum: Sequence[Point], greedy: Sequence[Point], *, chosen: int, lang: str, _: Translate
) -> Figure:
    """Two lines from today's sites (0) on; `chosen` is marked.

    The y axis does not begin at zero, and its title says so: what matters is what each site adds.
    """
    drawn = figure(
        [
            _line(_("最適な組み合わせ"), optimum, lang, _)
            | {"line": {"color": BLUE, "width": 2}}
            | {"marker": {"symbol": "circle", "size": 8, "color": BLUE}},
            _line(_("順次追加"), greedy, lang, _)
            | {"line": {"color": SOFT, "width": 2, "dash": "dash"}}
            | {"marker": {"symbol": "square-open", "size": 13, "color": INK, "line": {"width": 1.5}}},
        ],
        height_px=_HEIGHT_PX,
        x={"title": {"text": _("加えるか所数")}, "dtick": 1},
        y={"title": {"text": _("届く住民（人、0から始まらない）")}, "rangemode": "normal"},
    )  # fmt: skip
    drawn.add_vline(x=chosen, line={"color": INK, "width": 1, "dash": "dot"}, layer="below")
    return drawn


def _line(name: str, points: Sequence[Point], lang: str, _: Translate) -> dict[str, Any]:
    sentence = _("{n}か所を加えて{reached}人")
    texts = [sentence.format(n=n, reached=number(reached, 0, lang)) for n, reached in points]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": [n for n, _reached in points],
        "y": [reached for _n, reached in points],
        "cliponaxis": False,
        "text": texts,
        "hovertemplate": "%{text}<extra>%{fullData.name}</extra>",
    }
