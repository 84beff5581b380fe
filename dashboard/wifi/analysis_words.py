"""Sentences and tables of 分析者向け."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.labels import level_title
from pipelines.words import number

if TYPE_CHECKING:
    from dashboard.exports import Cell
    from dashboard.translation import Translate
    from dashboard.wifi.analysis import Analysis, ClusterSummary
    from dashboard.wifi.selection import WifiSelection

_WEIGHTS: Final = {"queen, row-standardised": "クイーン（辺か角を共有）・行で標準化"}


def quadrant_title(quadrant: str, _: Translate) -> str:
    """An area's own value first, its neighbours' second."""
    return {
        "HH": _("高い所の集まり（HH）"),
        "LL": _("低い所の集まり（LL）"),
        "HL": _("周りより高い（HL）"),
        "LH": _("周りより低い（LH）"),
        "none": _("隣がない"),
    }[quadrant]


def cluster_answer(found: ClusterSummary, selection: WifiSelection, _: Translate) -> str:
    """Whether reach is clustered on the map, or why nothing is said of it."""
    if found.moran_i is None or found.p_value is None:
        return found.why_none.text(selection.lang)
    if found.p_value >= found.false_discovery_rate:
        sentence = _(
            "届く割合（{distance}m）は、地図の上で集まっているとはいえません（モランのI = {i}、p = {p}）。"
        )
    elif found.moran_i > (found.expected or 0.0):
        sentence = _(
            "届く割合（{distance}m）は、高い所どうし・低い所どうしが地図の上で集まっています（モランのI = {i}、p = {p}）。"
        )
    else:
        sentence = _(
            "届く割合（{distance}m）は、高い所と低い所が隣り合う傾向があります（モランのI = {i}、p = {p}）。"
        )
    return sentence.format(
        distance=selection.distance,
        i=number(found.moran_i, 3, selection.lang),
        p=p_text(found.p_value, selection.lang),
    )  # fmt: skip


def how(found: ClusterSummary, selection: WifiSelection, _: Translate) -> str:
    """How Moran's I was made: weights, permutations, seed, who takes part."""
    sentence = _(
        "対象{areas}（除いたもの：住民がいない・不明 {left_out}、隣がない {islands}）。重み {weights}、並べ替え{permutations}回、乱数の種 {seed}、期待値 {expected}。"
    )
    return sentence.format(
        areas=found.areas,
        left_out=found.areas_left_out,
        islands=found.islands or _("なし"),
        weights=_WEIGHTS.get(found.weights, found.weights) if selection.lang == "ja" else found.weights,
        permutations=number(found.permutations, 0, selection.lang),
        seed=found.seed,
        expected=number(found.expected, 3, selection.lang),
    )  # fmt: skip


def local_answer(found: Analysis, selection: WifiSelection, _: Translate) -> str:
    """How many areas are part of a local cluster."""
    count = len(found.significant)
    rate = found.summary.false_discovery_rate if found.summary else 0.0
    sentence = _("偽発見率{rate}で局所的な集まりといえるのは{count}（{level}、全{areas}のうち）。")
    return sentence.format(
        rate=f"{rate:.0%}",
        count=count,
        level=level_title(selection.level, _),
        areas=len(found.areas),
    )


def definition(_: Translate) -> str:
    """Moran's I, its local form and the false-discovery rate."""
    return _("届く割合が隣どうし（辺か角を共有）で似ているかを、モランのI（Moran 1950）と局所モラン（LISA、Anselin 1995）で見ます。p値は並べ替えによる両側の値、局所の判定は偽発見率（Benjamini & Hochberg 1995）。z は標準化した値、隣の平均はその隣の z の平均です。")  # fmt: skip


def scale_definition(_: Translate) -> str:
    """What is compared with what."""
    return _("同じことを町丁目別と町別（住民が町の中に均等に住むとみなす）で計算して比べます。集計の単位によって結論が変わることがあるためです（可変単位地区問題、Openshaw 1984）。割合は1ポイント、ジニ係数は0.05までを同じとします。")  # fmt: skip


def verdict(agree: bool | None, _: Translate) -> str:  # noqa: FBT001 - the verdict itself
    """Whether both say the same; not known is not a difference."""
    return {True: _("一致"), False: _("不一致"), None: _("比べられない")}[agree]


def p_text(value: float, lang: str) -> str:
    """A p- or q-value to four decimals; a smaller one says so."""
    return "< 0.0001" if value < 0.0001 else number(value, 4, lang)  # noqa: PLR2004 - four decimals


def cluster_rows(found: Analysis, selection: WifiSelection, _: Translate) -> list[list[Cell]]:
    """Every area with its place among its neighbours, under a line of heads."""
    header: list[Cell] = [
        _("コード"), level_title(selection.level, _), "z", _("隣の平均"), _("区分"), "p", "q",
        _("集まりといえる"), _("距離（m）"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            one.code, one.name, one.z, one.lag, quadrant_title(one.quadrant, _), one.p_value,
            one.q_value, _("はい") if one.significant else _("いいえ"), float(selection.distance),
        ]
        for one in found.areas
    ]  # fmt: skip
    return [header, *rows]


def scale_rows(found: Analysis, lang: str, _: Translate) -> list[list[Cell]]:
    """Every statement by area and by town, under a line of heads."""
    header: list[Cell] = [_("文"), _("町丁目別"), _("町別"), _("一致"), _("距離（m）")]
    rows: list[list[Cell]] = [
        [
            one.sentence.text(lang), one.by_area.text(lang), one.by_town.text(lang),
            verdict(one.agree, _), one.distance_m,
        ]
        for one in found.agreements
    ]  # fmt: skip
    return [header, *rows]
