"""The pages, in one line at the top of each; the language goes along from page to page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.markup import tag
from dashboard.query import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.navigation.page import StreamlitPage


def show(pages: Sequence[StreamlitPage], here: StreamlitPage, lang: str) -> None:
    """The names of the pages: the one that is open as text, the others as links."""
    query = {} if lang == LANGUAGES[0] else {"lang": lang}
    with st.container(key="pages", horizontal=True, vertical_alignment="center"):
        for page in pages:
            if page.url_path == here.url_path:
                st.html(tag("b", page.title, aria_current="page"))
            else:
                st.page_link(page, label=page.title, query_params=query)
