"""Coordinates as lists carry them: swapped, without their point, or a stand-in for none.

A repair is made only where one reading is left: the value as written lies outside Japan and the
repaired one inside.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.ingest.columns import blank_out, count_changes, count_true, map_distinct

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

SWAP_REPAIR: Final = "swapped_coordinates"
POINT_REPAIR: Final = "decimal_point"
STAND_IN_REPAIR: Final = "coordinate_stand_in"

_LON_RANGE: Final = (122.0, 154.0)
_LAT_RANGE: Final = (20.0, 46.0)
_WHOLE_DEGREES: Final = {"lon": 3, "lat": 2}
_DIGITS: Final = r"^[0-9]{6,}$"
# Not more than both Arrow and the checks take for a number.
_NUMBER: Final = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$"
# What lists write where they know no position.
_STAND_INS: Final = ("-", "－", "―", "ー", "0", "0.0", "999", "999.0", "9999", "9999.0")


def repair_coordinates(
    lon: pa.Array, lat: pa.Array
) -> tuple[pa.Array, pa.Array, dict[tuple[str, str], int]]:
    """Both columns repaired, and how many values each (field, repair) changed.

    Texts in, texts out; n values each.
    """
    before = {"lon": lon, "lat": lat}
    cleared = {name: blank_out(column, _STAND_INS) for name, column in before.items()}
    pointed = {name: _point(column, name) for name, column in cleared.items()}
    swapped_lon, swapped_lat = _swap(pointed["lon"], pointed["lat"])
    counts: dict[tuple[str, str], int] = {}
    for name, column in before.items():
        counts[name, STAND_IN_REPAIR] = count_changes(column, cleared[name])
        counts[name, POINT_REPAIR] = count_changes(cleared[name], pointed[name])
    counts["lon", SWAP_REPAIR] = count_changes(pointed["lon"], swapped_lon)
    return swapped_lon, swapped_lat, {one: count for one, count in counts.items() if count}


def _point(column: pa.Array, name: str) -> pa.Array:
    blank = column.null_count == len(column)
    if blank or not count_true(pc.match_substring_regex(column, _DIGITS)):
        return column
    return map_distinct(column, partial(_with_point, name=name))


def _with_point(text: str, *, name: str) -> str | None:
    """35707333 to 35.707333, where that is the only place for the point."""
    if not re.fullmatch(_DIGITS, text):
        return None
    whole = _WHOLE_DEGREES[name]
    pointed = f"{text[:whole]}.{text[whole:]}"
    low, high = _LON_RANGE if name == "lon" else _LAT_RANGE
    return pointed if low <= float(pointed) <= high else None


def _swap(lon: pa.Array, lat: pa.Array) -> tuple[pa.Array, pa.Array]:
    if len(lon) in (lon.null_count, lat.null_count):
        return lon, lat
    east, north = _numbers(lon), _numbers(lat)
    swapped = pa.array(~_inside(east, north) & _inside(north, east))
    if not count_true(swapped):
        return lon, lat
    return pc.if_else(swapped, lat, lon), pc.if_else(swapped, lon, lat)


def _numbers(column: pa.Array) -> Numbers:
    """The numbers of a column, NaN for what is none."""
    plain = pc.match_substring_regex(column, _NUMBER)
    numbers: Numbers = pc.cast(
        pc.if_else(plain, column, pa.scalar(None, pa.string())), pa.float64()
    ).to_numpy(zero_copy_only=False)
    return numbers


def _inside(lon: Numbers, lat: Numbers) -> npt.NDArray[np.bool_]:
    """Whether positions lie in Japan; an unknown one does not."""
    return (
        (lon >= _LON_RANGE[0])
        & (lon <= _LON_RANGE[1])
        & (lat >= _LAT_RANGE[0])
        & (lat <= _LAT_RANGE[1])
    )
