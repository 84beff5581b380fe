"""The classes of a share on a map: the same for every hour, distance and group, so maps compare."""

from __future__ import annotations

from typing import Final

CUTS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Upper ends of the classes; the first holds only what is nothing at all."""


def share_class(ratio: float | None) -> int | None:
    """The number (1 …) of the class a share of 0 to 1 is in; None for what is not known."""
    if ratio is None:
        return None
    return next((no for no, upper in enumerate(CUTS, start=1) if ratio <= upper), len(CUTS))
