"""What the command prints: for people in one language, for programs as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pipelines.ingest.clean import KEY_REPAIR
from pipelines.ingest.repairs import REPAIRS
from pipelines.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.build import BuildReport
    from pipelines.check import FileReport
    from pipelines.ingest.types import DatasetResult, Finding, Repair

_SHOWN_FINDINGS: Final = 20
_KEY_TITLE: Final = Message("空のIDを内容から作った", "Blank ID made from the row's content")
_SEVERITY: Final = {
    "quarantine": Message("取込保留", "quarantined"),
    "warning": Message("注意", "warning"),
    "left_out": Message("除外", "left out"),
}


def file_report_text(report: FileReport, lang: str) -> str:
    """The report of one file as a clerk reads it."""
    return "\n".join(_file_lines(report, lang))


def file_report_json(report: FileReport) -> str:
    """The same report for programs."""
    source, count = report.file.source, report.count
    content: dict[str, Any] = {
        "file": source.shown_path,
        "dataset": source.contract.name,
        "layout": source.raw.layout,
        "encoding": source.raw.encoding,
        "rows_read": count.rows_read,
        "rows_loaded": count.rows_loaded,
        "rows_quarantined": count.rows_quarantined,
        "rows_left_out": count.rows_left_out,
        "rows_in_ward": report.in_ward,
        "unknown_columns": list(report.file.unknown_columns),
        "absent_fields": list(report.file.absent_fields),
        "repairs": [
            {"field": one.field, "repair": one.repair, "values": one.values}
            for one in report.file.repairs
        ],
        "findings": [_finding_json(found) for found in _own_findings(report)],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def build_report_text(report: BuildReport, lang: str) -> str:
    """What a build did with each file."""
    if report.reused:
        same = Message(
            f"入力は前と同じです。版 {report.edition} をそのまま使います。",
            f"The inputs are as before; edition {report.edition} is used as it is.",
        )
        return same.text(lang)
    lines = [_line(f"版 {report.edition}", f"edition {report.edition}", lang)]
    for result in report.results:
        lines += _dataset_lines(result, lang)
    for removed in report.removed:
        lines.append(
            _line(f"古い版を片付けました: {removed}", f"old edition removed: {removed}", lang)
        )
    return "\n".join(lines)


def _file_lines(report: FileReport, lang: str) -> Iterator[str]:
    source, contract = report.file.source, report.result.contract
    used = len(source.raw.header) - len(report.file.unknown_columns)
    yield _line(f"ファイル  {source.path}", f"file      {source.path}", lang)
    yield _line(
        f"データ    {contract.title}（{contract.name}）",
        f"data set  {contract.title_en} ({contract.name})", lang,
    )  # fmt: skip
    yield _line(
        f"形式      {source.raw.layout}・{source.raw.encoding}・{len(source.raw.header)}列のうち{used}列を使用",
        f"form      {source.raw.layout}, {source.raw.encoding}, {used} of {len(source.raw.header)} columns used",
        lang,
    )
    yield _counts_line(report, lang)
    if report.in_ward is not None:
        yield _line(
            f"区内      {report.in_ward}行（町丁目が決まった行）",
            f"in ward   {report.in_ward} rows (an area was found)", lang,
        )  # fmt: skip
    for repair in report.file.repairs:
        yield _repair_line(repair, report.result, lang)
    if report.file.unknown_columns:
        names = "、".join(report.file.unknown_columns)
        yield _line(f"使わない列 {names}", f"not used  {names}", lang)
    yield from _finding_lines(report.result, _own_findings(report), lang)


def _counts_line(report: FileReport, lang: str) -> str:
    count = report.count
    return _line(
        f"行        読み込み {count.rows_read} = 取込 {count.rows_loaded}"
        f" + 取込保留 {count.rows_quarantined}",
        f"rows      read {count.rows_read} = loaded {count.rows_loaded}"
        f" + quarantined {count.rows_quarantined}",
        lang,
    )


def _repair_line(repair: Repair, result: DatasetResult, lang: str) -> str:
    field = result.contract.field(repair.field)
    title = (
        _KEY_TITLE
        if repair.repair == KEY_REPAIR
        else Message(REPAIRS[repair.repair].title, REPAIRS[repair.repair].title_en)
    )
    return _line(
        f"修復      {field.title}: {title.ja} {repair.values}件",
        f"repaired  {field.title_en}: {title.en}, {repair.values} values", lang,
    )  # fmt: skip


def _dataset_lines(result: DatasetResult, lang: str) -> Iterator[str]:
    if not result.files:
        yield _line(
            f"{result.contract.title}: ファイルがありません（データなし）",
            f"{result.contract.title_en}: no file (no data)", lang,
        )  # fmt: skip
    for file, count in zip(result.files, result.counts, strict=True):
        left_ja = f" + 除外 {count.rows_left_out}" if count.rows_left_out else ""
        left_en = f" + left out {count.rows_left_out}" if count.rows_left_out else ""
        yield _line(
            f"{result.contract.title}: {file.source.shown_path} 読み込み {count.rows_read}"
            f" = 取込 {count.rows_loaded} + 取込保留 {count.rows_quarantined}{left_ja}",
            f"{result.contract.title_en}: {file.source.shown_path} read {count.rows_read}"
            f" = loaded {count.rows_loaded} + quarantined {count.rows_quarantined}{left_en}",
            lang,
        )
    yield from _finding_lines(result, list(result.findings), lang)


def _finding_lines(result: DatasetResult, findings: list[Finding], lang: str) -> Iterator[str]:
    names = {file.source.source_no: file.source.shown_path for file in result.files}
    for found in findings[:_SHOWN_FINDINGS]:
        kind = _SEVERITY[found.severity]
        where = names[found.source_no]
        value = f" [{printable(found.value)}]" if found.value else ""
        yield _line(
            f"  {kind.ja} {where} {found.line}行目{value}: {found.message.ja}",
            f"  {kind.en} {where} line {found.line}{value}: {found.message.en}", lang,
        )  # fmt: skip
    rest = len(findings) - _SHOWN_FINDINGS
    if rest > 0:
        yield _line(f"  ほか{rest}件", f"  and {rest} more", lang)


def printable(text: str) -> str:
    """A value from a file without what a terminal would obey, and not too long."""
    kept = "".join(letter if letter.isprintable() else " " for letter in text)
    return kept if len(kept) <= 60 else f"{kept[:59]}…"  # noqa: PLR2004


def _own_findings(report: FileReport) -> list[Finding]:
    number = report.file.source.source_no
    return [found for found in report.result.findings if found.source_no == number]


def _finding_json(found: Finding) -> dict[str, Any]:
    return {
        "line": found.line,
        "field": found.field,
        "value": found.value,
        "rule": found.rule,
        "severity": found.severity,
        "message_ja": found.message.ja,
        "message_en": found.message.en,
    }


def _line(ja: str, en: str, lang: str) -> str:
    return Message(ja, en).text(lang)
