"""What departments have not brought: one row of evidence.missing_inputs for each data set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.contracts.ddl import quoted
from pipelines.findings.table import note_missing
from pipelines.messages import Message

if TYPE_CHECKING:
    import duckdb

SUBJECT: Final = "initiatives"

_NEEDED: Final = {
    "initiatives": ("取組の一覧", "the register of initiatives"),
    "initiative_places": ("計画の中の取組の位置（版ごとの区分と番号）", "the places in the plan, by version"),
    "initiative_milestones": ("取組の節目（計画と実績）", "the milestones, planned and actual"),
    "initiative_budgets": ("取組の予算と決算", "budgets and settlements"),
    "initiative_reports": ("所管課評価", "the departments' reports"),
    "indicators": ("指標（基準値・目標値）", "the indicators with baseline and target"),
    "indicator_values": ("指標の実績値", "the indicators' values"),
    "departments": ("所管課（期間と後継）", "the departments with their successors"),
}  # fmt: skip


def note_missing_inputs(connection: duckdb.DuckDBPyConnection) -> None:
    """Say of each data set without a row what to bring and where to put it."""
    for dataset, (name, name_en) in _NEEDED.items():
        [(rows,)] = connection.execute(
            f"SELECT count(*) FROM clean.{quoted(dataset)}"  # noqa: S608
        ).fetchall()
        if not rows:
            message = Message(
                f"{name}がありません。data/inbox/{dataset}/ に置いてください（様式は ebpm template {dataset}）。",
                f"There are no rows of {name_en}; put them into data/inbox/{dataset}/ (ebpm template {dataset} makes the form).",
            )
            note_missing(connection, SUBJECT, dataset, message)
