"""所管課: which department has which initiative today, and what the departments of the plan became."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components.initiatives import parts
from dashboard.initiatives.filters import department_key, status_of
from dashboard.initiatives.words import (
    department_title,
    group_title,
    post_remark,
    role_title,
    status_title,
)
from dashboard.markup import joined, table, tag
from dashboard.translation import translator

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.records import Overview, Part
    from dashboard.section_files import SectionTable
    from dashboard.translation import Translate

_DATASETS: Final = ("departments", "initiative_departments", "initiatives")


def show(shown: Shown) -> None:
    """Today's departments with their initiatives, then the way of each department."""
    _ = translator(shown.lang)
    parts.heading(shown, _("所管課"), _("どの課が、どの取組を担当しているか"), _DATASETS)
    st.html(departments_html(shown))
    parts.take_along(shown, departments_table(shown))
    parts.explain(shown, definition(_), _DATASETS)


def definition(_: Translate) -> str:
    """Whose an initiative is."""
    return _(
        "主管の課は、取組の担当の表、なければ取組の一覧にある課です。組織の変更は所管課の表にある後継をたどり、いまの課で示します。対応は区の確認によるもので、このソフトウェアは決めません。"
    )


def departments_html(shown: Shown) -> Markup:
    """The section as HTML; every name in it is text."""
    _ = translator(shown.lang)
    if not shown.listed:
        return parts.nothing(_("この条件に合う取組はありません。"))
    leading: dict[str, tuple[str, list[Overview]]] = {}
    for one in shown.listed:
        title = department_title(one.department_name, one.bureau_name, _)
        leading.setdefault(department_key(one), (title, []))[1].append(one)
    rows = [
        tag(
            "tr",
            tag("th", parts.section_link(shown, title, "list", department=key), scope="row"),
            parts.number_cell(str(len(these))),
            tag("td", _initiatives(shown, these, _)),
            tag("td", _taking_part(shown, key)),
        )
        for key, (title, these) in sorted(leading.items(), key=lambda line: line[1][0])
    ]
    titles = (_("所管課（いま）"), _("主管の取組の数"), _("主管の取組"), _("関連として加わる取組"))
    return joined([table(titles, rows, class_="data departments n2"), _chain(shown, _)])


def departments_table(shown: Shown) -> SectionTable:
    """Every initiative with everyone who takes part."""
    _ = translator(shown.lang)
    rows = [
        (
            one.initiative_id, one.initiative_name, group_title(one, _), role_title(part.role, _),
            department_title(part.department_name, part.bureau_name, _),
            part.department_then_name,
            status_title(status_of(shown.found, one.initiative_id), shown.lang, _),
        )
        for one in shown.listed
        for part in _parts_of(shown, one.initiative_id)
    ]  # fmt: skip
    header = (
        _("取組ID"), _("取組"), _("計画の区分"), _("担当の別"), _("所管課（いま）"),
        _("計画での所管課"), _("状態"),
    )  # fmt: skip
    return parts.file_table(
        "departments", _("所管課と取組"), header, rows, definition(_), _DATASETS
    )


def _initiatives(shown: Shown, these: list[Overview], _: Translate) -> Markup:
    items = []
    for one in these:
        then = one.department_then_name
        changed = then and one.department_then_id != one.department_id
        items.append(
            tag(
                "li",
                parts.badge(status_of(shown.found, one.initiative_id), shown.lang, _),
                " ",
                parts.link_to(shown, one.initiative_id, short=True),
                tag("small", _("計画では {name}").format(name=then)) if changed else "",
            )
        )
    return tag("ul", *items, class_="initiatives")


def _taking_part(shown: Shown, key: str) -> Markup:
    found = [
        part
        for part in shown.found.parts
        if part.role == "関連" and part.department_id == key and part.initiative_id in shown.ids
    ]
    ids = dict.fromkeys(part.initiative_id for part in found)
    if not ids:
        return tag("span", "—", class_="none")
    return tag("ul", *(tag("li", parts.link_to(shown, one, short=True)) for one in ids))


def _parts_of(shown: Shown, initiative_id: str) -> list[Part]:
    return [part for part in shown.found.parts if part.initiative_id == initiative_id]


def _chain(shown: Shown, _: Translate) -> Markup:
    """What became of each department that something was given to."""
    rows = [
        tag(
            "tr",
            tag("th", department_title(one.department_name, one.bureau_name, _), scope="row"),
            tag(
                "td",
                department_title(one.today_name, one.today_bureau, _)
                if one.today_name
                else _("いまの課が分からない"),
            ),
            tag("td", post_remark(one.remark, _)),
        )
        for one in shown.found.posts.values()
    ]
    if not rows:
        return parts.EMPTY
    titles = (_("計画での所管課"), _("いまの所管課"), _("備考"))
    head = tag("summary", _("組織の変更をたどった結果（{count}課）").format(count=len(rows)))
    return tag("details", head, table(titles, rows, class_="data"))
