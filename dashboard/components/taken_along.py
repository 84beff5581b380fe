"""Buttons that give a file, made only when somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CSV: Final = "text/csv"
GEOJSON: Final = "application/geo+json"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class TakenAlong:
    """A file: its name, its type, what the button says and what makes it."""

    label: str
    make: Callable[[], bytes]
    name: str
    mime: str


def buttons(key: str, files: Iterable[TakenAlong], *, title: str = "") -> None:
    """One row of buttons; `key` names the row and the buttons in it."""
    with st.container(key=key, horizontal=True, vertical_alignment="center"):
        if title:
            st.html(title)
        for at, one in enumerate(files):
            st.download_button(
                one.label,
                one.make,
                file_name=one.name,
                mime=one.mime,
                key=f"{key}-{at}",
                on_click="ignore",
            )
