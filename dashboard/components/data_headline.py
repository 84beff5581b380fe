"""The first line of the page データ: its answer, and the switch to the other language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components.data_controls import go_to
from dashboard.components.page import LANGUAGE_NAMES, first_line
from dashboard.data_labels import answer
from dashboard.query import LANGUAGES
from dashboard.translation import translator

if TYPE_CHECKING:
    from dashboard.data_selection import DataSelection
    from dashboard.holdings import Holdings
    from dashboard.ward import Ward


def show(ward: Ward, holdings: Holdings, selection: DataSelection) -> None:
    """The answer, and the title of the browser's tab."""
    _ = translator(selection.lang)
    st.set_page_config(page_title=_("{ward}のデータ").format(ward=ward.name_in(selection.lang)))
    with first_line(answer(holdings, selection, _)):
        for lang in LANGUAGES:
            if lang != selection.lang:
                st.button(
                    LANGUAGE_NAMES[lang],
                    key=f"data-go-{lang}",
                    type="tertiary",
                    on_click=go_to,
                    args=(replace(selection, lang=lang),),
                )
