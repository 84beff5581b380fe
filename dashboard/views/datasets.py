"""データ: what is in this edition and from whom, what became of each file and row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import cache
from dashboard.components import (
    corrections_table,
    data_controls,
    data_headline,
    file_table,
    findings_table,
    holdings_table,
    messages,
    opened,
    rows_table,
)

if TYPE_CHECKING:
    from dashboard.ward import Ward


def show() -> None:
    """Draw the page for the current edition and the choice in the URL."""
    opened.show(_screen)


def _screen(ward: Ward) -> None:
    holdings = cache.holdings(ward.edition)
    selection, unknown = data_controls.current(ward, holdings)
    data_headline.show(ward, holdings, selection)
    messages.unknown_choice(unknown, selection.lang)
    data_controls.choose_what_to_see(holdings, selection)
    holdings_table.show(holdings, selection)
    rows_table.show(ward, holdings, selection)
    file_table.show(holdings, selection)
    findings_table.show(ward, holdings, selection)
    corrections_table.show(holdings, selection)
