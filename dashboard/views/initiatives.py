"""取組の進捗状況: what was promised, where each initiative stands, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import about, messages, opened
from dashboard.components.initiatives import controls, headline, initiative_page, sections
from dashboard.initiatives.asked import DATASETS, shown

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
    with st.container(key="initiatives-part"):
        if not state.found.overview:
            about.bring(ward, tuple(state.found.lacking.values()), DATASETS, selection.lang)
        elif selection.initiative:
            initiative_page.show(state)
        else:
            controls.choose_what_to_see(state)
            controls.choose_section(state)
            sections.show(state)
