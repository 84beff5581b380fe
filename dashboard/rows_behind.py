"""The rows of a data set behind a figure, with the file and the line each stood in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.ward import WARD

if TYPE_CHECKING:
    from dashboard.data_selection import DataSelection
    from dashboard.holdings import Holding, Holdings
    from dashboard.ward import Ward
    from pipelines.warehouse import Edition

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class RowsBehind:
    """How many rows there are, and the first of them: file, line, then the public columns."""

    total: int
    rows: tuple[tuple[Cell, ...], ...]


def level_of(ward: Ward, place: str) -> str:
    """The level of an area, a town or the ward; raises KeyError for another code."""
    for level, shapes in ward.shapes.items():
        if place in shapes:
            return level
    raise KeyError(place)


def place_name(ward: Ward, place: str, lang: str) -> str:
    """The name of an area, a town or the ward."""
    level = level_of(ward, place)
    return ward.name_in(lang) if level == WARD else ward.shapes[level][place].name


def area_codes(ward: Ward, place: str) -> tuple[str, ...]:
    """The areas that a figure of `place` (an area, a town or the ward) is counted over."""
    level = level_of(ward, place)
    if level == WARD:
        return tuple(ward.shapes["area"])
    return (
        (place,)
        if level == "area"
        else tuple(area for area, town in ward.town_of().items() if town == place)
    )


def read_rows(
    edition: Edition,
    ward: Ward,
    holdings: Holdings,
    selection: DataSelection,
    *,
    first: int | None = None,
) -> RowsBehind:
    """The rows of the chosen data set, place and file; `first` of them, or all.

    Of an internal data set only the number of all its rows is told: its rows are not in the edition,
    and a number for one place could be one shop.
    """
    holding = holdings.datasets[selection.dataset]
    if holding.internal:
        return RowsBehind(holding.dataset.rows, ())
    table = f"clean.{selection.dataset}"
    among: dict[str, tuple[Any, ...]] = {}
    if selection.place:
        among["area_code"] = area_codes(ward, selection.place)
    if selection.file:
        files = holdings.chosen_files(selection)
        among["source_no"] = tuple(row["source_no"] for row in files)
    total = edition.count(table, **among)
    names = {row["source_no"]: row["file_name"] for row in holdings.files}
    columns = ["source_no", "source_line", *(one.name for one in holding.public_columns)]
    part = edition.part(table, columns, first=first, **among)
    values = zip(*(part[name].to_pylist() for name in columns), strict=True)
    return RowsBehind(total, tuple((names[number], *map(_cell, row)) for number, *row in values))


def has_places(holding: Holding) -> bool:
    """Whether rows of the data set can be shown by area."""
    return any(column.name == "area_code" for column in holding.public_columns)


def _cell(value: object) -> Cell:
    """A value as it is written into a cell; dates as 2024-09-01, whole floats without a point."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if value is None or isinstance(value, int | float) else str(value)
