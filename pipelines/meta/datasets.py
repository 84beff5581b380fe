"""What is in an edition: data sets, with date, status and whom to credit."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from pipelines.meta.table import TEXT, write_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from pipelines.ingest.types import DatasetResult, SourceFile

_DAYS: Final = {"D": 1, "M": 30.4375, "Y": 365.25}
_STATUS_ORDER: Final = ("official", "supplied", "sample", "schematic", "stale")
_DATASETS: Final = pa.schema(
    [
        ("dataset", TEXT), ("title", TEXT), ("title_en", TEXT), ("rows", pa.int64()),
        ("files", pa.int64()), ("as_of", pa.date32()), ("statuses", TEXT),
        ("stale", pa.bool_()), ("rhythm", TEXT), ("credit", TEXT), ("credit_en", TEXT),
        ("boundary_id", TEXT), ("licences", TEXT), ("rows_quarantined", pa.int64()),
        ("warnings", pa.int64()), ("carried_over_from", TEXT), ("gate", TEXT), ("gate_en", TEXT),
    ]
)  # fmt: skip


def is_stale(as_of: date | None, rhythm: str, today: date) -> bool:
    """Whether data of `as_of` are older than one and a half times their rhythm (ISO 8601 P1Y)."""
    found = re.fullmatch(r"P(\d+)([YMD])", rhythm)
    if as_of is None or found is None:
        return False
    return today - as_of > timedelta(days=1.5 * int(found[1]) * _DAYS[found[2]])


def write_datasets(
    connection: duckdb.DuckDBPyConnection, results: Sequence[DatasetResult], today: date
) -> None:
    """Write meta.datasets; a data set that nobody supplied is there with no file."""
    write_table(
        connection,
        "datasets",
        [{**_dataset_row(result, today), **_fate(result)} for result in results],
        _DATASETS,
    )


def _dataset_row(result: DatasetResult, today: date) -> dict[str, Any]:
    if result.carried:
        kept = result.carried.dataset
        return {**kept, "stale": is_stale(kept["as_of"], result.contract.rhythm, today)}
    declared = [file.source.declared for file in result.files]
    dates = [one.as_of for one in declared]
    as_of = _dated(dates, merged=result.contract.combine == "merge")
    credit, credit_en = (
        zip(*(_credit(file.source) for file in result.files), strict=True) if declared else ((), ())
    )
    return {
        "dataset": result.contract.name,
        "title": result.contract.title,
        "title_en": result.contract.title_en,
        "rows": sum(count.rows_loaded for count in result.counts),
        "files": len(result.files),
        "as_of": as_of,
        "statuses": in_order({one.status for one in declared}),
        "stale": is_stale(as_of, result.contract.rhythm, today),
        "rhythm": result.contract.rhythm,
        "credit": "、".join(dict.fromkeys(credit)),
        "credit_en": ", ".join(dict.fromkeys(credit_en)),
        "boundary_id": declared[0].boundary_id
        if declared and result.contract.geometry == "polygon"
        else "",
    }


def _dated(dates: Sequence[date | None], *, merged: bool) -> date | None:
    """The oldest part dates the whole; one part without a date leaves the whole without.

    Of merged files, last year's reports stay beside this year's: the newest dates the whole.
    """
    known = [day for day in dates if day]
    if merged:
        return max(known, default=None)
    return min(known, default=None) if all(dates) else None


def _fate(result: DatasetResult) -> dict[str, Any]:
    """What this build did with the files, whether their rows or earlier ones are in the table."""
    gate = result.gate
    licences = [file.source.declared.licence for file in result.files]
    if result.carried:
        licences = [source["licence"] for source in result.carried.sources]
    return {
        "licences": "、".join(dict.fromkeys(filter(None, licences))),
        "rows_quarantined": sum(count.rows_quarantined for count in result.counts),
        "warnings": result.findings.count_of("warning"),
        "carried_over_from": result.carried.origin if result.carried else "",
        "gate": gate.ja if gate else "",
        "gate_en": gate.en if gate else "",
    }


def _credit(source: SourceFile) -> tuple[str, str]:
    """Whom to name: the publisher and the title, else whichever is known, else the file."""
    declared, name = source.declared, source.path.name
    publisher_en = declared.publisher_en or declared.publisher
    if declared.publisher and declared.title:
        return f"{declared.publisher}「{declared.title}」", publisher_en
    known = declared.publisher or declared.title or name
    return known, publisher_en or known


def in_order(statuses: set[str]) -> str:
    """Statuses as they are listed, the surest first."""
    return ",".join(status for status in _STATUS_ORDER if status in statuses)
