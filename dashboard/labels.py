"""The names that several parts of a page share, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.words import number, quantity

if TYPE_CHECKING:
    from dashboard.translation import Translate
    from dashboard.ward import Figure, Measure, Ward


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


def place_source(source: str, _: Translate) -> str:
    """Where a position or an area comes from (`location_source`, `area_source`)."""
    return {
        "coordinate": _("座標"),
        "polygon": _("座標と境界"),
        "address": _("所在地から"),
        "none": _("不明"),
    }[source]


def value_text(figure: Figure, measure: Measure, lang: str) -> str:
    """A figure with its unit; unknown stays unknown."""
    return amount_text(figure.value, measure, lang)


def amount_text(value: float | None, measure: Measure, lang: str) -> str:
    """A value of a measure with its unit."""
    return quantity(value, measure.unit_of(value, lang), measure.decimals, lang)


def share_text(figure: Figure, measure: Measure, lang: str) -> str:
    """`6,953 ÷ 0.23` for a measure that is one quantity over another, otherwise nothing."""
    parts = (figure.numerator, figure.denominator)
    if not measure.is_ratio or None in parts:
        return ""
    return " ÷ ".join(number(part, 0 if part == round(part or 0) else 2, lang) for part in parts)


def rank_text(ward: Ward, level: str, code: str, measure: str, _: Translate) -> str:
    """`85町丁目中12位`, with how many share the place; nothing where there is no rank."""
    figure = ward.figure(level, code, measure)
    if figure.rank is None:
        return ""
    sentence = _("{of}町丁目中{rank}位") if level == "area" else _("{of}町中{rank}位")
    shared = ward.sharing(level, measure, figure.rank)
    if shared == figure.ranked_of != 1:
        sentence = _("どこも同じ")
    elif shared > 1:
        sentence += _("（同順位{shared}）")
    return sentence.format(of=figure.ranked_of, rank=figure.rank, shared=shared)


def count_text(count: int, level: str, _: Translate) -> str:
    """So many 町丁目 or 町."""
    return (_("{count}町丁目") if level == "area" else _("{count}町")).format(count=count)
