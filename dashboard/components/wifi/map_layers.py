"""The layers of the map of 施設Wi-Fi, each prepared once and kept as text."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from dashboard import cache
from dashboard.components.wifi.proposed import proposed
from dashboard.labels import kind_title, level_title
from dashboard.maps.layers import (
    MapLayer,
    Mark,
    areas_payload,
    chosen_payload,
    circles_payload,
    frame_payload,
    marks_payload,
    numbered_payload,
)
from dashboard.maps.legend import Row, badges_html, legend_html, number_item, sign_item
from dashboard.maps.palette import class_colours
from dashboard.translation import translator
from dashboard.wifi.labels import fraction_of, people, share_of
from dashboard.wifi.proposal import plan_key, proposal
from dashboard.wifi.sentences import badges, reference
from pipelines.evidence.opening import state_at
from pipelines.evidence.share_classes import CUTS, share_class
from pipelines.words import NO_DATA

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from dashboard.translation import Translate
    from dashboard.wifi.asked import Shown
    from dashboard.wifi.proposal import Site as ProposedSite
    from dashboard.wifi.records import Reached, Shelter, Site


def layers(shown: Shown) -> list[MapLayer]:
    """What changes with the choice, from the bottom to the top."""
    ward, selection = shown.ward, shown.selection
    chosen = [ward.shapes[selection.level][selection.place]] if selection.place else []
    found = [
        MapLayer("areas", _kept(shown, "areas", shown.key, _areas)),
        *_places(shown),
        MapLayer("chosen", chosen_payload(selection.level, chosen, None)),
    ]
    if selection.map == "next":
        found.append(MapLayer("numbered", _proposed(shown)))
    # The legend counts the proposed sites.
    proposed_key = (*plan_key(selection), selection.sites)
    frame = _kept(shown, "frame", (*shown.key, selection.map, *proposed_key), _frame)
    return [*found, MapLayer("frame", frame)]


def _places(shown: Shown) -> list[MapLayer]:
    """The shelters; or the facilities with the access points and how far they reach."""
    selection = shown.selection
    lang = (selection.lang,)
    if selection.map == "shelters":
        return [MapLayer("points", _kept(shown, "shelters", lang, _shelters))]
    time = (selection.distance, str(shown.opening.no), selection.lang)
    return [
        MapLayer("circles", _kept(shown, "circles", time, _circles)),
        MapLayer("points", _kept(shown, "facilities", lang, _facilities)),
        MapLayer("points", _kept(shown, "sites", time, _sites)),
    ]


def _kept(shown: Shown, part: str, key: tuple[str, ...], make: Callable[[Shown], str]) -> str:
    return cache.prepared(
        lambda: make(shown), edition=shown.ward.edition, part=f"wifi-map-{part}", key=key
    )


def _areas(shown: Shown) -> str:
    level, lang = shown.selection.level, shown.selection.lang
    _ = translator(lang)
    shapes = shown.ward.shapes[level]
    words = {
        code: _area_words(shown.reach.known.get((level, "", code)), lang, _) for code in shapes
    }
    return areas_payload(level, shapes.values(), words, len(CUTS))


def _area_words(found: Reached | None, lang: str, _: Translate) -> tuple[int | None, str, str]:
    text = _("届く割合 {share}").format(share=share_of(found, lang))
    return share_class(found.ratio if found else None), text, fraction_of(found, lang, _)


def near_sites(shown: Shown) -> list[tuple[Site, str]]:
    """The access points whose circle meets the ward, each open, closed or unknown at the hour."""
    distance = float(shown.selection.distance)
    return [
        (site, _state(shown, site)) for site in shown.wifi.sites if site.ward_distance_m <= distance
    ]


def _state(shown: Shown, site: Site) -> str:
    if shown.at_any_time:
        return "open"
    weekday, hour = (int(part) for part in shown.selection.time.split("-"))
    return state_at(site.open_days, site.open_from, site.open_until, weekday, hour)


def _circles(shown: Shown) -> str:
    at = [(site.lon, site.lat) for site, state in near_sites(shown) if state == "open"]
    return circles_payload(at, radius_m=float(shown.selection.distance))


def _sites(shown: Shown) -> str:
    _ = translator(shown.selection.lang)
    marks = [
        Mark(str(site.no), site.lon, site.lat, site.name, site.hours or "", state == "unknown")
        for site, state in near_sites(shown)
        if state != "closed"
    ]
    return marks_payload(
        "wifi", marks, title=kind_title("wifi", _), hollow=_("この時刻に使えるか不明")
    )


def _facilities(shown: Shown) -> str:
    _ = translator(shown.selection.lang)
    marks = [
        Mark(one.id, one.lon, one.lat, one.name, one.category or "", not one.equipped)
        for one in shown.wifi.facilities
        if one.lon is not None and one.lat is not None
    ]
    known = all(one.equipped is not None for one in shown.wifi.facilities)
    return marks_payload(
        "facility",
        marks,
        title=kind_title("facility", _),
        hollow=_("公衆無線LANなし") if known else _("公衆無線LANの有無は不明"),
    )


def _shelters(shown: Shown) -> str:
    _ = translator(shown.selection.lang)
    lang = shown.selection.lang
    marks = [
        Mark(
            str(one.id), one.lon or 0.0, one.lat or 0.0, one.name,
            _("住民 {people}").format(people=people(one.residents, lang)), not one.equipped,
        )
        for one in _placed(shown)
    ]  # fmt: skip
    known = all(one.equipped is not None for one in _placed(shown))
    return marks_payload(
        "shelter",
        marks,
        title=kind_title("shelter", _),
        hollow=_("公衆無線LANなし") if known else _("公衆無線LANの有無は不明"),
    )


def _placed(shown: Shown) -> list[Shelter]:
    """The shelters with a position, by the method shown first."""
    listed = shown.wifi.shelters.get(shown.wifi.method, ())
    return [one for one in listed if one.id and one.lon is not None and one.lat is not None]


def _proposed(shown: Shown) -> str:
    lang = shown.selection.lang
    _ = translator(lang)
    rows = [
        (
            one.order, one.candidate.lon, one.candidate.lat, one.candidate.name,
            _("届く住民 +{people}").format(people=people(one.added, lang)),
        )
        for one in _sites_proposed(shown)
    ]  # fmt: skip
    return numbered_payload(rows, radius_m=float(shown.selection.distance))


def _sites_proposed(shown: Shown) -> tuple[ProposedSite, ...]:
    return proposal(proposed(shown.ward, shown.selection), shown.selection).sites


def _frame(shown: Shown) -> str:
    lang, level = shown.selection.lang, shown.selection.level
    _ = translator(lang)
    legend = legend_html(
        _class_rows(shown),
        (),
        title=_("{distance}m以内に住む割合").format(distance=shown.selection.distance),
        unit="%",
        counted=level_title(level, _),
        reference=reference(shown),
        items=_signs(shown, _),
        _=_,
    )
    return frame_payload(legend=legend, badges=badges_html(badges(shown, _)))


def _class_rows(shown: Shown) -> list[Row]:
    level = shown.selection.level
    rows = [shown.reach.known.get((level, "", code)) for code in shown.ward.shapes[level]]
    counts = Counter(share_class(row.ratio if row else None) for row in rows)
    ends = [f"{100 * cut:g}" for cut in CUTS]
    words = ["0", *(f"{lower} – {upper}" for lower, upper in pairwise(ends))]
    found = [
        Row(colour, word, counts[no])
        for no, (colour, word) in enumerate(zip(class_colours(len(CUTS)), words, strict=True), 1)
    ]
    none = [Row("", NO_DATA[shown.selection.lang], counts[None])] if counts[None] else []
    return [*reversed(found), *none]


def _signs(shown: Shown, _: Translate) -> list[Markup]:
    """The signs on the map, with how many of each."""
    if shown.selection.map == "shelters":
        return _with_and_without("shelter", [one.equipped for one in _placed(shown)], _)
    states = Counter(state for _site, state in near_sites(shown))
    items = [sign_item("wifi", _("使えるアクセスポイント"), states["open"])]
    if states["unknown"]:
        items.append(sign_item("wifi", _("時間が不明"), states["unknown"], hollow=True))
    if shown.selection.map == "next":
        items.append(number_item(_("次の候補"), len(_sites_proposed(shown))))
    placed = [one.equipped for one in shown.wifi.facilities if one.lon is not None]
    return [*_with_and_without("facility", placed, _), *items]


def _with_and_without(kind: str, equipped: list[bool | None], _: Translate) -> list[Markup]:
    title = kind_title(kind, _)
    if None in equipped:
        unknown = _("{kind}（Wi-Fi不明）").format(kind=title)
        return [sign_item(kind, unknown, len(equipped), hollow=True)]
    return [
        sign_item(kind, _("{kind}（Wi-Fiあり）").format(kind=title), equipped.count(True)),
        sign_item(kind, _("{kind}（なし）").format(kind=title), equipped.count(False), hollow=True),
    ]
