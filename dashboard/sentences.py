"""The sentences of the map page, from the figures of an edition; no figure is computed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.labels import amount_text, count_text, kind_title
from dashboard.ward import DATASET_OF, WARD
from pipelines.words import as_of_text, status_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.selection import Selection
    from dashboard.translation import Translate
    from dashboard.ward import Measure, Point, Ward


def answer(ward: Ward, selection: Selection, _: Translate) -> str:
    """The page's answer: the ward's figure with its date, the highest and the lowest area."""
    measure, lang = ward.measures[selection.measure], selection.lang
    ward_value = ward.ward_figure(measure.name).value
    spread = ward.spread(selection.level, measure.name)
    parts = {
        "ward": ward.name_in(lang),
        "measure": measure.title_in(lang),
        "value": amount_text(ward_value, measure, lang),
        "as_of": as_of(ward, measure, lang) + _missing(ward, measure, _),
    }
    if spread is None:
        return (" " if lang == "en" else "").join(
            [
                _("{ward}の{measure}は、まだデータがありません。").format(**parts),
                *held_back(ward, measure, lang, _),
            ]
        )
    highest, lowest = (
        _("{name}（{value}）").format(name=name, value=value)
        for name, value in ends(ward, measure, selection, _) or ()
    )
    if spread.highest != spread.lowest:
        sentence = _("{ward}の{measure}は{value}（{as_of}）。最大は{highest}、最小は{lowest}です。")
    elif spread.known == 1:
        sentence = _("{ward}の{measure}は{value}（{as_of}）。値があるのは{highest}だけです。")
    else:
        parts["same"] = amount_text(spread.highest, measure, lang)
        sentence = _("{ward}の{measure}は{value}（{as_of}）。どこも同じ{same}です。")
    return sentence.format(**parts, highest=highest, lowest=lowest)


def _missing(ward: Ward, measure: Measure, _: Translate) -> str:
    """Why a ward's figure of residents is not known: how many areas have no number."""
    sources = (one for one in ward.population if one.key in measure.population_keys)
    counts = [one.residents[WARD, ward.outline.code].areas_missing for one in sources]
    if ward.ward_figure(measure.name).value is not None or not any(counts):
        return ""
    return _("、人数が不明な町丁目 {count}").format(count=max(counts))


def held_back(ward: Ward, measure: Measure, lang: str, _: Translate) -> tuple[str, ...]:
    """Why a measure is unknown although files were supplied: not one row could be taken."""
    return tuple(
        all_held_text(ward.datasets[name].title_in(lang), ward.quarantined[name], _)
        for name in measure.datasets
        if ward.all_held(name)
    )


def all_held_text(dataset: str, rows: int, _: Translate) -> str:
    """That no row of a data set could be taken, and what this means for its figures."""
    sentence = _(
        "「{dataset}」は{rows}行すべてが取込保留のため、件数は0ではなく「データなし」です。"
    )
    return sentence.format(dataset=dataset, rows=f"{rows:,}")


def as_of(ward: Ward, measure: Measure, lang: str) -> str:
    """The as-of date of a measure, of residents with the source that counted them.

    Where its data sets differ, each date stands with its data set.
    """
    datasets = [ward.datasets[name] for name in measure.datasets if name in ward.datasets]
    if not measure.population_keys and len({dataset.as_of for dataset in datasets}) <= 1:
        return as_of_text(datasets[0].as_of if datasets else None, lang)
    each = [
        ward.reference_of(one.name, measure, lang)
        or f"{one.title_in(lang)} {as_of_text(one.as_of, lang)}"
        for one in datasets
    ]
    return _listed(each, lang)


def badges(ward: Ward, selection: Selection, _: Translate) -> tuple[tuple[str, str], ...]:
    """What must be read on the map itself, each with what it applies to.

    Shapes that are schematic, figures and points that are made up, figures out of date.
    """
    lang, measure = selection.lang, ward.measures[selection.measure]
    kinds = [kind for kind in selection.layers if any(point.drawn for point in ward.points[kind])]
    sample = [measure.title_in(lang)] if "sample" in measure.statuses else []
    sample += [kind_title(k, _) for k in kinds if "sample" in _statuses(ward, DATASET_OF[k])]
    stale = [measure.title_in(lang)] if "stale" in measure.statuses else []
    stale += [kind_title(k, _) for k in kinds if "stale" in _statuses(ward, DATASET_OF[k])]
    schematic = _("境界は実際と異なります") if "schematic" in _statuses(ward, "areas") else ""
    texts = {"schematic": schematic, "sample": _listed(sample, lang), "stale": _listed(stale, lang)}
    return tuple((status_text(status, lang), text) for status, text in texts.items() if text)


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
            texts.append(sentence.format(list=_listed(counts, selection.lang)))
    return tuple(texts)


def _nowhere(point: Point) -> bool:
    return point.lon is None or point.lat is None


def _outside(point: Point) -> bool:
    return not _nowhere(point) and not point.in_ward


def _statuses(ward: Ward, dataset: str) -> tuple[str, ...]:
    return ward.datasets[dataset].statuses if dataset in ward.datasets else ()


def _listed(names: Iterable[str], lang: str) -> str:
    return (", " if lang == "en" else "・").join(dict.fromkeys(names))


def ends(
    ward: Ward, measure: Measure, selection: Selection, _: Translate
) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Where the measure is highest and lowest, with the values; where several share one, how many.

    None while nothing is known.
    """
    spread = ward.spread(selection.level, measure.name)
    if spread is None:
        return None

    def end(value: float, names: tuple[str, ...]) -> tuple[str, str]:
        where = names[0] if len(names) == 1 else count_text(len(names), selection.level, _)
        return where, amount_text(value, measure, selection.lang)

    return end(spread.highest, spread.highest_names), end(spread.lowest, spread.lowest_names)
