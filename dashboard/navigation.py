"""The pages, declared; a page that is not built yet does not appear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.views import datasets as datasets_view
from dashboard.views import initiatives as initiatives_view
from dashboard.views import map as map_view
from dashboard.views import wifi as wifi_view

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

    from dashboard.translation import Translate


def pages(_: Translate) -> list[StreamlitPage]:
    """All pages in their order; the first is where the app opens."""
    return [
        st.Page(map_view.show, title=_("地図"), url_path="map", default=True),
        st.Page(wifi_view.show, title=_("施設Wi-Fi"), url_path="wifi"),
        st.Page(initiatives_view.show, title=_("取組の進捗状況"), url_path="initiatives"),
        st.Page(datasets_view.show, title=_("データ"), url_path="data"),
    ]
