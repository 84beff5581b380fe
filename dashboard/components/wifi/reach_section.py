"""届く割合: by area, town or grouping, by age and nationality, and by both surfaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components import about
from dashboard.components.parts import bar, listing, row
from dashboard.components.wifi.figures import place_link
from dashboard.components.wifi.parts import what_to_bring
from dashboard.labels import level_title
from dashboard.markup import joined, tag
from dashboard.section_files import SectionTable
from dashboard.translation import translator
from dashboard.wifi.asked import reach
from dashboard.wifi.labels import (
    asked_about,
    fraction_of,
    group_title,
    people,
    share_of,
    surface_title,
)
from dashboard.wifi.sentences import POINTS, reference, reference_of, statuses

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.translation import Translate
    from dashboard.wifi.asked import Shown
    from dashboard.wifi.records import Reached

_DATASETS: Final = (POINTS, "areas", "area_membership")


def show(shown: Shown) -> None:
    """The tables, and all places to take away."""
    _ = translator(shown.selection.lang)
    about.title(_("届く割合"))
    st.html(reach_html(shown))
    if shown.reach.known:
        about.take_along(shown.ward, [reach_table(shown)], shown.selection.lang)
    about.explain(shown.ward, definition(shown, _), _DATASETS, shown.selection.lang)


def reach_html(shown: Shown) -> Markup:
    """The section as HTML; every name in it is text."""
    _ = translator(shown.selection.lang)
    bring = what_to_bring(shown, "reach", "opening_times")
    if not shown.reach.known:
        return bring
    beside = [_groups(shown, _), _surfaces(shown, _), _kinds(shown, _)]
    return joined(
        [
            bring,
            _warning(shown, _),
            tag("div", _places(shown, _), tag("div", *beside), class_="beside"),
        ]
    )


def definition(shown: Shown, _: Translate) -> str:
    """What the share means."""
    return _(
        "公衆無線LANから直線で{distance}m以内に住む人 ÷ すべての人。人口は町丁目（またはメッシュ）の中に一様に住むものとして、円の内側の面積の割合で分けています。道のりではありません。"
    ).format(distance=shown.selection.distance)


def reach_table(shown: Shown) -> SectionTable:
    """Every place with its residents and those reached, as known and as possible."""
    _ = translator(shown.selection.lang)
    possible = shown.reach.possible
    rows = [
        (
            _level(one, _), one.code, one.name, one.persons, one.reached, one.ratio,
            possible[key].reached, possible[key].ratio, one.unknown_parts,
        )
        for key, one in shown.reach.known.items()
    ]  # fmt: skip
    return SectionTable(
        name=f"wifi_reach_{shown.selection.distance}m", title=_("届く割合の表"),
        definition=definition(shown, _), datasets=_DATASETS, chosen=asked_about(shown.selection, _),
        residents=[reference(shown)],
        header=(_("区分"), _("コード"), _("名称"), _("対象の人口"), _("届く人口"), _("届く割合（0〜1）"),
         _("時間不明も使えるときの届く人口"), _("時間不明も使えるときの届く割合（0〜1）"),
         _("人口が不明な町丁目の数")),
        rows=rows,
    )  # fmt: skip


def _level(one: Reached, _: Translate) -> str:
    if one.level == "ward":
        return _("全体")
    return one.group_kind or level_title(one.level, _)


def _places(shown: Shown, _: Translate) -> Markup:
    lang, level = shown.selection.lang, shown.selection.level
    rows = [
        row(
            place_link(shown, one), people(one.persons, lang), people(one.reached, lang),
            share_of(one, lang), bar(one.ratio),
        )
        for one in shown.reach.worst[level]
    ]  # fmt: skip
    title = _("{level}ごと（割合の低い順）").format(level=level_title(level, _))
    return tag(
        "div",
        tag("h3", title),
        tag("div", listing(_titles(_), rows, numbers=(2, 3, 4)), class_="tall"),
    )


def _titles(_: Translate) -> tuple[str, ...]:
    return _("場所"), _("対象の人口"), _("届く人口"), _("届く割合"), ""


def _groups(shown: Shown, _: Translate) -> Markup:
    """By age and nationality, each with its own source."""
    if len(shown.wifi.groups) == 1:
        note = _("年齢別・国籍別の人口がありません。data/inbox/area_population/ に置いてください。")
        return tag("div", tag("h3", _("年齢・国籍ごと")), tag("p", note, class_="notice"))
    answers = {
        group: reach(shown.ward, shown.selection.distance, shown.opening.no, group=group)
        for group in shown.wifi.groups
    }
    key = ("ward", "", shown.ward.outline.code)
    rows = [
        _line(
            answers[group].known[key], group_title(group, _), reference_of(shown, group), shown, _
        )
        for group in shown.wifi.groups
    ]
    return tag("div", tag("h3", _("年齢・国籍ごと")), listing(_short(_), rows, numbers=(2,)))


def _short(_: Translate) -> tuple[str, ...]:
    return _("対象の人口"), _("届く割合"), "", _("人数")


def _line(found: Reached, name: str, note: str, shown: Shown, _: Translate) -> Markup:
    lang = shown.selection.lang
    return row(
        joined([name, tag("small", note) if note else ""]),
        share_of(found, lang), bar(found.ratio), fraction_of(found, lang, _),
    )  # fmt: skip


def _surfaces(shown: Shown, _: Translate) -> Markup:
    """Spread over areas and over a grid, side by side where both are there."""
    if len(shown.wifi.surfaces) == 1:
        return joined([""])
    key = ("ward", "", shown.ward.outline.code)
    rows = []
    for surface in shown.wifi.surfaces:
        answer = reach(shown.ward, shown.selection.distance, shown.opening.no, surface=surface)
        note = reference_of(shown, "total", surface)
        rows.append(_line(answer.known[key], surface_title(surface, _), note, shown, _))
    return tag(
        "div", tag("h3", _("人口の広げ方ごと（総数）")), listing(_short(_), rows, numbers=(2,))
    )


def _kinds(shown: Shown, _: Translate) -> Markup:
    """By each grouping of `area_membership`."""
    made_up = "sample" in statuses(shown.ward, "area_membership")
    parts = []
    for kind in shown.wifi.group_kinds:
        places = [one for one in shown.reach.known.values() if one.group_kind == kind]
        rows = [_line(one, one.name, "", shown, _) for one in places]
        title = _("{kind}ごと（デモ用・架空）") if made_up else _("{kind}ごと")
        listed = tag("div", listing(_short(_), rows, numbers=(2,)), class_="tall short")
        parts += [tag("h3", title.format(kind=kind)), listed]
    return tag("div", *parts)


def _warning(shown: Shown, _: Translate) -> Markup:
    """With shapes that are not the real ones every share of a surface is an approximation."""
    if "schematic" not in statuses(shown.ward, "areas"):
        return joined([""])
    text = _(
        "地図の形が模式図のため、円の内側の面積の割合も、届く人数も近似です。正式な境界を data/inbox/areas/ に置くと計算し直します。"
    )
    return tag("p", text, class_="notice")
