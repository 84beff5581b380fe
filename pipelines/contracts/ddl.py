"""Clean tables as DuckDB defines them, from the contract alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipelines.contracts.types import Contract, FieldType

SQL_TYPES: Final[dict[FieldType, str]] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "date": "DATE",
    "boolean": "BOOLEAN",
}

PROVENANCE: Final = {"source_no": "INTEGER", "source_line": "BIGINT", "extras": "VARCHAR"}
"""Columns every clean table has besides its contract: which file, which line, and what else the
file said of the row (unknown columns as JSON)."""


INTERNAL: Final = "internal"
"""The attached database that holds the rows of data sets with internal columns."""


def quoted(identifier: str) -> str:
    """An SQL identifier, quoted."""
    return '"' + identifier.replace('"', '""') + '"'


def clean_table(contract: Contract) -> str:
    """`clean."<name>"`, in the catalog of internal rows where the contract has internal columns."""
    catalog = f"{INTERNAL}." if contract.internal else ""
    return f"{catalog}clean.{quoted(contract.name)}"


def create_clean_table(contract: Contract, *, blank: Collection[str] = ()) -> str:
    """The statement that makes the clean table, in the place of one that is there.

    Columns named in `blank` hold nothing in any row: they are there to be read, and take no room
    and no time to write. Rows are inserted without them.
    """
    kinds = {field.name: SQL_TYPES[field.type] for field in contract.fields} | PROVENANCE
    columns = [
        f"{quoted(name)} {kind}"
        + (f" GENERATED ALWAYS AS (CAST(NULL AS {kind})) VIRTUAL" if name in blank else "")
        for name, kind in kinds.items()
    ]
    return f"CREATE OR REPLACE TABLE {clean_table(contract)} ({', '.join(columns)})"
