"""A strip that shows where one value stands among all: a thin line each, the chosen one bold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from markupsafe import Markup

from dashboard.markup import tag

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDTH: Final = 120
_HEIGHT: Final = 16
_INSET: Final = 4


def strip_ticks(values: Iterable[float | None]) -> str:
    """The thin lines of all known values as the data of one SVG path; the scale starts at zero."""
    known = sorted(value for value in values if value is not None)
    places = dict.fromkeys(round(_place(value, known[-1])) for value in known)
    return "".join(f"M{place} 3v10" for place in places)


def strip_image(ticks: str, value: float | None, top: float | None, *, label: str) -> Markup:
    """The strip with `value` marked, as an image; nothing where there is no value to mark.

    `top` is the greatest value, `label` says in words what the strip shows. The drawing is an
    SVG in a data address, as Streamlit takes SVG elements out of HTML.
    """
    if not ticks or value is None or top is None:
        return Markup("")
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}">'
        f'<path d="M{_INSET} 13.5H{_WIDTH - _INSET}" stroke="#626264"/>'
        f'<path d="{ticks}" stroke="#7C8FC9"/>'
        f'<path d="M{_place(value, top):.1f} 0v14" stroke="#0017C1" stroke-width="3"/></svg>'
    )
    return tag("img", class_="strip", alt=label, src=f"data:image/svg+xml,{quote(drawing)}")


def _place(value: float, top: float) -> float:
    share = max(value, 0.0) / top if top > 0 else 0.0
    return _INSET + share * (_WIDTH - 2 * _INSET)
