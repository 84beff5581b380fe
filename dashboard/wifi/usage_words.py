"""Sentences and tables of 利用."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.usage import month_text, state_text
from dashboard.ward import WARD
from pipelines.words import number

if TYPE_CHECKING:
    from dashboard.exports import Cell
    from dashboard.translation import Translate
    from dashboard.ward import Ward
    from dashboard.wifi.selection import WifiSelection
    from dashboard.wifi.usage import Outlier, Unit, Usage


def level_title(level: str, _: Translate) -> str:
    """Whose use it is."""
    return {
        "ward": _("区全体"),
        "facility": _("施設"),
        "access_point": _("アクセスポイント"),
    }[level]


def metric_title(metric: str, _: Translate) -> str:
    """What is counted."""
    return {"connections": _("接続回数"), "users": _("利用者数")}[metric]


def metric_unit(unit: Unit, metric: str, _: Translate) -> str:
    """In what it is counted; users added up are not so many persons."""
    if metric == "connections":
        return _("回／月")
    return _("延べ人／月") if unit.summed else _("人／月")


def chart_title(ward: Ward, unit: Unit, selection: WifiSelection, _: Translate) -> str:
    """What the chart shows, and whose."""
    name = ward.name_in(selection.lang) if unit.level == WARD else unit.name
    return _("{name}の{metric}").format(name=name, metric=metric_title(selection.metric, _))


def axis_title(unit: Unit, metric: str, _: Translate) -> str:
    """The measure with its unit."""
    return _("{metric}（{unit}）").format(
        metric=metric_title(metric, _), unit=metric_unit(unit, metric, _)
    )


def summary(unit: Unit, selection: WifiSelection, _: Translate) -> str:
    """The last month in words, and how many months have no number or one in part."""
    months = unit.months[selection.metric]
    last = months[-1]
    without = sum(month.value is None for month in months)
    in_part = sum(month.at_least for month in months)
    texts = [
        _("最新の月（{month}）は{value}。").format(
            month=last.month, value=month_text(last, selection.lang, _)
        )
    ]
    if without:
        texts.append(
            _("数字のない月が{count}か月あり、0とはせず空けています。").format(count=without)
        )
    if in_part:
        texts.append(
            _("一部の報告がない月が{count}か月あり、少なくともの値です（白い◇）。").format(
                count=in_part
            )
        )
    return (" " if selection.lang == "en" else "").join(texts)  # fmt: skip


def definition(_: Translate) -> str:
    """What is counted, and what a number in part means."""
    return _("区へ報告された月ごとの接続回数と利用者数。区全体と施設の値は、その値が一覧にないとき、アクセスポイントの合計です。利用者数の合計は延べ人数で、同じ人を2回数えることがあります。報告のない月は欠測、×は秘匿、…は不明とし、0にも前後の値にもしません。")  # fmt: skip


def outliers_definition(_: Translate) -> str:
    """How far is far."""
    return _("直近12か月（6か月以上報告のあるもの）の月平均を、アクセスポイント全体の中央値と比べた修正zスコア（Iglewicz & Hoaglin 1993）の絶対値が3.5を超えるもの。")  # fmt: skip


def arithmetic(one: Outlier, lang: str, _: Translate) -> str:
    """The sum of a robust z-score, to be done again by hand."""
    spread = {"MAD": "1.4826 × MAD", "MeanAD": "1.253314 × MeanAD"}[one.scale]
    return _("（{value} − {median}）÷ {scale} = {z}　〔{scale} = {spread}〕").format(
        value=number(one.value, 1, lang),
        median=number(one.peers_median, 1, lang),
        scale=number(one.peers_scale, 1, lang),
        spread=spread,
        z=number(one.robust_z, 1, lang),
    )


def month_rows(unit: Unit, metric: str, _: Translate) -> list[list[Cell]]:
    """Every month of a unit under a line of heads."""
    header: list[Cell] = [
        _("区分"), "ID", _("名称"), _("年月"), metric_title(metric, _), _("単位"),
        _("値の状態"), _("報告した数"), _("報告するはずの数"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            level_title(unit.level, _), unit.key.partition(":")[2], unit.name, month.month,
            month.value, metric_unit(unit, metric, _), _state(month.state, at_least=month.at_least, _=_),
            month.reporting, month.points,
        ]
        for month in unit.months[metric]
    ]  # fmt: skip
    return [header, *rows]


def outlier_rows(found: Usage, _: Translate) -> list[list[Cell]]:
    """The access points far from their peers with all numbers of the sum, under a line of heads."""
    header: list[Cell] = [
        _("アクセスポイント"), "ID", _("指標"), _("期間の始め"), _("期間の終わり"), _("報告月数"),
        _("月平均"), _("比べた数"), _("中央値"), _("ばらつき"), _("ばらつきの種類"),
        _("修正zスコア"), _("基準"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            one.name, one.access_point_id, metric_title(one.metric, _), one.window_from,
            one.window_to, one.months_reported, one.value, one.peers, one.peers_median,
            one.peers_scale, one.scale, one.robust_z, one.cut,
        ]
        for one in found.outliers
    ]  # fmt: skip
    return [header, *rows]


def _state(state: str, *, at_least: bool, _: Translate) -> str:
    if state != "value":
        return state_text(state, _)
    return _("少なくとも") if at_least else _("報告値")
