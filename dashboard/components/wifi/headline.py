"""The first line of the page 施設Wi-Fi: its answer, and the switch to the other language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components.page import LANGUAGE_NAMES, first_line
from dashboard.components.wifi.controls import go_to
from dashboard.query import LANGUAGES
from dashboard.translation import translator
from dashboard.wifi.sentences import answer

if TYPE_CHECKING:
    from dashboard.wifi.asked import Shown


def show(shown: Shown) -> None:
    """The answer, and the title of the browser's tab."""
    ward, lang = shown.ward, shown.selection.lang
    _ = translator(lang)
    st.set_page_config(page_title=_("{ward}の施設Wi-Fi").format(ward=ward.name_in(lang)))
    with first_line(answer(shown, _)):
        for other in LANGUAGES:
            if other != lang:
                st.button(
                    LANGUAGE_NAMES[other],
                    key=f"wifi-go-{other}",
                    type="tertiary",
                    on_click=go_to,
                    args=(ward, replace(shown.selection, lang=other)),
                )
