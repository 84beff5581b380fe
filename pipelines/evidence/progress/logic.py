"""The logic model of an initiative: input, activity, output and outcomes, and what follows what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVELS: Final = ("投入", "活動", "産出", "直接の成果", "中間の成果", "最終の成果")
_INPUT, _ACTIVITY = LEVELS[:2]
LEAST_LEVELS: Final = 2


@dataclass(frozen=True, slots=True)
class LogicIndicator:
    """An indicator with its level and the one it follows from."""

    indicator_id: str
    name: str
    level: str | None
    follows: str | None = None
    evidence_grade: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the diagram. `label` of the budget is None: its amount is in initiative_money."""

    node_id: str
    kind: Literal["indicator", "budget", "content"]
    level: str
    label: str | None
    indicator_id: str | None = None


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one box to another.

    Not `declared` where it only says that money pays for activity, or that activity makes what
    follows from nothing else.
    """

    from_node_id: str
    to_node_id: str
    declared: bool
    evidence_grade: str | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """Boxes in the order of levels, and the arrows between them."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


def make_model(
    initiative_id: str,
    indicators: Sequence[LogicIndicator],
    *,
    content: str | None,
    has_budget: bool,
) -> Model | None:
    """The model of an initiative, None where its indicators declare no arrow between two levels.

    投入 is its budget and 活動 its content where no indicator stands there. An arrow to or from an
    indicator of another initiative, or without a level, is left out.
    """
    placed = {one.indicator_id: one for one in indicators if one.level in LEVELS}
    declared = [
        Arrow(one.follows, one.indicator_id, declared=True, evidence_grade=one.evidence_grade)
        for one in placed.values()
        if one.follows in placed and one.follows != one.indicator_id
    ]
    if not declared or len({one.level for one in placed.values()}) < LEAST_LEVELS:
        return None
    nodes = [
        Node(one.indicator_id, "indicator", one.level or "", one.name, one.indicator_id)
        for one in placed.values()
    ]
    filled = {node.level for node in nodes}
    if has_budget and _INPUT not in filled:
        nodes.append(Node(f"{initiative_id}:budget", "budget", _INPUT, None))
    if content and _ACTIVITY not in filled:
        nodes.append(Node(f"{initiative_id}:content", "content", _ACTIVITY, content))
    nodes.sort(key=lambda node: (LEVELS.index(node.level), node.node_id))
    arrows = sorted(
        declared + _natural(nodes, declared), key=lambda one: (one.from_node_id, one.to_node_id)
    )
    return Model(tuple(nodes), tuple(arrows))


def _natural(nodes: Sequence[Node], declared: Sequence[Arrow]) -> list[Arrow]:
    """Arrows of the two boxes that stand for no indicator, so that they do not hang in the air."""
    led_to = {arrow.to_node_id for arrow in declared}
    found = []
    for node in nodes:
        if node.kind == "indicator":
            continue
        levels = sorted({LEVELS.index(one.level) for one in nodes})
        after = next((level for level in levels if level > LEVELS.index(node.level)), None)
        found += [
            Arrow(node.node_id, one.node_id, declared=False)
            for one in nodes
            if LEVELS.index(one.level) == after and one.node_id not in led_to
        ]
    return found
