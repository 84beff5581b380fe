"""What `ebpm check` says of a file: for people in one language, for programs as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pipelines.ingest.repairs import REPAIRS
from pipelines.ingest.steps import STEPS
from pipelines.messages import Message, plain
from pipelines.reports import finding_lines, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.check import FileReport
    from pipelines.ingest.findings import Findings
    from pipelines.ingest.types import Finding, Proposal, RawTable, Repair

_SHOWN_NOTES: Final = 5
_SHOWN_NAMES: Final = 2_000  # characters


def file_report_text(reports: Sequence[FileReport], lang: str) -> str:
    """The reports of the tables of one file as a clerk reads them."""
    return "\n\n".join("\n".join(_lines(report, lang)) for report in reports)


def file_report_json(reports: Sequence[FileReport]) -> str:
    """The same for programs: an object, or a list of them where the file has several tables."""
    contents = [_content(report) for report in reports]
    shown = contents[0] if len(contents) == 1 else contents
    text = json.dumps(shown, ensure_ascii=False, indent=2)
    # JSON escapes some of what a terminal would obey; the rest is escaped here.
    return "".join(
        sign if sign.isprintable() or sign == "\n" else json.dumps(sign)[1:-1] for sign in text
    )


def _content(report: FileReport) -> dict[str, Any]:
    source, count, raw = report.file.source, report.count, report.file.source.raw
    return {
        "file": source.shown_path,
        "dataset": source.contract.name,
        "layout": raw.layout,
        "encoding": raw.encoding,
        "rows_read": count.rows_read,
        "rows_loaded": count.rows_loaded,
        "rows_quarantined": count.rows_quarantined,
        "rows_left_out": count.rows_left_out,
        "rows_in_ward": report.in_ward,
        "header_lines": raw.header_lines,
        "blank_lines": raw.blank_lines,
        "notes": [{"line": note.line, "text": note.text} for note in raw.notes],
        "remarks": [{"ja": remark.ja, "en": remark.en} for remark in raw.remarks],
        "unknown_columns": list(report.file.unknown_columns),
        "companion_columns": list(report.file.companions),
        "proposals": [
            {"column": one.column, "field": one.field, "known_as": one.known_as}
            for one in report.file.proposals
        ],
        "absent_fields": list(report.file.absent_fields),
        "repairs": [
            {"field": one.field, "repair": one.repair, "values": one.values}
            for one in report.file.repairs
        ],
        "findings": [_finding(found) for found in _own_findings(report)],
    }


def _lines(report: FileReport, lang: str) -> Iterator[str]:
    for message in _messages(report):
        yield message.text(lang)
    yield from finding_lines(report.result, _own_findings(report), lang)


def _messages(report: FileReport) -> Iterator[Message]:
    source, contract, raw = report.file.source, report.result.contract, report.file.source.raw
    unknown = report.file.unknown_columns
    used = len(raw.header) - len(unknown) - len(report.file.companions)
    shown = printable(f"#{raw.part}") if raw.part else ""
    path = plain(str(source.path))
    yield Message(f"ファイル  {path}{shown}", f"file      {path}{shown}")
    yield Message(
        f"データ    {contract.title}（{contract.name}）",
        f"data set  {contract.title_en} ({contract.name})",
    )
    yield Message(
        f"形式      {raw.layout}・{raw.encoding}・{len(raw.header)}列のうち{used}列を使用",
        f"form      {raw.layout}, {raw.encoding}, {used} of {len(raw.header)} columns used",
    )
    yield _counts(report)
    yield from _beside(raw)
    if report.in_ward is not None:
        yield Message(
            f"区内      {report.in_ward}行（町丁目が決まった行）",
            f"in ward   rows {report.in_ward} (an area was found)",
        )
    for repair in report.file.repairs:
        yield _repair(repair, report)
    if unknown:
        names = plain("、".join(printable(name) for name in unknown), _SHOWN_NAMES)
        yield Message(f"使わない列 {names}", f"not used  {names}")
    if beside := plain("、".join(map(printable, report.file.companions)), _SHOWN_NAMES):
        yield Message(f"参考の列  {beside}", f"for reading {beside}")
    for proposal in report.file.proposals:
        yield _proposal(proposal)


def _counts(report: FileReport) -> Message:
    count = report.count
    left_ja = f" + 除外 {count.rows_left_out}" if count.rows_left_out else ""
    left_en = f" + left out {count.rows_left_out}" if count.rows_left_out else ""
    return Message(
        f"行        読み込み {count.rows_read} = 取込 {count.rows_loaded}"
        f" + 取込保留 {count.rows_quarantined}{left_ja}",
        f"rows      read {count.rows_read} = loaded {count.rows_loaded}"
        f" + quarantined {count.rows_quarantined}{left_en}",
    )


def _beside(raw: RawTable) -> Iterator[Message]:
    """The lines that are no rows, and what the reader has to say."""
    if raw.notes or raw.blank_lines:
        yield Message(
            f"行以外    空行 {raw.blank_lines}・表題や注記 {len(raw.notes)}（行に数えません）",
            f"no rows   blank {raw.blank_lines}, titles and notes {len(raw.notes)} (not counted)",
        )
    for note in raw.notes[:_SHOWN_NOTES]:
        text = printable(note.text)
        yield Message(f"  {note.line}行目: {text}", f"  line {note.line}: {text}")
    rest = len(raw.notes) - _SHOWN_NOTES
    if rest > 0:
        yield Message(f"  ほか{rest}行", f"  and {rest} more")
    for remark in raw.remarks:
        yield Message(f"注意      {printable(remark.ja)}", f"note      {printable(remark.en)}")


def _repair(repair: Repair, report: FileReport) -> Message:
    field = report.result.contract.field(repair.field)
    title = STEPS.get(repair.repair) or Message(
        REPAIRS[repair.repair].title, REPAIRS[repair.repair].title_en
    )
    return Message(
        f"修復      {field.title}: {title.ja} {repair.values}件",
        f"repaired  {field.title_en}: {title.en} ({repair.values})",
    )


def _proposal(proposal: Proposal) -> Message:
    column = printable(proposal.column)
    return Message(
        f"見出し    「{column}」は「{proposal.known_as}」のことでしょうか。"
        "そうであれば見出しを直してください",
        f"header    is “{column}” meant to be “{proposal.known_as}”? If so, correct the header",
    )


def _own_findings(report: FileReport) -> Findings:
    return report.result.findings.of(report.file.source.source_no)


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "line": found.line,
        "field": found.field,
        "value": found.value,
        "rule": found.rule,
        "severity": found.severity,
        "message_ja": found.message.ja,
        "message_en": found.message.en,
    }
