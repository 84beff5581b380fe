"""Tables as an Excel workbook in which nothing runs: every text is stored as text."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.cell.cell import Cell as ExcelCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = str | int | float | None

MOST_ROWS: Final = 1_000_000
"""A sheet has 1,048,576 rows."""
_MOST_LETTERS: Final = 32_767
_NARROWEST, _WIDEST = 8, 60
_LOOKED_AT: Final = 200
_FONT: Final = "BIZ UDPGothic"
_PALE: Final = PatternFill("solid", fgColor="E8F1FE")
_WIDE: Final = ("F", "W", "A")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its heading; `rows` are as wide as `header`."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def workbook(about: Sequence[tuple[str, str]], sheets: Sequence[Sheet]) -> bytes:
    """The sheets as .xlsx, each headed by what is said `about` them, the column heads frozen."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet, about)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write(into: WriteOnlyWorksheet, sheet: Sheet, about: Sequence[tuple[str, str]]) -> None:
    into.freeze_panes = f"A{len(about) + 3}"
    for at, width in enumerate(_widths(sheet), start=1):
        # The stubs do not know it; the class takes it over from the ordinary sheet.
        into.column_dimensions[get_column_letter(at)].width = width  # type: ignore[attr-defined]
    for label, text in about:
        into.append([_cell(into, label, bold=True), _cell(into, text)])
    into.append([])
    into.append([_cell(into, title, bold=True, filled=True) for title in sheet.header])
    for row in islice(sheet.rows, MOST_ROWS):
        into.append([_cell(into, value, wrapped=True) for value in row])


def _cell(
    into: WriteOnlyWorksheet,
    value: Cell,
    *,
    bold: bool = False,
    filled: bool = False,
    wrapped: bool = False,
) -> ExcelCell:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_MOST_LETTERS]
    cell = WriteOnlyCell(into, value)
    if isinstance(value, str):
        cell.data_type = "s"  # a text that begins with = is otherwise taken for a formula
    cell.font = _BOLD if bold else _PLAIN
    if filled:
        cell.fill = _PALE
    if wrapped or filled:
        cell.alignment = _WRAPPED
    return cell


def _widths(sheet: Sheet) -> Iterator[int]:
    for at, title in enumerate(sheet.header):
        texts = [title, *(str(row[at]) for row in sheet.rows[:_LOOKED_AT] if row[at] is not None)]
        yield min(_WIDEST, max(_NARROWEST, 2 + max(map(_letters, texts))))


def _letters(text: str) -> int:
    """How many half-width letters wide the text is."""
    return sum(2 if unicodedata.east_asian_width(letter) in _WIDE else 1 for letter in text)


_PLAIN: Final = Font(name=_FONT, size=10)
_BOLD: Final = Font(name=_FONT, size=10, bold=True)
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
