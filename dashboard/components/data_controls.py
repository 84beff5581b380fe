"""The choices of the page データ. The URL holds the state; a widget only shows and changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import cache
from dashboard.components import address, widgets
from dashboard.data_labels import finding_kind
from dashboard.data_selection import (
    KEYS,
    KINDS,
    DataAllowed,
    DataSelection,
    data_query,
    parse_data,
)
from dashboard.rows_behind import datasets_with, has_places, read_keys
from dashboard.translation import translator

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.holdings import Holdings
    from dashboard.ward import Ward


def current(ward: Ward, holdings: Holdings) -> tuple[DataSelection, tuple[str, ...]]:
    """The choice in the URL and the names of the parameters that were not understood."""
    allowed = cache.prepared(
        lambda: _offered(ward, holdings), edition=ward.edition, part="data-allowed"
    )
    return parse_data(address.parameters(), allowed)


def go_to(wanted: DataSelection) -> None:
    """Make `wanted` the state of the page, in the URL; parameters that are not ours stay."""
    ours = DataSelection.__dataclass_fields__
    address.change(ours, data_query(wanted))


def choose_what_to_see(holdings: Holdings, selection: DataSelection) -> None:
    """One row: the data set, the file, the kind of findings."""
    _ = translator(selection.lang)
    datasets = {name: one.dataset for name, one in holdings.datasets.items()}
    within = selection.with_file(None)
    files = list(dict.fromkeys(row["file_name"] for row in holdings.chosen_files(within)))
    with st.container(key="controls"):
        dataset, file, kind = st.columns([36, 40, 24], gap="small")
    with dataset:
        _select(
            _("データ"),
            "dataset",
            selection.dataset,
            list(datasets),
            lambda name: datasets[name].title_in(selection.lang),
            selection.of_dataset,
            everything=_("すべてのデータ"),
        )
    with file:
        _select(
            _("ファイル"), "file", selection.file, files, str, selection.with_file,
            everything=_("すべてのファイル"),
        )  # fmt: skip
    with kind:
        _select(
            _("取込保留・注意の区分"),
            "kind",
            selection.kind,
            list(KINDS),
            lambda name: finding_kind(name, _),
            selection.with_kind,
            everything=_("すべての区分"),
        )


def _select(
    label: str,
    key: str,
    chosen: str,
    options: list[str],
    worded: Callable[[str], str],
    step: Callable[[str | None], DataSelection],
    *,
    everything: str,
) -> None:
    """A choice of one or, left blank, of all."""
    key = f"data-{key}"
    widgets.select(
        key, label, options, chosen, worded, _changed, (key, step), searched=True,
        everything=everything,
    )  # fmt: skip


def _changed(key: str, step: Callable[[Any], DataSelection]) -> None:
    go_to(step(st.session_state[key]))


def _offered(ward: Ward, holdings: Holdings) -> DataAllowed:
    files: dict[str, tuple[str, ...]] = dict.fromkeys(holdings.datasets, ())
    for row in holdings.files:
        files[row["dataset"]] = (*files[row["dataset"]], row["file_name"])
    return DataAllowed(
        files=files,
        placed=frozenset(name for name, one in holdings.datasets.items() if has_places(one)),
        places=frozenset(code for shapes in ward.shapes.values() for code in shapes),
        measures={measure.name: measure.datasets for measure in ward.measures.values()},
        keyed={key: frozenset(datasets_with(holdings, key)) for key in KEYS},
        keys=cache.asked(read_keys, edition=ward.edition, part="data-keys", key=()),
    )
