"""What an edition knows of the initiatives of a department, as its workbook needs it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pipelines.messages import Message, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pipelines.warehouse import Edition

Row = dict[str, Any]

TABLES: Final = (
    "initiative_milestones", "indicator_values", "initiative_budgets", "initiative_reports",
)  # fmt: skip
"""The data sets that departments report, in the order of a workbook's sheets."""
OVERVIEW: Final = "evidence.initiative_overview"
_BY_INDICATOR: Final = "indicator_values"


@dataclass(frozen=True)
class Department:
    """Whom a workbook is for: a post as it is called today. `id` None is for what nobody leads."""

    id: str | None
    name: str
    bureau: str

    @property
    def title(self) -> str:
        """Bureau and department, as people say it."""
        return f"{self.bureau} {self.name}".strip()


UNASSIGNED: Final = Department(None, "所管課未定", "")


@dataclass(frozen=True)
class Known:
    """The initiatives that one department leads today, and every row reported of them so far."""

    as_of: date
    department: Department
    initiatives: list[Row]
    """Rows of the overview with `purpose` and `content`."""
    indicators: list[Row]
    reported: dict[str, list[Row]]
    """Rows by data set, sorted by what identifies them."""


def known_departments(edition: Edition) -> list[Department]:
    """The departments that lead an initiative today, by ID, then what has no department."""
    found: dict[str | None, Department] = {}
    for row in _overview(edition):
        one = _department(row)
        found.setdefault(one.id, one)
    return sorted(found.values(), key=lambda one: (one.id is None, one.id or ""))


def known_of(edition: Edition, department: Department) -> Known:
    """Everything that goes into the workbook of `department`."""
    own = [row for row in _overview(edition) if _department(row).id == department.id]
    ids = {row["initiative_id"] for row in own}
    register = _by(edition.arrow("clean.initiatives").to_pylist(), "initiative_id")
    initiatives = [{**register.get(row["initiative_id"], {}), **row} for row in own]
    indicators = [
        row for row in edition.arrow("clean.indicators").to_pylist() if row["initiative_id"] in ids
    ]
    wanted = {one["indicator_id"] for one in indicators}
    reported: dict[str, list[Row]] = {}
    for table in TABLES:
        key, among = ("indicator_id", wanted) if table == _BY_INDICATOR else ("initiative_id", ids)
        rows = [row for row in edition.arrow(f"clean.{table}").to_pylist() if row[key] in among]
        reported[table] = sorted(rows, key=_in_order)
    return Known(
        as_of=edition.as_of,
        department=department,
        initiatives=sorted(initiatives, key=lambda row: str(row["initiative_id"])),
        indicators=sorted(indicators, key=lambda row: str(row["indicator_id"])),
        reported=reported,
    )


def grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    """Rows by the value of a column, in their order."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return dict(found)


def _department(row: Row) -> Department:
    if row["department_id"] is None:
        return UNASSIGNED
    name = row["department_name"] or row["department_id"]
    return Department(row["department_id"], name, row["bureau_name"] or "")


def _overview(edition: Edition) -> list[Row]:
    try:
        rows: list[Row] = edition.arrow(OVERVIEW).to_pylist()
    except KeyError:
        rows = []
    if not rows:
        raise UserError(
            Message(
                "いまの版に取組の一覧がありません。data/inbox/initiatives/ に置いて「ebpm build」を実行してください。",
                "The current edition has no register of initiatives; put one into data/inbox/initiatives/ and run `ebpm build`.",
            )
        )
    return rows


def _by(rows: Iterable[Row], key: str) -> dict[str, Row]:
    return {row[key]: row for row in rows}


def _in_order(row: Row) -> tuple[str, ...]:
    """By whose it is, then by time; what has no date comes first."""
    names = (
        "initiative_id", "indicator_id", "fiscal_year", "measured_on", "planned_end_on",
        "milestone_id", "reported_on", "measured_value",
    )  # fmt: skip
    return tuple(str(row.get(name) or "") for name in names)
