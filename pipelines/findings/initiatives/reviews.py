"""所管課評価 by fiscal year: what is there, due and missing; evidence.initiative_reviews."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pipelines.evidence.progress.dates import fiscal_year_end
from pipelines.evidence.progress.reviews import Due, agrees, list_due, newest_due
from pipelines.findings.initiatives.columns import INITIATIVE_REVIEWS
from pipelines.findings.table import write_finding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pipelines.findings.initiatives.plan import Plan
    from pipelines.findings.initiatives.reading import Row, Scene

_REPORTS: Final = "SELECT * FROM clean.initiative_reports ORDER BY initiative_id, fiscal_year"
_SAYS: Final = ("grade", "achievements", "problems", "direction")


@dataclass(frozen=True)
class Review:
    """What is reported of an initiative as seen on a date."""

    due: tuple[Due, ...]
    newest: Due | None
    """The newest report whose last day has passed."""
    grade: str | None
    grade_fiscal_year: int | None
    comparable: bool
    """Whether the newest grade is recent enough to be held against the rule."""

    @property
    def missing(self) -> bool | None:
        """Whether the newest due report is missing; None where none is due."""
        return None if self.newest is None else self.newest.state == "missing"

    @property
    def missing_years(self) -> tuple[int, ...]:
        """The fiscal years in a row without a report, up to the newest due."""
        years: list[int] = []
        due = [one for one in self.due if self.newest and one.due_on <= self.newest.due_on]
        for one in sorted(due, key=lambda row: -row.fiscal_year):
            if one.state != "missing":
                break
            years.append(one.fiscal_year)
        return tuple(sorted(years))


class Reviews:
    """The reports of every initiative."""

    def __init__(self, scene: Scene, plan: Plan) -> None:
        self._scene = scene
        self._plan = plan
        self._rows: defaultdict[str, dict[int, Row]] = defaultdict(dict)
        for row in scene.rows(_REPORTS):
            self._rows[row["initiative_id"]][row["fiscal_year"]] = row
        self._first = min((year for rows in self._rows.values() for year in rows), default=None)

    def at(self, initiative_id: str, at: date) -> Review:
        """What is reported of an initiative, as seen on a date.

        Reports are asked for from the initiative's first fiscal year on, and not before the first
        that anyone has reported; where nobody has, none is asked for.
        """
        rows = self._rows.get(initiative_id, {})
        there = {year: row for year, row in rows.items() if self._known(row, at)}
        due: list[Due] = []
        if self._first is not None:
            started = self._plan.initiatives[initiative_id]["started_fiscal_year"]
            over = self._plan.over(initiative_id, at)
            due = list_due(
                there,
                first=max(self._first, started or self._first),
                at=at,
                due_months=self._scene.evaluation.report_due_months,
                over_since_on=over.since_on if over else None,
            )
        newest = newest_due(due, at)
        graded = max((year for year, row in there.items() if row["grade"]), default=None)
        comparable = graded is not None and (newest is None or graded >= newest.fiscal_year)
        grade = rows[graded]["grade"] if graded is not None else None
        return Review(tuple(due), newest, grade, graded, comparable)

    def agrees(self, review: Review, status: str) -> bool | None:
        """Whether the newest grade agrees with the status by rule; None where nothing compares."""
        if not review.comparable or review.grade is None:
            return None
        grade = self._scene.evaluation.grade(review.grade)
        return agrees(status, grade.agrees if grade else None)

    def write(self, statuses: Mapping[str, str]) -> None:
        """Write evidence.initiative_reviews; `statuses`: of each initiative, now.

        Only the newest grade is held against the rule: the status of years ago is not known.
        """
        table = []
        for one in self._plan.initiatives:
            review = self.at(one, self._scene.as_of)
            for due in review.due:
                row = {"initiative_id": one, "fiscal_year": due.fiscal_year}
                row |= {"due_on": due.due_on, "state": due.state}
                row |= self._said(self._rows.get(one, {}).get(due.fiscal_year, {}))
                if review.comparable and due.fiscal_year == review.grade_fiscal_year:
                    row["rule_status"] = statuses[one]
                    row["agrees"] = self.agrees(review, statuses[one])
                table.append(row)
        write_finding(self._scene.connection, "initiative_reviews", table, INITIATIVE_REVIEWS)

    def _said(self, row: Row) -> dict[str, Any]:
        grade = self._scene.evaluation.grade(row.get("grade") or "")
        names = (*_SAYS, "department_id", "reported_on", "source_no", "source_line")
        return {name: row.get(name) for name in names} | {
            "grade_name": grade.name if grade else None,
            "grade_name_en": grade.name_en if grade else None,
        }

    def _known(self, row: Row, at: date) -> bool:
        """A row that says something, and was there by then; without a date, once its year is over."""
        if not any(row[name] for name in _SAYS):
            return False
        if row["reported_on"] is not None:
            return bool(row["reported_on"] <= at)
        return at == self._scene.as_of or fiscal_year_end(row["fiscal_year"]) <= at
