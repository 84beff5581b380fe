"""`ebpm check`: what would become of one file, without changing anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from pipelines.build import ingest_all
from pipelines.contracts import load_catalogue
from pipelines.ingest.discover import FoundFile, find_inputs, read_inputs, read_source
from pipelines.messages import Message, UserError
from pipelines.ward import load_ward

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.contracts import Catalogue
    from pipelines.folder import DataFolder
    from pipelines.ingest.types import CleanedFile, DatasetResult, FileCount, SourceFile


@dataclass(frozen=True)
class FileReport:
    """What was done with each row of a file."""

    result: DatasetResult
    file: CleanedFile
    count: FileCount
    in_ward: int | None
    """Rows placed in an area of the ward; None for a data set without places."""


def check_file(path: Path, folder: DataFolder, *, dataset: str | None) -> FileReport:
    """Read, recognise, clean and check one file against the catalogue and the ward's areas.

    References to other data sets are left to the build. Raises UserError when the file cannot
    be read at all.
    """
    ward, catalogue = load_ward(folder.ward_file), load_catalogue(folder.root)
    if dataset is not None and dataset not in catalogue.contracts:
        raise _unknown_dataset(dataset, catalogue)
    source = read_source(FoundFile(path, path.name, dataset), catalogue, source_no=1)
    sources = [source, *_areas_beside(source, folder, catalogue)]
    with duckdb.connect() as connection:
        results, _ = ingest_all(
            connection, catalogue, ward, sources, lambda _: None, references=False
        )
        [result] = [one for one in results if one.contract.name == source.contract.name]
        in_ward = _in_ward(connection, result)
    return FileReport(result, result.files[0], result.counts[0], in_ward)


def _areas_beside(source: SourceFile, folder: DataFolder, catalogue: Catalogue) -> list[SourceFile]:
    """The boundaries to place the file's rows in: the inbox's, otherwise the sample's."""
    if source.contract.geometry == "polygon":
        return []
    polygons = {one.name for one in catalogue.contracts.values() if one.geometry == "polygon"}
    found = [one for one in find_inputs(folder, catalogue) if one.dataset in polygons]
    return read_inputs(found, catalogue, first_no=source.source_no + 1)


def _in_ward(connection: duckdb.DuckDBPyConnection, result: DatasetResult) -> int | None:
    if result.contract.geometry != "point":
        return None
    [(placed,)] = connection.execute(
        f'SELECT count(area_code) FROM clean."{result.contract.name}"'  # noqa: S608
    ).fetchall()
    return int(placed)


def _unknown_dataset(dataset: str, catalogue: Catalogue) -> UserError:
    names = "、".join(catalogue.contracts)
    return UserError(
        Message(
            f"データ名「{dataset}」はありません。{names} のどれかを指定してください。",
            f"There is no data set {dataset}; choose one of {names}.",
        )
    )
