"""What is kept between reruns; the only place with `st.cache_*`, all of it keyed by edition.

The pointer to the current edition is read on every rerun, so a page shows a new edition at the
next one; everything else is derived once an edition.
"""

from __future__ import annotations

import atexit
import gc
from typing import TYPE_CHECKING, Final, TypeVar

import streamlit as st

from dashboard.holdings import read_holdings
from dashboard.reading import read_ward
from pipelines.warehouse import EditionError, current_edition_name, open_edition

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.holdings import Holdings
    from dashboard.ward import Ward
    from pipelines.warehouse import Edition

T = TypeVar("T")

_EDITIONS: Final = 3
_PARTS: Final = 512
_ATTEMPTS: Final = 5


def current_ward() -> Ward:
    """The current edition, read.

    Raises EditionError when there is none or it cannot be read. An edition that a build cleaned
    away between the pointer and the opening is looked up again.
    """
    for _attempt in range(_ATTEMPTS - 1):
        name = current_edition_name()
        try:
            return _ward(name)
        except EditionError:
            if current_edition_name() == name:
                raise
    return _ward(current_edition_name())


@st.cache_resource(show_spinner=False, max_entries=_EDITIONS)
def _ward(edition: str) -> Ward:
    with open_edition(edition) as opened:
        return read_ward(opened)


@st.cache_resource(show_spinner=False, max_entries=_EDITIONS)
def holdings(edition: str) -> Holdings:
    """What an edition says of itself: data sets, files, findings, corrections."""
    with open_edition(edition) as opened:
        return read_holdings(opened)


def asked(make: Callable[[Edition], T], *, edition: str, part: str, key: tuple[str, ...]) -> T:
    """What `make` returns of the edition itself, opened for it; made and kept as in `prepared`."""

    def ask() -> T:
        with open_edition(edition) as opened:
            return make(opened)

    return prepared(ask, edition=edition, part=part, key=key)


def prepared(make: Callable[[], T], *, edition: str, part: str, key: tuple[str, ...] = ()) -> T:
    """What `make` returns, made once for an edition, a part of the page and what it depends on.

    Everyone gets the same object, so it must be one that nobody changes.
    """
    kept: T = _prepared(make, edition, part, key)
    return kept


@st.cache_resource(show_spinner=False, max_entries=_PARTS)
def _prepared(_make: Callable[[], T], edition: str, part: str, key: tuple[str, ...]) -> T:  # noqa: ARG001
    return _make()


@st.cache_resource(show_spinner=False)
def settle_memory() -> None:
    """Take what has been loaded out of the garbage collector's rounds, once a process.

    Streamlit collects after every run; walking the imported modules takes longer than the page
    itself and serves nothing, as modules are never garbage.
    """
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # libraries count what is left when the process ends
