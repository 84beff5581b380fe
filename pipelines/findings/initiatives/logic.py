"""evidence.logic_nodes and logic_arrows: the logic model of each initiative that declares one."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from pipelines.evidence.progress.logic import LogicIndicator, make_model
from pipelines.findings.initiatives.columns import LOGIC_ARROWS, LOGIC_NODES
from pipelines.findings.table import write_finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.findings.initiatives.indicators import Indicators
    from pipelines.findings.initiatives.plan import Plan
    from pipelines.findings.initiatives.reading import Row, Scene


def write_logic(
    scene: Scene,
    plan: Plan,
    indicators: Indicators,
    names: Mapping[str, Sequence[str]],
    money: Sequence[Row],
) -> None:
    """Write both tables; `names`: the indicators of each initiative.

    A node's status is its indicator's now; those of budget and content have none.
    """
    budgets = {row["initiative_id"] for row in money if row["basis_thousand_yen"] is not None}
    judged = indicators.judged[scene.as_of]
    nodes: list[Row] = []
    arrows: list[Row] = []
    for one, initiative in plan.initiatives.items():
        model = make_model(
            one,
            [_read(indicators.rows[name]) for name in names.get(one, ())],
            content=initiative["content"],
            has_budget=one in budgets,
        )
        if model is None:
            continue
        for node in model.nodes:
            status = judged[node.indicator_id].decision.status if node.indicator_id else None
            nodes.append(asdict(node) | {"initiative_id": one, "status": status})
        arrows += [asdict(arrow) | {"initiative_id": one} for arrow in model.arrows]
    write_finding(scene.connection, "logic_nodes", nodes, LOGIC_NODES)
    write_finding(scene.connection, "logic_arrows", arrows, LOGIC_ARROWS)


def _read(row: Row) -> LogicIndicator:
    return LogicIndicator(
        row["indicator_id"],
        row["indicator_name"],
        row["level"],
        row["follows_indicator_id"],
        row["evidence_grade"],
    )
