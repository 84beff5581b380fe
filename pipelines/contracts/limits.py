"""What a contract may ask for: patterns that RE2 reads too, bounds of the column's own type."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

NEEDED: Final = {
    "none": frozenset[str](),
    "point": frozenset({"lon", "lat", "area_code", "location_source", "area_source"}),
    "polygon": frozenset({"area_code", "area_name", "area_m2", "population", "households"}),
}
"""The columns that placing and drawing rely on, by geometry."""
# RE2, which checks the rows, has neither look-around nor back references.
_BEYOND_RE2: Final = re.compile(r"\(\?[=!<]|\\[1-9]")


def require_pattern(pattern: str | None) -> None:
    """Raise ValueError for what is no pattern in the subset that RE2 and Python share."""
    try:
        re.compile(pattern or "")
    except re.error as error:
        raise ValueError(f"pattern {pattern}: {error}") from error
    if pattern and _BEYOND_RE2.search(pattern):
        raise ValueError(f"pattern {pattern}: look-around or back reference")


def require_bound(bound: float | str | None, kind: str) -> None:
    """Raise ValueError for a minimum or maximum that is no value of a column of this type."""
    if bound is None:
        return
    if kind in {"integer", "number"}:
        float(bound)
    elif kind == "date":
        date.fromisoformat(str(bound))
    else:
        raise ValueError(f"a {kind} has no minimum or maximum")
