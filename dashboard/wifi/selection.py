"""What is chosen on the page 施設Wi-Fi <-> the URL: typed, checked against what the edition has."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from dashboard.query import LANGUAGES, Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE: Final = "wifi"
"""The page's address, relative to the app's."""
ANY_TIME: Final = "any"
LEVELS: Final = ("area", "town")
MAPS: Final = ("reach", "shelters", "next")
"""What the map shows above the shares of residents: access points, shelters, or where next."""
SECTIONS: Final = (
    "equipment",
    "reach",
    "shelters",
    "fairness",
    "next",
    "usage",
    "analysis",
    "method",
)
"""The parts below the map; one is open at a time."""
CANDIDATES: Final = ("all", "facility", "shelter")
METRICS: Final = ("connections", "users")
TOTAL: Final = "total"
DEFAULT_SITES: Final = "3"


@dataclass(frozen=True, slots=True, kw_only=True)
class WifiAllowed:
    """What an edition offers to choose from; the first of each is the default."""

    distances: tuple[str, ...]
    """Metres."""
    groups: tuple[str, ...]
    """Groups of residents, `total` first."""
    times: frozenset[str]
    """`weekday-hour` with Monday as 1, such as `7-20`."""
    places: Mapping[str, frozenset[str]]
    """Codes of each level."""
    most_sites: int
    candidate_numbers: tuple[str, ...] = ()
    """Places where an access point could be added."""
    usage_units: tuple[str, ...] = ()
    """What monthly use is known of besides the ward: `facility:22`, `access_point:3`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WifiSelection:
    """One state of the page; equal selections are equal URLs."""

    distance: str
    level: str = "area"
    time: str = ANY_TIME
    group: str = TOTAL
    map: str = "reach"
    section: str = "equipment"
    candidates: str = "all"
    sites: str = DEFAULT_SITES
    without: str = ""
    """Candidates not to be proposed: numbers with commas."""
    usage: str = ""
    """Whose monthly use is shown; blank is the ward's."""
    metric: str = "connections"
    place: str = ""
    lang: str = "ja"

    def at_level(self, level: str) -> WifiSelection:
        """The same at another level, where no place is chosen yet."""
        return self if level == self.level else replace(self, level=level, place="")


def parse_wifi(
    query: Mapping[str, str], allowed: WifiAllowed
) -> tuple[WifiSelection, tuple[str, ...]]:
    """Read a selection from the parameters of a URL, with the names of those not understood."""
    reader = Reader(query)
    level = reader.one("level", LEVELS, LEVELS[0])
    numbers = [str(number) for number in range(1, allowed.most_sites + 1)]
    selection = WifiSelection(
        distance=reader.one("distance", allowed.distances, allowed.distances[0]),
        level=level,
        time=reader.one("time", {ANY_TIME, *allowed.times}, ANY_TIME),
        group=reader.one("group", allowed.groups, TOTAL),
        map=reader.one("map", MAPS, MAPS[0]),
        section=reader.one("section", SECTIONS, SECTIONS[0]),
        candidates=reader.one("candidates", CANDIDATES, CANDIDATES[0]),
        sites=reader.one("sites", numbers, DEFAULT_SITES),
        without=",".join(reader.several("without", allowed.candidate_numbers, ())),
        usage=reader.one("usage", allowed.usage_units, ""),
        metric=reader.one("metric", METRICS, METRICS[0]),
        place=reader.one("place", allowed.places[level], ""),
        lang=reader.one("lang", LANGUAGES, LANGUAGES[0]),
    )
    return selection, tuple(reader.unknown)


def wifi_query(selection: WifiSelection, allowed: WifiAllowed) -> dict[str, str]:
    """The parameters of a selection's URL; what is the default is left out."""
    plain = WifiSelection(distance=allowed.distances[0])
    texts = {field.name: getattr(selection, field.name) for field in fields(WifiSelection)}
    return {name: text for name, text in texts.items() if text != getattr(plain, name)}


def wifi_address(selection: WifiSelection, allowed: WifiAllowed) -> str:
    """The address of a selection, relative to the app's own, for a link from any page."""
    query = urlencode(wifi_query(selection, allowed))
    return f"{PAGE}?{query}" if query else PAGE
