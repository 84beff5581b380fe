"""What the page asks of an edition, kept once asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import cache
from dashboard.wifi.reading import read_reach, read_wifi
from dashboard.wifi.selection import ANY_TIME, TOTAL

if TYPE_CHECKING:
    from dashboard.ward import Ward
    from dashboard.wifi.records import Opening, Reach, Wifi
    from dashboard.wifi.selection import WifiSelection

FIRST_SURFACE = "area"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a state of the page shows: the edition, the choice, and its answers."""

    ward: Ward
    wifi: Wifi
    selection: WifiSelection
    opening: Opening
    reach: Reach

    @property
    def at_any_time(self) -> bool:
        """Whether no hour is chosen."""
        return self.selection.time == ANY_TIME

    def area_name(self, code: str | None) -> str | None:
        """The name of an area; nothing where it is not known."""
        area = self.ward.shapes["area"].get(code or "")
        return area.name if area else None

    @property
    def key(self) -> tuple[str, ...]:
        """What the answers depend on: hours with the same access points have the same."""
        chosen = self.selection
        return chosen.distance, str(self.opening.no), chosen.group, chosen.level, chosen.lang


def wifi_of(ward: Ward) -> Wifi:
    """What the page needs of an edition whatever is chosen."""
    return cache.asked(read_wifi, edition=ward.edition, part="wifi", key=())


def shown(ward: Ward, selection: WifiSelection) -> Shown:
    """The answers to a selection."""
    wifi = wifi_of(ward)
    opening = wifi.openings[selection.time]
    return Shown(
        ward=ward,
        wifi=wifi,
        selection=selection,
        opening=opening,
        reach=reach(ward, selection.distance, opening.no, group=selection.group),
    )


def reach(
    ward: Ward,
    distance: str,
    opening_no: int,
    *,
    group: str = TOTAL,
    surface: str = FIRST_SURFACE,
) -> Reach:
    """The answer to one question; hours with the same open access points share it."""
    return cache.asked(
        lambda edition: read_reach(
            edition,
            surface=surface,
            group=group,
            opening_no=opening_no,
            distance_m=float(distance),
        ),
        edition=ward.edition,
        part="wifi-reach",
        key=(surface, group, str(opening_no), distance),
    )
