"""Widgets within a section. The URL holds the state; a widget only shows and changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.components import widgets
from dashboard.wifi.selection import WifiSelection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DEFAULTS: Final = WifiSelection(distance="")


def segments(
    label: str,
    name: str,
    chosen: str,
    options: Sequence[str],
    worded: Callable[[str], str],
    *,
    meant: Callable[[str], str] = str,
) -> None:
    """One of a few, side by side; `meant` turns what is picked into the field's value."""
    key = _key(label, name)
    widgets.segments(key, label, options, chosen, worded, _changed, (key, name, meant))


def one_of(
    label: str, name: str, chosen: str, options: Sequence[str], worded: Callable[[str], str]
) -> None:
    """One of many."""
    key = _key(label, name)
    widgets.select(key, label, options, chosen, worded, _changed, (key, name, str), searched=True)


def several(
    label: str,
    name: str,
    chosen: str,
    options: Sequence[str],
    worded: Callable[[str], str],
    *,
    placeholder: str,
) -> None:
    """Any of many; in the URL with commas."""
    key = _key(label, name)
    st.session_state[key] = [one for one in chosen.split(",") if one]
    st.multiselect(
        label, options, key=key, format_func=worded, placeholder=placeholder,
        filter_mode="contains", on_change=_changed, args=(key, name, ",".join),
    )  # fmt: skip


def _key(label: str, name: str) -> str:
    # Two widgets may change one field; the label, which is in one language, tells them apart.
    return f"wifi-{name}-{label}"


def _changed(key: str, name: str, meant: Callable[[Any], str]) -> None:
    value = meant(st.session_state[key])
    if value == getattr(_DEFAULTS, name):
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
