"""What stands with every section: definition, sources, files to take along, what is missing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import cache
from dashboard.components.bring import what_to_bring
from dashboard.components.sources import dataset_table
from dashboard.components.taken_along import CSV, XLSX, TakenAlong, buttons
from dashboard.markup import joined, tag
from dashboard.section_files import file_stem, section_csv, section_xlsx
from dashboard.translation import translator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.missing import Words
    from dashboard.section_files import SectionTable
    from dashboard.ward import Ward


def explain(ward: Ward, definition: str, datasets: Sequence[str], lang: str) -> None:
    """Definition and sources, each data set with its state, date, rows and credit."""
    _ = translator(lang)
    used = [ward.datasets[name] for name in datasets if name in ward.datasets]
    # Residents are those of the figure 人口: its source and date stand beside them.
    people = ward.measures.get("population")
    sources = dataset_table(ward, used, lang, people)
    shown = [tag("p", tag("b", _("定義")), " ", definition), sources]
    st.html(tag("div", joined(shown), class_="about"))


def take_along(ward: Ward, tables: Sequence[SectionTable], lang: str) -> None:
    """Each table as Excel and CSV."""
    _ = translator(lang)
    files = []
    for table in tables:
        stem = file_stem(ward, table)
        xlsx, csv = (partial(make, ward, table, lang, _) for make in (section_xlsx, section_csv))
        files += [
            TakenAlong(_("{table}（Excel）").format(table=table.title), xlsx, f"{stem}.xlsx", XLSX),
            TakenAlong(_("{table}（CSV）").format(table=table.title), csv, f"{stem}.csv", CSV),
        ]
    buttons(f"downloads-{tables[0].name}", files)


def bring(ward: Ward, missing: Sequence[Words], datasets: Sequence[str], lang: str) -> None:
    """Instead of a figure: what is missing, and how to bring it."""
    _ = translator(lang)
    said = [one.text(lang) for one in missing]
    said = said or [_("計算に必要なデータがまだありません。0という意味ではありません。")]
    every = cache.holdings(ward.edition).datasets
    wanted = tuple(every[name] for name in datasets if name in every and not every[name].files)
    parts = [tag("p", text, class_="notice") for text in said]
    if wanted:
        parts.append(what_to_bring(wanted, lang))
    st.html(joined(parts))


def title(text: str, note: str = "") -> None:
    """The heading of a section, or of a part of it."""
    st.html(tag("h2", text, tag("small", note) if note else ""))
