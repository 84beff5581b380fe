"""`ebpm template --department`: the workbook in which a department reports on its initiatives.

What is known is filled in, what is asked for is yellow. It loads as it is: nothing in it depends on
its lists, on formats, on a sheet's place or name, or on the sheets that are there to be read alone.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from pipelines import words
from pipelines.evidence.progress.reviews import due_on
from pipelines.fiscal import fiscal_year
from pipelines.forms.cells import (
    FONT,
    FORMATS,
    GREY,
    TEXT,
    YELLOW,
    choices,
    filled_with,
    save_new,
    style_head,
    write_text,
)
from pipelines.forms.known import UNASSIGNED, known_departments, known_of
from pipelines.forms.sheets import BESIDE, reporting_sheets
from pipelines.messages import Message, UserError, plain
from pipelines.warehouse import open_edition

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from pipelines.contracts import Contract
    from pipelines.forms.known import Department, Known
    from pipelines.forms.sheets import Column, SheetContent
    from pipelines.ward import Ward
    from pipelines.warehouse import Edition

_EXPLANATION: Final = "説明"
_REGISTER: Final = "取組"
_SPARE_ROWS: Final = 500
# Excel's own limits: the first day it counts from, and what one cell holds.
_FIRST_YEAR: Final = 1901
_CELL_CHARACTERS: Final = 32_767
_REGISTER_COLUMNS: Final = {
    "取組ID": "initiative_id",
    "取組名": "initiative_name",
    "区分": "group_name",
    "目的": "purpose",
    "実施内容": "content",
    "計画のときの課": "department_then_name",
}


def write_workbooks(
    warehouse: Path, contracts: Mapping[str, Contract], ward: Ward, folder: Path
) -> list[Path]:
    """A workbook for every department that leads an initiative today, written into `folder`.

    What no department leads has a workbook too, so that nothing is lost. Nothing is overwritten:
    where one of the files is there already, or one cannot be written, none is. Raises UserError.
    """
    with open_edition(warehouse=warehouse) as edition:
        departments = known_departments(edition)
        names = distinct_names(workbook_name(one, ward, edition.as_of) for one in departments)
        known = [known_of(edition, one) for one in departments]
    books = {
        folder / name: make_workbook(one, contracts, ward)
        for name, one in zip(names, known, strict=True)
    }
    there = [path for path in books if path.exists() or path.is_symlink()]
    if there:
        raise UserError(
            Message(
                f"{there[0]}: 同じ名前のファイルがあります。上書きはしません。別のフォルダーを指定してください。",
                f"{there[0]} is there already and is not overwritten; name another folder.",
            )
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            Message(
                f"{folder}: フォルダーを作れません（{error.strerror}）。",
                f"{folder} cannot be made ({error.strerror}).",
            )
        ) from error
    written: list[Path] = []
    try:
        for path, book in books.items():
            save_new(book, path)
            written.append(path)
    except UserError:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written


def write_workbook(
    warehouse: Path,
    contracts: Mapping[str, Contract],
    ward: Ward,
    department_id: str,
    path: Path | None = None,
) -> Path:
    """The workbook of one department; raises UserError for one that leads nothing today."""
    with open_edition(warehouse=warehouse) as edition:
        department = _find(edition, department_id)
        known = known_of(edition, department)
    path = path or Path(workbook_name(department, ward, known.as_of))
    save_new(make_workbook(known, contracts, ward), path)
    return path


def workbook_name(department: Department, ward: Ward, as_of: date) -> str:
    """131148_取組報告_20260401_D03.xlsx: the date in it is that of what is filled in."""
    post = re.sub(r"[^0-9A-Za-z_-]", "_", department.id) if department.id else department.name
    return f"{ward.municipality.code}_取組報告_{as_of:%Y%m%d}_{post}.xlsx"


def distinct_names(names: Iterable[str]) -> list[str]:
    """The names, numbered where two are one: `D/1` and `D_1`, and on Windows `d1` and `D1`."""
    taken: set[str] = set()
    found = []
    for name in names:
        stem, dot, ending = name.rpartition(".")
        numbered = (name, *(f"{stem}_{number}{dot}{ending}" for number in range(2, len(taken) + 3)))
        free = next(one for one in numbered if one.casefold() not in taken)
        taken.add(free.casefold())
        found.append(free)
    return found


def make_workbook(known: Known, contracts: Mapping[str, Contract], ward: Ward) -> Workbook:
    """The workbook: 説明, 取組 (to be read), and the four sheets that come back."""
    book = Workbook()
    _explain(book.worksheets[0], known, ward)
    _register(book.create_sheet(_REGISTER), known)
    for content in reporting_sheets(known, contracts, ward):
        _fill(book.create_sheet(content.title), content)
    return book


def _find(edition: Edition, department_id: str) -> Department:
    departments = known_departments(edition)
    for one in departments:
        if one.id == department_id:
            return one
    listed = "、".join(f"{one.id}（{one.title}）" for one in departments if one.id) or "－"
    shown = plain(department_id, 60)
    raise UserError(
        Message(
            f"所管課「{shown}」が主管の取組はありません。いま取組のある課: {plain(listed)}。",
            f"No initiative is led by {shown} today; those that lead one: {plain(listed)}.",
        )
    )


def _explain(sheet: Worksheet, known: Known, ward: Ward) -> None:
    sheet.title = _EXPLANATION
    year = fiscal_year(known.as_of) - 1
    due = due_on(year, ward.evaluation.report_due_months)
    due_ja, due_en = words.date_text(due, "ja"), words.date_text(due, "en")
    grades = "・".join(f"{one.letter} {one.name}" for one in ward.evaluation.grades)
    nobody = known.department is UNASSIGNED
    lines = [
        f"取組の報告　{known.department.title}",
        f"{words.date_text(known.as_of, 'ja')}現在で分かっていることを記入してあります。黄色の欄を記入してください。",
        f"{year}年度の所管課評価の期限は{due_ja}です。指標の実績値と予算・決算も、分かったものから記入してください。",
        (
            "記入したら、この用紙を送った計画の担当へ、ファイル名の日付を記入した日に直して返してください"
            "（例 20260515）。直さなくても読めますが、二度返すときは、どちらが新しいかが日付で決まります。"
        ),
        (
            "分からない値は空欄のままにしてください。空欄は未報告で、0ではありません。"
            "記号は、- は該当なし、… は不明、× は秘匿です。"
        ),
        "前に報告した値が違っていたら、その行は直さず、下に行を足し、同じ時点と報告日を書いてください。前の値も残ります。",
        "節目は、実績の日を書いてください。日が分からなければ月の末日とし、実績日の細かさを「月」にします。日付で表せないときは、進み具合を選びます。",
        f"評価: {grades}",
        (
            f"シート「{_REGISTER}」と、見出しが{BESIDE}の列は読むためのもので、直しても取り込まれません。"
            "列の見出しは変えないでください。"
        ),
        "",
        f"Report of {known.department.title}, with what is known as of {words.date_text(known.as_of, 'en')}.",
        f"Fill in the yellow cells and return the file to the plan's office; the report of {year} is due by {due_en}.",
        (
            "Leave blank what is not known: blank is not reported, never zero. Correct an earlier value by a new row"
            " with the same date and your report date; the earlier one stays."
        ),
    ]
    if nobody:
        lines.insert(1, "担当の課が決まっていない取組です。計画の担当が確かめてください。")
    for row, line in enumerate(lines, start=1):
        cell = write_text(sheet, row, 1, line)
        cell.font = Font(name=FONT, bold=row == 1)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 110


def _register(sheet: Worksheet, known: Known) -> None:
    """For reading: its headers are no data set's, so that it can never stand for the register."""
    for at, title in enumerate(_REGISTER_COLUMNS, start=1):
        style_head(write_text(sheet, 1, at, f"{title}{BESIDE}"), required=False)
        sheet.column_dimensions[get_column_letter(at)].width = 14 if at == 1 else 32
    for row, one in enumerate(known.initiatives, start=2):
        for at, name in enumerate(_REGISTER_COLUMNS.values(), start=1):
            cell = _write(sheet, row, at, one.get(name))
            cell.font = Font(name=FONT, color="666666" if one["is_over"] else "000000")
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B2"


