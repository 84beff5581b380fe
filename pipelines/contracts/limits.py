"""What a contract may ask for: patterns that RE2 reads alike, bounds of the column's own type."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from pipelines.contracts.types import FieldContract

NEEDED: Final = {
    "none": frozenset[str](),
    "point": frozenset({"lon", "lat", "area_code", "location_source", "area_source"}),
    "polygon": frozenset({"area_code", "area_name", "area_m2", "population", "households"}),
}
"""The columns that placing and drawing rely on, by geometry."""
# RE2, which checks the rows, has neither look-around nor back references; its \d and \w know
# ASCII alone, Python's know every script.
_BEYOND_RE2: Final = re.compile(r"\(\?[=!<]|\\[1-9]")
_READ_APART: Final = re.compile(r"\\[dDwWsSbBAZz]|\(\?[a-zA-Z]*[a-zA-Z][:)]")
_CHARACTER_CLASS: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]")
_INNERMOST_GROUP: Final = re.compile(r"\([^()]*\)")


def require_limits(field: FieldContract) -> None:
    """Raise ValueError for limits that do not fit the column's type or can be read in two ways."""
    limits = field.constraints
    if field.type != "string" and (limits.pattern is not None or limits.enum is not None):
        raise ValueError("a pattern and an enum are for strings")
    if (field.type == "boolean") != bool(field.true_values and field.false_values):
        raise ValueError("trueValues: ['true'] and falseValues: ['false'] belong to a boolean")
    require_one_reading(limits.pattern)
    require_bound(limits.minimum, field.type)
    require_bound(limits.maximum, field.type)


def require_pattern(pattern: str | None) -> None:
    """Raise ValueError for what is no pattern in the subset that RE2 and Python share."""
    try:
        re.compile(pattern or "")
    except re.error as error:
        raise ValueError(f"pattern {pattern}: {error}") from error
    if pattern and _BEYOND_RE2.search(pattern):
        raise ValueError(f"pattern {pattern}: look-around or back reference")


def require_one_reading(pattern: str | None) -> None:
    """Raise ValueError for a pattern of values that two engines would read differently.

    Anchored at both ends, alternatives in brackets, classes of characters written out.
    """
    require_pattern(pattern)
    if pattern is None:
        return
    if not (pattern.startswith("^") and pattern.endswith("$") and "$" not in pattern[:-1]):
        raise ValueError(f"pattern {pattern}: begin it with ^ and end it with $")
    if found := _READ_APART.search(pattern):
        raise ValueError(f"pattern {pattern}: write out what {found[0]} stands for")
    bare, groups = _CHARACTER_CLASS.sub("", pattern), 1
    while groups:
        bare, groups = _INNERMOST_GROUP.subn("", bare)
    if "|" in bare:
        raise ValueError(f"pattern {pattern}: put the alternatives in brackets")
    try:
        pc.match_substring_regex(pa.array([""]), pattern)
    except pa.ArrowInvalid as error:
        raise ValueError(f"pattern {pattern}: {error}") from error


def require_bound(bound: float | str | None, kind: str) -> None:
    """Raise ValueError for a minimum or maximum that is no value of a column of this type."""
    if bound is None:
        return
    if kind in {"integer", "number"}:
        if not math.isfinite(float(bound)) or (kind == "integer" and float(bound) % 1):
            raise ValueError(f"{bound} is no {kind}")
    elif kind == "date":
        date.fromisoformat(str(bound))
    else:
        raise ValueError(f"a {kind} has no minimum or maximum")
