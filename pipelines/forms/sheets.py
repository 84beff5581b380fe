"""A department's workbook as plain rows: what is known, and the cells that are asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from pipelines.contracts.symbols import STATE_ENDING
from pipelines.evidence.progress.reviews import due_on
from pipelines.forms.asked import budget_years, next_value_on, report_years
from pipelines.forms.known import grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pipelines.contracts import Contract, FieldContract
    from pipelines.forms.known import Known, Row
    from pipelines.ward import Ward

BESIDE: Final = "（参考）"
"""How the header of a column ends that is there to be read alone."""
# A key that was made from what identifies the row is made again when the row comes back.
_GENERATED: Final = re.compile(r"x[0-9a-f]{12}")
_TITLES: Final = {
    "initiative_milestones": "節目",
    "indicator_values": "指標の実績値",
    "initiative_budgets": "予算と決算",
    "initiative_reports": "所管課評価",
}


@dataclass(frozen=True)
class Column:
    """A column of a sheet: one of the data set, or one to be read (`field` None)."""

    header: str
    field: FieldContract | None = None
    listed: tuple[str, ...] = ()
    """What can be chosen."""


@dataclass(frozen=True)
class SheetRow:
    """Values by header, None where blank; `asked` are the headers of the cells to fill in."""

    cells: dict[str, Any]
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SheetContent:
    """A sheet that comes back: its data set's columns and rows."""

    dataset: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[SheetRow, ...]


def reporting_sheets(
    known: Known, contracts: Mapping[str, Contract], ward: Ward
) -> list[SheetContent]:
    """The four sheets that a department sends back."""
    makers: dict[str, Callable[[Known, Contract, Ward], Iterator[SheetRow]]] = {
        "initiative_milestones": _milestones,
        "indicator_values": _values,
        "initiative_budgets": _budgets,
        "initiative_reports": _reports,
    }
    return [
        SheetContent(
            name,
            _TITLES[name],
            _columns(contracts[name], ward),
            tuple(make(known, contracts[name], ward)),
        )
        for name, make in makers.items()
    ]


def _columns(contract: Contract, ward: Ward) -> tuple[Column, ...]:
    """The data set's columns; those to be read stand after the key of the row's parent."""
    grades = tuple(one.letter for one in ward.evaluation.grades)
    own = [
        Column(
            field.title, field, grades if field.name == "grade" else field.constraints.enum or ()
        )
        for field in contract.read_fields
    ]
    made = contract.generated_key.field if contract.generated_key else None
    # Nobody fills in a key that the file can do without: last, but milestones name each other by it.
    if contract.name == "indicator_values":
        own.sort(key=lambda column: column.field is not None and column.field.name == made)
    parent = contract.foreign_keys[0].fields[0]
    at = next(n for n, column in enumerate(own, 1) if column.field and column.field.name == parent)
    return (*own[:at], *map(Column, contract.companions), *own[at:])


def _milestones(known: Known, contract: Contract, _ward: Ward) -> Iterator[SheetRow]:
    names = _names(known)
    over = {one["initiative_id"] for one in known.initiatives if one["is_over"]}
    to_fill = ("actual_start_on", "actual_end_on", "actual_date_precision", "stated_progress")
    for row in known.reported[contract.name]:
        mine = _known_row(contract, row, {"取組名": names[row["initiative_id"]]})
        asked = () if row["initiative_id"] in over or row["actual_end_on"] else to_fill
        yield _ask(contract, mine, asked)


def _values(known: Known, contract: Contract, _ward: Ward) -> Iterator[SheetRow]:
    names = _names(known)
    over = {one["initiative_id"] for one in known.initiatives if one["is_over"]}
    series = grouped(known.reported[contract.name], "indicator_id")
    for one in known.indicators:
        rows = series.get(one["indicator_id"], [])
        beside = {
            "取組名": names[one["initiative_id"]],
            "指標名": one["indicator_name"],
            "単位": one["unit"],
            "目標値": one["target_value"],
            "目標年度": one["target_fiscal_year"],
        }
        for row in rows:
            mine = {**row, "value_id": _own_key(row["value_id"])}
            yield _known_row(contract, mine, beside)
        if one["initiative_id"] in over:
            continue
        last_on = max((row["measured_on"] for row in rows), default=one["baseline_on"])
        due = next_value_on(last_on, one["reporting_rhythm"], known.as_of)
        blank = {"indicator_id": one["indicator_id"], "measured_on": due}
        yield _ask(
            contract, _known_row(contract, blank, {**beside, "前回の値": _last_value(contract, rows)}),
            ("measured_on", "measured_value", "reported_on", "note"),
        )  # fmt: skip


