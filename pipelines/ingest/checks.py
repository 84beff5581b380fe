"""The contract's rules, checked inside DuckDB over whole columns of cleaned text.

Each rule is one SELECT of (row_no, value, limit); values of the contract are bound.
Source of the lexical forms: Table Schema v2, in the subset that frictionless reads alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.contracts.ddl import SQL_TYPES, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

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
class Check:
    """A rule of some columns; `select` gives (row_no, value, limit) of the rows that break it."""

    rule: str
    field: str
    select: str
    parameters: tuple[object, ...] = ()


def contract_checks(staged: str, contract: Contract) -> Iterator[Check]:
    """The rules of `contract` over a table of its read fields as text, row_no and ragged."""
    yield rows_where(staged, "column_count", "", "NULL", "ragged")
    for field in contract.read_fields:
        yield from _field_checks(staged, field)
    yield _key_check(staged, contract)


def parent_checks(staged: str, contract: Contract, known: frozenset[str]) -> Iterator[Check]:
    """Rows whose foreign key stands in no loaded row of the parent; blank keys are let pass.

    Asked are only the parents that are `known`.
    """
    for key in contract.foreign_keys:
        parent = key.reference.resource
        if parent in known:
            names = ",".join(key.fields)
            shown, condition = _joined(key.fields), _no_parent(staged, key)
            yield rows_where(staged, "foreign_key", names, shown, condition, limit=parent)


def rows_where(
    staged: str,
    rule: str,
    field: str,
    shown: str,
    condition: str,
    parameters: tuple[object, ...] = (),
    *,
    limit: str = "",
) -> Check:
    """Rows of `staged` where `condition` (with its parameters) holds; `shown` is their value."""
    select = f'SELECT row_no, {shown} AS "value", ? AS "limit" FROM {staged} WHERE {condition}'  # noqa: S608
    return Check(rule, field, select, (limit, *parameters))


def _field_checks(staged: str, field: FieldContract) -> Iterator[Check]:
    column, limits = quoted(field.name), field.constraints
    if limits.required:
        yield rows_where(staged, "required", field.name, "NULL", f"{column} IS NULL")
    typed = f"TRY_CAST({column} AS {SQL_TYPES[field.type]})"
    if field.type != "string":
        unusable = _UNUSABLE.get(field.type, "false").format(typed=typed)
        yield rows_where(
            staged, f"type_{field.type}", field.name, column,
            f"{column} IS NOT NULL AND"
            f" (NOT regexp_full_match({column}, ?) OR {typed} IS NULL OR {unusable})",
            (_LEXICAL[field.type],),
        )  # fmt: skip
    if limits.pattern is not None:
        yield rows_where(
            staged, "pattern", field.name, column, f"NOT regexp_full_match({column}, ?)",
            (limits.pattern.removeprefix("^").removesuffix("$"),), limit=limits.pattern,
        )  # fmt: skip
    if limits.enum is not None:
        yield rows_where(
            staged, "enum", field.name, column, f"NOT list_contains(?, {column})",
            (list(limits.enum),), limit="・".join(limits.enum),
        )  # fmt: skip
    for rule, sign, bound in (("minimum", "<", limits.minimum), ("maximum", ">", limits.maximum)):
        if bound is not None:
            yield rows_where(
                staged, rule, field.name, column,
                f"{typed} {sign} CAST(? AS {SQL_TYPES[field.type]})", (bound,), limit=f"{bound}",
            )  # fmt: skip


def _key_check(staged: str, contract: Contract) -> Check:
    """The first of two equal keys wins; a key with a blank part is another rule's."""
    names = contract.primary_key
    key = ", ".join(quoted(name) for name in names)
    given = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in names)
    # Nearly no key is there twice: only those that are have to be put in order.
    repeated = f"SELECT {key} FROM {staged} WHERE {given} GROUP BY {key} HAVING count(*) > 1"  # noqa: S608
    condition = (
        f"{given} AND ({key}) IN ({repeated})"
        f" QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY row_no) > 1"
    )
    return rows_where(staged, "primary_key", ",".join(names), _joined(names), condition)


def _joined(names: tuple[str, ...]) -> str:
    return f"concat_ws(' / ', {', '.join(quoted(name) for name in names)})"


def _no_parent(staged: str, key: ForeignKey) -> str:
    given = " AND ".join(f"{staged}.{quoted(name)} IS NOT NULL" for name in key.fields)
    pairs = zip(key.fields, key.reference.fields, strict=True)
    same = " AND ".join(f"p.{quoted(theirs)} = {staged}.{quoted(ours)}" for ours, theirs in pairs)
    parent = f"clean.{quoted(key.reference.resource)}"
    return f"{given} AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE {same})"  # noqa: S608
