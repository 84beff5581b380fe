"""ひと目で: initiatives by status, by the plan's group or by department; each cell leads to its list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components.initiatives import parts
from dashboard.components.initiatives.controls import choose_lines
from dashboard.initiatives.filters import count_statuses, department_key, group_key, status_of
from dashboard.initiatives.selection import STATUSES
from dashboard.initiatives.words import (
    SIGNS,
    department_title,
    group_title,
    status_meaning,
    status_title,
)
from dashboard.markup import joined, table, tag
from dashboard.translation import translator

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.records import Overview
    from dashboard.section_files import SectionTable
    from dashboard.translation import Translate

_DATASETS: Final = (
    "initiatives", "initiative_places", "indicators", "indicator_values", "initiative_milestones",
    "initiative_reports", "departments",
)  # fmt: skip


def show(shown: Shown) -> None:
    """The matrix, its file, and what its words mean."""
    _ = translator(shown.lang)
    with st.container(key="initiatives-head", horizontal=True, vertical_alignment="center"):
        parts.heading(shown, _("ひと目で"), _("取組と状態"), _DATASETS)
        choose_lines(shown)
    st.html(matrix_html(shown))
    parts.take_along(shown, overview_table(shown))
    parts.explain(shown, definition(_), _DATASETS)


def definition(_: Translate) -> str:
    """What a status of an initiative is."""
    return _(
        "取組の状態は、判定できる指標と節目のうち最も悪いものによります（悪化→目標より遅れ→未報告→要注意→順調→達成の順に見ます）。未報告・未設定・対象外・判定不能は、遅れではなく別の状態です。くわしくは「判定のしかた」にあります。"
    )


def matrix_html(shown: Shown) -> Markup:
    """Lines by what is chosen, a column for each status; names in the cells are links."""
    _ = translator(shown.lang)
    lines = lines_of(shown, _)
    if not lines:
        return parts.nothing(_("この条件に合う取組はありません。"))
    totals = count_statuses(shown.found, shown.listed)
    seen = [status for status in STATUSES if totals[status]]
    head = tag(
        "tr",
        tag("th", _head(shown, _), scope="col"),
        *(_status_head(status, totals[status], shown, _) for status in seen),
        tag("th", _("計"), scope="col", class_="total"),
    )
    body = [
        tag(
            "tr",
            tag("th", title, scope="row"),
            *(_cell(shown, key, status, these) for status in seen),
            tag("td", _list_link(shown, key, "", len(these)), class_="total"),
        )
        for key, (title, these) in lines.items()
    ]
    unseen = [status_title(one, shown.lang, _) for one in STATUSES if not totals[one]]
    said = (
        parts.note(_("いま1つもない状態：{list}").format(list=_list(unseen, shown.lang)))
        if unseen
        else ""
    )
    matrix = tag(
        "table",
        tag("thead", head),
        tag("tbody", *body),
        class_="data matrix",
    )
    return joined([matrix, said])


def lines_of(shown: Shown, _: Translate) -> dict[str, tuple[str, list[Overview]]]:
    """The lines by their key in the URL: the title and the initiatives of each."""
    lines: dict[str, tuple[str, list[Overview]]] = {}
    for one in shown.listed:
        if shown.selection.by == "group":
            key, title = group_key(one), group_title(one, _)
        else:
            key = department_key(one)
            title = department_title(one.department_name, one.bureau_name, _)
        lines.setdefault(key, (title, []))[1].append(one)
    return lines


def legend_table(shown: Shown) -> Markup:
    """Every status with its sign and what it says."""
    _ = translator(shown.lang)
    rows = [
        tag(
            "tr",
            tag("th", parts.badge(status, shown.lang, _), scope="row"),
            tag("td", status_meaning(status, _)),
        )
        for status in STATUSES
    ]
    return table((_("状態"), _("意味")), rows, class_="data legend")


def overview_table(shown: Shown) -> SectionTable:
    """Every initiative with its status."""
    _ = translator(shown.lang)
    return parts.file_table(
        "status",
        _("取組と状態の表"),
        (_("取組ID"), _("取組"), _("計画の区分"), _("所管課"), _("状態")),
        [
            (
                one.initiative_id,
                one.initiative_name,
                group_title(one, _),
                department_title(one.department_name, one.bureau_name, _),
                status_title(status_of(shown.found, one.initiative_id), shown.lang, _),
            )
            for one in shown.listed
        ],
        definition(_),
        _DATASETS,
    )


def _head(shown: Shown, _: Translate) -> str:
    return _("計画の区分") if shown.selection.by == "group" else _("所管課")


def _status_head(status: str, count: int, shown: Shown, _: Translate) -> Markup:
    sign = tag("i", SIGNS[status], aria_hidden="true")
    title = status_title(status, shown.lang, _)
    return tag(
        "th",
        tag("span", sign, title, class_=f"status {status}"),
        tag("b", str(count)),
        scope="col",
        title=status_meaning(status, _),
    )


def _cell(shown: Shown, key: str, status: str, these: list[Overview]) -> Markup:
    held = [one for one in these if status_of(shown.found, one.initiative_id) == status]
    if not held:
        return tag("td", "", class_="empty")
    names = [
        tag("li", parts.link_to(shown, one.initiative_id, short=True), title=one.initiative_name)
        for one in held
    ]
    return tag("td", _list_link(shown, key, status, len(held)), tag("ul", *names))


def _list_link(shown: Shown, key: str, status: str, count: int) -> Markup:
    field = "plan_group" if shown.selection.by == "group" else "department"
    changes = {field: key} | ({"status": status} if status else {})
    return tag("b", parts.section_link(shown, str(count), "list", **changes))


def _list(words: list[str], lang: str) -> str:
    return (", " if lang == "en" else "・").join(words)
