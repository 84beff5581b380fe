"""Carry a data set over from the previous edition, when its new files are not believed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from pipelines.contracts.ddl import PROVENANCE, clean_table, create_clean_table, quoted
from pipelines.editions import internal_file
from pipelines.ingest.types import Carried, FileCount
from pipelines.messages import Message, UserError

if TYPE_CHECKING:
    from pipelines.contracts import Contract
    from pipelines.ingest.types import DatasetResult
    from pipelines.warehouse import Edition

# What `meta.datasets` may say of a table that is the ward's own and not a stand-in.
_STAND_INS = frozenset({"sample", "schematic"})


def rows_before(previous: Edition | None, contract: Contract) -> int | None:
    """Rows of the previous edition's own table; None where it had only a sample, or nothing."""
    if previous is None:
        return None
    found = previous.arrow("meta.datasets", dataset=contract.name).to_pylist()
    if not found or not found[0]["files"]:
        return None
    if _STAND_INS & set(found[0]["statuses"].split(",")):
        return None
    return int(found[0]["rows"])


def carry_over(
    connection: duckdb.DuckDBPyConnection,
    result: DatasetResult,
    previous: Edition,
    why: Message,
    *,
    first_no: int,
) -> DatasetResult:
    """Put the previous edition's rows in place of those just loaded.

    The new files' rows are counted as left out. Raises UserError when the contract has changed
    so that the old rows do not fit.
    """
    contract = result.contract
    old = [
        row
        for row in previous.arrow("meta.sources", dataset=contract.name).to_pylist()
        if row["rows_loaded"]
    ]
    numbers = {row["source_no"]: first_no + at for at, row in enumerate(old)}
    _replace_rows(connection, contract, previous, numbers, why)
    if contract.geometry == "polygon":
        _replace_table(connection, "clean.area_boundaries", previous.arrow("clean.area_boundaries"))
    origin = next((row["carried_over_from"] for row in old if row["carried_over_from"]), "")
    origin = origin or previous.name
    carried = Carried(
        origin=origin,
        dataset=previous.arrow("meta.datasets", dataset=contract.name).to_pylist()[0],
        sources=tuple(
            {**row, "source_no": numbers[row["source_no"]], "carried_over_from": origin}
            for row in old
        ),
    )
    counts = tuple(_left_out(count) for count in result.counts)
    return replace(result, counts=counts, gate=why, carried=carried)


def _replace_rows(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    previous: Edition,
    numbers: dict[int, int],
    why: Message,
) -> None:
    table = _rows_of(previous, contract)
    wanted = {field.name for field in contract.fields} | set(PROVENANCE)
    if set(table.column_names) != wanted:
        raise UserError(
            why
            + Message(
                "ただし、項目の決まりが変わったため前の版の表は使えません。ファイルを直してください。",
                "The contract has changed since, so that table cannot be kept; correct the file.",
            )
        )
    renumbered = [numbers[number] for number in table["source_no"].to_pylist()]
    at = table.schema.get_field_index("source_no")
    table = table.set_column(at, "source_no", pa.array(renumbered, pa.int32()))
    # What the new files leave blank, the old rows may have.
    connection.execute(create_clean_table(contract))
    _replace_table(connection, clean_table(contract), table)


def _rows_of(previous: Edition, contract: Contract) -> pa.Table:
    if not contract.internal:
        return previous.arrow(f"clean.{contract.name}")
    with duckdb.connect(str(internal_file(previous.path)), read_only=True) as inside:
        return inside.sql(f"SELECT * FROM clean.{quoted(contract.name)}").to_arrow_table()  # noqa: S608


def _replace_table(connection: duckdb.DuckDBPyConnection, target: str, content: pa.Table) -> None:
    names = ", ".join(quoted(name) for name in content.column_names)
    connection.register("carried", content)
    connection.execute(f"DELETE FROM {target}")  # noqa: S608
    connection.execute(f"INSERT INTO {target} ({names}) SELECT {names} FROM carried")  # noqa: S608
    connection.unregister("carried")


def _left_out(count: FileCount) -> FileCount:
    return replace(count, rows_loaded=0, rows_left_out=count.rows_read - count.rows_quarantined)
