"""The one orchestration: sources → clean → marts → edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.contracts import load_catalogue
from pipelines.digest import code_digest, digest_text
from pipelines.editions import build_lock, is_whole, make_current, remove_old, write_edition
from pipelines.ingest.clean import clean_file
from pipelines.ingest.dataset import ingest_dataset
from pipelines.ingest.declared import SOURCE_FILE
from pipelines.ingest.discover import file_sha256, find_inputs, keep_newest, parts_of, read_inputs
from pipelines.ingest.place import Ground
from pipelines.marts import build_marts
from pipelines.messages import Message, UserError
from pipelines.meta import (
    write_build,
    write_contracts,
    write_datasets,
    write_measures,
    write_sources,
    write_table_digests,
)
from pipelines.shapes import read_areas
from pipelines.ward import load_ward
from pipelines.warehouse import EditionError, current_edition_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    import duckdb

    from pipelines.contracts import Catalogue
    from pipelines.folder import DataFolder
    from pipelines.ingest.discover import FoundFile
    from pipelines.ingest.types import DatasetResult, SourceFile
    from pipelines.ward import Ward

LOCK_WAIT_SECONDS: Final = 60.0
_DIGEST_CHARACTERS: Final = 12


@dataclass(frozen=True)
class Inputs:
    """Everything an edition follows from."""

    folder: DataFolder
    ward: Ward
    catalogue: Catalogue
    found: list[FoundFile]
    as_of: date
    digest: str

    @property
    def edition(self) -> str:
        """The name that these inputs give: same inputs, same name."""
        return f"{self.as_of.isoformat()}-{self.digest[:_DIGEST_CHARACTERS]}"


@dataclass(frozen=True)
class BuildReport:
    """What a build did; `results` is empty when the edition was there already."""

    edition: str
    reused: bool
    results: tuple[DatasetResult, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def quarantined(self) -> int:
        """Rows kept out of the clean tables."""
        return sum(count.rows_quarantined for result in self.results for count in result.counts)


def gather_inputs(folder: DataFolder, *, as_of: date) -> Inputs:
    """Find the inputs and digest them; raises UserError when settings cannot be read."""
    ward = load_ward(folder.ward_file)
    catalogue = load_catalogue(folder.root)
    found = find_inputs(folder, catalogue)
    return Inputs(folder, ward, catalogue, found, as_of, _digest(folder, found, as_of))


def is_current(inputs: Inputs) -> bool:
    """Whether the current edition was made from exactly these inputs."""
    try:
        return current_edition_name(inputs.folder.warehouse) == inputs.edition
    except EditionError:
        return False


def build(
    folder: DataFolder,
    *,
    as_of: date,
    keep: int | None = None,
    progress: Callable[[Message], None] = lambda _: None,
) -> BuildReport:
    """Build the edition of `folder` as of a date and make it current.

    Raises UserError when something cannot be read; the current edition is then as it was.
    Inputs that gave an edition before give it again without work.
    """
    inputs = gather_inputs(folder, as_of=as_of)
    warehouse = folder.warehouse
    with build_lock(warehouse, wait_seconds=LOCK_WAIT_SECONDS):
        reused = is_whole(warehouse, inputs.edition)
        results: tuple[DatasetResult, ...] = ()
        if not reused:
            progress(Message("ファイルの読み込み", "reading the files"))
            sources = read_inputs(inputs.found, inputs.catalogue)
            with write_edition(warehouse, inputs.edition) as connection:
                results = _fill(connection, inputs, sources, progress)
        if not (reused and is_current(inputs)):
            make_current(warehouse, inputs.edition, log={"as_of": as_of.isoformat()})
        kept = inputs.ward.editions.keep if keep is None else keep
        removed = remove_old(warehouse, keep=kept)
    return BuildReport(inputs.edition, reused, results, tuple(removed))


def ingest_all(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    ward: Ward,
    sources: Sequence[SourceFile],
    progress: Callable[[Message], None],
    *,
    references: bool = True,
) -> tuple[list[DatasetResult], list[SourceFile]]:
    """Load every data set, parents first; returns the results and the files not used.

    Without `references`, foreign keys are not looked up.
    """
    connection.execute("CREATE SCHEMA clean")
    results: list[DatasetResult] = []
    superseded: list[SourceFile] = []
    ground: Ground | None = None
    for contract in catalogue.contracts.values():
        progress(Message(contract.title, contract.title_en))
        own = [source for source in sources if source.contract.name == contract.name]
        used, older = keep_newest(own)
        superseded += older
        files = [clean_file(source) for source in used]
        known = frozenset(one.contract.name for one in results if one.files and references)
        result = ingest_dataset(connection, contract, files, ward=ward, ground=ground, known=known)
        results.append(result)
        if contract.geometry == "polygon":
            ground = _ground(connection, ward, result)
    return results, superseded


def _fill(
    connection: duckdb.DuckDBPyConnection,
    inputs: Inputs,
    sources: Sequence[SourceFile],
    progress: Callable[[Message], None],
) -> tuple[DatasetResult, ...]:
    connection.execute("CREATE SCHEMA meta")
    results, superseded = ingest_all(connection, inputs.catalogue, inputs.ward, sources, progress)
    write_sources(connection, results, superseded)
    write_datasets(connection, results, inputs.as_of)
    write_measures(connection, inputs.catalogue, results, inputs.as_of)
    write_contracts(connection, inputs.catalogue)
    facts = {
        "edition": inputs.edition,
        "as_of": inputs.as_of.isoformat(),
        "digest": inputs.digest,
        "code_digest": code_digest(),
    }
    write_build(connection, facts, inputs.ward)
    progress(Message("地図の形と集計", "shapes and figures"))
    build_marts(connection, inputs.ward)
    write_table_digests(connection)
    return tuple(results)


def _ground(connection: duckdb.DuckDBPyConnection, ward: Ward, result: DatasetResult) -> Ground:
    rows = connection.execute("SELECT area_code, area_name FROM clean.areas").fetchall()
    if not rows:
        raise UserError(
            Message(
                f"町丁目の境界が1つもありません（{ward.municipality.name}）。data/inbox/areas/ に境界のファイルを置いてください。",
                f"There is no area of {ward.municipality.name_en}; put a boundary file into data/inbox/areas/.",
            )
        )
    return Ground.of(
        read_areas(connection),
        dict(rows),
        ward.municipality,
        schematic=any(file.source.declared.status == "schematic" for file in result.files),
    )


def _digest(folder: DataFolder, found: Sequence[FoundFile], as_of: date) -> str:
    settings = [
        folder.ward_file,
        folder.root / "datapackage.yaml",
        folder.root / "measures.yaml",
        *sorted((folder.root / "catalog").glob("*.yaml")),
    ]
    declared = sorted({one.path.parent / SOURCE_FILE for one in found})
    files = [*settings, *(path for path in declared if path.is_file())]
    parts = [as_of.isoformat(), code_digest()]
    try:
        for path in files:
            parts += [path.name, file_sha256(path)]
        for one in found:
            parts += [
                one.shown_path,
                *(part.name for part in parts_of(one.path)),
                file_sha256(one.path),
            ]
    except OSError as error:
        raise UserError(
            Message(
                f"{error.filename}: 開けません（{error.strerror}）。読み取りの権限を確かめてください。",
                f"{error.filename} cannot be opened ({error.strerror}); check the permission.",
            )
        ) from error
    return digest_text(parts)
