"""How many people each source counts, side by side: what is in use, what is not, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.markup import joined, tag
from pipelines.words import NO_DATA, difference, quantity, status_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from dashboard.population import PopulationSource, Residents
    from dashboard.translation import Translate
    from dashboard.ward import Shape, Ward

_UNIT: Final = {"ja": "人", "en": "people"}
_BADGES: Final = ("sample", "stale")


def source_rows(
    ward: Ward, level: str, chosen: Sequence[Shape], lang: str, _: Translate
) -> list[Markup]:
    """Rows for a table whose columns are a heading, the chosen areas and the ward."""
    width = str(len(chosen) + 2)
    head = tag("tr", tag("th", _("人口の出典ごとの人数"), colspan=width, scope="colgroup"))
    rows = [
        tag(
            "tr",
            _head(source, lang, _),
            *(tag("td", _people(source, level, shape.code, lang, _)) for shape in chosen),
            tag("td", _people(source, "ward", ward.outline.code, lang, _), class_="ward"),
        )
        for source in ward.population
    ]
    return [head, *rows]


def source_table(ward: Ward, lang: str, _: Translate) -> Markup:
    """The ward's residents by each source, and why one that is not in use is not."""
    head = tag(
        "tr",
        tag("th", _("人口の出典"), scope="col"),
        tag("th", ward.name_in(lang), scope="col"),
        tag("th", _("扱い"), scope="col"),
    )
    rows = [
        tag(
            "tr",
            _head(source, lang, _),
            tag("td", _people(source, "ward", ward.outline.code, lang, _)),
            tag("td", tag("small", source.reason_in(lang) or _("この地図の数値に使用"))),
        )
        for source in ward.population
    ]
    return tag("table", tag("thead", head), tag("tbody", *rows), class_="profile population")


def _head(source: PopulationSource, lang: str, _: Translate) -> Markup:
    badges = [
        tag("span", status_text(status, lang), class_=f"badge {status}")
        for status in _BADGES
        if status in source.statuses
    ]
    uses = {True: _("使用中"), False: _("世帯数に使用中") if source.households_in_use else ""}
    use = uses[source.in_use]
    in_use = tag("span", use, class_="badge") if use else ""
    unfit = "" if source.fits else tag("span", _("境界に合わない"), class_="badge")
    return tag(
        "th",
        source.reference_in(lang),
        in_use,
        unfit,
        *badges,
        scope="row",
        title=source.reason_in(lang),
    )


def _people(source: PopulationSource, level: str, code: str, lang: str, _: Translate) -> Markup:
    residents = source.residents.get((level, code))
    if residents is None:
        return joined([NO_DATA[lang]])
    return joined(
        [
            quantity(residents.persons, _UNIT[lang], 0, lang),
            *(tag("small", text, class_="below") for text in _remarks(source, residents, lang, _)),
        ]
    )


def _remarks(source: PopulationSource, residents: Residents, lang: str, _: Translate) -> list[str]:
    if residents.persons is None:
        known = quantity(residents.known, _UNIT[lang], 0, lang)
        text = _("{count}町丁目が不明、ほかの合計は{known}")
        return [text.format(count=residents.areas_missing, known=known)]
    if source.in_use or residents.difference is None:
        return []
    text = difference(residents.difference, _UNIT[lang], 0, lang)
    if residents.difference_pct is not None:
        share = difference(residents.difference_pct, "%", 1, "ja")
        text = _("{difference}（{share}）").format(difference=text, share=share)
    return [text]
