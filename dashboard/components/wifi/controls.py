"""The choices of the page 施設Wi-Fi. The URL holds the state; a widget only shows and changes it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard import cache
from dashboard.components import address, widgets
from dashboard.labels import level_title
from dashboard.translation import translator
from dashboard.wifi.asked import wifi_of
from dashboard.wifi.labels import group_title, map_title, section_title, weekday_title
from dashboard.wifi.proposal import candidates_offered
from dashboard.wifi.selection import (
    ANY_TIME,
    LEVELS,
    MAPS,
    SECTIONS,
    WifiAllowed,
    WifiSelection,
    parse_wifi,
    wifi_query,
)
from dashboard.wifi.usage import unit_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.ward import Ward

_WEEKDAYS: Final = tuple("1234567")
_FIRST_HOUR: Final = "12"
"""The hour that is shown when somebody chooses a weekday."""


def current(ward: Ward) -> tuple[WifiSelection, tuple[str, ...]]:
    """The choice in the URL and the names of the parameters that were not understood."""
    return parse_wifi(address.parameters(), allowed(ward))


def go_to(ward: Ward, wanted: WifiSelection) -> None:
    """Make `wanted` the state of the page, in the URL; parameters that are not ours stay."""
    ours = WifiSelection.__dataclass_fields__
    address.change(ours, wifi_query(wanted, allowed(ward)))


def allowed(ward: Ward) -> WifiAllowed:
    """What the edition offers to choose from."""
    return cache.prepared(lambda: _offered(ward), edition=ward.edition, part="wifi-allowed")


def choose_what_to_see(ward: Ward, selection: WifiSelection) -> None:
    """One row: the distance, the level, the weekday and the hour, the residents, the map."""
    _ = translator(selection.lang)
    offered = allowed(ward)
    with st.container(key="controls"):
        distance, level, weekday, hour, group, shown = st.columns(
            [14, 13, 11, 10, 20, 32], gap="small"
        )
    with distance:
        one_of(ward, selection, "distance", _("距離（直線）"), offered.distances, "{} m".format)
    with level:
        widgets.segments(
            "wifi-level", _("区分"), LEVELS, selection.level, lambda name: level_title(name, _),
            partial(_changed, ward, "level", selection.at_level),
        )  # fmt: skip
    with weekday:
        _weekday(ward, selection)
    with hour:
        _hour(ward, selection)
    with group:
        widgets.select(
            "wifi-group", _("対象の人口"), offered.groups, selection.group,
            lambda name: group_title(name, _),
            partial(_changed, ward, "group", lambda name: replace(selection, group=name)),
        )  # fmt: skip
    with shown:
        one_of(ward, selection, "map", _("地図に出すもの"), MAPS, lambda name: map_title(name, _))


def choose_section(ward: Ward, selection: WifiSelection) -> None:
    """Which of the parts below the map is open."""
    _ = translator(selection.lang)
    with st.container(key="wifi-sections"):
        one_of(
            ward, selection, "section", _("くわしく見る"), SECTIONS,
            lambda name: section_title(name, _),
        )  # fmt: skip


def one_of(
    ward: Ward,
    selection: WifiSelection,
    name: str,
    label: str,
    options: Sequence[str],
    worded: Callable[[str], str],
) -> None:
    """A choice of one for the field `name` of the selection, as a segmented control."""

    def step(chosen: str) -> WifiSelection:
        return replace(selection, **{name: chosen})

    widgets.segments(
        f"wifi-{name}", label, options, getattr(selection, name), worded,
        partial(_changed, ward, name, step),
    )  # fmt: skip


def _weekday(ward: Ward, selection: WifiSelection) -> None:
    _ = translator(selection.lang)
    weekday, _dash, hour = selection.time.partition("-")

    def step(chosen: str) -> WifiSelection:
        time = chosen if chosen == ANY_TIME else f"{chosen}-{hour or _FIRST_HOUR}"
        return replace(selection, time=time)

    widgets.select(
        "wifi-weekday", _("いつ"), (ANY_TIME, *_WEEKDAYS), weekday,
        lambda day: _("いつでも") if day == ANY_TIME else weekday_title(day, _),
        partial(_changed, ward, "weekday", step),
        disabled=len(allowed(ward).times) == 0,
    )  # fmt: skip


def _hour(ward: Ward, selection: WifiSelection) -> None:
    _ = translator(selection.lang)
    weekday, _dash, hour = selection.time.partition("-")
    hours = tuple(str(number) for number in range(24))
    widgets.select(
        "wifi-hour", _("時刻"), hours, hour or _FIRST_HOUR,
        lambda number: _("{hour}時").format(hour=number),
        partial(
            _changed, ward, "hour", lambda number: replace(selection, time=f"{weekday}-{number}")
        ),
        disabled=selection.time == ANY_TIME,
    )  # fmt: skip


def _changed(ward: Ward, name: str, step: Callable[[Any], WifiSelection]) -> None:
    go_to(ward, step(st.session_state[f"wifi-{name}"]))


def _offered(ward: Ward) -> WifiAllowed:
    wifi = wifi_of(ward)
    candidates = cache.asked(
        candidates_offered, edition=ward.edition, part="wifi-candidates", key=()
    )
    return WifiAllowed(
        distances=wifi.distances,
        groups=wifi.groups,
        times=frozenset(wifi.openings) - {ANY_TIME},
        places={level: frozenset(ward.shapes[level]) for level in LEVELS},
        most_sites=wifi.most_sites,
        candidate_numbers=tuple(str(one.number) for one in candidates),
        usage_units=cache.asked(unit_keys, edition=ward.edition, part="wifi-units", key=()),
    )
