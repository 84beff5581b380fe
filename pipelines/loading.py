"""Load every data set into `clean`: cleaned, corrected, checked, and believed or carried over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.carry import carry_over, rows_before
from pipelines.ingest.dataset import ingest_dataset
from pipelines.ingest.discover import keep_newest
from pipelines.ingest.gates import find_gate_failure
from pipelines.ingest.parents import Relatives
from pipelines.ingest.place import Ground
from pipelines.messages import Message, UserError
from pipelines.progress import shares
from pipelines.shapes import read_areas

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import duckdb

    from pipelines.contracts import Catalogue, Contract
    from pipelines.ingest.corrections import Correction
    from pipelines.ingest.types import DatasetResult, SourceFile
    from pipelines.progress import Progress
    from pipelines.ward import Ward
    from pipelines.warehouse import Edition


@dataclass(frozen=True)
class Plan:
    """What loading follows besides the files."""

    catalogue: Catalogue
    ward: Ward
    corrections: Sequence[Correction] = ()
    previous: Edition | None = None
    """The edition that gates compare with and keep tables of."""
    accepted: frozenset[str] = frozenset()
    """Data sets whose files are believed whatever the gates say."""
    references: bool = True
    """Whether foreign keys are looked up."""
    as_of: date | None = None
    """The day that what has happened cannot lie after."""


def load_all(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    sources: Sequence[SourceFile],
    progress: Progress,
) -> tuple[list[DatasetResult], list[SourceFile]]:
    """Load every data set, parents first; returns the results and the files not used."""
    connection.execute("CREATE SCHEMA clean")
    results: list[DatasetResult] = []
    superseded: list[SourceFile] = []
    ground: Ground | None = None
    next_no = max((source.source_no for source in sources), default=0) + 1
    contracts = plan.catalogue.contracts.values()
    sizes = [
        sum(one.size_bytes for one in sources if one.contract is contract) for contract in contracts
    ]
    for contract, done in zip(contracts, shares(sizes), strict=True):
        own = [source for source in sources if source.contract.name == contract.name]
        if own:
            progress(Message(contract.title, contract.title_en), done)
        used, older = keep_newest(own)
        superseded += older
        at_hand = [contract, *(one.contract for one in results if one.files)]
        parents = at_hand if plan.references else []
        result = _load_one(connection, plan, contract, used, ground=ground, parents=parents)
        result = _judge(connection, plan, result, first_no=next_no)
        next_no += len(result.carried.sources) if result.carried else 0
        results.append(result)
        if contract.geometry == "polygon" and (plan.references or _has_points(sources)):
            ground = _ground(connection, plan.ward, result)
    return results, superseded


def _load_one(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    contract: Contract,
    used: Sequence[SourceFile],
    *,
    ground: Ground | None,
    parents: Sequence[Contract],
) -> DatasetResult:
    return ingest_dataset(
        connection,
        contract,
        used,
        ward=plan.ward,
        ground=ground,
        relatives=Relatives(parents, plan.catalogue.referenced(contract.name)),
        corrections=plan.corrections,
        as_of=plan.as_of,
    )


def _judge(
    connection: duckdb.DuckDBPyConnection, plan: Plan, result: DatasetResult, *, first_no: int
) -> DatasetResult:
    """Keep the previous edition's table where the new files are not believed."""
    if plan.previous is None or not result.files or result.contract.name in plan.accepted:
        return result
    before = rows_before(plan.previous, result.contract)
    if before is None or result.statuses & {"sample", "schematic"}:
        return result
    why = find_gate_failure(connection, result, rows_before=before)
    if why is None:
        return result
    return carry_over(connection, result, plan.previous, why, first_no=first_no)


def _has_points(sources: Sequence[SourceFile]) -> bool:
    """Whether areas are needed; a boundary file that is checked alone may be without any."""
    return any(source.contract.geometry == "point" for source in sources)


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
        schematic="schematic" in result.statuses,
    )
