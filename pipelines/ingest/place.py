"""Which area a row belongs to: by its position in the boundary, or by its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from geo.addresses import AddressMatcher
from geo.assign import assign_points
from pipelines.ingest.codes import is_valid_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from geo.areas import Areas
    from pipelines.ward import Municipality

Texts = list[str | None]

_PREFECTURE: Final = "000"
"""What stands in a prefecture's own code after its two digits."""


@dataclass(frozen=True)
class Ground:
    """The areas that rows are placed in.

    On a schematic map a position says little about the area, so there the address decides
    where it names one.
    """

    areas: Areas
    names: dict[str, str]
    matcher: AddressMatcher
    schematic: bool
    municipality: str = ""
    code: str = ""

    @classmethod
    def of(
        cls, areas: Areas, names: dict[str, str], municipality: Municipality, *, schematic: bool
    ) -> Ground:
        """The ground with its address matcher."""
        codes = [str(code) for code in areas.codes]
        matcher = AddressMatcher(
            codes,
            [names[code] for code in codes],
            prefecture=municipality.prefecture,
            municipality=municipality.name,
        )
        return cls(areas, names, matcher, schematic, municipality.name, municipality.code)

    def name(self, code: str) -> str:
        """An area's name."""
        return self.names.get(code, code)


@dataclass(frozen=True)
class Flag:
    """Something about a row's place that a person should look at."""

    row: int
    rule: str
    field: str
    value: str
    limit: str = ""


@dataclass(frozen=True)
class Placed:
    """Derived columns of n rows, and what was noticed."""

    area_code: pa.Array
    location_source: pa.Array
    area_source: pa.Array
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class _Case:
    """What is known of one row's place."""

    row: int
    address: str | None
    position: str | None
    """The area its coordinates lie in."""
    named: str | None
    """The area its address names."""
    complete: bool
    half: bool
    publisher: str | None
    """Whose list the row is of, or whose it says it is: a six-digit code."""


def place_rows(
    lon: npt.NDArray[np.float64],
    lat: npt.NDArray[np.float64],
    addresses: Texts,
    ground: Ground,
    *,
    publishers: Sequence[str | None],
) -> Placed:
    """Place n rows: `lon`, `lat` in EPSG:4326 with NaN for unknown, addresses as written or None.

    `publishers` are the rows' municipality codes. `location_source` is coordinate, address (the
    area's name only) or none; `area_source` is polygon, address or none.
    """
    by_position = _codes_at(lon, lat, ground)
    # Many rows share an address; each is read once.
    matched = {
        address: ground.matcher.match(address) for address in set(addresses) if address is not None
    }
    cases = [
        _Case(
            row=row,
            address=address,
            position=by_position[row],
            named=matched.get(address) if address is not None else None,
            complete=not (np.isnan(lon[row]) or np.isnan(lat[row])),
            half=bool(np.isnan(lon[row]) != np.isnan(lat[row])),
            publisher=publishers[row],
        )
        for row, address in enumerate(addresses)
    ]
    placed = [_decide(case, ground) for case in cases]
    columns = [pa.array(column, pa.string()) for column in zip(*placed, strict=True)]
    if not columns:
        columns = [pa.array([], pa.string())] * 3
    flags = tuple(flag for case in cases for flag in _flags(case, ground))
    return Placed(columns[0], columns[1], columns[2], flags)


def _codes_at(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64], ground: Ground) -> Texts:
    at = assign_points(lon, lat, ground.areas)
    return [str(ground.areas.codes[index]) if index >= 0 else None for index in at]


def _decide(case: _Case, ground: Ground) -> tuple[str | None, str, str]:
    if case.complete:
        if case.named and ground.schematic:
            return case.named, "coordinate", "address"
        return case.position, "coordinate", "polygon" if case.position else "none"
    if case.named:
        return case.named, "address", "address"
    return None, "none", "none"


def _flags(case: _Case, ground: Ground) -> Iterator[Flag]:
    written = case.address or ""
    if case.half:
        yield Flag(case.row, "coordinate_incomplete", "lon,lat", written)
    if not case.complete and not case.named:
        yield Flag(case.row, "location_unknown", "lon,lat", written)
    if not case.complete or ground.schematic:
        return
    if case.position is None and case.named:
        where = ground.name(case.named)
        yield Flag(case.row, "outside_but_address_inside", "address", written, where)
    elif case.position is None and case.publisher == ground.code:
        yield Flag(case.row, "outside_own_municipality", "lon,lat", written, ground.municipality)
    elif case.named and case.position and case.named != case.position:
        where = ground.name(case.position)
        yield Flag(case.row, "address_area_mismatch", "address", written, where)
    if case.position and _is_another(case.publisher, ground):
        code = case.publisher or ""
        yield Flag(case.row, "inside_of_another", "municipality_code", code, ground.municipality)


def _is_another(publisher: str | None, ground: Ground) -> bool:
    """Whether a code is another municipality's; a prefecture's list has places in all of its."""
    if publisher is None or not is_valid_code(publisher):
        return False
    return publisher != ground.code and not publisher.startswith(_PREFECTURE, 2)
