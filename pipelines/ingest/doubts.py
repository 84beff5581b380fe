"""What cannot be wrong by the contract alone but should be looked at: loaded, and flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.contracts.ddl import quoted
from pipelines.ingest.checks import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import duckdb

    from pipelines.contracts import Contract

# One coordinate on this many rows with this many addresses is a stand-in, not a place.
_REPEATED_ROWS: Final = 5
_REPEATED_ADDRESSES: Final = 3
_CODE_REPAIR: Final = "municipality_code"


def find_doubts(
    connection: duckdb.DuckDBPyConnection, staged: str, contract: Contract, as_of: date | None
) -> list[Violation]:
    """Rows to be flagged: wrong check digit, a past date after the as-of date, one coordinate for all.

    `staged` has row_no and the contract's read fields as text; `as_of` None asks nothing of dates.
    """
    found = [*_wrong_check_digits(connection, staged, contract)]
    if as_of is not None:
        found += _after(connection, staged, contract, as_of)
    if contract.geometry == "point" and contract.has("address"):
        found += _repeated_coordinates(connection, staged)
    return found


def _wrong_check_digits(
    connection: duckdb.DuckDBPyConnection, staged: str, contract: Contract
) -> Iterator[Violation]:
    for field in contract.read_fields:
        if _CODE_REPAIR not in field.repairs:
            continue
        column = quoted(field.name)
        digits = " + ".join(
            f"{weight} * TRY_CAST({column}[{at}] AS INTEGER)"
            for at, weight in enumerate((6, 5, 4, 3, 2), start=1)
        )
        rows = connection.execute(
            f"SELECT row_no, {column} FROM {staged}"  # noqa: S608
            f" WHERE regexp_full_match({column}, '[0-9]{{6}}')"
            f" AND (11 - ({digits}) % 11) % 10 <> TRY_CAST({column}[6] AS INTEGER)"
        ).fetchall()
        for row_no, value in rows:
            yield Violation(row_no, field.name, value, "check_digit", "")


def _after(
    connection: duckdb.DuckDBPyConnection, staged: str, contract: Contract, as_of: date
) -> Iterator[Violation]:
    for field in contract.read_fields:
        if not field.past:
            continue
        column = quoted(field.name)
        rows = connection.execute(
            f"SELECT row_no, {column} FROM {staged} WHERE TRY_CAST({column} AS DATE) > ?",  # noqa: S608
            [as_of],
        ).fetchall()
        for row_no, value in rows:
            yield Violation(row_no, field.name, value, "after_as_of", as_of.isoformat())


def _repeated_coordinates(
    connection: duckdb.DuckDBPyConnection, staged: str
) -> Iterator[Violation]:
    rows = connection.execute(
        "SELECT min(row_no), lat || ', ' || lon, count(*)"  # noqa: S608
        f" FROM {staged} WHERE lon IS NOT NULL AND lat IS NOT NULL GROUP BY lon, lat"
        " HAVING count(*) >= ? AND count(DISTINCT address) >= ? ORDER BY 1",
        [_REPEATED_ROWS, _REPEATED_ADDRESSES],
    ).fetchall()
    for row_no, value, count in rows:
        yield Violation(row_no, "lon,lat", value, "repeated_coordinate", str(count))
