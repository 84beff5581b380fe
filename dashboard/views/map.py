"""地図: one measure on the ward's map, the profile of what is chosen, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import (
    controls,
    downloads,
    map_panel,
    messages,
    opened,
    page,
    profile,
    sources,
)

if TYPE_CHECKING:
    from dashboard.selection import Selection
    from dashboard.ward import Ward


def show() -> None:
    """Draw the page for the current edition and the choice in the URL."""
    opened.show(_page)


def _page(ward: Ward) -> None:
    selection, unknown = controls.current(ward)
    page.entitle(ward, selection)
    if selection.view == "print":
        _print_view(ward, selection)
    else:
        _screen(ward, selection, unknown)


def _screen(ward: Ward, selection: Selection, unknown: tuple[str, ...]) -> None:
    page.headline(ward, selection)
    messages.unknown_choice(unknown, selection.lang)
    controls.choose_what_to_see(ward, selection)
    map_column, profile_column = st.columns([58, 42], gap="small")
    with map_column:
        map_panel.show(ward, selection)
    with profile_column:
        profile.show(ward, selection)
    downloads.show(ward, selection)
    sources.show(ward, selection)


def _print_view(ward: Ward, selection: Selection) -> None:
    with st.container(key="paper"):
        page.print_headline(ward, selection)
        map_column, profile_column = st.columns([62, 38], gap="small")
        with map_column:
            map_panel.show(ward, selection)
        with profile_column:
            profile.show_table(ward, selection)
        sources.show(ward, selection)
