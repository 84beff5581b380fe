"""計画: the plan's own timetable with its slippage, and where each initiative stood in each version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components.initiatives import parts
from dashboard.components.initiatives.schedule_section import chart_html, milestones_table
from dashboard.initiatives.words import change_title, numbered
from dashboard.markup import joined, table, tag
from dashboard.translation import translator

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.records import Place
    from dashboard.section_files import SectionTable
    from dashboard.translation import Translate

_DATASETS: Final = ("initiative_places", "initiatives", "initiative_milestones")


def show(shown: Shown) -> None:
    """The timetable, then the versions side by side."""
    _ = translator(shown.lang)
    parts.heading(shown, _("計画"), _("計画の日程と版"), _DATASETS)
    timetable = shown.found.milestones_of(None)
    if not shown.found.places and not timetable:
        parts.bring(shown, _DATASETS[:1])
        return
    if timetable:
        st.html(tag("h3", _("計画そのものの日程（計画と実績）")))
        st.html(chart_html(shown, [("", timetable)]))
    if shown.found.places:
        st.html(versions_html(shown))
    else:
        parts.bring(shown, _DATASETS[:1])
    parts.take_along(shown, places_table(shown), milestones_table(shown, timetable))
    parts.explain(shown, definition(_), _DATASETS)


def definition(_: Translate) -> str:
    """What became of an initiative, and who says so."""
    return _(
        "取組IDは、計画の改定で名前や場所が変わっても同じです。「前の版からの変更」は、表に書いてあればそれ、なければ前の版との比較から導いたもの（導出）です。再掲は、同じ取組が別の区分にもう一度載っているものです。"
    )


def versions_html(shown: Shown) -> Markup:
    """A line for each initiative, a column for each version."""
    _ = translator(shown.lang)
    versions = sorted({one.plan_version for one in shown.found.places})
    if not versions or not shown.listed:
        return parts.nothing(_("この条件に合う取組はありません。"))
    rows = [
        tag(
            "tr",
            tag("th", parts.link_to(shown, one.initiative_id), scope="row"),
            *(_cell(shown, one.initiative_id, version, _) for version in versions),
        )
        for one in shown.listed
    ]
    titles = (_("取組"), *(_("{version}の版").format(version=version) for version in versions))
    heading = tag("h3", _("版ごとの位置"))
    return joined([heading, table(titles, rows, class_="data versions")])


def places_of(shown: Shown, initiative_id: str) -> list[Place]:
    """Where an initiative stood, version by version."""
    found = [one for one in shown.found.places if one.initiative_id == initiative_id]
    return sorted(found, key=lambda one: (one.plan_version, one.group_no or 0, one.place_no or 0))


def place_text(one: Place, _: Translate) -> str:
    """`4 産学官民の連携 (1)`; nothing for one that stands nowhere."""
    if one.group_no is None and one.group_name is None:
        return ""
    group = numbered(one.group_no, one.group_name, _)
    again = _("（再掲）") if one.repeated else ""
    if one.place_no is None:
        return f"{group}{again}"
    return _("{group}の{no}番{again}").format(group=group, no=one.place_no, again=again)


def change_text(shown: Shown, one: Place, _: Translate) -> str:
    """What became of it, into what, and whether that was derived."""
    if one.change is None:
        return ""
    title = change_title(one.change, _)
    if one.merged_into_id:
        title = _("{change}（{name}へ）").format(
            change=title, name=shown.found.name_of(one.merged_into_id)
        )
    return _("{change}（導出）").format(change=title) if one.change_basis == "derived" else title


def _cell(shown: Shown, initiative_id: str, version: str, _: Translate) -> Markup:
    found = [one for one in places_of(shown, initiative_id) if one.plan_version == version]
    if not found:
        return tag("td", tag("span", _("掲載なし"), class_="none"))
    items = []
    for one in found:
        renamed = one.name_in_plan and one.name_in_plan != shown.found.name_of(initiative_id)
        name = tag("small", one.name_in_plan or "") if renamed else ""
        where = place_text(one, _)
        items.append(tag("li", where, tag("b", change_text(shown, one, _)), name))
    return tag("td", tag("ul", *items))


def places_table(shown: Shown) -> SectionTable:
    """Every place in every version."""
    _ = translator(shown.lang)
    rows = [
        (
            place.plan_version, place.initiative_id, shown.found.name_of(place.initiative_id),
            place.name_in_plan, place.group_no, place.group_name, place.place_no,
            _("再掲") if place.repeated else "", change_title(place.change, _),
            _("導出") if place.change_basis == "derived" else "", place.merged_into_id,
        )
        for one in shown.listed
        for place in places_of(shown, one.initiative_id)
    ]  # fmt: skip
    header = (
        _("計画の版"), _("取組ID"), _("取組"), _("掲載名"), _("区分番号"), _("計画の区分"),
        _("番号"), _("再掲"), _("前の版からの変更"), _("変更の根拠"), _("統合先の取組ID"),
    )  # fmt: skip
    return parts.file_table("plan", _("計画の版と位置"), header, rows, definition(_), _DATASETS)
