"""What every page wears: its style, its language, its title and its first line."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components.controls import go_to
from dashboard.components.links import FOLLOWED_WITHIN
from dashboard.markup import tag
from dashboard.query import LANGUAGES
from dashboard.sentences import answer
from dashboard.translation import translator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.selection import Selection
    from dashboard.ward import Ward

_STYLE: Final = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
LANGUAGE_NAMES: Final = {"ja": "日本語", "en": "English"}


def dress(lang: str) -> None:
    """Style the page, tell the browser which language it is in, and follow links within."""
    st.html(f"<style>{_STYLE}</style>")
    with st.container(key="language-of-page"):
        script = f"document.documentElement.lang = '{lang}';\n{FOLLOWED_WITHIN}"
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def entitle(ward: Ward, selection: Selection) -> None:
    """The title of the browser's tab: the place, the measure, the page."""
    _ = translator(selection.lang)
    title = _("{measure}｜{ward}の地図").format(
        measure=ward.measures[selection.measure].title_in(selection.lang),
        ward=ward.name_in(selection.lang),
    )
    st.set_page_config(page_title=title)


def headline(ward: Ward, selection: Selection) -> None:
    """The answer in one sentence, and beside it the switches for language and print."""
    _ = translator(selection.lang)
    with first_line(answer(ward, selection, _)):
        for lang in LANGUAGES:
            if lang != selection.lang:
                _go(LANGUAGE_NAMES[lang], ward, replace(selection, lang=lang))
        _go(_("印刷用"), ward, replace(selection, view="print"))


@contextmanager
def first_line(sentence: str) -> Iterator[None]:
    """The first line of a page: its answer, and beside it what is drawn within."""
    with st.container(key="headline", horizontal=True, vertical_alignment="center"):
        st.html(tag("h1", sentence))
        yield


def print_headline(ward: Ward, selection: Selection) -> None:
    """The same first line on paper, with a way back that is not printed."""
    _ = translator(selection.lang)
    with st.container(key="print-bar", horizontal=True, vertical_alignment="center"):
        _go(_("← 画面の表示に戻る"), ward, replace(selection, view="screen"))
        st.html(tag("p", _("ブラウザーの印刷（Ctrl+P）で、A4横の1枚になります。")))
    st.html(tag("h1", answer(ward, selection, _)))


def _go(label: str, ward: Ward, wanted: Selection) -> None:
    st.button(
        label,
        key=f"go-{wanted.lang}-{wanted.view}",
        type="tertiary",
        on_click=go_to,
        args=(ward, wanted),
    )
