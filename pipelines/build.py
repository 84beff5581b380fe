"""The one orchestration: sources → clean → marts → evidence → edition."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.digest import code_digest
from pipelines.editions import build_lock, is_whole, make_current, remove_old, write_edition
from pipelines.findings import write_findings
from pipelines.ingest.discover import read_inputs
from pipelines.ingest.unreadable import UnreadableFileError
from pipelines.inputs import gather_inputs, is_current, is_unchanged
from pipelines.loading import Plan, load_all
from pipelines.marts import build_marts
from pipelines.messages import Message
from pipelines.meta import (
    write_build,
    write_contracts,
    write_corrections,
    write_datasets,
    write_measures,
    write_sources,
    write_table_digests,
)
from pipelines.pictures import collect_pictures, write_pictures
from pipelines.progress import part_of, unseen
from pipelines.warehouse import EditionError, open_edition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    import duckdb

    from pipelines.folder import DataFolder
    from pipelines.ingest.types import DatasetResult, SourceFile
    from pipelines.inputs import Inputs
    from pipelines.pictures import Picture
    from pipelines.progress import Progress
    from pipelines.warehouse import Edition

LOCK_WAIT_SECONDS: Final = 60.0
# How much of a build is done once the files are read, and once they are loaded: by the bytes of
# the files, so that a large one does not look like a small one.
_READ: Final = 0.5
_LOADED: Final = 0.9
_COUNTED: Final = 0.95


@dataclass(frozen=True)
class BuildReport:
    """What a build did; `results` is empty when the edition was there already."""

    edition: str
    reused: bool
    results: tuple[DatasetResult, ...] = ()
    removed: tuple[str, ...] = ()
    superseded: tuple[SourceFile, ...] = ()
    """Files passed over, because another of their data set has a newer as-of date."""
    pictures: tuple[Picture, ...] = ()

    @property
    def quarantined(self) -> int:
        """Rows kept out of the clean tables."""
        return sum(count.rows_quarantined for result in self.results for count in result.counts)

    @property
    def complete(self) -> bool:
        """Whether every row was loaded and every file believed."""
        return not self.quarantined and not any(result.gate for result in self.results)


def build(
    folder: DataFolder,
    *,
    as_of: date,
    keep: int | None = None,
    accept: Iterable[str] = (),
    progress: Progress = unseen,
) -> BuildReport:
    """Build the edition of `folder` as of a date and make it current.

    `accept` names data sets whose files are believed whatever their gates say. Raises UserError
    when something cannot be read; the current edition is then as it was. Inputs that gave an
    edition before give it again without work.
    """
    accepted = frozenset(accept)
    warehouse = folder.warehouse
    with build_lock(warehouse, wait_seconds=LOCK_WAIT_SECONDS):
        # Not before: while this build waited, the inputs and the current edition may have moved on.
        inputs = gather_inputs(folder, as_of=as_of)
        name = inputs.edition()
        reused = is_whole(warehouse, name)
        results: tuple[DatasetResult, ...] = ()
        superseded: tuple[SourceFile, ...] = ()
        pictures: tuple[Picture, ...] = ()
        if not reused:
            reading = part_of(progress, 0, _READ)
            sources = read_inputs(inputs.found, inputs.catalogue, progress=reading)
            _require_unchanged(inputs)
            with _previous(warehouse) as previous, write_edition(warehouse) as building:
                plan = Plan(
                    inputs.catalogue,
                    inputs.ward,
                    inputs.corrections,
                    previous,
                    accepted,
                    as_of=as_of,
                )
                results, superseded = _fill(building.connection, inputs, plan, sources, progress)
                pictures = collect_pictures(building.connection, inputs.found, inputs.catalogue)
                write_pictures(building.connection, pictures)
                write_table_digests(building.connection)
                name = building.name = _name(inputs, results)
        if not (reused and is_current(inputs)):
            make_current(warehouse, name, log={"as_of": as_of.isoformat()}, withdraw=not reused)
        kept = inputs.ward.editions.keep if keep is None else keep
        removed = remove_old(warehouse, keep=kept)
    return BuildReport(name, reused, results, tuple(removed), superseded, pictures)


@contextlib.contextmanager
def _previous(warehouse: Path) -> Iterator[Edition | None]:
    try:
        edition = open_edition(warehouse=warehouse)
    except EditionError:
        yield None
        return
    with edition:
        yield edition


def _name(inputs: Inputs, results: Iterable[DatasetResult]) -> str:
    """A table carried over is an input too: the edition it came from is in the name's digest."""
    return inputs.edition([one.carried.origin for one in results if one.carried])


def _require_unchanged(inputs: Inputs) -> None:
    """An edition's name promises its inputs, so they must be what was digested."""
    if not is_unchanged(inputs):
        raise UnreadableFileError(inputs.folder.inbox, "changed")


def _fill(
    connection: duckdb.DuckDBPyConnection,
    inputs: Inputs,
    plan: Plan,
    sources: list[SourceFile],
    progress: Progress,
) -> tuple[tuple[DatasetResult, ...], tuple[SourceFile, ...]]:
    connection.execute("CREATE SCHEMA meta")
    results, superseded = load_all(connection, plan, sources, part_of(progress, _READ, _LOADED))
    write_sources(connection, results, superseded)
    write_corrections(connection, results)
    write_datasets(connection, results, inputs.as_of)
    write_contracts(connection, inputs.catalogue)
    facts = {
        "edition": _name(inputs, results),
        "as_of": inputs.as_of.isoformat(),
        "digest": inputs.digest,
        "code_digest": code_digest(),
    }
    write_build(connection, facts, inputs.ward)
    progress(Message("地図の形と集計", "shapes and figures"), _LOADED)
    build_marts(
        connection,
        inputs.ward,
        inputs.as_of,
        write_measures=lambda: write_measures(connection, inputs.catalogue),
    )
    progress(Message("根拠となる集計", "evidence"), _COUNTED)
    write_findings(connection, inputs.ward, inputs.as_of)
    return tuple(results), tuple(superseded)
