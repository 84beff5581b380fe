"""`ebpm template`: an Excel form for a data set, made from its contract.

The first sheet has the columns, an example row that is passed over on loading, and lists for
what can be chosen; the second explains. What is filled in loads as it is: no formulas, no
macros, nothing hidden, and nothing lost when lists and comments are stripped on the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from pipelines.forms.cells import (
    FONT,
    FORMATS,
    GREY,
    PALE_BLUE,
    TEXT,
    choices,
    filled_with,
    save_new,
    style_head,
    write_text,
)
from pipelines.messages import Message, UserError

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from pipelines.contracts import Contract, FieldContract

EXAMPLE_MARK: Final = "記入例"
"""What the first cell of a row begins with that is no data."""
EXPLANATION_SHEET: Final = "説明"

_LAST_ROW: Final = 5000
_TYPES: Final = {
    "string": Message("文字", "text"),
    "integer": Message("整数", "whole number"),
    "number": Message("数", "number"),
    "date": Message("日付（2025-04-01）", "date (2025-04-01)"),
    "boolean": Message("true・false", "true or false"),
}
_EXPLAINED: Final = ("列の名前", "英語名", "必須", "種類", "単位", "選べる値", "例", "内容")


def write_template(contract: Contract, path: Path) -> None:
    """Write the form of `contract` to `path`; raises UserError when it cannot or must not."""
    if contract.geometry == "polygon":
        raise UserError(
            Message(
                f"「{contract.title}」は図形のデータなので、Excelの記入用紙はありません。境界のファイルを入れてください。",
                f"“{contract.title_en}” is made of shapes and has no form; supply a boundary file.",
            )
        )
    save_new(make_template(contract), path)


def make_template(contract: Contract) -> Workbook:
    """The workbook: the form, and the sheet that explains it."""
    book = Workbook()
    form = book.worksheets[0]
    form.title = contract.title
    for at, field in enumerate(contract.read_fields, start=1):
        _write_column(form, at, field)
    form.cell(2, 1).alignment = Alignment(wrap_text=True)
    form.freeze_panes = "A2"
    _explain(book.create_sheet(EXPLANATION_SHEET), contract)
    return book


def example_row(contract: Contract) -> list[str]:
    """The example of each column that a file gives; a choice shows its first value."""
    return [_example(field) for field in contract.read_fields]


def _write_column(form: Worksheet, at: int, field: FieldContract) -> None:
    letter = get_column_letter(at)
    required = field.constraints.required
    head = write_text(form, 1, at, field.title)
    style_head(head, required=required)
    head.comment = Comment(_comment(field), "ebpm", width=320, height=160)
    example = _example(field)
    shown = write_text(form, 2, at, f"{EXAMPLE_MARK} {example}".strip() if at == 1 else example)
    shown.font = Font(name=FONT, italic=True, color="666666")
    shown.fill = filled_with(GREY)
    column = form.column_dimensions[letter]
    # Text keeps the zeros in front of a code.
    column.number_format = FORMATS.get(field.type, TEXT)
    column.width = max(12, 2 * len(field.title) + 4)
    if listed := choices(
        field.constraints.enum or (), title=field.title, required=field.constraints.required
    ):
        form.add_data_validation(listed)
        listed.add(f"{letter}3:{letter}{_LAST_ROW}")


def _explain(sheet: Worksheet, contract: Contract) -> None:
    lines = [
        f"{contract.title} / {contract.title_en}",
        contract.description,
        contract.description_en,
        f"3行目から記入します。「{EXAMPLE_MARK}」で始まる行は読み込みません。見出しの名前は変えないでください。",
        f"Fill in from row 3. A row that begins with {EXAMPLE_MARK} is not read. Keep the names of the columns.",
    ]
    for row, line in enumerate(lines, start=1):
        write_text(sheet, row, 1, line).font = Font(name=FONT, bold=row == 1)
    top = len(lines) + 2
    for at, title in enumerate(_EXPLAINED, start=1):
        cell = write_text(sheet, top, at, title)
        cell.font = Font(name=FONT, bold=True)
        cell.fill = filled_with(PALE_BLUE)
    for row, field in enumerate(contract.read_fields, start=top + 1):
        for at, text in enumerate(_explanation(field), start=1):
            write_text(sheet, row, at, text).font = Font(name=FONT)
    for at, width in enumerate((30, 26, 8, 22, 8, 40, 24, 60), start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width


def _explanation(field: FieldContract) -> tuple[str, ...]:
    values = "・".join(_with_english(value, field) for value in field.constraints.enum or ())
    return (
        field.title,
        field.title_en,
        "必須" if field.constraints.required else "",
        f"{_TYPES[field.type].ja} / {_TYPES[field.type].en}",
        field.unit,
        values,
        _example(field),
        " / ".join(filter(None, (field.description, field.description_en))),
    )


def _comment(field: FieldContract) -> str:
    _, title_en, required, kind, unit, values, example, description = _explanation(field)
    return "\n".join(
        line
        for line in (
            title_en,
            "必須 / required" if required else "任意 / optional",
            kind + (f"（{unit}）" if unit else ""),
            values,
            f"例 / e.g. {example}" if example else "",
            description,
        )
        if line
    )


def _with_english(value: str, field: FieldContract) -> str:
    english = field.values_en.get(value)
    return f"{value} ({english})" if english else value


def _example(field: FieldContract) -> str:
    if field.example:
        return field.example
    return field.constraints.enum[0] if field.constraints.enum else ""
