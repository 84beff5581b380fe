"""What needs a decision, and why, in words; the kinds are those of `pipelines.evidence.progress`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.initiatives.values import value_text
from pipelines.words import date_text, fiscal_year_text, percent

if TYPE_CHECKING:
    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.records import Decision
    from dashboard.translation import Translate


def need_title(kind: str, _: Translate) -> str:
    """A kind of need."""
    return {
        "target_missed": _("目標の期限を過ぎた"),
        "worsening": _("指標が悪化している"),
        "target_unreachable": _("目標に届かない見込み"),
        "milestone_blocked": _("節目が進められない"),
        "milestone_overdue": _("節目が1年以上遅れている"),
        "conflict": _("値が食い違っている"),
        "disagreement": _("所管課評価と規則が違う"),
        "reports_missing": _("年度報告が続けてない"),
        "long_unreported": _("指標が長く未報告"),
        "budget_exceeded": _("決算が予算を超えた"),
        "budget_unspent": _("予算の半分も使っていない"),
        "end_not_stated": _("計画から消えたが、終了と書かれていない"),
        "department_unknown": _("いまの所管課が分からない"),
    }[kind]


def need_reason(shown: Shown, one: Decision, _: Translate) -> str:
    """The figures behind a need."""
    lang = shown.lang
    indicator = shown.found.indicators.get(one.part_id or "")
    milestone = shown.found.milestones_by_id.get(one.part_id or "")
    other = shown.found.milestones_by_id.get(one.other_id or "")
    unit = indicator.unit if indicator else ""
    words = {
        "name": indicator.indicator_name if indicator else _name(milestone, one),
        "other": _name(other, None) or one.other_id or "",
        "day": date_text(one.on_date, lang) if one.on_date else _("日付なし"),
        # More digits than a forecast can bear would look surer than it is.
        "value": value_text(_short(one.value), None, unit, lang, _),
        "threshold": value_text(one.threshold, None, unit, lang, _),
        "share": percent(one.value, lang),
        "days": f"{one.days:,}" if one.days is not None else "",
        "year": fiscal_year_text(one.fiscal_year, lang) if one.fiscal_year else "",
        "count": f"{one.value or 0:.0f}",
    }
    return _sentence(one, _).format(**words)


def _sentence(one: Decision, _: Translate) -> str:
    if one.kind == "worsening" and one.value is None:
        return _("指標「{name}」が、目標と同じだった基準値から離れた")
    if one.kind == "long_unreported" and one.on_date is None:
        return _("指標「{name}」の値が一度も報告されていない")
    return {
        "target_missed": _("指標「{name}」が期限の{day}までに目標 {threshold} に届かなかった（{value}）"),
        "worsening": _("指標「{name}」のペースが、必要なペースの{share}（逆向き）"),
        "target_unreachable": _("指標「{name}」の{day}の見通しは{value}で、80%の幅が目標 {threshold} に届かない"),
        "milestone_blocked": _("節目「{name}」は、遅れている「{other}」を待っている"),
        "milestone_overdue": _("節目「{name}」が、計画の{day}から{days}日遅れている"),
        "conflict": _("指標「{name}」の{day}の値が2つ以上ある"),
        "disagreement": _("{year}の所管課評価が、規則による状態と合わない"),
        "reports_missing": _("{year}から{count}年続けて、年度報告がない"),
        "long_unreported": _("指標「{name}」の最後の値が{day}で、前年度末にもすでに未報告だった"),
        "budget_exceeded": _("{year}の執行率が{share}"),
        "budget_unspent": _("{year}の執行率が{share}"),
        "end_not_stated": _("{day}の計画に掲載がなく、終了・統合の記載もない"),
        "department_unknown": _("所管課の記載がないか、後継の課をたどれない"),
    }[one.kind]  # fmt: skip


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _name(milestone: object, one: Decision | None) -> str:
    name = getattr(milestone, "milestone_name", "")
    return name or (one.part_id or "" if one else "")
