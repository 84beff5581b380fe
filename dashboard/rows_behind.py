"""The rows of a data set behind a figure, with the file and the line each stood in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from dashboard.data_labels import state_text
from dashboard.data_selection import KEYS
from dashboard.labels import place_source
from dashboard.translation import translator
from dashboard.ward import WARD
from pipelines.contracts.symbols import STATE_ENDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from dashboard.data_selection import DataSelection
    from dashboard.holdings import Column, Holding, Holdings
    from dashboard.ward import Ward
    from pipelines.warehouse import Edition

Cell = str | int | float | None

_PLACE_SOURCES: Final = frozenset({"location_source", "area_source"})
# A 0 is shown as the number it is.
_NO_NUMBER: Final = frozenset({"nil", "unknown", "withheld"})


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
    """The rows of the chosen data set, place, ID and file; `first` of them, or all.

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
    for key in KEYS:
        if chosen := getattr(selection, key):
            among[f"{key}_id"] = (chosen,)
    if selection.file:
        files = holdings.chosen_files(selection)
        among["source_no"] = tuple(row["source_no"] for row in files)
    total = edition.count(table, **among)
    names = {row["source_no"]: row["file_name"] for row in holdings.files}
    shown = holding.public_columns
    states = [f"{one.name}{STATE_ENDING}" for one in shown if one.marks]
    wanted = ["source_no", "source_line", *(one.name for one in shown), *states]
    part = edition.part(table, wanted, first=first, **among)
    named = [names[number] for number in part["source_no"].to_pylist()]
    cells = [list(_worded(part, one, selection.lang)) for one in shown]
    return RowsBehind(
        total, tuple(zip(named, part["source_line"].to_pylist(), *cells, strict=True))
    )


def datasets_with(holdings: Holdings, key: str) -> Iterator[str]:
    """The data sets whose rows can be shown by an ID of initiatives or indicators."""
    for name, holding in holdings.datasets.items():
        if any(column.name == f"{key}_id" for column in holding.public_columns):
            yield name


def read_keys(edition: Edition) -> dict[str, frozenset[str]]:
    """The IDs of initiatives and indicators that the edition has."""
    return {
        key: frozenset(edition.part(f"clean.{key}s", [f"{key}_id"])[f"{key}_id"].to_pylist())
        for key in KEYS
    }


def key_name(edition: Edition, selection: DataSelection) -> str:
    """The name of the initiative or the indicator whose rows are shown; blank for all."""
    for key in reversed(KEYS):
        if chosen := getattr(selection, key):
            column, among = f"{key}_name", {f"{key}_id": [chosen]}
            names = edition.part(f"clean.{key}s", [column], first=1, **among)[column].to_pylist()
            return f"{chosen} {names[0]}" if names else str(chosen)
    return ""


def has_places(holding: Holding) -> bool:
    """Whether rows of the data set can be shown by area."""
    return any(column.name == "area_code" for column in holding.public_columns)


def _worded(part: pa.Table, column: Column, lang: str) -> Iterator[Cell]:
    """The cells of a column as people read them: marks with their meaning, choices in words."""
    _ = translator(lang)
    values = part[column.name].to_pylist()
    if column.marks:
        states = part[f"{column.name}{STATE_ENDING}"].to_pylist()
        for value, state in zip(values, states, strict=True):
            meant = state in _NO_NUMBER
            yield state_text(state, column.marks.get(state, ""), _) if meant else _cell(value)
        return
    for value in values:
        if column.name in _PLACE_SOURCES and value is not None:
            yield place_source(value, _)
        elif lang == "en" and value in column.values_en:
            yield column.values_en[value]
        else:
            yield _cell(value)


def _cell(value: object) -> Cell:
    """A value as it is written into a cell; dates as 2024-09-01, whole floats without a point."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if value is None or isinstance(value, int | float) else str(value)
