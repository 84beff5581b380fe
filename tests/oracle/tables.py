"""Tables of cleaned text made from a contract alone: right rows, and rows that break each rule.

Nothing here knows a data set or a column by name. A constraint that no wrong values are known for
is a KeyError, so a new kind of rule cannot be left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import count, islice
from typing import TYPE_CHECKING

import hypothesis
from hypothesis import strategies as st

from pipelines.contracts.types import Constraints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.contracts import Contract, FieldContract

RIGHT_ROWS = 40
WRONG_ROWS = 5
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
WRONG_TYPES = {
    "integer": ["1.5", "未定", "1e3", "--1", "1,234", "0x1F", "1/2", "+", "2024年"],
    "number": ["1,2,3", "未定", "1e", "--1", "0x1p3", "1.2.3", "5%", ".", "12円"],
    "date": ["2024-02-30", "2024-13-01", "20240101", "未定", "2024/1/1", "2024-01-01T00:00",
             "0000-01-01", "2023-02-29", "2024-01-01 ", "令和6年4月1日"],
    "boolean": ["True", "1", "yes", "有", "0", "FALSE", "t"],
}  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """A rule of a contract, named as a violation names it."""

    rule: str
    field: str


@dataclass(frozen=True)
class Table:
    """Rows of text in the order of the contract's read fields; `aimed` is the rule each breaks."""

    contract: Contract
    rows: list[list[str | None]]
    aimed: list[Rule | None]

    @property
    def ragged(self) -> list[bool]:
        return [len(row) != len(self.contract.read_fields) for row in self.rows]


def rules_of(contract: Contract) -> list[Rule]:
    """Every rule that a row of a file can break."""
    rules = [Rule("column_count", "")]
    for field in contract.read_fields:
        if field.type != "string":
            rules.append(Rule(f"type_{field.type}", field.name))
        rules += [
            Rule(name, field.name)
            for name in Constraints.model_fields
            if getattr(field.constraints, name) not in (None, False)
        ]
    rules.append(Rule("primary_key", ",".join(contract.primary_key)))
    rules += [Rule("foreign_key", ",".join(key.fields)) for key in contract.foreign_keys]
    return rules


def make_table(contract: Contract, contracts: dict[str, Contract]) -> Table:
    """`RIGHT_ROWS` right rows and, for every rule, at least `WRONG_ROWS` rows that break it."""
    rows = [right_row(contract, contracts, at) for at in range(RIGHT_ROWS)]
    aimed: list[Rule | None] = [None] * RIGHT_ROWS
    numbers = count(RIGHT_ROWS)
    for rule in rules_of(contract):
        for wrong in _wrong_cells(contract, contracts, rule):
            row = right_row(contract, contracts, next(numbers))
            for name, value in wrong.items():
                row[_position(contract, name)] = value
            if not any(row):  # a blank line is no row
                continue
            rows.append(row)
            aimed.append(rule)
    ragged = rules_of(contract)[0]
    for change in (-1, -2, 1, 2, 3):
        row = right_row(contract, contracts, next(numbers))
        rows.append([*row, *["x"] * change] if change > 0 else row[:change])
        aimed.append(ragged)
    return Table(contract, rows, aimed)


def right_row(contract: Contract, contracts: dict[str, Contract], at: int) -> list[str | None]:
    """A row that breaks no rule; rows of different `at` have different keys."""
    cells = {field.name: right_value(field, at) for field in contract.read_fields}
    for key in contract.foreign_keys:
        parent = contracts[key.reference.resource]
        if all(cells[name] is None for name in key.fields):
            continue
        for ours, theirs in zip(key.fields, key.reference.fields, strict=True):
            if ours not in contract.primary_key or parent is not contract:
                cells[ours] = right_value(parent.field(theirs), at % RIGHT_ROWS, given=True)
    return list(cells.values())


def right_value(field: FieldContract, at: int, *, given: bool = False) -> str | None:
    """The `at`-th value that the field allows; now and then none where it may be blank."""
    limits = field.constraints
    if at % 4 == 3 and not (limits.required or given):
        return None
    if limits.enum is not None:
        return limits.enum[at % len(limits.enum)]
    if limits.pattern is not None:
        fitting = _fitting(limits.pattern, field.example)
        return fitting[at % len(fitting)]
    return _typed(field, at)


