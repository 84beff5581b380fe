"""`ebpm check`: what would become of one file, without changing anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import duckdb

from pipelines.contracts import load_catalogue
from pipelines.contracts.ddl import clean_table
from pipelines.editions import attach_internal
from pipelines.ingest.discover import FoundFile, find_inputs, read_inputs, read_sources
from pipelines.loading import Plan, load_all
from pipelines.messages import Message, UserError
from pipelines.progress import part_of, unseen
from pipelines.ward import load_ward

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.contracts import Catalogue, Contract
    from pipelines.folder import DataFolder
    from pipelines.ingest.types import CleanedFile, DatasetResult, FileCount, SourceFile
    from pipelines.progress import Progress

_READ: Final = 0.5


@dataclass(frozen=True)
class FileReport:
    """What was done with each row of a file."""

    result: DatasetResult
    file: CleanedFile
    count: FileCount
    in_ward: int | None
    """Rows placed in an area of the ward; None for a data set without places."""


def check_file(
    path: Path, folder: DataFolder, *, dataset: str | None, progress: Progress = unseen
) -> list[FileReport]:
    """Read, recognise, clean and check one file against the catalogue and the ward's areas.

    One report a table: a book may hold one a sheet, a zip one of each data set. References to
    other data sets are left to the build. Raises UserError when the file cannot be read at all.
    """
    ward, catalogue = load_ward(folder.ward_file), load_catalogue(folder.root)
    if dataset is not None and dataset not in catalogue.contracts:
        raise _unknown_dataset(dataset, catalogue)
    progress(Message("ファイルの読み込み", "reading the file"), 0)
    own = read_sources(FoundFile(path, path.name, dataset), catalogue, first_no=1)
    sources = [*own, *_areas_beside(own, folder, catalogue)]
    with duckdb.connect() as connection:
        attach_internal(connection)
        plan = Plan(catalogue, ward, references=False)
        results, _ = load_all(connection, plan, sources, part_of(progress, _READ, 1))
        return [
            FileReport(result, file, count, _in_ward(connection, result, count.source_no))
            for result in results
            for file, count in zip(result.files, result.counts, strict=True)
            if count.source_no <= len(own)
        ]


def _areas_beside(
    own: list[SourceFile], folder: DataFolder, catalogue: Catalogue
) -> list[SourceFile]:
    """The boundaries to place the file's rows in: the inbox's, otherwise the sample's."""
    if any(source.contract.geometry == "polygon" for source in own):
        return []
    polygons = {one.name for one in catalogue.contracts.values() if one.geometry == "polygon"}
    found = [one for one in find_inputs(folder, catalogue) if one.dataset in polygons]
    return read_inputs(found, catalogue, first_no=len(own) + 1)


def _in_ward(
    connection: duckdb.DuckDBPyConnection, result: DatasetResult, source_no: int
) -> int | None:
    if result.contract.geometry != "point":
        return None
    [(placed,)] = connection.execute(
        f"SELECT count(area_code) FROM {clean_table(result.contract)} WHERE source_no = ?",  # noqa: S608
        [source_no],
    ).fetchall()
    return int(placed)


def find_contract(dataset: str, folder: DataFolder) -> Contract:
    """The contract of a data set; raises UserError naming those there are."""
    catalogue = load_catalogue(folder.root)
    if dataset not in catalogue.contracts:
        raise _unknown_dataset(dataset, catalogue)
    return catalogue.contracts[dataset]


def _unknown_dataset(dataset: str, catalogue: Catalogue) -> UserError:
    names = "、".join(catalogue.contracts)
    return UserError(
        Message(
            f"データ名「{dataset}」はありません。{names} のどれかを指定してください。",
            f"There is no data set {dataset}; choose one of {names}.",
        )
    )
