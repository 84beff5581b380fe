"""The choices above the map. The URL holds the state; a widget only shows and changes it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard import cache
from dashboard.components import address
from dashboard.labels import kind_title, level_title
from dashboard.search import AREA, Index, build_index
from dashboard.selection import KINDS, LEVELS, Allowed, Selection, parse, to_query
from dashboard.translation import translator

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.ward import Ward

NOT_FOUND: Final = "not-found"
"""Where the page remembers, until the next run, what was searched for in vain."""


def current(ward: Ward) -> tuple[Selection, tuple[str, ...]]:
    """The choice in the URL and the names of the parameters that were not understood."""
    return parse(address.parameters(), _allowed(ward))


def go_to(ward: Ward, wanted: Selection) -> None:
    """Make `wanted` the state of the page, in the URL; parameters that are not ours stay."""
    ours = Selection.__dataclass_fields__
    address.change(ours, to_query(wanted, _allowed(ward)))


def choose_what_to_see(ward: Ward, selection: Selection) -> None:
    """One row: the measure, the level, the layers, the search."""
    with st.container(key="controls"):
        measure, level, layers, search = st.columns([24, 12, 36, 28], gap="small")
    with measure:
        _measure(ward, selection)
    with level:
        _level(ward, selection)
    with layers:
        _layers(ward, selection)
    with search:
        _search(ward, selection)


def choose_comparison(ward: Ward, selection: Selection) -> None:
    """The switch that makes clicks add up to three areas, and a way to choose none."""
    _ = translator(selection.lang)
    with st.container(key="comparison", horizontal=True, vertical_alignment="center"):
        st.session_state["compare"] = selection.compare
        st.toggle(
            _("並べて比べる（3つまで）"),
            key="compare",
            on_change=_changed,
            args=(ward, "compare", selection.comparing),
        )
        if selection.areas:
            nothing = replace(selection, areas=(), found="")
            st.button(
                _("選択をはずす"),
                key="clear",
                type="tertiary",
                on_click=go_to,
                args=(ward, nothing),
            )


def after_search(ward: Ward, selection: Selection, typed: str | None) -> Selection | None:
    """The selection after a search for what was typed or chosen; None where nothing was found."""
    if not typed:
        return replace(selection, found="")
    target = _index(ward, selection.lang).find(typed)
    if target is None:
        return None
    if target.startswith(f"{AREA}:"):
        code = target.partition(":")[2]
        towns = ward.town_of()
        return selection.choose(towns[code] if selection.level == "town" else code)
    return selection.mark(target, ward.points_by_key[target].code_at(selection.level))


def _measure(ward: Ward, selection: Selection) -> None:
    _ = translator(selection.lang)
    st.session_state["measure"] = selection.measure
    st.selectbox(
        _("指標"),
        list(ward.measures),
        key="measure",
        format_func=lambda name: ward.measures[name].title_in(selection.lang),
        filter_mode=None,
        on_change=_changed,
        args=(ward, "measure", lambda name: replace(selection, measure=name)),
    )


def _level(ward: Ward, selection: Selection) -> None:
    _ = translator(selection.lang)
    st.session_state["level"] = selection.level
    st.segmented_control(
        _("区分"),
        LEVELS,
        key="level",
        required=True,
        format_func=lambda level: level_title(level, _),
        on_change=_changed,
        args=(ward, "level", partial(selection.at_level, towns=ward.town_of())),
    )


def _layers(ward: Ward, selection: Selection) -> None:
    _ = translator(selection.lang)
    st.session_state["layers"] = list(selection.layers)
    st.pills(
        _("重ねる地点"),
        KINDS,
        key="layers",
        selection_mode="multi",
        format_func=lambda kind: kind_title(kind, _),
        on_change=_changed,
        args=(ward, "layers", selection.with_layers),
    )


def _search(ward: Ward, selection: Selection) -> None:
    _ = translator(selection.lang)
    index = _index(ward, selection.lang)
    st.session_state["search"] = index.labels.get(selection.found)
    st.selectbox(
        _("さがす"),
        index.options,
        key="search",
        placeholder=_("町丁目・施設の名前や住所"),
        accept_new_options=True,
        filter_mode="contains",
        on_change=_changed,
        args=(ward, "search", partial(_searched, ward, selection)),
    )


def _changed(ward: Ward, key: str, step: Callable[[Any], Selection]) -> None:
    go_to(ward, step(st.session_state[key]))


def _searched(ward: Ward, selection: Selection, typed: str | None) -> Selection:
    found = after_search(ward, selection, typed)
    if found is None:
        st.session_state[NOT_FOUND] = typed
    return found or selection


def _index(ward: Ward, lang: str) -> Index:
    return cache.prepared(
        lambda: build_index(ward, translator(lang)),
        edition=ward.edition,
        part="search",
        key=(lang,),
    )


def _allowed(ward: Ward) -> Allowed:
    return cache.prepared(lambda: _offered(ward), edition=ward.edition, part="allowed")


def _offered(ward: Ward) -> Allowed:
    return Allowed(
        measures=tuple(ward.measures),
        areas={level: frozenset(ward.shapes[level]) for level in LEVELS},
        points=frozenset(ward.points_by_key),
    )
