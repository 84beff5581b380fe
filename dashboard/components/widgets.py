"""Widgets of every page. The URL holds the state; a widget only shows and changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def segments(
    key: str,
    label: str,
    options: Sequence[str],
    chosen: str,
    worded: Callable[[str], str],
    on_change: Callable[..., None],
    args: tuple[Any, ...] = (),
) -> None:
    """One of a few, side by side; what is picked is kept under `key`."""
    st.session_state[key] = chosen
    st.segmented_control(
        label, options, key=key, required=True, format_func=worded, on_change=on_change, args=args
    )


def select(  # noqa: PLR0913 - what a choice is made of
    key: str,
    label: str,
    options: Sequence[str],
    chosen: str | None,
    worded: Callable[[str], str],
    on_change: Callable[..., None],
    args: tuple[Any, ...] = (),
    *,
    searched: bool = False,
    disabled: bool = False,
    everything: str = "",
) -> None:
    """One of many; `searched` finds it by a part of it, `everything` is what choosing none means."""
    st.session_state[key] = chosen or None if everything else chosen
    st.selectbox(
        label, options, key=key, format_func=worded, on_change=on_change, args=args,
        index=None if everything else 0, placeholder=everything or None,
        filter_mode="contains" if searched else None, disabled=disabled,
    )  # fmt: skip
