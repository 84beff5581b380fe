"""The contract's rules, checked inside DuckDB over whole columns of cleaned text.

Each rule is one SELECT of (row_no, field, value, rule, reason); values of the contract are bound.
Source of the lexical forms: Table Schema v2, in the subset that frictionless reads alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.contracts.ddl import SQL_TYPES, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from pipelines.contracts import Contract, FieldContract, ForeignKey
    from pipelines.contracts.types import FieldType

_LEXICAL: Final[dict[FieldType, str]] = {
    "integer": r"[+-]?[0-9]+",
    "number": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "boolean": r"true|false",
}
# What DuckDB reads and nothing can count with: 1e999 is infinite, the year 0 is before dates begin.
_UNUSABLE: Final[dict[FieldType, str]] = {
    "number": "NOT isfinite({typed})",
    "date": "{typed} < DATE '0001-01-01'",
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


def find_missing_parents(
    connection: duckdb.DuckDBPyConnection, staged: str, contract: Contract
) -> list[Violation]:
    """Rows whose foreign key stands in no loaded row of the parent; blank keys are let pass."""
    found = []
    for key in contract.foreign_keys:
        shown = _joined(key.fields)
        rows = connection.execute(
            f"SELECT row_no, {shown} FROM {staged} s WHERE {_no_parent(key)}"  # noqa: S608
        ).fetchall()
        names = ",".join(key.fields)
        found += [
            Violation(row_no, names, value or "", "foreign_key", key.reference.resource)
            for row_no, value in rows
        ]
    return found


def _checks(contract: Contract) -> Iterator[_Check]:
    yield _Check("column_count", "", "NULL", "ragged")
    for field in contract.read_fields:
        yield from _field_checks(field)
    yield _key_check(contract)


def _field_checks(field: FieldContract) -> Iterator[_Check]:
    column, limits = quoted(field.name), field.constraints
    if limits.required:
        yield _Check("required", field.name, "NULL", f"{column} IS NULL")
    typed = f"TRY_CAST({column} AS {SQL_TYPES[field.type]})"
    if field.type != "string":
        unusable = _UNUSABLE.get(field.type, "false").format(typed=typed)
        yield _Check(
            f"type_{field.type}", field.name, column,
            f"{column} IS NOT NULL AND"
            f" (NOT regexp_full_match({column}, ?) OR {typed} IS NULL OR {unusable})",
            (_LEXICAL[field.type],),
        )  # fmt: skip
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
                f"{typed} {sign} CAST(? AS {SQL_TYPES[field.type]})", (bound,), f"{bound}",
            )  # fmt: skip


def _key_check(contract: Contract) -> _Check:
    """The first of two equal keys wins; a key with a blank part is another rule's."""
    key = ", ".join(quoted(name) for name in contract.primary_key)
    given = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in contract.primary_key)
    repeated = f"row_number() OVER (PARTITION BY {key} ORDER BY row_no) > 1"
    return _Check(
        "primary_key",
        ",".join(contract.primary_key),
        _joined(contract.primary_key),
        f"{given} QUALIFY {repeated}",
    )


def _joined(names: tuple[str, ...]) -> str:
    return f"concat_ws(' / ', {', '.join(quoted(name) for name in names)})"


def _no_parent(key: ForeignKey) -> str:
    given = " AND ".join(f"s.{quoted(name)} IS NOT NULL" for name in key.fields)
    pairs = zip(key.fields, key.reference.fields, strict=True)
    same = " AND ".join(f"p.{quoted(theirs)} = s.{quoted(ours)}" for ours, theirs in pairs)
    parent = f"clean.{quoted(key.reference.resource)}"
    return f"{given} AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE {same})"  # noqa: S608
