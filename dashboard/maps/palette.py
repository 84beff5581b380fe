"""The few colours of the map, from the blue family of the Digital Agency's design system.

Source: デジタル庁 デザインシステム (DADS), primitive colours blue-50 … blue-1200, green-700,
orange-800; ダッシュボードデザインの実践ガイドブック for how few to use.
"""

from __future__ import annotations

from typing import Final

_BLUES: Final[dict[int, tuple[str, ...]]] = {
    0: (),
    1: ("#C5D7FB",),
    2: ("#C5D7FB", "#264AF4"),
    3: ("#D9E6FF", "#7096F8", "#0017C1"),
    4: ("#D9E6FF", "#9DB7F9", "#4979F5", "#00118F"),
    5: ("#E8F1FE", "#B3C9FA", "#7096F8", "#264AF4", "#000071"),
    6: ("#E8F1FE", "#C5D7FB", "#9DB7F9", "#4979F5", "#0031D8", "#000060"),
    7: ("#E8F1FE", "#C5D7FB", "#9DB7F9", "#7096F8", "#3460FB", "#0017C1", "#000060"),
}
"""Light to dark for each number of classes, evenly spaced in lightness so they print in grey."""

MARKS: Final = {
    "facility": ("circle", "#1A1A1C"),
    "shelter": ("triangle", "#197A4B"),
    "wifi": ("diamond", "#AC3E00"),
    "station": ("square", "#626264"),
}
"""Shape and colour of each kind of point: apart by shape alone, 3:1 against white."""


def class_colours(count: int) -> tuple[str, ...]:
    """Colours of `count` classes, light to dark; more than seven share the darkest shades."""
    ramp = _BLUES[min(count, max(_BLUES))]
    return (*ramp, *(ramp[-1] for _ in range(count - len(ramp))))
