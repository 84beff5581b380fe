"""整備率: by category and by 年度, and which facilities are still without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components import about
from dashboard.components.parts import bar, listing, row
from dashboard.components.wifi.parts import what_to_bring
from dashboard.markup import joined, tag
from dashboard.section_files import SectionTable
from dashboard.translation import translator
from pipelines.words import NO_DATA, percent

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.translation import Translate
    from dashboard.wifi.asked import Shown
    from dashboard.wifi.records import Facility, Rate

_DATASETS: Final = ("facilities", "wifi_access_points")


def show(shown: Shown) -> None:
    """The tables, and the list of facilities to take away."""
    _ = translator(shown.selection.lang)
    about.title(_("整備率"))
    st.html(equipment_html(shown))
    if shown.wifi.facilities:
        about.take_along(shown.ward, [facilities_table(shown)], shown.selection.lang)
    about.explain(shown.ward, definition(_), _DATASETS, shown.selection.lang)


def equipment_html(shown: Shown) -> Markup:
    """The section as HTML; every name in it is text."""
    _ = translator(shown.selection.lang)
    now = [rate for rate in shown.wifi.rates if rate.fiscal_year is None]
    years = [
        rate for rate in shown.wifi.rates if rate.fiscal_year is not None and rate.category == ""
    ]
    left = [_rates(now, _("種類"), _("施設の種類ごと"), shown, _)] if now else []
    if years:
        left.append(_rates(years, _("年度"), _("年度末ごと"), shown, _))
    parts = [
        what_to_bring(shown, "equipment"),
        tag("div", tag("div", *left), _without(shown, _), class_="beside"),
    ]
    return joined(parts)


def definition(_: Translate) -> str:
    """What the share means."""
    return _(
        "公衆無線LANのある施設 ÷ 整備対象の区有施設。アクセスポイントは、施設ID・同じ名称・同じ住所のどれかで施設に結び付け、距離では結び付けません。"
    )


def facilities_table(shown: Shown) -> SectionTable:
    """Every facility of the ward with what is known of its Wi-Fi."""
    _ = translator(shown.selection.lang)
    words = {True: _("あり"), False: _("なし"), None: NO_DATA[shown.selection.lang]}
    return SectionTable(
        name="wifi_facilities", title=_("区有施設の公衆無線LAN"), definition=definition(_),
        datasets=_DATASETS,
        header=("ID", _("名称"), _("種類"), _("町丁目"), _("整備対象"), _("公衆無線LAN"),
         _("アクセスポイント数"), _("提供開始日")),
        rows=[
            (
                one.id, one.name, one.category,
                shown.area_name(one.area_code),
                words[one.target], words[one.equipped], one.access_points,
                one.equipped_since.isoformat() if one.equipped_since else None,
            )
            for one in shown.wifi.facilities
        ],
    )  # fmt: skip


def _rates(rates: list[Rate], head: str, title: str, shown: Shown, _: Translate) -> Markup:
    lang = shown.selection.lang
    rows = [
        row(
            _name(one, _),
            NO_DATA[lang] if one.equipped is None else str(one.equipped),
            str(one.target),
            percent(one.ratio, lang),
            bar(one.ratio),
        )
        for one in rates
    ]
    titles = (head, _("整備済み"), _("整備対象"), _("整備率"), "")
    notes = []
    unknown = max((one.start_unknown or 0 for one in rates if one.fiscal_year), default=0)
    if unknown:
        note = _("提供開始日が分からない{count}か所は、どの年度にも数えていません。")
        notes.append(tag("p", note.format(count=unknown)))
    undecided = next((one.target_unknown for one in rates if one.target_unknown), 0)
    if undecided:
        note = _("整備対象かどうか分からない施設が{count}か所あります（対象に入れていません）。")
        notes.append(tag("p", note.format(count=undecided)))
    return joined([tag("h3", title), listing(titles, rows, numbers=(2, 3, 4)), *notes])


def _name(rate: Rate, _: Translate) -> str:
    if rate.fiscal_year is not None:
        return _("{year}年度").format(year=rate.fiscal_year)
    return _("全体") if rate.category == "" else rate.category or _("（種類の記載なし）")


def _without(shown: Shown, _: Translate) -> Markup:
    listed = [one for one in shown.wifi.facilities if one.target and one.equipped is False]
    if any(one.equipped is None for one in shown.wifi.facilities):
        return joined([""])
    title = tag("h3", _("まだない施設 {count}か所").format(count=len(listed)))
    if not listed:
        return tag("div", title, tag("p", _("整備対象の施設はすべて整備済みです。")))
    rows = [_facility(one, shown, _) for one in listed]
    return tag("div", title, listing((_("名称"), _("種類"), _("町丁目"), _("予定")), rows))


def _facility(one: Facility, shown: Shown, _: Translate) -> Markup:
    planned = _("予定 {count}").format(count=one.planned_points) if one.planned_points else ""
    return row(
        one.name,
        one.category or "",
        shown.area_name(one.area_code) or NO_DATA[shown.selection.lang],
        planned,
    )
