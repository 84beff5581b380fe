"""What the page 施設Wi-Fi reads of an edition, as typed records; nothing here is computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pipelines.evidence.fairness import Fairness
    from pipelines.evidence.shelters import Without

ANY_TIME_NO: Final = 0
"""The number of the set of all access points, whatever their hours."""

PlaceKey = tuple[str, str, str]
"""Level, kind of group (blank for others) and code."""


@dataclass(frozen=True, slots=True)
class Rate:
    """整備率 of all facilities ('') or a category (None without one), now (None) or by 年度."""

    category: str | None
    fiscal_year: int | None
    target: int
    equipped: int | None
    without: int | None
    start_unknown: int | None
    target_unknown: int
    target_stated: bool
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Facility:
    """A facility of the ward: whether it is to have public Wi-Fi, and whether it has."""

    id: str
    name: str
    category: str | None
    area_code: str | None
    lon: float | None
    lat: float | None
    target: bool | None
    equipped: bool | None
    access_points: int
    equipped_since: date | None
    planned_points: int


@dataclass(frozen=True, slots=True)
class Shelter:
    """A 避難所 with the residents that one method gives it; the row of nobody's has no id."""

    id: str | None
    name: str
    area_code: str | None
    lon: float | None
    lat: float | None
    equipped: bool | None
    access_points: int | None
    residents: float | None
    rank_without: int | None


@dataclass(frozen=True, slots=True)
class Site:
    """An access point that is measured from, with its hours as its list writes them."""

    no: int
    id: str
    name: str
    lon: float
    lat: float
    hours: str | None
    open_days: str | None
    open_from: str | None
    open_until: str | None
    ward_distance_m: float


@dataclass(frozen=True, slots=True)
class Opening:
    """Which set of access points can be used at an hour, and how many."""

    no: int
    open: int
    unknown: int
    closed: int


@dataclass(frozen=True, slots=True)
class Reached:
    """A place's residents and those within the distance; None is unknown."""

    level: str
    group_kind: str
    code: str
    name: str
    persons: float | None
    reached: float | None
    ratio: float | None
    unknown_parts: int


@dataclass(frozen=True, slots=True)
class Reach:
    """One question answered for every place: from sites known to be open, and from possible ones."""

    known: Mapping[PlaceKey, Reached]
    possible: Mapping[PlaceKey, Reached]
    worst: Mapping[str, tuple[Reached, ...]]
    """Areas and towns with residents, the worst-served first."""
    fairness: Mapping[str, Fairness]


@dataclass(frozen=True, slots=True)
class Lacking:
    """What cannot be answered, or only in part, and what to bring."""

    subject: str
    dataset: str
    message_ja: str
    message_en: str

    def message_in(self, lang: str) -> str:
        """What to bring, in words."""
        return self.message_en if lang == "en" else self.message_ja


@dataclass(frozen=True, kw_only=True, slots=True)
class Wifi:
    """What the page needs of one edition whatever is chosen; reach is asked for by question."""

    edition: str
    distances: tuple[str, ...]
    most_sites: int
    groups: tuple[str, ...]
    surfaces: tuple[str, ...]
    population_keys: Mapping[tuple[str, str], str]
    """By surface and group."""
    group_kinds: tuple[str, ...]
    rates: tuple[Rate, ...]
    facilities: tuple[Facility, ...]
    shelters: Mapping[str, tuple[Shelter, ...]]
    """By method, the one to show first: `assigned` where there is one, then `nearest`."""
    without: Mapping[str, Without]
    """By method."""
    sites: tuple[Site, ...]
    """Those that are counted."""
    not_counted: int
    """Listed access points that nothing is measured from."""
    openings: Mapping[str, Opening]
    """By time as in the URL: `any`, `7-20`."""
    lacking: tuple[Lacking, ...]

    @property
    def now(self) -> Rate | None:
        """整備率 of all facilities today; None without the lists."""
        return next((r for r in self.rates if r.category == "" and r.fiscal_year is None), None)

    @property
    def method(self) -> str:
        """How residents are given to shelters, first choice; blank without shelters."""
        return next(iter(self.shelters), "")

    @property
    def without_own_list(self) -> bool:
        """Whether only lists of others are there: no listed access point is in the ward."""
        return bool(self.sites) and all(site.ward_distance_m > 0 for site in self.sites)

    def lacking_for(self, *subjects: str) -> tuple[Lacking, ...]:
        """What to bring for some subjects."""
        return tuple(one for one in self.lacking if one.subject in subjects)