def _budgets(known: Known, contract: Contract, _ward: Ward) -> Iterator[SheetRow]:
    by_initiative = grouped(known.reported[contract.name], "initiative_id")
    amounts = [field.name for field in contract.read_fields if field.symbols]
    for one in known.initiatives:
        beside = {"取組名": one["initiative_name"]}
        rows = by_initiative.get(one["initiative_id"], [])
        for row in rows:
            blank = [] if one["is_over"] else [name for name in amounts if _is_blank(row, name)]
            yield _ask(contract, _known_row(contract, row, beside), blank)
        if one["is_over"]:
            continue
        for year in budget_years({row["fiscal_year"] for row in rows}, known.as_of):
            new = {"initiative_id": one["initiative_id"], "fiscal_year": year}
            yield _ask(contract, _known_row(contract, new, beside), amounts)


def _reports(known: Known, contract: Contract, ward: Ward) -> Iterator[SheetRow]:
    by_initiative = grouped(known.reported[contract.name], "initiative_id")
    to_fill = ("reported_on", "grade", "achievements", "problems", "direction", "note")
    for one in known.initiatives:
        rows = by_initiative.get(one["initiative_id"], [])
        for row in rows:
            yield _known_row(contract, row, _report_beside(one, row["fiscal_year"], ward))
        if one["is_over"]:
            continue
        for year in report_years({row["fiscal_year"] for row in rows}, known.as_of):
            new = {
                "initiative_id": one["initiative_id"],
                "fiscal_year": year,
                "department_id": known.department.id,
            }
            beside = _report_beside(one, year, ward)
            yield _ask(contract, _known_row(contract, new, beside), to_fill)


def _last_value(contract: Contract, rows: Sequence[Row]) -> object:
    """The newest value as it was last reported; all of them where nobody has decided between two."""
    if not rows:
        return None
    newest = max((row["measured_on"], str(row["reported_on"] or "")) for row in rows)
    field = contract.field("measured_value")
    last = [
        _written(contract, field, row)
        for row in rows
        if (row["measured_on"], str(row["reported_on"] or "")) == newest
    ]
    distinct = list(dict.fromkeys(last))
    return distinct[0] if len(distinct) == 1 else " / ".join(map(str, distinct))


def _report_beside(initiative: Row, year: int, ward: Ward) -> Row:
    due = due_on(year, ward.evaluation.report_due_months)
    return {"取組名": initiative["initiative_name"], "報告の期限": due}


def _names(known: Known) -> dict[str, str]:
    return {one["initiative_id"]: one["initiative_name"] for one in known.initiatives}


def _own_key(key: str) -> str | None:
    return None if _GENERATED.fullmatch(key) else key


def _known_row(contract: Contract, row: Row, beside: Row) -> SheetRow:
    cells = {field.title: _written(contract, field, row) for field in contract.read_fields}
    return SheetRow(cells | {f"{name}{BESIDE}": value for name, value in beside.items()})


def _ask(contract: Contract, row: SheetRow, fields: Sequence[str]) -> SheetRow:
    return replace(row, asked=frozenset(contract.field(name).title for name in fields))


def _is_blank(row: Row, name: str) -> bool:
    return row[name] is None and row[f"{name}{STATE_ENDING}"] is None


def _written(contract: Contract, field: FieldContract, row: Row) -> object:
    """A value as it is written in a cell: a number that is none by its sign."""
    value = row.get(field.name)
    if not field.symbols:
        return value
    state = row.get(f"{field.name}{STATE_ENDING}")
    signs = {meaning: sign for sign, meaning in reversed(contract.symbols.items())}
    if state in {"nil", "unknown", "withheld"}:
        return signs[state]
    # 0 alone would be the sign of what is less than the unit.
    if state == "value" and value == 0:
        return "+0" if field.type == "integer" else "0.0"
    return value
