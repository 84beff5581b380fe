"""災害時: shelters with and without Wi-Fi, ranked by the residents left without information."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components import about
from dashboard.components.parts import listing, row
from dashboard.components.wifi.parts import what_to_bring
from dashboard.markup import joined, tag
from dashboard.section_files import SectionTable
from dashboard.translation import translator
from dashboard.wifi.labels import people
from dashboard.wifi.selection import TOTAL
from dashboard.wifi.sentences import method_words, reference_of
from pipelines.words import NO_DATA

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.translation import Translate
    from dashboard.wifi.asked import Shown
    from dashboard.wifi.records import Shelter

_DATASETS: Final = ("evacuation_shelters", "wifi_access_points", "area_membership", "areas")


def show(shown: Shown) -> None:
    """The ranked list, and all shelters to take away."""
    _ = translator(shown.selection.lang)
    about.title(_("災害時：避難所の公衆無線LAN"))
    st.html(shelters_html(shown))
    if shown.wifi.shelters:
        about.take_along(shown.ward, [shelters_table(shown)], shown.selection.lang)
    about.explain(shown.ward, definition(_), _DATASETS, shown.selection.lang)


def shelters_html(shown: Shown) -> Markup:
    """The section as HTML; every name in it is text."""
    _ = translator(shown.selection.lang)
    bring = what_to_bring(shown, "shelters")
    methods = [_method(shown, method, _) for method in shown.wifi.shelters]
    return joined([bring, tag("div", *methods, class_="beside")])


def definition(_: Translate) -> str:
    """Which shelters, and whose residents."""
    return _(
        "避難所だけを数え、広域避難場所は入れません。住民は防災会ごとの割当があればそれで数え、直線最寄り（指定ではない）を並べて示します。順位は、Wi-Fiがない避難所の中で住民の多い順です。"
    )


def shelters_table(shown: Shown) -> SectionTable:
    """Every shelter by every method."""
    _ = translator(shown.selection.lang)
    words = {True: _("あり"), False: _("なし"), None: NO_DATA[shown.selection.lang]}
    rows = [
        (
            method_words(shown, method, _), one.rank_without, one.id, one.name or _("割当なし"),
            shown.area_name(one.area_code),
            words[one.equipped] if one.id else None, one.access_points, one.residents,
        )
        for method, listed in shown.wifi.shelters.items()
        for one in listed
    ]  # fmt: skip
    return SectionTable(
        name="wifi_shelters", title=_("避難所の公衆無線LAN"), definition=definition(_),
        datasets=_DATASETS, residents=[reference_of(shown, TOTAL)],
        header=(_("住民の数え方"), _("Wi-Fiのない中での順位"), _("避難所ID"), _("避難所"), _("町丁目"),
         _("公衆無線LAN"), _("アクセスポイント数"), _("住民")),
        rows=rows,
    )  # fmt: skip


def _method(shown: Shown, method: str, _: Translate) -> Markup:
    lang = shown.selection.lang
    listed = shown.wifi.shelters[method]
    rows = [_shelter(one, shown, _) for one in listed if one.id]
    rest = next((one for one in listed if not one.id), None)
    notes = [_sentence(shown, method, _)]
    if rest is not None and rest.residents:
        notes.append(_("割当のない住民 {people}").format(people=people(rest.residents, lang)))
    titles = (_("避難所"), _("順位"), _("公衆無線LAN"), _("住民"), _("町丁目"))
    return tag(
        "div",
        tag("h3", method_words(shown, method, _)),
        *(tag("p", note) for note in notes if note),
        tag("div", listing(titles, rows, numbers=(2, 4)), class_="tall"),
    )


def _sentence(shown: Shown, method: str, _: Translate) -> str:
    """How many are without, and how many residents that leaves."""
    found, lang = shown.wifi.without[method], shown.selection.lang
    if found.without is None:
        return _("避難所{count}か所の公衆無線LANの有無は、まだデータがありません。").format(
            count=found.shelters
        )
    sentence = _("{count}か所のうち{without}か所にありません。その避難所の住民は{people}です。")
    if found.residents_unknown:
        sentence = _(
            "{count}か所のうち{without}か所にありません。その避難所の住民は分かるだけで{people}です（{unknown}か所は不明）。"
        )
    return sentence.format(
        count=found.shelters,
        without=found.without,
        people=people(found.residents, lang),
        unknown=found.residents_unknown,
    )


def _shelter(one: Shelter, shown: Shown, _: Translate) -> Markup:
    lang = shown.selection.lang
    words = {True: _("あり"), False: _("なし"), None: NO_DATA[lang]}
    return row(
        one.name,
        "" if one.rank_without is None else str(one.rank_without),
        words[one.equipped],
        people(one.residents, lang),
        shown.area_name(one.area_code) or "",
    )
