"""Under the map: where what is shown comes from, of when it is, and what it is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components.links import rows_link
from dashboard.markup import joined, table, tag
from dashboard.sentences import held_back, not_drawn
from dashboard.translation import translator
from pipelines.words import as_of_text, date_text, status_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from dashboard.selection import Selection
    from dashboard.translation import Translate
    from dashboard.ward import Dataset, Measure, Ward


def show(ward: Ward, selection: Selection) -> None:
    """Definition, sources, as-of dates and states of what the selection shows."""
    with st.container(key="sources"):
        st.html(sources_html(ward, selection))


def sources_html(ward: Ward, selection: Selection) -> Markup:
    """The note under the map as HTML."""
    _ = translator(selection.lang)
    measure = ward.measures[selection.measure]
    definition = _("{measure}：{definition}").format(
        measure=measure.title_in(selection.lang), definition=measure.definition_in(selection.lang)
    )
    updated = _("データの更新日 {date}（版 {edition}）").format(
        date=date_text(ward.as_of, selection.lang), edition=ward.edition
    )
    shown = ward.shown_datasets(measure.name, selection.layers)
    notes = (*held_back(ward, measure, selection.lang, _), *not_drawn(ward, selection, _))
    return joined(
        [
            *(tag("p", note, class_="note") for note in notes),
            tag("p", tag("b", _("定義")), " ", definition),
            dataset_table(ward, shown, selection.lang, measure),
            tag("p", updated),
        ]
    )


def dataset_table(
    ward: Ward, datasets: Iterable[Dataset], lang: str, measure: Measure | None = None
) -> Markup:
    """A row for each data set, of residents with the source that `measure` takes them from."""
    _ = translator(lang)
    titles = (_("データ"), _("状態"), _("時点"), _("件数"), _("出典"))
    rows = [_row(ward, measure, dataset, lang, _) for dataset in datasets]
    return table(titles, rows, class_="sources")


def _row(ward: Ward, measure: Measure | None, dataset: Dataset, lang: str, _: Translate) -> Markup:
    reference = ward.reference_of(dataset.name, measure, lang) if measure else ""
    held = ward.quarantined.get(dataset.name, 0)
    rows = _("{rows}（ほか取込保留 {held}）") if held else "{rows}"
    return tag(
        "tr",
        tag("th", dataset.title_in(lang), scope="row"),
        tag("td", *(_badge(status, lang) for status in dataset.statuses)),
        tag("td", reference or as_of_text(dataset.as_of, lang)),
        tag(
            "td",
            rows.format(rows=f"{dataset.rows:,}", held=f"{held:,}"),
            rows_link((dataset.name,), lang),
        ),
        tag("td", dataset.credit_in(lang) or _("記載なし")),
    )


def _badge(status: str, lang: str) -> Markup:
    return tag("span", status_text(status, lang), class_=f"badge {status}")
