"""The app: page set-up and navigation. Start it with `ebpm run`."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, navigation, selection
from dashboard.components import page
from dashboard.translation import translator

language = selection.language(st.query_params.to_dict())
st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
page.dress(language)
st.navigation(navigation.pages(translator(language)), position="top").run()
cache.settle_memory()
