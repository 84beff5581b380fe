"""The parts below the map: one is open at a time, so that a changed hour stays quick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components.wifi import (
    analysis_section,
    equipment_section,
    fairness_section,
    method_section,
    reach_section,
    shelters_section,
    siting_section,
    usage_section,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.wifi.asked import Shown

_SECTIONS: Final[dict[str, Callable[[Shown], None]]] = {
    "equipment": equipment_section.show,
    "reach": reach_section.show,
    "shelters": shelters_section.show,
    "fairness": fairness_section.show,
    "next": lambda shown: siting_section.show(shown.ward, shown.selection),
    "usage": lambda shown: usage_section.show(shown.ward, shown.selection),
    "analysis": lambda shown: analysis_section.show(shown.ward, shown.selection),
    "method": lambda shown: method_section.show(shown.ward, shown.selection),
}


def show(shown: Shown) -> None:
    """The section that the choice names."""
    with st.container(key="wifi-part"):
        _SECTIONS[shown.selection.section](shown)
