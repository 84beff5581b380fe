"""The contract's rules, checked inside DuckDB over whole columns of cleaned text.

Each rule is one SELECT of (row_no, field, value, rule, reason); values of the contract are bound.
Source of the lexical forms: Table Schema v2, one form a type. frictionless judges the same text in
tests/oracle; what it reads beyond these forms is named there. Foreign keys: `parents.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.contracts.ddl import SQL_TYPES, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from pipelines.contracts import Contract, FieldContract
    from pipelines.contracts.types import FieldType

_LEXICAL: Final[dict[FieldType, str]] = {
    "integer": r"[+-]?[0-9]+",
    "number": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "boolean": r"true|false",
}
# What DuckDB reads and nothing can count with: 1e999 is infinite, the year 0 is before dates begin.
_USABLE: Final[dict[FieldType, str]] = {
    "number": "isfinite({typed})",
    "date": "{typed} >= DATE '0001-01-01'",
}


@dataclass(frozen=True)
class Violation:
    """A row of the staged table that breaks a rule."""

    row_no: int
    field: str
    value: str
    rule: str
    limit: str


@dataclass(frozen=True)
class _Check:
    """Rows of the staged table where `condition` holds break `rule`."""

    rule: str
    field: str
    shown: str
    condition: str
    parameters: tuple[object, ...] = ()
    limit: str = ""


def find_violations(
    connection: duckdb.DuckDBPyConnection, staged: str, contract: Contract
) -> list[Violation]:
    """All violations of `contract` in the staged text table, by row, then by column.

    `staged` has row_no, ragged and the contract's read fields as text.
    """
    violations = []
    for check in _checks(contract):
        rows = connection.execute(
            f"SELECT row_no, {check.shown} FROM {staged} WHERE {check.condition}",  # noqa: S608
            list(check.parameters),
        ).fetchall()
        violations += [
            Violation(row_no, check.field, value or "", check.rule, check.limit)
            for row_no, value in rows
        ]
    return sorted(violations, key=lambda found: (found.row_no, found.field, found.rule))


def value_of(kind: FieldType, column: str) -> str:
    """A text column as SQL of its type: NULL where the text is none, however DuckDB reads it."""
    if kind == "string":
        return column
    typed = f"TRY_CAST({column} AS {SQL_TYPES[kind]})"
    usable = _USABLE.get(kind, "true").format(typed=typed)
    written = f"regexp_full_match({column}, '{_LEXICAL[kind]}')"
    # The cast first: it is cheap, and what it refuses needs no look at how it is written.
    return f"CASE WHEN {typed} IS NOT NULL AND {usable} AND {written} THEN {typed} END"


def joined(names: tuple[str, ...]) -> str:
    """The values of several columns as one text to show."""
    return f"concat_ws(' / ', {', '.join(quoted(name) for name in names)})"


def _checks(contract: Contract) -> Iterator[_Check]:
    yield _Check("column_count", "", "NULL", "ragged")
    for field in contract.read_fields:
        yield from _field_checks(field)
    yield _key_check(contract)


def _field_checks(field: FieldContract) -> Iterator[_Check]:
    column, limits = quoted(field.name), field.constraints
    if limits.required:
        yield _Check("required", field.name, "NULL", f"{column} IS NULL")
    value = value_of(field.type, column)
    if field.type != "string":
        yield _Check(
            f"type_{field.type}", field.name, column, f"{column} IS NOT NULL AND {value} IS NULL"
        )
    if limits.pattern is not None:
        yield _Check(
            "pattern", field.name, column, f"NOT regexp_full_match({column}, ?)",
            (limits.pattern.removeprefix("^").removesuffix("$"),), limits.pattern,
        )  # fmt: skip
    if limits.enum is not None:
        yield _Check(
            "enum", field.name, column, f"NOT list_contains(?, {column})",
            (list(limits.enum),), "・".join(limits.enum),
        )  # fmt: skip
    for rule, sign, bound in (("minimum", "<", limits.minimum), ("maximum", ">", limits.maximum)):
        if bound is not None:
            yield _Check(
                rule, field.name, column,
                f"{value} {sign} CAST(? AS {SQL_TYPES[field.type]})", (bound,), f"{bound}",
            )  # fmt: skip


def _key_check(contract: Contract) -> _Check:
    """The first of two equal keys wins; a key with a part blank or no value is another rule's.

    Values are compared, not texts: 2024 and +2024 are one year.
    """
    fields = [contract.field(name) for name in contract.primary_key]
    values = [value_of(field.type, quoted(field.name)) for field in fields]
    given = " AND ".join(f"{value} IS NOT NULL" for value in values)
    repeated = f"row_number() OVER (PARTITION BY {', '.join(values)} ORDER BY row_no) > 1"
    return _Check(
        "primary_key",
        ",".join(contract.primary_key),
        joined(contract.primary_key),
        f"{given} QUALIFY {repeated}",
    )
