"""Which area a row belongs to: by its position in the boundary, or by its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from geo.addresses import AddressMatcher
from geo.assign import assign_points

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.areas import Areas
    from pipelines.ward import Municipality

Texts = list[str | None]


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
        return cls(areas, names, matcher, schematic)

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


def place_rows(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64], addresses: Texts, ground: Ground
) -> Placed:
    """Place n rows: `lon`, `lat` in EPSG:4326 with NaN for unknown, addresses as written or None.

    `location_source` is coordinate, address (the area's name only) or none; `area_source` is
    polygon, address or none.
    """
    by_position = _codes_at(lon, lat, ground)
    # Many rows share an address; each is read once.
    matched = {
        address: ground.matcher.match(address) for address in set(addresses) if address is not None
    }
    placed: list[tuple[str | None, str, str]] = []
    flags: list[Flag] = []
    for row, address in enumerate(addresses):
        complete = not (np.isnan(lon[row]) or np.isnan(lat[row]))
        named = matched.get(address) if address is not None else None
        placed.append(_decide(by_position[row], named, ground, complete=complete))
        half = np.isnan(lon[row]) != np.isnan(lat[row])
        flags += _flags(
            row, address, by_position[row], named, ground, complete=complete, half=bool(half)
        )
    columns = [pa.array(column, pa.string()) for column in zip(*placed, strict=True)]
    if not columns:
        columns = [pa.array([], pa.string())] * 3
    return Placed(columns[0], columns[1], columns[2], tuple(flags))


def _codes_at(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64], ground: Ground) -> Texts:
    at = assign_points(lon, lat, ground.areas)
    return [str(ground.areas.codes[index]) if index >= 0 else None for index in at]


def _decide(
    position: str | None, named: str | None, ground: Ground, *, complete: bool
) -> tuple[str | None, str, str]:
    if complete:
        if named and ground.schematic:
            return named, "coordinate", "address"
        return position, "coordinate", "polygon" if position else "none"
    if named:
        return named, "address", "address"
    return None, "none", "none"


def _flags(
    row: int,
    address: str | None,
    position: str | None,
    named: str | None,
    ground: Ground,
    *,
    complete: bool,
    half: bool,
) -> list[Flag]:
    written = address or ""
    flags = []
    if half:
        flags.append(Flag(row, "coordinate_incomplete", "lon,lat", written))
    if not complete and not named:
        flags.append(Flag(row, "location_unknown", "lon,lat", written))
    if complete and named and not ground.schematic:
        if position is None:
            flags.append(
                Flag(row, "outside_but_address_inside", "address", written, ground.name(named))
            )
        elif position != named:
            flags.append(
                Flag(row, "address_area_mismatch", "address", written, ground.name(position))
            )
    return flags
