"""What the sections of 取組の進捗状況 share: badges, links, cells, headings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

import streamlit as st

from dashboard.components import about
from dashboard.components.links import rows_link
from dashboard.initiatives.asked import is_sample
from dashboard.initiatives.selection import initiatives_address
from dashboard.initiatives.words import (
    MILESTONE_SIGNS,
    SIGNS,
    department_title,
    milestone_title,
    status_title,
)
from dashboard.markup import joined, tag
from dashboard.section_files import SectionTable
from pipelines.words import status_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.exports import Cell
    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.records import Overview
    from dashboard.translation import Translate

T = TypeVar("T")

EMPTY: Final = joined([""])
MOST_ROWS: Final = 300
"""Of a table on the page; its files have every row."""


def heading(
    shown: Shown, text: str, note: str, datasets: Sequence[str], *, initiative: str = ""
) -> None:
    """The heading of a section, marked where any of its inputs is made up.

    With an initiative it leads to its rows of the first data set.
    """
    parts: list[str] = [tag("small", note)] if note else []
    if is_sample(shown.ward, datasets):
        parts.append(tag("span", status_text("sample", shown.lang), class_="badge sample"))
    if initiative:
        parts.append(rows_of(datasets[0], shown, initiative=initiative))
    st.html(tag("h2", text, *parts))


def badge(status: str | None, lang: str, _: Translate) -> Markup:
    """A status as a sign and a word; the shape of its frame differs too."""
    if status is None:
        return tag("span", status_title(None, lang, _), class_="none")
    sign = tag("i", SIGNS[status], aria_hidden="true")
    return tag("span", sign, status_title(status, lang, _), class_=f"status {status}")


def milestone_badge(state: str, _: Translate) -> Markup:
    """The state of a milestone as a sign and a word."""
    sign = tag("i", MILESTONE_SIGNS[state], aria_hidden="true")
    title = milestone_title(state, _)
    return tag("span", sign, title, class_=f"status {state}")


def link_to(shown: Shown, initiative_id: str | None, *, short: bool = False) -> Markup:
    """A link to the page of an initiative; its ID as text where it is not known."""
    if not initiative_id or initiative_id not in shown.found.overview:
        return tag("span", initiative_id or "")
    wanted = shown.selection.open_initiative(initiative_id)
    name = tag(
        "a", shown.found.name_of(initiative_id), href=initiatives_address(wanted), class_="within"
    )
    return name if short else joined([name, tag("small", initiative_id)])


def section_link(shown: Shown, text: str, section: str, **changes: str) -> Markup:
    """A link to a section, with other choices where they are given."""
    wanted = replace(shown.selection, initiative="", section=section, **changes)
    return tag("a", text, href=initiatives_address(wanted), class_="within")


def leader(one: Overview, _: Translate) -> Markup:
    """Today's department, and beneath it what it was called when it was given to."""
    today = department_title(one.department_name, one.bureau_name, _)
    then = one.department_then_name
    small = (
        tag("small", _("計画では {name}").format(name=then))
        if then and one.department_then_id != one.department_id
        else ""
    )
    return joined([today, small])


def rows_of(
    dataset: str, shown: Shown, *, initiative: str = "", indicator: str = ""
) -> Markup | str:
    """A link to the rows behind a figure of an initiative or an indicator."""
    return rows_link((dataset,), shown.lang, initiative=initiative, indicator=indicator)


def number_cell(*content: str) -> Markup:
    """A cell of a number."""
    return tag("td", *content, class_="number")


def file_table(
    name: str,
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    definition: str,
    datasets: Sequence[str],
) -> SectionTable:
    """A table to take along."""
    return SectionTable(
        name=f"initiatives_{name}",
        title=title,
        header=header,
        rows=rows,
        definition=definition,
        datasets=datasets,
    )


def take_along(shown: Shown, *tables: SectionTable) -> None:
    """The tables that have rows as Excel and CSV."""
    filled = [table for table in tables if table.rows]
    if filled:
        about.take_along(shown.ward, filled, shown.lang)


def explain(shown: Shown, definition: str, datasets: Sequence[str]) -> None:
    """Definition, sources, states and dates of a section."""
    about.explain(shown.ward, definition, datasets, shown.lang)


def bring(shown: Shown, datasets: Sequence[str]) -> None:
    """Instead of a table: what is missing, and how to bring it."""
    said = [shown.found.lacking[name] for name in datasets if name in shown.found.lacking]
    about.bring(shown.ward, said, datasets, shown.lang)


def first_of(listed: Sequence[T], _: Translate) -> tuple[Sequence[T], Markup]:
    """The first rows of a table, with what to say where there are more.

    A page of ten thousand rows takes many seconds at every click.
    """
    if len(listed) <= MOST_ROWS:
        return listed, EMPTY
    said = _("はじめの{shown}件です。全部はダウンロードにあります。").format(shown=MOST_ROWS)
    return listed[:MOST_ROWS], note(said)


def note(text: str) -> Markup:
    """A sentence of a section."""
    return tag("p", text)


def finding(text: str) -> Markup:
    """The answer of a section."""
    return tag("p", text, class_="finding")


def nothing(text: str) -> Markup:
    """What a section says when there is nothing to list."""
    return tag("p", text, class_="notice")
