"""What cannot be wrong by the contract alone but should be looked at: loaded, and flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.contracts.ddl import quoted
from pipelines.ingest.checks import Check, rows_where
from pipelines.ingest.codes import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pipelines.contracts import Contract

# One coordinate on this many rows with this many addresses is a stand-in, not a place.
_REPEATED_ROWS: Final = 5
_REPEATED_ADDRESSES: Final = 3
_CODE_REPAIR: Final = "municipality_code"


def doubt_checks(staged: str, contract: Contract, as_of: date | None) -> Iterator[Check]:
    """What to flag: wrong check digits, past dates after the as-of date, one coordinate for all.

    `staged` has row_no and the contract's read fields as text; `as_of` None asks nothing of dates.
    """
    yield from _wrong_check_digits(staged, contract)
    if as_of is not None:
        yield from _after(staged, contract, as_of)
    if contract.geometry == "point" and contract.has("address"):
        yield _repeated_coordinates(staged)


def _wrong_check_digits(staged: str, contract: Contract) -> Iterator[Check]:
    for field in contract.read_fields:
        if _CODE_REPAIR not in field.repairs:
            continue
        column = quoted(field.name)
        digits = " + ".join(
            f"{weight} * TRY_CAST({column}[{at}] AS INTEGER)"
            for at, weight in enumerate(WEIGHTS, start=1)
        )
        condition = (
            f"regexp_full_match({column}, '[0-9]{{6}}')"
            f" AND (11 - ({digits}) % 11) % 10 <> TRY_CAST({column}[6] AS INTEGER)"
        )
        yield rows_where(staged, "check_digit", field.name, column, condition)


def _after(staged: str, contract: Contract, as_of: date) -> Iterator[Check]:
    for field in contract.read_fields:
        if field.past:
            column = quoted(field.name)
            condition = f"TRY_CAST({column} AS DATE) > ?"
            yield rows_where(
                staged, "after_as_of", field.name, column, condition, (as_of,),
                limit=as_of.isoformat(),
            )  # fmt: skip


def _repeated_coordinates(staged: str) -> Check:
    select = (
        'SELECT min(row_no) AS row_no, lat || \', \' || lon AS "value", count(*) AS "limit"'  # noqa: S608
        f" FROM {staged} WHERE lon IS NOT NULL AND lat IS NOT NULL GROUP BY lon, lat"
        " HAVING count(*) >= ? AND count(DISTINCT address) >= ?"
    )
    return Check("repeated_coordinate", "lon,lat", select, (_REPEATED_ROWS, _REPEATED_ADDRESSES))
