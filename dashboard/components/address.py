"""The address of the page, which holds its state: read whole, written whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_ATTEMPTS: Final = 5


def parameters() -> dict[str, str]:
    """The parameters of the URL as they stand.

    Somebody who clicks on has a second run of the script changing them in another thread. Reading
    them is no step of its own in Streamlit, so one that vanished meanwhile is read again.
    """
    for _attempt in range(_ATTEMPTS - 1):
        try:
            return st.query_params.to_dict()
        except (KeyError, RuntimeError):
            continue
    return st.query_params.to_dict()


def change(ours: Collection[str], wanted: Mapping[str, str]) -> None:
    """Make `wanted` the parameters called `ours`; those of others stay as they are."""
    others = {name: text for name, text in parameters().items() if name not in ours}
    st.query_params.from_dict({**others, **wanted})
