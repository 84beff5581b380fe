"""Coordinates as lists carry them: swapped, without their point, or a stand-in for none.

A repair is made only where one reading is left: the value as written lies outside Japan and the
repaired one inside.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Final

import pyarrow as pa

from pipelines.ingest.columns import count_changes, map_distinct

SWAP_REPAIR: Final = "swapped_coordinates"
POINT_REPAIR: Final = "decimal_point"
STAND_IN_REPAIR: Final = "coordinate_stand_in"

_LON_RANGE: Final = (122.0, 154.0)
_LAT_RANGE: Final = (20.0, 46.0)
_WHOLE_DEGREES: Final = {"lon": 3, "lat": 2}
_DIGITS: Final = re.compile(r"[0-9]{6,}")
# What lists write where they know no position.
_STAND_INS: Final = frozenset({"-", "－", "―", "ー", "0", "0.0", "999", "999.0", "9999", "9999.0"})


def repair_coordinates(
    lon: pa.Array, lat: pa.Array
) -> tuple[pa.Array, pa.Array, dict[tuple[str, str], int]]:
    """Both columns repaired, and how many values each (field, repair) changed.

    Texts in, texts out; n values each.
    """
    before = {"lon": lon, "lat": lat}
    cleared = {name: _clear(column) for name, column in before.items()}
    pointed = {
        name: map_distinct(column, partial(_with_point, name=name))
        for name, column in cleared.items()
    }
    swapped_lon, swapped_lat = _swap(pointed["lon"], pointed["lat"])
    counts: dict[tuple[str, str], int] = {}
    for name, column in before.items():
        counts[name, STAND_IN_REPAIR] = count_changes(column, cleared[name])
        counts[name, POINT_REPAIR] = count_changes(cleared[name], pointed[name])
    counts["lon", SWAP_REPAIR] = count_changes(pointed["lon"], swapped_lon)
    return swapped_lon, swapped_lat, {one: count for one, count in counts.items() if count}


def _clear(column: pa.Array) -> pa.Array:
    return pa.array(
        [None if text in _STAND_INS else text for text in column.to_pylist()], pa.string()
    )


def _with_point(text: str, *, name: str) -> str | None:
    """35707333 to 35.707333, where that is the only place for the point."""
    if not _DIGITS.fullmatch(text):
        return None
    whole = _WHOLE_DEGREES[name]
    pointed = f"{text[:whole]}.{text[whole:]}"
    low, high = _LON_RANGE if name == "lon" else _LAT_RANGE
    return pointed if low <= float(pointed) <= high else None


def _swap(lon: pa.Array, lat: pa.Array) -> tuple[pa.Array, pa.Array]:
    pairs = [
        (second, first) if _is_swapped(first, second) else (first, second)
        for first, second in zip(lon.to_pylist(), lat.to_pylist(), strict=True)
    ]
    columns = list(zip(*pairs, strict=True)) or [(), ()]
    return pa.array(columns[0], pa.string()), pa.array(columns[1], pa.string())


def _is_swapped(lon: str | None, lat: str | None) -> bool:
    try:
        east, north = float(lon or ""), float(lat or "")
    except ValueError:
        return False
    return not _inside(east, north) and _inside(north, east)


def _inside(lon: float, lat: float) -> bool:
    return _LON_RANGE[0] <= lon <= _LON_RANGE[1] and _LAT_RANGE[0] <= lat <= _LAT_RANGE[1]
