"""One data set: its files cleaned and checked together, then loaded or quarantined row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.contracts.ddl import PROVENANCE, SQL_TYPES, clean_table, create_clean_table, quoted
from pipelines.ingest.checks import contract_checks
from pipelines.ingest.corrections import apply_corrections
from pipelines.ingest.derive import DERIVED, derive_columns
from pipelines.ingest.doubts import doubt_checks
from pipelines.ingest.findings import Findings
from pipelines.ingest.judging import KEPT_OUT, Judging
from pipelines.ingest.merge import merge_rows, pass_over_blank
from pipelines.ingest.parents import ALONE, judge_parents, keep_held
from pipelines.ingest.stage import STAGED, STAGED_ROWS, drop_staged, stage_files
from pipelines.ingest.types import DatasetResult, FileCount

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import duckdb

    from pipelines.contracts import Contract
    from pipelines.ingest.checks import Check
    from pipelines.ingest.corrections import Correction
    from pipelines.ingest.merge import Remarks
    from pipelines.ingest.parents import Relatives
    from pipelines.ingest.place import Ground
    from pipelines.ingest.types import CleanedFile, SourceFile
    from pipelines.ward import Ward


def ingest_dataset(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    sources: Sequence[SourceFile],
    *,
    ward: Ward,
    ground: Ground | None,
    relatives: Relatives = ALONE,
    corrections: Sequence[Correction] = (),
    as_of: date | None = None,
) -> DatasetResult:
    """Clean, correct, check and load all files of one data set into `clean.<name>`.

    `ground` places points; `as_of` is the day that what has happened cannot lie after.
    Every row ends in the clean table, in quarantine, or left out (shipped rows whose parent is gone,
    rows that report nothing, rows that are merged into another); the counts of each file add up.
    Raises UserError for a correction that does not apply.
    """
    connection.execute(create_clean_table(contract))
    mended = {entry.field for entry in corrections if entry.dataset == contract.name}
    files = stage_files(connection, contract, sources, also=mended)
    applied = apply_corrections(connection, contract, corrections)
    judging = Judging(connection, contract)
    findings, counts = Findings(contract), tuple[FileCount, ...]()
    remarks: list[Remarks] = []
    if files:
        remarks.append(pass_over_blank(judging))
        judging.check(_row_checks(contract), "quarantine")
        for check in doubt_checks(STAGED, contract, as_of):
            judging.check([check], "warning")
        samples = [file.source.source_no for file in files if _gives_way(file.source)]
        judge_parents(judging, relatives.parents, samples)
        if contract.combine == "merge":
            remarks.append(merge_rows(judging, files))
        derived = derive_columns(judging, files, ward, ground)
        keep_held(connection, contract, relatives.referenced)
        findings, counts = judging.findings(), judging.counts(files)
        _load(connection, contract, derived)
    judging.close()
    drop_staged(connection)
    return DatasetResult(
        contract=contract,
        files=tuple(_with_remarks(file, remarks) for file in files),
        counts=counts,
        findings=findings,
        repairs=tuple(repair for file in files for repair in file.repairs),
        corrections=applied,
    )


def _gives_way(source: SourceFile) -> bool:
    """Whether rows that name what the ward's own lists do not have are left out, and no errors."""
    return source.shipped or source.declared.status == "sample"


def _row_checks(contract: Contract) -> list[Check]:
    """The contract's rules; of rows that are merged, equal keys are no error of theirs."""
    merged = contract.combine == "merge"
    checks = contract_checks(STAGED, contract)
    return [check for check in checks if not (merged and check.rule == "primary_key")]


def _with_remarks(file: CleanedFile, remarks: Sequence[Remarks]) -> CleanedFile:
    """The file with what was found to be said of it as a whole."""
    raw = file.source.raw
    said = [one for every in remarks for one in every.get(file.source.source_no, ())]
    if not said:
        return file
    source = replace(file.source, raw=replace(raw, remarks=(*raw.remarks, *said)))
    return replace(file, source=source)


def _load(
    connection: duckdb.DuckDBPyConnection, contract: Contract, derived: Sequence[str]
) -> None:
    """The rows that nothing keeps out, in their order, as the types of the clean table.

    All others are taken out of `staged`, so that this comes last.
    """
    filled = {*derived, *connection.table(STAGED_ROWS).columns}
    kinds = {field.name: SQL_TYPES[field.type] for field in contract.fields} | PROVENANCE
    blank = [name for name in kinds if name not in filled]
    columns = [name for name in kinds if name in filled]
    connection.execute(create_clean_table(contract, blank=blank))
    # Without the others, the rows are read in the order they were staged in: they need no sorting,
    # for which a long file has to go to disk and back.
    connection.execute(
        f"DELETE FROM {STAGED_ROWS} WHERE row_no IN (SELECT row_no FROM {KEPT_OUT})"  # noqa: S608
    )
    joined = f"JOIN {DERIVED} USING (row_no) ORDER BY row_no" if derived else ""
    cells = ", ".join(f"CAST({quoted(name)} AS {kinds[name]})" for name in columns)
    connection.execute(
        f"INSERT INTO {clean_table(contract)} ({', '.join(map(quoted, columns))})"  # noqa: S608
        f" SELECT {cells} FROM {STAGED} {joined}"
    )
    if derived:
        connection.execute(f"DROP TABLE {DERIVED}")
