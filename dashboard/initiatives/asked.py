"""What the page asks of an edition, kept once asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from dashboard import cache
from dashboard.initiatives.filters import chosen
from dashboard.initiatives.reading import read_initiatives, read_picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.initiatives.reading import Initiatives
    from dashboard.initiatives.records import Overview, Picture
    from dashboard.initiatives.selection import InitiativesSelection
    from dashboard.ward import Ward

DATASETS = (
    "initiatives",
    "initiative_places",
    "initiative_departments",
    "departments",
    "indicators",
    "indicator_values",
    "initiative_milestones",
    "initiative_budgets",
    "initiative_reports",
    "policy_events",
)
"""The data sets that the page is made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a state of the page shows: the edition, the choice, and the initiatives chosen."""

    ward: Ward
    found: Initiatives
    selection: InitiativesSelection
    listed: tuple[Overview, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The IDs of the initiatives chosen."""
        return frozenset(one.initiative_id for one in self.listed)

    @property
    def lang(self) -> str:
        """The reader's language."""
        return self.selection.lang

    @property
    def is_sample(self) -> bool:
        """Whether any of the inputs is made up."""
        return is_sample(self.ward, DATASETS)


def is_sample(ward: Ward, datasets: Sequence[str]) -> bool:
    """Whether any of some data sets is made up."""
    known = [ward.datasets[name] for name in datasets if name in ward.datasets]
    return any("sample" in one.statuses for one in known)


def initiatives_of(ward: Ward) -> Initiatives:
    """What the page needs of an edition whatever is chosen."""
    return cache.asked(read_initiatives, edition=ward.edition, part="initiatives", key=())


def picture_of(ward: Ward, initiative_id: str) -> Picture | None:
    """The picture that a department supplied for an initiative."""
    return cache.asked(
        partial(read_picture, initiative_id=initiative_id),
        edition=ward.edition,
        part="initiative-picture",
        key=(initiative_id,),
    )


def shown(ward: Ward, selection: InitiativesSelection) -> Shown:
    """What a selection shows."""
    found = initiatives_of(ward)
    return Shown(ward=ward, found=found, selection=selection, listed=chosen(found, selection))
