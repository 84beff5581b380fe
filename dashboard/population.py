"""The sources of population of an edition, side by side, as the pages read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Residents:
    """All residents of an area, a town or the ward by one source; None is unknown.

    `known` is what the parts add up to that are known, `areas_missing` how many are not;
    `difference` is to the source in use, also in per cent of it.
    """

    persons: float | None
    known: float
    areas_missing: int
    difference: float | None
    difference_pct: float | None


@dataclass(frozen=True, slots=True)
class PopulationSource:
    """One source and date: what it is, whether the figures use it, and why not."""

    key: str
    dataset: str
    reference: str
    reference_en: str
    surveyed_on: date | None
    statuses: tuple[str, ...]
    credit: str
    credit_en: str
    fits: bool
    reason: str
    reason_en: str
    in_use: bool
    households_in_use: bool
    residents: Mapping[tuple[str, str], Residents]
    """By level and code."""

    def reference_in(self, lang: str) -> str:
        """Source and date, as they stand beside a rate."""
        return self.reference_en if lang == "en" else self.reference

    def reason_in(self, lang: str) -> str:
        """Why the figures do not use it."""
        return self.reason_en if lang == "en" else self.reason