def _typed(field: FieldContract, at: int) -> str:
    limits = field.constraints
    if field.type == "date":
        first = date.fromisoformat(str(limits.minimum or "2000-01-01"))
        return (first + timedelta(days=at)).isoformat()
    if field.type == "boolean":
        return ("true", "false")[at % 2]
    if field.type == "string":
        return f"{field.name}{at}"
    lowest = float(limits.minimum or 0)
    highest = float(limits.maximum) if limits.maximum is not None else lowest + 1_000_000
    if field.type == "integer":
        return str(int(lowest) + at % int(highest - lowest + 1))
    return f"{lowest + (highest - lowest) * (at % 97) / 97:.6f}"


def _wrong_cells(
    contract: Contract, contracts: dict[str, Contract], rule: Rule
) -> Iterator[dict[str, str | None]]:
    """What to put into a right row to break the rule."""
    if rule.rule == "column_count":
        return
    if rule.rule == "primary_key":
        for at in range(WRONG_ROWS):
            row = right_row(contract, contracts, at)
            yield {name: row[_position(contract, name)] for name in contract.primary_key}
    elif rule.rule == "foreign_key":
        [key] = [one for one in contract.foreign_keys if ",".join(one.fields) == rule.field]
        parent = contracts[key.reference.resource]
        for at in range(1000, 1000 + WRONG_ROWS):
            theirs = (parent.field(name) for name in key.reference.fields)
            values = [right_value(field, at, given=True) for field in theirs]
            yield dict(zip(key.fields, values, strict=True))
    else:
        for value in wrong_values(contract.field(rule.field), rule.rule):
            yield {rule.field: value}


def wrong_values(field: FieldContract, rule: str) -> list[str | None]:
    """Values that break a rule of one column."""
    limits = field.constraints
    if rule.startswith("type_"):
        return list(WRONG_TYPES[field.type])
    if rule in {"minimum", "maximum"}:
        return _beyond(field, -1 if rule == "minimum" else 1, getattr(limits, rule))
    value = right_value(field, 0, given=True)
    near = [
        f"{value}x", f"x{value}", "未定", value[:-1] or "-", value.translate(FULL_WIDTH),
        f" {value}", f"{value} ", value * 3, f"{value}・{value}", value.swapcase(),
    ]  # fmt: skip
    return {
        "required": [None] * (2 * WRONG_ROWS),
        "enum": [one for one in near if one not in (limits.enum or ())],
        "pattern": [one for one in near if not re.fullmatch(limits.pattern or "", one)],
    }[rule]


def _beyond(field: FieldContract, sign: int, bound: float | str) -> list[str | None]:
    if field.type == "date":
        day = date.fromisoformat(str(bound))
        return [(day + sign * timedelta(days=days)).isoformat() for days in (1, 2, 31, 365, 9999)]
    steps = [1, 2, 10, 1000, 123456]
    if field.type == "integer":
        return [str(int(float(bound)) + sign * step) for step in steps]
    return [repr(float(bound) + sign * step) for step in [*steps, 0.5, 0.0001]]


@lru_cache
def _fitting(pattern: str, example: str) -> list[str]:
    """Values of a pattern: the example with other digits, or itself where it has none."""
    if not re.fullmatch(pattern, example):
        example = hypothesis.find(st.from_regex(pattern, fullmatch=True), lambda _: True)
    places = [at for at, sign in enumerate(example) if sign in "0123456789"]
    if not places:
        return [example]
    written = (_with_digits(example, places, number) for number in count())
    fitting = (
        one for one in islice(written, 10 ** min(len(places), 6)) if re.fullmatch(pattern, one)
    )
    return list(islice(fitting, 2000))


def _with_digits(example: str, places: list[int], number: int) -> str:
    signs = list(example)
    for place, digit in zip(places, str(number).zfill(len(places))[-len(places) :], strict=True):
        signs[place] = digit
    return "".join(signs)


def _position(contract: Contract, name: str) -> int:
    return [field.name for field in contract.read_fields].index(name)
