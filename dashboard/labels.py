"""The names that several parts of a page share, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.words import quantity

if TYPE_CHECKING:
    from dashboard.locale import Translate
    from dashboard.ward import Figure, Measure


def kind_title(kind: str, _: Translate) -> str:
    """What a kind of points is called."""
    return {
        "facility": _("公共施設"),
        "shelter": _("避難所"),
        "wifi": _("公衆無線LAN"),
        "station": _("鉄道駅"),
    }[kind]


def level_title(level: str, _: Translate) -> str:
    """What the units of a level are called."""
    return {"area": _("町丁目"), "town": _("町")}[level]


def value_text(figure: Figure, measure: Measure, lang: str) -> str:
    """A figure with its unit; unknown stays unknown."""
    return quantity(figure.value, measure.unit_in(lang), measure.decimals, lang)


def rank_text(figure: Figure, level: str, _: Translate) -> str:
    """`85町丁目中12位`, or nothing where there is no rank."""
    if figure.rank is None:
        return ""
    sentence = _("{of}町丁目中{rank}位") if level == "area" else _("{of}町中{rank}位")
    return sentence.format(of=figure.ranked_of, rank=figure.rank)