def _fill(sheet: Worksheet, content: SheetContent) -> None:
    for at, column in enumerate(content.columns, start=1):
        _head(sheet, at, column, last=len(content.rows) + 1 + _SPARE_ROWS)
    for row, one in enumerate(content.rows, start=2):
        for at, column in enumerate(content.columns, start=1):
            cell = _write(sheet, row, at, one.cells.get(column.header))
            cell.number_format = FORMATS["date"] if cell.is_date else _format(column)
            cell.font = Font(name=FONT, color="666666" if column.field is None else "000000")
            if column.header in one.asked:
                cell.fill = filled_with(YELLOW)
            elif column.field is None:
                cell.fill = filled_with(GREY)
    sheet.freeze_panes = "C2"


def _head(sheet: Worksheet, at: int, column: Column, *, last: int) -> None:
    letter = get_column_letter(at)
    required = column.field is not None and column.field.constraints.required
    style_head(write_text(sheet, 1, at, column.header), required=required)
    shape = sheet.column_dimensions[letter]
    shape.number_format = _format(column)
    shape.width = max(12, 2 * len(column.header) + 2)
    if listed := choices(column.listed, title=column.header, required=False):
        sheet.add_data_validation(listed)
        listed.add(f"{letter}2:{letter}{last}")


def _format(column: Column) -> str:
    if column.field is None:
        return "General"
    return FORMATS.get(column.field.type, TEXT)


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> Cell:  # noqa: ANN401 - whatever a table holds
    """A value as Excel keeps it; what it cannot hold is text, never something near it."""
    if isinstance(value, str):
        if len(value) > _CELL_CHARACTERS:
            raise UserError(
                Message(
                    f"「{plain(value, 60)}」は長すぎて、Excelのセルに入りません（{_CELL_CHARACTERS:,}字まで）。",
                    f"“{plain(value, 60)}” is too long for a cell of Excel (at most {_CELL_CHARACTERS:,} signs).",
                )
            )
        return write_text(sheet, row, column, value)
    if isinstance(value, date) and value.year < _FIRST_YEAR:
        return write_text(sheet, row, column, value.isoformat())
    cell = write_text(sheet, row, column, "")
    whole = isinstance(value, float) and value.is_integer()
    cell.value = int(value) if whole else value
    return cell
