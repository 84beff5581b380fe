"""A strip that shows where one value stands among all: a thin line each, the chosen one bold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDTH: Final = 120
_HEIGHT: Final = 16
_INSET: Final = 4


def strip_ticks(values: Iterable[float | None]) -> str:
    """The thin lines of all known values as the data of one SVG path; the scale starts at zero."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return ""
    top = known[-1]
    places = dict.fromkeys(f"{_place(value, top):.1f}" for value in known)
    return "".join(f"M{place} 3V13" for place in places)


def strip_svg(ticks: str, value: float | None, top: float | None, *, label: str) -> Markup:
    """The strip with `value` marked; nothing where there is no value to mark.

    `top` is the greatest value, `label` says in words what the strip shows.
    """
    if not ticks or value is None or top is None:
        return Markup("")
    at = f"{_place(value, top):.1f}"
    return Markup(
        '<svg class="strip" role="img" aria-label="{label}" width="{w}" height="{h}"'
        ' viewBox="0 0 {w} {h}"><path d="M{i} 13.5H{end}" stroke="#626264"/>'
        '<path d="{ticks}" stroke="#7C8FC9"/><path d="M{at} 0V13.5" stroke="#0017C1"'
        ' stroke-width="3"/></svg>'
    ).format(
        label=label, w=_WIDTH, h=_HEIGHT, i=_INSET, end=_WIDTH - _INSET, ticks=ticks, at=at
    )


def _place(value: float, top: float) -> float:
    share = max(value, 0.0) / top if top > 0 else 0.0
    return _INSET + share * (_WIDTH - 2 * _INSET)
