"""The cells of our Excel forms: text stays text, no formulas, no macros, nothing hidden."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from pipelines.new_file import write_new

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FONT: Final = "游ゴシック"
BLUE: Final = "0017C1"
PALE_BLUE: Final = "D9E6FF"
GREY: Final = "F2F2F2"
YELLOW: Final = "FFF7CC"
FORMATS: Final = {"integer": "0", "number": "General", "date": "yyyy-mm-dd"}
"""How a column of a type is shown; every other one is text, which keeps the zeros of a code."""
TEXT: Final = "@"

_LIST_CHARACTERS: Final = 255


def write_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Text stays text: a title that begins with = must not become a formula.

    Signs that no cell can hold become blanks.
    """
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(cell.coordinate)
    if text:
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)
        cell.data_type = "s"
    return cell


def filled_with(colour: str) -> PatternFill:
    """A plain background."""
    return PatternFill("solid", fgColor=colour)


def style_head(cell: Cell, *, required: bool) -> None:
    """A column's name; one that has to be filled in stands out."""
    cell.font = Font(name=FONT, bold=True, color="FFFFFF" if required else "000000")
    cell.fill = filled_with(BLUE if required else PALE_BLUE)


def choices(values: Sequence[str], *, title: str, required: bool) -> DataValidation | None:
    """A list to choose from; None where Excel could not hold it in the cell itself."""
    listed = ",".join(values)
    if not values or len(listed) > _LIST_CHARACTERS or any("," in value for value in values):
        return None
    return DataValidation(
        type="list",
        formula1=f'"{listed}"',
        allow_blank=not required,
        showErrorMessage=True,
        errorTitle=title[:32],
        error="一覧から選んでください / choose from the list",
    )


def save_new(book: Workbook, path: Path) -> None:
    """Save a book under a name that nothing has yet; raises UserError when it cannot or must not."""
    content = io.BytesIO()
    book.save(content)
    write_new(path, content.getvalue(), option="--out")
