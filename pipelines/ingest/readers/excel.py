"""An Excel book (.xlsx): every sheet that holds one of our tables, as a person sees it."""

from __future__ import annotations

import warnings
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from openpyxl import load_workbook

from pipelines.ingest.readers.bounds import MAX_CELLS, MAX_ROWS, open_archive
from pipelines.ingest.readers.cells import cell_text
from pipelines.ingest.readers.excel_parts import list_sheets, read_parts
from pipelines.ingest.readers.found import NO_TABLE, FoundTable, ReadError, most_telling
from pipelines.ingest.readers.grid import Grid, read_grid
from pipelines.messages import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl import Workbook

    from pipelines.contracts import Contract
    from pipelines.ingest.readers.excel_parts import Sheet, SheetParts, Span


def read_excel(path: Path, contracts: Sequence[Contract]) -> list[FoundTable]:
    """The tables of a book, one a sheet; hidden sheets are not read, hidden rows are.

    Sheets that hold none of our tables are named in the remarks of those that do.
    Raises ReadError, also where a formula was never calculated.
    """
    with open_archive(path) as archive:
        sheets = list_sheets(archive)
        shown = [(sheet, read_parts(archive, sheet)) for sheet in sheets if not sheet.hidden]
    found: list[FoundTable] = []
    others: list[str] = []
    hidden = [sheet.name for sheet in sheets if sheet.hidden]
    errors: list[ReadError] = []
    # openpyxl warns of what it leaves out (lists to choose from, colours): no values.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Opened here, because openpyxl would judge a book by the ending of its name.
        with path.open("rb") as file, closing(_open(file)) as book:
            for sheet, parts in shown:
                try:
                    found.append(_read_sheet(book, sheet, parts, contracts))
                except ReadError as error:
                    if error.reason not in NO_TABLE:
                        raise error.within(sheet.name) from error
                    errors.append(error.within(sheet.name))
                    others.append(sheet.name)
    if not found:
        raise most_telling(errors) if errors else ReadError("empty")
    return [_with_others(one, others, hidden) for one in found]


def _open(file: BinaryIO) -> Workbook:
    try:
        return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        # A damaged book makes openpyxl raise whatever its parts happen to break.
        raise ReadError("truncated", type(error).__name__) from error


def _read_sheet(
    book: Workbook, sheet: Sheet, parts: SheetParts, contracts: Sequence[Contract]
) -> FoundTable:
    rows = _rows(book, sheet.name)
    filled = _fill_down(rows, parts.spans)
    lines = range(1, len(rows) + 1)
    grid = Grid(rows, lines, "xlsx", "utf-8", part=sheet.name, even=True, filled=filled)
    table = read_grid(grid, contracts)
    if parts.without_value:
        raise ReadError("formula", parts.without_value)
    remarks = tuple(_hidden(parts))
    return replace(table, raw=replace(table.raw, remarks=remarks))


def _rows(book: Workbook, name: str) -> list[list[str]]:
    """Every line of a sheet down to the last filled one, without blank cells at its end."""
    rows: list[list[str]] = []
    cells_read = 0
    try:
        sheet = book[name]
        # What a sheet says of its size may be a million formatted lines; the cells decide.
        sheet.reset_dimensions()
        for row in sheet.iter_rows():
            cells_read += len(row)
            _refuse_too_many(len(rows), cells_read)
            texts = [
                "" if cell.value is None else cell_text(cell.value, cell.number_format or "")
                for cell in row
            ]
            while texts and not texts[-1]:
                texts.pop()
            rows.append(texts or [""])
    except ReadError:
        raise
    except Exception as error:
        # As above: there is no list of what a damaged sheet can raise.
        raise ReadError("truncated", type(error).__name__) from error
    while rows and rows[-1] == [""]:
        rows.pop()
    return rows


def _refuse_too_many(rows: int, cells: int) -> None:
    if rows >= MAX_ROWS or cells > MAX_CELLS:
        raise ReadError("too_large", f"{rows:,} rows, {cells:,} cells")


def _fill_down(rows: list[list[str]], spans: Sequence[Span]) -> dict[int, list[int]]:
    """Write a merged cell's value into the lines it reaches; gives the columns by line."""
    filled: dict[int, list[int]] = {}
    written = 0
    for span in spans:
        top = rows[span.first - 1] if 0 < span.first <= len(rows) else []
        value = top[span.column] if span.column < len(top) else ""
        if not value:
            continue
        for at in range(span.first, min(span.last, len(rows))):
            written += 1
            if written > MAX_CELLS:
                raise ReadError("too_large", "merged cells")
            row = rows[at]
            if not any(row):
                continue
            row.extend([""] * (span.column + 1 - len(row)))
            row[span.column] = value
            filled.setdefault(at, []).append(span.column)
    return filled


def _hidden(parts: SheetParts) -> list[Message]:
    if not parts.hidden_rows and not parts.hidden_columns:
        return []
    return [
        Message(
            f"非表示の行{parts.hidden_rows}・列{parts.hidden_columns}も読みました",
            f"hidden rows ({parts.hidden_rows}) and columns ({parts.hidden_columns}) were read too",
        )
    ]


def _with_others(found: FoundTable, others: Sequence[str], hidden: Sequence[str]) -> FoundTable:
    remarks = list(found.raw.remarks)
    if others:
        names = "、".join(others)
        remarks.append(Message(f"読まなかったシート: {names}", f"sheets not read: {names}"))
    if hidden:
        names = "、".join(hidden)
        remarks.append(
            Message(
                f"非表示なので読まなかったシート: {names}（要るものなら、再表示して保存し直してください）",
                f"hidden sheets, not read: {names} (if needed, unhide them and save the book again)",
            )
        )
    return replace(found, raw=replace(found.raw, remarks=tuple(remarks)))
