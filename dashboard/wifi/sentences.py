"""The sentences of the page 施設Wi-Fi, from the figures of an edition; none is computed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.wifi.labels import (
    fraction_of,
    group_title,
    map_title,
    method_title,
    share_of,
    time_title,
)
from pipelines.words import as_of_text, percent, status_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.translation import Translate
    from dashboard.ward import Ward
    from dashboard.wifi.asked import Shown
    from dashboard.wifi.records import Reached

POINTS = "wifi_access_points"


def answer(shown: Shown, _: Translate) -> str:
    """The page's answer: 整備率 and reach, each with its parts, date and caveat."""
    between = " " if shown.selection.lang == "en" else ""
    return between.join([_equipment(shown, _), _reach(shown, _)])


def whole(shown: Shown, *, possible: bool = False) -> Reached | None:
    """The ward's own reach; None where nothing could be measured from."""
    rows = shown.reach.possible if possible else shown.reach.known
    return rows.get(("ward", "", shown.ward.outline.code))


def reference(shown: Shown) -> str:
    """Source and date of the residents in the figures; blank without any."""
    return reference_of(shown, shown.selection.group)


def reference_of(shown: Shown, group: str, surface: str = "area") -> str:
    """Source and date of the residents of a group."""
    key = shown.wifi.population_keys.get((surface, group), "")
    found = next((one for one in shown.ward.population if one.key == key), None)
    if found is None:
        return ""
    return _marked(found.reference_in(shown.selection.lang), found.statuses, shown.selection.lang)


def method_words(shown: Shown, method: str, _: Translate) -> str:
    """How residents are given to shelters, marked where the assignment is made up."""
    of = statuses(shown.ward, "area_membership") if method == "assigned" else ()
    return _marked(method_title(method, _), of, shown.selection.lang)


def _marked(text: str, of: Iterable[str], lang: str) -> str:
    """A text that says of itself when it speaks of something made up."""
    if "sample" not in of:
        return text
    return f"{text}{', ' if lang == 'en' else '・'}{status_text('sample', lang)}"


def hours_unknown(shown: Shown, _: Translate) -> str:
    """What the access points of unknown hours could add; blank where none could."""
    if shown.at_any_time or not shown.opening.unknown:
        return ""
    return _("時間不明の{count}か所も使えれば{share}").format(
        count=shown.opening.unknown,
        share=share_of(whole(shown, possible=True), shown.selection.lang),
    )


def badges(shown: Shown, _: Translate) -> tuple[tuple[str, str], ...]:
    """What must be read on the map itself, each with what it applies to."""
    lang = shown.selection.lang
    wanted = {
        "schematic": [_("境界は実際と異なり、届く割合は近似です")]
        if "schematic" in statuses(shown.ward, "areas")
        else [],
        "sample": _with_status(shown, "sample", _),
        "stale": _with_status(shown, "stale", _),
    }
    listed = ", " if lang == "en" else "・"
    return tuple(
        (status_text(status, lang), listed.join(texts)) for status, texts in wanted.items() if texts
    )


def statuses(ward: Ward, dataset: str) -> tuple[str, ...]:
    """How sure a data set is; nothing where it is not there."""
    return ward.datasets[dataset].statuses if dataset in ward.datasets else ()


def _with_status(shown: Shown, status: str, _: Translate) -> list[str]:
    key = shown.wifi.population_keys.get(("area", shown.selection.group), "")
    source = next((one for one in shown.ward.population if one.key == key), None)
    parts = [
        (_("公衆無線LAN"), statuses(shown.ward, POINTS)),
        (group_title(shown.selection.group, _), source.statuses if source else ()),
        (_("公共施設"), statuses(shown.ward, "facilities")),
        (map_title("shelters", _), statuses(shown.ward, "evacuation_shelters")),
        (method_title("assigned", _), statuses(shown.ward, "area_membership")),
    ]
    return [title for title, of_part in parts if status in of_part]


def _equipment(shown: Shown, _: Translate) -> str:
    rate, lang = shown.wifi.now, shown.selection.lang
    if rate is None or rate.ratio is None or rate.equipped is None:
        return _("区有施設の整備率は、まだデータがありません。")
    sentence = (
        _("整備対象の区有施設{target}か所のうち{equipped}か所（{ratio}）に公衆無線LANがあります。")
        if rate.target_stated
        else _(
            "一覧にある区有施設{target}か所のうち{equipped}か所（{ratio}）に公衆無線LANがあります。"
        )
    )
    return sentence.format(
        target=rate.target, equipped=rate.equipped, ratio=percent(rate.ratio, lang)
    )


def _reach(shown: Shown, _: Translate) -> str:
    lang, selection = shown.selection.lang, shown.selection
    found = whole(shown)
    if found is None or found.ratio is None:
        return _("{group}に届く割合は、まだデータがありません。").format(
            group=group_title(selection.group, _)
        )
    unknown = hours_unknown(shown, _)
    if shown.at_any_time:
        sentence = _(
            "{group}の{share}（{fraction}）が{distance}m以内（直線距離）に住んでいます（{as_of}）。"
        )
    elif unknown:
        sentence = _(
            "{time}に使える所から直線{distance}m以内に住むのは{group}の少なくとも{share}（{fraction}）、{unknown}です（{as_of}）。"
        )
    else:
        sentence = _(
            "{time}に使える所から直線{distance}m以内に住むのは{group}の{share}（{fraction}）です（{as_of}）。"
        )
    if shown.wifi.without_own_list:
        sentence = (
            _("区内のアクセスポイントの一覧がまだないため、ほかの一覧だけで数えると、") + sentence
        )
    return sentence.format(
        group=group_title(selection.group, _),
        share=share_of(found, lang),
        fraction=fraction_of(found, lang, _),
        distance=selection.distance,
        time=time_title(selection.time, _),
        unknown=unknown,
        as_of=_as_of(shown, _),
    )


def _as_of(shown: Shown, _: Translate) -> str:
    """Of when the residents and the access points are."""
    lang = shown.selection.lang
    points = shown.ward.datasets.get(POINTS)
    made_up = "sample" in statuses(shown.ward, POINTS)
    listed = _("公衆無線LAN {as_of}").format(
        as_of=status_text("sample", lang)
        if made_up
        else as_of_text(points.as_of if points else None, lang)
    )
    return (", " if lang == "en" else "・").join(filter(None, [reference(shown), listed]))
