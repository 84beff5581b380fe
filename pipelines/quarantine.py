"""What was found in rows as an Excel workbook for the department that can mend them.

Of data sets with internal columns an edition shows no value; only `ebpm quarantine --internal` opens
the file in which they are, and `ebpm check` has them from the file it was given. Such a workbook is
readable by its owner only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb

from pipelines.editions import internal_file
from pipelines.messages import Message, UserError
from pipelines.new_file import write_new
from pipelines.warehouse import open_edition
from pipelines.words import as_of_text
from pipelines.workbook import MOST_ROWS, Sheet, workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipelines.check import FileReport
    from pipelines.contracts import Contract
    from pipelines.warehouse import Edition
    from pipelines.workbook import Cell

    Row = Mapping[str, Any]
    """A finding: dataset, file_name, line, field, value, severity, message_ja, message_en."""
    Titles = Mapping[str, Message]
    """Of data sets (`areas`) and their columns (`areas.population`)."""

_KINDS: Final = {
    "quarantine": Message("取込保留", "Quarantined"),
    "warning": Message("注意", "To be checked"),
    "left_out": Message("除外", "Left out"),
}
_HEADER: Final = (
    Message("データ", "Data"),
    Message("ファイル", "File"),
    Message("行番号", "Line"),
    Message("項目", "Column"),
    Message("値", "Value"),
    Message("内容", "Content"),
    Message("対応（記入欄）", "Answer (to fill in)"),
)


@dataclass(frozen=True)
class Written:
    """How many findings stand in the workbook, by kind, and whether values of internal columns do."""

    path: Path
    counts: Mapping[str, int]
    private: bool

    @property
    def message(self) -> Message:
        """What was written, or that there was nothing to write."""
        if not self.counts:
            return Message(
                "取込保留も注意もありません。ファイルは作りませんでした。",
                "Nothing was held back or flagged; no file was made.",
            )
        kinds = [(_KINDS[kind], count) for kind, count in self.counts.items()]
        ja = "・".join(f"{kind.ja}{count:,}件" for kind, count in kinds)
        en = ", ".join(f"{kind.en}: {count:,}" for kind, count in kinds)
        if self.private:
            ja += "。非公開の項目の値を含むので、取り扱いに注意してください（作成者だけが読めます）"
            en += "; it holds values of internal columns, handle with care (only you can read it)"
        return Message(f"{self.path}: {ja}。", f"{self.path}: {en}.")


def write_edition_findings(
    warehouse: Path, path: Path | None, *, dataset: str | None, internal: bool, lang: str
) -> Written:
    """Write the findings of the current edition, of one data set where it is named.

    Without `internal`, values of internal columns are left out as on the pages. Without a `path`,
    the file is named after ward and date, in the folder one is in. Raises UserError.
    """
    with open_edition(warehouse=warehouse) as edition:
        titles = _edition_titles(edition)
        rows = edition.arrow("meta.findings").to_pylist()
        inside = list(_inside(edition)) if internal else []
        hidden = {row["dataset"] for row in inside}
        rows = [row for row in rows if row["dataset"] not in hidden] + inside
        order = {name: at for at, name in enumerate(titles)}
        rows.sort(key=lambda row: order[row["dataset"]])
        rows = [row for row in rows if dataset in {None, row["dataset"]}]
        about = [
            (Message("自治体", "Municipality"), edition.build[_name_key(lang)]),
            (Message("版の時点", "Edition as of"), as_of_text(edition.as_of, lang)),
            (Message("データの版", "Edition"), edition.name),
        ]
        stem = [edition.build["municipality_code"], dataset, "quarantine", str(edition.as_of)]
    private = any(row["dataset"] in hidden for row in rows)
    target = path or _default(stem, private=private)
    return _write(target, rows, titles, about, lang, private=private, option="--out")


def write_file_findings(reports: Sequence[FileReport], path: Path, *, lang: str) -> Written:
    """Write what `ebpm check` found in the tables of one file; raises UserError."""
    contracts = [report.result.contract for report in reports]
    titles = {name: title for one in contracts for name, title in _contract_titles(one).items()}
    rows = [row for report in reports for row in _report_rows(report)]
    names = "、".join(report.file.source.shown_path for report in reports)
    about = [(Message("ファイル", "File"), names)]
    private = any(contract.internal for contract in contracts)
    return _write(path, rows, titles, about, lang, private=private, option="--excel")


def _write(
    path: Path,
    rows: Sequence[Row],
    titles: Titles,
    about: Iterable[tuple[Message, str]],
    lang: str,
    *,
    private: bool,
    option: str,
) -> Written:
    by_kind = {kind: [row for row in rows if row["severity"] == kind] for kind in _KINDS}
    sheets = [
        Sheet(
            _KINDS[kind].text(lang),
            [title.text(lang) for title in _HEADER],
            [_cells(row, titles, lang) for row in found],
        )
        for kind, found in by_kind.items()
        if found
    ]
    counts = {kind: len(found) for kind, found in by_kind.items() if found}
    if sheets:
        head = [*_head(counts, lang, private=private)]
        head += [(label.text(lang), text) for label, text in about]
        write_new(path, workbook(head, sheets), option=option, private=private)
    return Written(path, counts, private)


def _head(counts: Mapping[str, int], lang: str, *, private: bool) -> Iterator[tuple[str, str]]:
    """What the workbook is, and how it is to be handled."""
    lines = [
        (
            Message("表題", "Title"),
            Message("取り込めなかった行・確かめたい行", "Rows held back and rows to be checked"),
        )
    ]
    if private:
        told = Message("非公開の項目の値を含みます", "It holds values of internal columns")
        lines.append((Message("取り扱い", "Handling"), told))
    if max(counts.values()) > MOST_ROWS:
        told = Message(f"各シート{MOST_ROWS:,}件まで", f"The first {MOST_ROWS:,} of each sheet")
        lines.append((Message("件数", "Number"), told))
    yield from ((label.text(lang), text.text(lang)) for label, text in lines)


def _cells(row: Row, titles: Titles, lang: str) -> list[Cell]:
    dataset = row["dataset"]
    fields = [titles[f"{dataset}.{name}"].text(lang) for name in row["field"].split(",") if name]
    return [
        titles[dataset].text(lang),
        row["file_name"],
        row["line"],
        "・".join(fields),
        row["value"],
        row["message_en" if lang == "en" else "message_ja"],
        None,
    ]


def _inside(edition: Edition) -> Iterator[Row]:
    """The findings with their values that the file of internal rows has; raises UserError."""
    path = internal_file(edition.path)
    if not path.is_file():
        return
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            yield from connection.sql("FROM meta.findings").to_arrow_table().to_pylist()
    except duckdb.Error as error:
        raise UserError(
            Message(
                f"{path}: 非公開の項目の記録を読めません。「ebpm build」で版を作り直してください。",
                f"{path}: the records of internal columns cannot be read; build again with `ebpm build`.",
            )
        ) from error


def _edition_titles(edition: Edition) -> dict[str, Message]:
    titles: dict[str, Message] = {}
    for row in edition.arrow("meta.contracts").to_pylist():
        contract = json.loads(row["contract_json"])
        name = contract["name"]
        titles[name] = Message(contract["title"], contract["title_en"])
        for field in contract["fields"]:
            titles[f"{name}.{field['name']}"] = Message(field["title"], field["title_en"])
    return titles


def _contract_titles(contract: Contract) -> dict[str, Message]:
    titles = {contract.name: Message(contract.title, contract.title_en)}
    for field in contract.fields:
        titles[f"{contract.name}.{field.name}"] = Message(field.title, field.title_en)
    return titles


def _report_rows(report: FileReport) -> Iterator[Row]:
    source = report.file.source
    for found in report.result.findings.of(source.source_no):
        yield {
            "dataset": source.contract.name,
            "file_name": source.shown_path,
            "line": found.line,
            "field": found.field,
            "value": found.value,
            "severity": found.severity,
            "message_ja": found.message.ja,
            "message_en": found.message.en,
        }


def _default(stem: Sequence[str | None], *, private: bool) -> Path:
    return Path("_".join(filter(None, [*stem, "internal" if private else None])) + ".xlsx")


def _name_key(lang: str) -> str:
    return "municipality_name_en" if lang == "en" else "municipality_name"
