"""Beside the map: the four figures, then the worst-served areas or what is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import cache
from dashboard.components.links import rows_link
from dashboard.components.parts import listing, row
from dashboard.components.wifi.controls import allowed
from dashboard.labels import count_text
from dashboard.markup import joined, tag
from dashboard.translation import translator
from dashboard.wifi.labels import fraction_of, people, share_of
from dashboard.wifi.selection import wifi_address
from dashboard.wifi.sentences import POINTS, hours_unknown, method_words, whole
from pipelines.words import NO_DATA, percent

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.translation import Translate
    from dashboard.wifi.asked import Shown
    from dashboard.wifi.records import Reached

WORST: Final = 5


def show(shown: Shown) -> None:
    """The four figures and the list under them."""
    with st.container(key="wifi-figures"):
        st.html(
            cache.prepared(
                lambda: figures_html(shown),
                edition=shown.ward.edition,
                part="wifi-figures",
                # The links in it carry the whole choice along.
                key=tuple(str(part) for part in _texts(shown)),
            )
        )


def _texts(shown: Shown) -> list[str]:
    selection = shown.selection
    return [getattr(selection, name) for name in selection.__dataclass_fields__]


def figures_html(shown: Shown) -> Markup:
    """The figures as HTML; every name in it is text."""
    _ = translator(shown.selection.lang)
    figures = (_equipment(shown, _), _reach(shown, _), _nobody(shown, _), _shelters(shown, _))
    below = _chosen(shown, _) if shown.selection.place else _worst(shown, _)
    return joined([tag("div", *figures, class_="figures"), below])


def _figure(title: str, value: str, details: list[str], link: str) -> Markup:
    lines = [tag("small", detail) for detail in details if detail]
    return tag("section", tag("h3", title, link), tag("b", value), *lines)


def _equipment(shown: Shown, _: Translate) -> Markup:
    rate, lang = shown.wifi.now, shown.selection.lang
    link = rows_link(("facilities",), lang)
    if rate is None or rate.ratio is None:
        return _figure(_("整備率"), NO_DATA[lang], _lacking(shown, "equipment"), link)
    parts = _("区有施設 {equipped}／{target}か所").format(
        equipped=rate.equipped, target=rate.target
    )
    return _figure(_("整備率"), percent(rate.ratio, lang), [parts], link)


def _reach(shown: Shown, _: Translate) -> Markup:
    lang = shown.selection.lang
    found = whole(shown)
    link = rows_link((POINTS,), lang)
    title = _("届く割合（{distance}m以内）").format(distance=shown.selection.distance)
    if found is None:
        return _figure(title, NO_DATA[lang], _lacking(shown, "reach"), link)
    details = [fraction_of(found, lang, _), hours_unknown(shown, _), *_no_own_list(shown, _)]
    value = share_of(found, lang)
    if shown.wifi.without_own_list:
        value = _("少なくとも{share}").format(share=value)
    return _figure(title, value, details, link)


def _no_own_list(shown: Shown, _: Translate) -> list[str]:
    """What others' lists alone say is the least there can be: the ward's own may add to it."""
    missing = shown.wifi.without_own_list
    return [_("区内のアクセスポイントの一覧はまだありません")] if missing else []


def _nobody(shown: Shown, _: Translate) -> Markup:
    lang, level = shown.selection.lang, shown.selection.level
    title = _("だれも届かない町丁目") if level == "area" else _("だれも届かない町")
    fairness = shown.reach.fairness[level]
    link = rows_link((_people_dataset(shown),), lang)
    if not fairness.areas:
        return _figure(title, NO_DATA[lang], [], link)
    parts = _("住民 {people}（{share}）").format(
        people=people(fairness.residents_in_areas_without, lang),
        share=percent(fairness.share_without, lang),
    )
    value = count_text(fairness.areas_without, level, _)
    if shown.wifi.without_own_list:
        value = _("多くて{count}").format(count=value)
    return _figure(title, value, [parts, *_no_own_list(shown, _)], link)


def _shelters(shown: Shown, _: Translate) -> Markup:
    lang, method = shown.selection.lang, shown.wifi.method
    title = _("Wi-Fiのない避難所")
    link = rows_link(("evacuation_shelters",), lang)
    found = shown.wifi.without.get(method)
    if found is None or found.without is None:
        # What is asked for beside the first figure is not asked for twice.
        asked = _lacking(shown, "equipment")
        wanted = [text for text in _lacking(shown, "shelters") if text not in asked]
        return _figure(title, NO_DATA[lang], wanted, link)
    value = _("{count}か所").format(count=found.without)
    parts = [_("避難所 {count}か所のうち").format(count=found.shelters)]
    if found.residents is not None:
        parts.append(
            _("住民 {people}（{method}）").format(
                people=people(found.residents, lang), method=method_words(shown, method, _)
            )
        )
    return _figure(title, value, parts, link)


def _lacking(shown: Shown, subject: str) -> list[str]:
    return [one.message_in(shown.selection.lang) for one in shown.wifi.lacking_for(subject)][-1:]


def _people_dataset(shown: Shown) -> str:
    """The data set that the residents in the figures are from."""
    key = shown.wifi.population_keys.get(("area", shown.selection.group), "")
    return next((one.dataset for one in shown.ward.population if one.key == key), "areas")


def _worst(shown: Shown, _: Translate) -> Markup:
    lang, level = shown.selection.lang, shown.selection.level
    rows = shown.reach.worst[level][:WORST]
    if not rows:
        return joined([""])
    title = (
        _("届く割合が最も低い5つの町丁目") if level == "area" else _("届く割合が最も低い5つの町")
    )
    body = [
        row(place_link(shown, one), people(one.persons, lang), share_of(one, lang)) for one in rows
    ]
    note = _("同じ割合では住民の多い順")
    return joined(
        [
            tag("h2", title, tag("small", note)),
            listing((_("場所"), _("対象の人口"), _("届く割合")), body, numbers=(2, 3)),
        ]
    )


def place_link(shown: Shown, found: Reached) -> Markup:
    """A link that chooses an area or a town on the map."""
    wanted = replace(shown.selection, place=found.code)
    return tag("a", found.name, href=wifi_address(wanted, allowed(shown.ward)), class_="within")


def _chosen(shown: Shown, _: Translate) -> Markup:
    """The figures of the chosen area, and the facilities and shelters in it."""
    selection, lang = shown.selection, shown.selection.lang
    key = (selection.level, "", selection.place)
    found = shown.reach.known.get(key)
    shape = shown.ward.shapes[selection.level][selection.place]
    rows = [
        (_("対象の人口"), people(found.persons if found else None, lang)),
        (_("届く割合"), share_of(found, lang)),
        (_("届く人口"), people(found.reached if found else None, lang)),
    ]
    if not shown.at_any_time:
        possible = shown.reach.possible.get(key)
        rows.insert(2, (_("時間の分からない所も使えれば"), share_of(possible, lang)))
    facilities = [
        (one.name, one.equipped) for one in shown.wifi.facilities if _inside(shown, one.area_code)
    ]
    shelters = [
        (one.name, one.equipped)
        for one in shown.wifi.shelters.get(shown.wifi.method, ())
        if one.id and _inside(shown, one.area_code)
    ]
    body = [row(title, value) for title, value in rows]
    body += [
        row(title, _names(named, _))
        for title, named in ((_("公共施設"), facilities), (_("避難所"), shelters))
    ]
    back = tag(
        "a",
        _("選択をはずす"),
        href=wifi_address(replace(selection, place=""), allowed(shown.ward)),
        class_="within",
    )
    place = tag("h2", shape.name, tag("small", back))
    return joined([place, tag("table", tag("tbody", *body), class_="data chosen")])


def _inside(shown: Shown, area_code: str | None) -> bool:
    place = shown.selection.place
    return area_code is not None and place in {area_code, shown.ward.town_of().get(area_code)}


def _names(named: list[tuple[str, bool | None]], _: Translate) -> Markup:
    if not named:
        return tag("span", _("なし"), class_="none")
    words = {True: _("Wi-Fiあり"), False: _("Wi-Fiなし"), None: _("Wi-Fiの有無は不明")}
    items = [tag("li", name, tag("small", words[equipped])) for name, equipped in named]
    return tag("ul", *items)
