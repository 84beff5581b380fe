"""The plan's initiatives: where each stands by rule, and what the departments say.

Each module reads clean tables once, decides with `pipelines.evidence.progress` and writes its tables;
what it found goes on to the modules that need it. Columns: `columns`; rules in words:
docs/methods_initiatives.ja.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.findings.initiatives.decisions import Found, write_decisions
from pipelines.findings.initiatives.indicators import write_indicators
from pipelines.findings.initiatives.inputs import note_missing_inputs
from pipelines.findings.initiatives.logic import write_logic
from pipelines.findings.initiatives.milestones import write_milestones
from pipelines.findings.initiatives.money import write_money
from pipelines.findings.initiatives.outlook import write_outlook
from pipelines.findings.initiatives.plan import write_plan
from pipelines.findings.initiatives.reading import Scene
from pipelines.findings.initiatives.reviews import Reviews
from pipelines.findings.initiatives.status import find_parts, write_status

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from pipelines.ward import Ward


def write(connection: duckdb.DuckDBPyConnection, ward: Ward, as_of: date) -> None:
    """Write every table of `columns.TABLES`; what nobody brought is noted and leaves it empty."""
    scene = Scene(connection, ward.evaluation, as_of)
    note_missing_inputs(connection)
    plan = write_plan(scene)
    milestones = write_milestones(scene, plan)
    indicators = write_indicators(scene, plan)
    outlooks = write_outlook(scene, indicators)
    money = write_money(scene)
    reviews = Reviews(scene, plan)
    parts = find_parts(indicators, milestones)
    statuses = write_status(scene, plan, parts, indicators, milestones, reviews)
    reviews.write(statuses)
    write_logic(scene, plan, indicators, parts.indicators, money)
    write_decisions(
        scene,
        Found(plan, indicators, milestones, reviews, parts, statuses, outlooks, money),
    )
