"""The contract's rules, checked inside DuckDB over whole columns of cleaned text.

Each rule is one SELECT of (row_no, value, limit); values of the contract are bound.
Source of the lexical forms: Table Schema v2, one form a type. frictionless judges the same text in
tests/oracle; what it reads beyond these forms is named there. Foreign keys: `parents.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.contracts.ddl import SQL_TYPES, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_ANY: Final = "{typed} IS NOT NULL"


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


def value_of(kind: FieldType, column: str) -> str:
    """A text column as SQL of its type: NULL where the text is none, however DuckDB reads it."""
    if kind == "string":
        return column
    return f"CASE WHEN {_is_value(kind, column)} THEN {_typed(kind, column)} END"


def _typed(kind: FieldType, column: str) -> str:
    return f"TRY_CAST({column} AS {SQL_TYPES[kind]})"


def _is_value(kind: FieldType, column: str) -> str:
    """Whether a text is a value of the type: not true, or NULL, where it is none."""
    usable = _USABLE.get(kind, _ANY).format(typed=_typed(kind, column))
    # The cast first: it is cheap, and what it refuses needs no look at how it is written.
    return f"{usable} AND regexp_full_match({column}, '{_LEXICAL[kind]}')"


def joined(names: tuple[str, ...]) -> str:
    """The values of several columns as one text to show."""
    return f"concat_ws(' / ', {', '.join(quoted(name) for name in names)})"


def _field_checks(staged: str, field: FieldContract) -> Iterator[Check]:
    column, limits = quoted(field.name), field.constraints
    if limits.required:
        yield rows_where(staged, "required", field.name, "NULL", f"{column} IS NULL")
    value = value_of(field.type, column)
    if field.type != "string":
        wrong = f"{column} IS NOT NULL AND ({_is_value(field.type, column)}) IS NOT TRUE"
        yield rows_where(staged, f"type_{field.type}", field.name, column, wrong)
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
                f"{value} {sign} CAST(? AS {SQL_TYPES[field.type]})", (bound,), limit=f"{bound}",
            )  # fmt: skip


def _key_check(staged: str, contract: Contract) -> Check:
    """The first of two equal keys wins; a key with a part blank or no value is another rule's.

    Values are compared, not texts: 2024 and +2024 are one year.
    """
    names = contract.primary_key
    values = [value_of(contract.field(name).type, quoted(name)) for name in names]
    key = ", ".join(values)
    given = " AND ".join(f"{value} IS NOT NULL" for value in values)
    # Nearly no key is there twice: only those that are have to be put in order.
    repeated = f"SELECT {key} FROM {staged} WHERE {given} GROUP BY {key} HAVING count(*) > 1"  # noqa: S608
    condition = (
        f"{given} AND ({key}) IN ({repeated})"
        f" QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY row_no) > 1"
    )
    return rows_where(staged, "primary_key", ",".join(names), joined(names), condition)
