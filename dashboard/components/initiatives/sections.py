"""The parts of the page: one is open at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.components.initiatives import (
    behind_section,
    changes_section,
    decisions_section,
    departments_section,
    list_section,
    money_section,
    outlook_section,
    overview_section,
    plan_section,
    rules_section,
    schedule_section,
    unreported_section,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.initiatives.asked import Shown

_SECTIONS: Final[dict[str, Callable[[Shown], None]]] = {
    "overview": overview_section.show,
    "behind": behind_section.show,
    "unreported": unreported_section.show,
    "departments": departments_section.show,
    "money": money_section.show,
    "outlook": outlook_section.show,
    "changes": changes_section.show,
    "decisions": decisions_section.show,
    "schedule": schedule_section.show,
    "list": list_section.show,
    "plan": plan_section.show,
    "rules": rules_section.show,
}


def show(shown: Shown) -> None:
    """The section that the choice names."""
    _SECTIONS[shown.selection.section](shown)
