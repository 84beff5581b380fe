"""What the command prints of a build and its findings, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.evidence.errata import COLUMNS, errata
from pipelines.messages import Message, plain
from pipelines.warehouse import open_edition
from pipelines.words import spreadsheet_safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipelines.build import BuildReport
    from pipelines.bundle import BundleReport
    from pipelines.ingest.findings import Findings
    from pipelines.ingest.types import DatasetResult, SourceFile
    from pipelines.pictures import Picture

_SHOWN_FINDINGS: Final = 20
_SHOWN_VALUE: Final = 60
_SEVERITY: Final = {
    "quarantine": Message("取込保留", "quarantined"),
    "warning": Message("注意", "warning"),
    "left_out": Message("除外", "left out"),
}


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
    lines += [_superseded(source, report, lang) for source in report.superseded]
    lines += _without_file(report.results, lang)
    lines += [line for picture in report.pictures for line in _picture_lines(picture, lang)]
    for removed in report.removed:
        lines.append(
            _line(f"古い版を片付けました: {removed}", f"old edition removed: {removed}", lang)
        )
    return "\n".join(lines)


def errata_csv(older: str, newer: str | None, warehouse: Path) -> str:
    """The 正誤表 between two editions (the current one unless `newer` is given) as CSV text."""
    with (
        open_edition(older, warehouse=warehouse) as before,
        open_edition(newer, warehouse=warehouse) as after,
    ):
        table = errata(before, after).rename(columns=COLUMNS)
    texts = table.select_dtypes(include=["object", "str"]).columns
    table[texts] = table[texts].map(
        lambda text: spreadsheet_safe(text) if isinstance(text, str) else text
    )
    return str(table.to_csv(index=False, date_format="%Y-%m-%d"))


def bundle_text(report: BundleReport, lang: str) -> str:
    """What the folder holds that was made for an installation without a network."""
    size_mib = report.size_bytes / 1024**2
    return Message(
        f"{report.folder}: {report.wheels}個のパッケージ、{size_mib:,.0f} MiB"
        f"（{'・'.join(report.targets)}）。中の 導入手順書.md をご覧ください。",
        f"{report.folder}: {report.wheels} packages, {size_mib:,.0f} MiB"
        f" ({', '.join(report.targets)}). See 導入手順書.md in it.",
    ).text(lang)


def _dataset_lines(result: DatasetResult, lang: str) -> Iterator[str]:
    for file, count in zip(result.files, result.counts, strict=True):
        left_ja = f" + 除外 {count.rows_left_out}" if count.rows_left_out else ""
        left_en = f" + left out {count.rows_left_out}" if count.rows_left_out else ""
        path = plain(file.source.shown_path)
        yield _line(
            f"{result.contract.title}: {path} 読み込み {count.rows_read}"
            f" = 取込 {count.rows_loaded} + 取込保留 {count.rows_quarantined}{left_ja}",
            f"{result.contract.title_en}: {path} read {count.rows_read}"
            f" = loaded {count.rows_loaded} + quarantined {count.rows_quarantined}{left_en}",
            lang,
        )
    if result.gate:
        yield f"  {result.gate.text(lang)}"
    yield from finding_lines(result, result.findings, lang)


def _superseded(source: SourceFile, report: BuildReport, lang: str) -> str:
    """Why a file was passed over: another of its data set is newer, or has a date at all."""
    own, contract, path = source.declared.as_of, source.contract, plain(source.shown_path)
    same = [result.files for result in report.results if result.contract.name == contract.name]
    newest = ", ".join(plain(file.source.shown_path) for files in same for file in files)
    hint_ja = "" if own else "。source.yaml に as_of を書くと比べられます"
    hint_en = "" if own else "; write its as_of into source.yaml to have it compared"
    return _line(
        f"{contract.title}: {path} は使いません（{own or '時点の記載なし'}。新しい {newest} を使いました）{hint_ja}",
        f"{contract.title_en}: {path} is not used ({own or 'no as-of date'}; the newer {newest} was){hint_en}",
        lang,
    )


def _picture_lines(picture: Picture, lang: str) -> Iterator[str]:
    """A picture that is not shown, with the reason; one from which something was taken out."""
    name, whose = plain(picture.file_name), plain(picture.initiative_id or "", _SHOWN_VALUE)
    if problem := picture.problem:
        yield _line(
            f"図 {name} は出しません: {problem.ja}",
            f"picture {name} is not shown: {problem.en}",
            lang,
        )
    elif picture.removed:
        gone = plain("、".join(picture.removed), _SHOWN_VALUE)
        yield _line(
            f"図 {name}（{whose}）から取り除きました: {gone}",
            f"taken out of the picture {name} ({whose}): {gone}",
            lang,
        )


def _without_file(results: Sequence[DatasetResult], lang: str) -> Iterator[str]:
    """One line for all data sets that nobody supplied."""
    bare = [result.contract for result in results if not result.files]
    if bare:
        yield _line(
            f"ファイルのないデータ（データなし） {len(bare)}: {'、'.join(one.title for one in bare)}",
            f"no file (no data) for {len(bare)}: {', '.join(one.title_en for one in bare)}",
            lang,
        )


def finding_lines(result: DatasetResult, findings: Findings, lang: str) -> Iterator[str]:
    """The first findings of a data set's files, and how many more there are."""
    names = {file.source.source_no: plain(file.source.shown_path) for file in result.files}
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
    return plain(text, _SHOWN_VALUE)


def _line(ja: str, en: str, lang: str) -> str:
    return Message(ja, en).text(lang)
