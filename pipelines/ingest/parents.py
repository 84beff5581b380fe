"""Foreign keys: the rows of a staged table whose parent is not there, or was not loaded itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa

from pipelines.contracts.ddl import clean_table, quoted
from pipelines.ingest.checks import Violation, joined, value_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    import duckdb

    from pipelines.contracts import Contract, ForeignKey

MISSING: Final = "foreign_key"
HELD: Final = "parent_quarantined"


def find_missing_parents(
    connection: duckdb.DuckDBPyConnection,
    staged: str,
    contract: Contract,
    parents: Collection[Contract],
) -> list[Violation]:
    """Rows whose foreign key stands in no loaded row of another data set; blank keys are let pass.

    `parents` are the data sets whose rows are at hand. `foreign_key` where no row of the parent
    has the key, `parent_quarantined` where only rows have it that were held back.
    """
    at_hand = {parent.name: parent for parent in parents}
    found: list[Violation] = []
    for key in contract.foreign_keys:
        parent = at_hand.get(key.reference.resource)
        if parent is not None and parent.name != contract.name:
            found += _orphans(
                connection, contract, key,
                rows=staged, loaded=clean_table(parent), loaded_is_text=False, held=held_table(parent),
            )  # fmt: skip
    return found


def find_missing_own_parents(
    connection: duckdb.DuckDBPyConnection,
    staged: str,
    contract: Contract,
    kept_out: Collection[int],
) -> list[Violation]:
    """The same where a data set refers to itself; `kept_out` are the rows that are not loaded.

    A row found here is not loaded either: ask again with it, until nothing more is found.
    """
    keys = [key for key in contract.foreign_keys if key.reference.resource == contract.name]
    if not keys:
        return []
    connection.register("kept_out", _numbers(kept_out))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE standing AS FROM {staged} ANTI JOIN kept_out USING (row_no)"
    )
    connection.unregister("kept_out")
    found: list[Violation] = []
    for key in keys:
        found += _orphans(
            connection, contract, key,
            rows="standing", loaded="standing", loaded_is_text=True, held=staged,
        )  # fmt: skip
    connection.execute("DROP TABLE standing")
    return found


def keep_held(
    connection: duckdb.DuckDBPyConnection,
    staged: str,
    contract: Contract,
    quarantined: Collection[int],
) -> None:
    """Remember the rows held back while the edition is made, for the children that name them."""
    columns = ", ".join(quoted(field.name) for field in contract.read_fields)
    connection.register("quarantined", _numbers(quarantined))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {held_table(contract)} AS SELECT {columns}"  # noqa: S608
        f" FROM {staged} SEMI JOIN quarantined USING (row_no)"
    )
    connection.unregister("quarantined")


def held_table(contract: Contract) -> str:
    """The temporary table of a data set's rows that were held back, as text."""
    return quoted(f"held_{contract.name}")


def _numbers(rows: Collection[int]) -> pa.Table:
    return pa.table({"row_no": pa.array(sorted(rows), pa.int64())})


def _orphans(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    key: ForeignKey,
    *,
    rows: str,
    loaded: str,
    loaded_is_text: bool,
    held: str,
) -> Iterator[Violation]:
    """A key of several columns is given whole or not at all, as frictionless reads it too."""
    given = " OR ".join(f"{value} IS NOT NULL" for value in _values(contract, key, "s", key.fields))
    in_loaded = _same(contract, key, parent_is_text=loaded_is_text)
    in_held = _same(contract, key, parent_is_text=True)
    found = connection.execute(
        f"SELECT row_no, {joined(key.fields)}, EXISTS (SELECT 1 FROM {held} p WHERE {in_held})"  # noqa: S608
        f" FROM {rows} s"
        f" WHERE ({given}) AND NOT EXISTS (SELECT 1 FROM {loaded} p WHERE {in_loaded})"
    ).fetchall()
    names = ",".join(key.fields)
    for row_no, value, is_held in found:
        rule = HELD if is_held else MISSING
        yield Violation(row_no, names, value or "", rule, key.reference.resource)


def _same(contract: Contract, key: ForeignKey, *, parent_is_text: bool) -> str:
    """Whether row s names row p; both ends have one type."""
    own = _values(contract, key, "s", key.fields)
    theirs = [f"p.{quoted(name)}" for name in key.reference.fields]
    if parent_is_text:
        theirs = _values(contract, key, "p", key.reference.fields)
    return " AND ".join(f"{one} = {other}" for one, other in zip(own, theirs, strict=True))


def _values(contract: Contract, key: ForeignKey, row: str, names: Iterable[str]) -> list[str]:
    kinds = [contract.field(name).type for name in key.fields]
    pairs = zip(kinds, names, strict=True)
    return [value_of(kind, f"{row}.{quoted(name)}") for kind, name in pairs]
