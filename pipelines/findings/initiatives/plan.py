"""The plan's places by version, what each initiative is over, and which department has it today."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from pipelines.evidence.progress.departments import Department, Succession, follow_successors
from pipelines.evidence.progress.places import (
    Over,
    Place,
    derive_changes,
    find_over,
    version_from,
)
from pipelines.findings.initiatives.columns import (
    DEPARTMENT_TODAY,
    INITIATIVE_DEPARTMENTS,
    INITIATIVE_OVERVIEW,
    PLAN_PLACES,
)
from pipelines.findings.table import write_finding
from pipelines.fiscal import fiscal_year

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pipelines.findings.initiatives.reading import Row, Scene

LEADS: Final = "主管"
_INITIATIVES: Final = """
    SELECT
        initiative_id, initiative_name, content, department_id, started_fiscal_year,
        ended_fiscal_year, source_no, source_line
    FROM clean.initiatives
    ORDER BY initiative_id
"""
_PLACES: Final = """
    SELECT
        plan_version, initiative_id, name_in_plan AS name, group_no, group_name, place_no,
        repeated = '有' AS repeated, change, merged_into_id, source_no, source_line
    FROM clean.initiative_places
    ORDER BY place_id
"""
_DEPARTMENTS: Final = "SELECT * FROM clean.departments ORDER BY department_id"
_ASSIGNED: Final = """
    SELECT initiative_id, department_id, role
    FROM clean.initiative_departments
    ORDER BY initiative_id, role, department_id
"""


@dataclass(frozen=True)
class Plan:
    """What the later tables need of the plan."""

    initiatives: Mapping[str, Row]
    overs: Mapping[str, Over]
    departments_today: Mapping[str, str | None]
    """By initiative."""
    departments_then: Mapping[str, str | None]

    def over(self, initiative_id: str | None, at: date) -> Over | None:
        """Why an initiative is over at a date, or None."""
        found = self.overs.get(initiative_id or "")
        return found if found and found.at(at) else None


def write_plan(scene: Scene) -> Plan:
    """Write plan_places, department_today, initiative_departments and initiative_overview."""
    rows = {row["initiative_id"]: row for row in scene.rows(_INITIATIVES)}
    places = _write_places(scene)
    departments = {row["department_id"]: row for row in scene.rows(_DEPARTMENTS)}
    successions = _write_departments(scene, departments)
    assigned = _assign(scene, rows)
    _write_assigned(scene, assigned, departments, successions)
    overs = {
        one: over
        for one, row in rows.items()
        if (over := find_over(places[one], row["ended_fiscal_year"]))
    }
    leads = {one: _lead(assigned[one]) for one in rows}
    nobody = Succession(None, ())
    today = {one: successions.get(then or "", nobody).today_id for one, (then, _) in leads.items()}
    plan = Plan(rows, overs, today, {one: then for one, (then, _) in leads.items()})
    table = []
    for one, row in rows.items():
        then, basis = leads[one]
        succession = successions.get(then or "", nobody)
        names = departments.get(then or "", {})
        table.append(
            row
            | _newest_place(places[one], scene.as_of)
            | _department(succession.today_id, departments)
            | {"department_then_id": then, "department_then_name": names.get("department_name")}
            | {"department_basis": basis, "department_remark": succession.remark}
            | _over(plan.over(one, scene.as_of))
        )
    write_finding(scene.connection, "initiative_overview", table, INITIATIVE_OVERVIEW)
    return plan


def _write_places(scene: Scene) -> defaultdict[str, list[Place]]:
    given = [Place(**{**row, "repeated": bool(row["repeated"])}) for row in scene.rows(_PLACES)]
    derived = derive_changes(given)
    write_finding(
        scene.connection,
        "plan_places",
        [
            {**asdict(place), "name_in_plan": place.name}
            | {"version_from": version_from(place.plan_version)}
            for place in derived
        ],
        PLAN_PLACES,
    )
    places: defaultdict[str, list[Place]] = defaultdict(list)
    for place in derived:
        places[place.initiative_id].append(place)
    return places


def _write_departments(scene: Scene, departments: Mapping[str, Row]) -> dict[str, Succession]:
    posts = {
        one: Department(one, row["valid_from"], row["valid_until"], row["successor_department_id"])
        for one, row in departments.items()
    }
    found = {one: follow_successors(one, posts, scene.as_of) for one in posts}
    table = []
    for one, succession in found.items():
        today = departments.get(succession.today_id or "", {})
        table.append(
            departments[one]
            | {"today_id": succession.today_id, "today_name": today.get("department_name")}
            | {"today_bureau": today.get("bureau_name"), "remark": succession.remark}
            | {"steps": " > ".join(succession.steps)}
        )
    write_finding(scene.connection, "department_today", table, DEPARTMENT_TODAY)
    return found


def _assign(scene: Scene, initiatives: Mapping[str, Row]) -> defaultdict[str, list[Row]]:
    """Who has each initiative: as assigned, else as its row of the register names one."""
    assigned: defaultdict[str, list[Row]] = defaultdict(list)
    for row in scene.rows(_ASSIGNED):
        assigned[row["initiative_id"]].append({**row, "basis": "assignment"})
    for one, row in initiatives.items():
        led = any(other["role"] == LEADS for other in assigned[one])
        if row["department_id"] and not led:
            named = {"department_id": row["department_id"], "role": LEADS, "basis": "register"}
            assigned[one].insert(0, {"initiative_id": one, **named})
    return assigned


def _write_assigned(
    scene: Scene,
    assigned: Mapping[str, list[Row]],
    departments: Mapping[str, Row],
    successions: Mapping[str, Succession],
) -> None:
    table = []
    for one in sorted(assigned):
        for row in assigned[one]:
            then = row["department_id"]
            succession = successions.get(then, Succession(None, (), "unknown"))
            name = departments.get(then, {}).get("department_name")
            table.append(
                {"initiative_id": one, "role": row["role"], "basis": row["basis"]}
                | {"department_then_id": then, "department_then_name": name}
                | _department(succession.today_id, departments)
                | {"remark": succession.remark}
            )
    write_finding(scene.connection, "initiative_departments", table, INITIATIVE_DEPARTMENTS)


def _lead(assigned: list[Row]) -> tuple[str | None, str]:
    leading = next((row for row in assigned if row["role"] == LEADS), None)
    return (leading["department_id"], leading["basis"]) if leading else (None, "none")


def _department(one: str | None, departments: Mapping[str, Row]) -> dict[str, Any]:
    row = departments.get(one or "", {})
    names = {name: row.get(name) for name in ("department_name", "bureau_name")}
    return {"department_id": one, **names}


def _newest_place(places: list[Place], as_of: date) -> dict[str, Any]:
    """Its first place in the newest version, known by then, that gives it one."""
    standing = [place for place in places if place.group_no is not None and not place.leaves]
    there = [
        place
        for place in standing
        if (start := version_from(place.plan_version)) is None or start <= as_of
    ]
    if not there:
        return {}
    newest = max(place.plan_version for place in there)
    first = min(
        (place for place in there if place.plan_version == newest), key=lambda one: one.order
    )
    return {
        name: getattr(first, name)
        for name in ("group_no", "group_name", "place_no", "plan_version")
    }


def _over(over: Over | None) -> dict[str, Any]:
    if over is None:
        return {"is_over": False}
    return {
        "is_over": True,
        "over_reason": over.reason,
        "over_basis": over.basis,
        "over_since_on": over.since_on,
        "over_since_fiscal_year": fiscal_year(over.since_on) if over.since_on else None,
        "merged_into_id": over.merged_into_id,
    }
