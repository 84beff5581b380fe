"""施設Wi-Fi: which facilities have it, who is within reach, who is not, and where next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import messages, opened
from dashboard.components.wifi import controls, figures, headline, map_panel, sections
from dashboard.wifi.asked import shown

if TYPE_CHECKING:
    from dashboard.ward import Ward


def show() -> None:
    """Draw the page for the current edition and the choice in the URL."""
    opened.show(_screen)


def _screen(ward: Ward) -> None:
    selection, unknown = controls.current(ward)
    state = shown(ward, selection)
    headline.show(state)
    messages.unknown_choice(unknown, selection.lang)
    controls.choose_what_to_see(ward, selection)
    map_column, figures_column = st.columns([56, 44], gap="small")
    with map_column:
        map_panel.show(state)
    with figures_column:
        figures.show(state)
    controls.choose_section(ward, selection)
    sections.show(state)
