"""The choices of the page 取組の進捗状況. The URL holds the state; a widget only shows and changes it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import cache
from dashboard.components import address, widgets
from dashboard.initiatives.asked import initiatives_of
from dashboard.initiatives.filters import department_key, group_key, offered
from dashboard.initiatives.selection import (
    BY,
    LONGEST_SEARCH,
    SECTIONS,
    STATUSES,
    InitiativesSelection,
    clean_search,
    initiatives_query,
    parse_initiatives,
)
from dashboard.initiatives.words import (
    by_title,
    department_title,
    group_title,
    section_title,
    status_text,
)
from dashboard.translation import translator
from pipelines.warehouse import edition_names
from pipelines.words import fiscal_year_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.selection import InitiativesAllowed
    from dashboard.ward import Ward


def current(ward: Ward) -> tuple[InitiativesSelection, tuple[str, ...]]:
    """The choice in the URL and the names of the parameters that were not understood."""
    return parse_initiatives(address.parameters(), allowed(ward))


def go_to(wanted: InitiativesSelection) -> None:
    """Make `wanted` the state of the page, in the URL; parameters that are not ours stay."""
    ours = InitiativesSelection.__dataclass_fields__
    address.change(ours, initiatives_query(wanted))


def allowed(ward: Ward) -> InitiativesAllowed:
    """What the edition offers to choose from, and the editions of the warehouse as they are now."""
    of_edition = cache.prepared(
        lambda: offered(initiatives_of(ward)), edition=ward.edition, part="initiatives-allowed"
    )
    return replace(of_edition, editions=other_editions(ward))


def other_editions(ward: Ward) -> tuple[str, ...]:
    """The editions that today's can be compared with, the newest first."""
    return tuple(name for name in reversed(edition_names()) if name != ward.edition)


def choose_what_to_see(shown: Shown) -> None:
    """One row: the search, the group, the department, the status, the 年度."""
    selection, lang = shown.selection, shown.lang
    _ = translator(lang)
    offers = allowed(shown.ward)
    groups = {group_key(one): group_title(one, _) for one in shown.found.overview.values()}
    departments = {
        department_key(one): department_title(one.department_name, one.bureau_name, _)
        for one in shown.found.overview.values()
    }
    with st.container(key="controls"):
        search, group, department, status, year, clear = st.columns(
            [24, 22, 22, 13, 11, 8], gap="small", vertical_alignment="bottom"
        )
    with search:
        _search(selection)
    with group:
        _filter("plan_group", _("計画の区分"), selection, offers.groups, groups.__getitem__, _)
    with department:
        _filter(
            "department", _("所管課"), selection, offers.departments, departments.__getitem__, _
        )
    with status:
        _filter(
            "status", _("状態"), selection, STATUSES, lambda name: status_text(name, lang, _), _
        )
    with year:
        _filter(
            "fiscal_year", _("年度"), selection, offers.fiscal_years,
            lambda name: fiscal_year_text(int(name), lang), _,
        )  # fmt: skip
    with clear:
        _clear(selection)


def choose_section(shown: Shown) -> None:
    """Which of the parts of the page is open."""
    _ = translator(shown.lang)
    with st.container(key="initiatives-sections"):
        _segments("section", _("見たいこと"), shown.selection, SECTIONS, section_title)


def choose_lines(shown: Shown) -> None:
    """What the lines of the portfolio are."""
    _ = translator(shown.lang)
    _segments("by", _("並べ方"), shown.selection, BY, by_title)


def choose_since(shown: Shown, then: str) -> None:
    """The edition compared with; blank is the end of the 年度 before."""
    _ = translator(shown.lang)
    editions = other_editions(shown.ward)
    key = "initiatives-since"
    widgets.select(
        key, _("比べる版"), ("", *editions), shown.selection.since,
        lambda name: name or then, _changed, (key, partial(shown.selection.with_choice, "since")),
    )  # fmt: skip


def _search(selection: InitiativesSelection) -> None:
    _ = translator(selection.lang)
    key = "initiatives-search"
    st.session_state[key] = selection.search
    st.text_input(
        _("さがす"), key=key, max_chars=LONGEST_SEARCH, placeholder=_("取組・指標・課の名前"),
        on_change=_changed,
        args=(key, lambda typed: selection.with_choice("search", clean_search(typed))),
    )  # fmt: skip


def _clear(selection: InitiativesSelection) -> None:
    _ = translator(selection.lang)
    nothing = replace(selection, search="", plan_group="", department="", status="", fiscal_year="")
    with st.container(key="clear"):
        st.button(
            _("条件を消す"), key="initiatives-clear", type="tertiary", on_click=go_to,
            args=(nothing,), disabled=not selection.filtered,
        )  # fmt: skip


def _filter(
    name: str,
    label: str,
    selection: InitiativesSelection,
    options: tuple[str, ...],
    worded: Callable[[str], str],
    _: Callable[[str], str],
) -> None:
    key = f"initiatives-{name}"
    widgets.select(
        key, label, options, getattr(selection, name), worded, _changed,
        (key, partial(selection.with_choice, name)), everything=_("すべて"),
    )  # fmt: skip


def _segments(
    name: str,
    label: str,
    selection: InitiativesSelection,
    options: tuple[str, ...],
    worded: Callable[[str, Callable[[str], str]], str],
) -> None:
    _ = translator(selection.lang)
    key = f"initiatives-{name}"
    widgets.segments(
        key, label, options, getattr(selection, name), lambda one: worded(one, _), _changed,
        (key, partial(selection.with_choice, name)),
    )  # fmt: skip


def _changed(key: str, step: Callable[[Any], InitiativesSelection]) -> None:
    go_to(step(st.session_state[key]))
