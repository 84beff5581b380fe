"""The first line of the page 取組の進捗状況: its answer, and the switch to the other language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components.initiatives.controls import go_to
from dashboard.components.page import LANGUAGE_NAMES, first_line
from dashboard.initiatives.sentences import answer, answer_of_one
from dashboard.query import LANGUAGES
from dashboard.translation import translator

if TYPE_CHECKING:
    from dashboard.initiatives.asked import Shown


def show(shown: Shown) -> None:
    """The answer, and the title of the browser's tab."""
    lang, chosen = shown.lang, shown.selection.initiative
    _ = translator(lang)
    title = _("{ward}の取組の進捗状況").format(ward=shown.ward.name_in(lang))
    if chosen:
        title = _("{name}｜{page}").format(name=shown.found.name_of(chosen), page=title)
    st.set_page_config(page_title=title)
    with first_line(answer_of_one(shown, _) if chosen else answer(shown, _)):
        for other in LANGUAGES:
            if other != lang:
                st.button(
                    LANGUAGE_NAMES[other],
                    key=f"initiatives-go-{other}",
                    type="tertiary",
                    on_click=go_to,
                    args=(replace(shown.selection, lang=other),),
                )
