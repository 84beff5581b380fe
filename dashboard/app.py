"""The app: page set-up and navigation. Start it with `ebpm run`."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, navigation
from dashboard.components import address, bar, page
from dashboard.query import language as language_of
from dashboard.translation import translator

language = language_of(address.parameters())
st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
page.dress(language)
pages = navigation.pages(translator(language))
here = st.navigation(pages, position="hidden")
bar.show(pages, here, language)
here.run()
cache.settle_memory()
