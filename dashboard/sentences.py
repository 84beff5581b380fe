"""The sentences of the map page, from the figures of an edition; no figure is computed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.labels import kind_title, level_title
from dashboard.ward import DATASET_OF
from pipelines.words import as_of_text, quantity, status_text

if TYPE_CHECKING:
    from dashboard.locale import Translate
    from dashboard.selection import Selection
    from dashboard.ward import Measure, Point, Spread, Ward


def answer(ward: Ward, selection: Selection, _: Translate) -> str:
    """The page's answer: the ward's figure with its date, the highest and the lowest area."""
    measure, lang = ward.measures[selection.measure], selection.lang
    ward_value = ward.ward_figure(measure.name).value
    spread = ward.spread(selection.level, measure.name)
    parts = {
        "ward": ward.name_in(lang),
        "measure": measure.title_in(lang),
        "value": quantity(ward_value, measure.unit_in(lang), measure.decimals, lang),
        "as_of": as_of(ward, measure, lang),
        "level": level_title(selection.level, _),
    }
    if spread is None:
        return _("{ward}の{measure}は、まだデータがありません。").format(**parts)
    highest, lowest = _ends(spread, measure, selection, _)
    if spread.highest != spread.lowest:
        sentence = _("{ward}の{measure}は{value}（{as_of}）。最大は{highest}、最小は{lowest}です。")
    elif spread.known == 1:
        sentence = _("{ward}の{measure}は{value}（{as_of}）。値があるのは{highest}だけです。")
    else:
        parts["same"] = quantity(
            spread.highest, measure.unit_in(lang), measure.decimals, lang
        )
        sentence = _("{ward}の{measure}は{value}（{as_of}）。どの{level}も{same}です。")
    return sentence.format(**parts, highest=highest, lowest=lowest)


def as_of(ward: Ward, measure: Measure, lang: str) -> str:
    """The as-of date of a measure; where its data sets differ, each date with its data set."""
    datasets = [ward.datasets[name] for name in measure.datasets if name in ward.datasets]
    if len({dataset.as_of for dataset in datasets}) <= 1:
        return as_of_text(datasets[0].as_of if datasets else None, lang)
    each = [f"{d.title_in(lang)} {as_of_text(d.as_of, lang)}" for d in datasets]
    return (", " if lang == "en" else "、").join(each)


def badges(ward: Ward, selection: Selection, _: Translate) -> tuple[str, ...]:
    """What must be read on the map itself: shapes that are schematic, figures that are made up."""
    lang = selection.lang
    texts = []
    if "schematic" in _statuses(ward, "areas"):
        texts.append(_("模式図（境界は実際と異なります）"))
    measure = ward.measures[selection.measure]
    sample = [measure.title_in(lang)] if "sample" in measure.statuses else []
    sample += [
        kind_title(kind, _)
        for kind in selection.layers
        if "sample" in _statuses(ward, DATASET_OF[kind]) and any(p.drawn for p in ward.points[kind])
    ]
    if sample:
        names = (", " if lang == "en" else "・").join(dict.fromkeys(sample))
        colon = ": " if lang == "en" else "："
        texts.append(f"{status_text('sample', lang)}{colon}{names}")
    return tuple(texts)


def not_drawn(ward: Ward, selection: Selection, _: Translate) -> tuple[str, ...]:
    """Points of the visible layers that the map cannot show, counted, with the reason."""
    reasons = (
        (_("位置が分からないため地図にない地点：{list}"), _nowhere),
        (_("区域の外にあるため地図にない地点：{list}"), _outside),
    )
    texts = []
    for sentence, applies in reasons:
        counts = [
            f"{kind_title(kind, _)} {number}"
            for kind in selection.layers
            if (number := sum(map(applies, ward.points[kind])))
        ]
        if counts:
            texts.append(sentence.format(list=(", " if selection.lang == "en" else "、").join(counts)))
    return tuple(texts)


def _nowhere(point: Point) -> bool:
    return point.lon is None or point.lat is None


def _outside(point: Point) -> bool:
    return not _nowhere(point) and not point.in_ward


def _statuses(ward: Ward, dataset: str) -> tuple[str, ...]:
    return ward.datasets[dataset].statuses if dataset in ward.datasets else ()


def _ends(
    spread: Spread, measure: Measure, selection: Selection, _: Translate
) -> tuple[str, str]:
    def end(value: float, names: tuple[str, ...]) -> str:
        lang = selection.lang
        worded = quantity(value, measure.unit_in(lang), measure.decimals, lang)
        if len(names) == 1:
            return _("{name}（{value}）").format(name=names[0], value=worded)
        level = level_title(selection.level, _)
        return _("{value}（{count}の{level}）").format(value=worded, count=len(names), level=level)

    return end(spread.highest, spread.highest_names), end(spread.lowest, spread.lowest_names)
