"""The edition that a page shows, or what to do where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import cache
from dashboard.components import address, messages
from dashboard.query import language
from pipelines.warehouse import EditionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.ward import Ward


def show(screen: Callable[[Ward], None]) -> None:
    """Draw `screen` for the current edition; without one, say what to do."""
    try:
        screen(cache.current_ward())
    except EditionError as error:
        messages.no_edition(error, language(address.parameters()))
