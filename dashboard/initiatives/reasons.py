"""Why something has its status, in a sentence; the codes are those of `pipelines.evidence.progress`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.initiatives.values import slippage_text, value_text
from dashboard.initiatives.words import milestone_title
from pipelines.words import date_text, percent

if TYPE_CHECKING:
    from dashboard.initiatives.indicator_records import IndicatorStatus, Outlook
    from dashboard.initiatives.reading import Initiatives
    from dashboard.initiatives.records import Status
    from dashboard.translation import Translate


def initiative_reason(found: Initiatives, one: Status, lang: str, _: Translate) -> str:
    """Why an initiative has its status, with the part at fault by name."""
    plain = {
        "ended": _("取組が終了した"),
        "merged": _("ほかの取組に統合した"),
        "nothing_reported": _("期限を過ぎた報告がなく、指標も節目も報告がない"),
        "indicators_achieved": _("判定できる指標がすべて達成"),
        "milestones_done": _("節目がすべて完了"),
        "nothing_set": _("判定できる指標も節目もない"),
    }
    if one.reason in plain:
        return plain[one.reason]
    if one.reason_kind == "milestone":
        return _milestone(found, one, _)
    indicator = found.indicators.get(one.reason_id or "")
    status = found.indicator_status.get(one.reason_id or "")
    if indicator is None or status is None:
        return ""
    name = indicator.indicator_name
    if one.reason == "values_unreported":
        return _("報告はあるが、指標「{name}」の値がない").format(name=name)
    return _("指標「{name}」：{reason}").format(
        name=name, reason=indicator_reason(status, indicator.unit, lang, _)
    )


def _milestone(found: Initiatives, one: Status, _: Translate) -> str:
    milestone = found.milestones_by_id.get(one.reason_id or "")
    if milestone is None:
        return ""
    name = milestone.milestone_name
    if one.reason == "milestone_late":
        return _("節目「{name}」が{slippage}").format(
            name=name, slippage=slippage_text(milestone, _)
        )
    # One whose end nobody knows is neither open nor on time: its state says what is known.
    return _("節目「{name}」が「{state}」").format(
        name=name, state=milestone_title(milestone.state, _)
    )


def indicator_reason(one: IndicatorStatus, unit: str, lang: str, _: Translate) -> str:
    """Why an indicator has its status, with the figures of the reason."""
    target = value_text(one.target_value, None, unit, lang, _)
    day = date_text(one.measured_on, lang) if one.measured_on else ""
    if one.reason in {"pace", "target_passed"} and one.pace_ratio is not None:
        sentence = (
            _("目標の期限を過ぎて届いていない（必要なペースの{share}）")
            if one.reason == "target_passed"
            else _("必要なペースの{share}")
        )
        return sentence.format(share=percent(one.pace_ratio, lang))
    if one.reason == "target_met":
        return _("目標 {target} に届いた").format(target=target)
    if one.reason == "own_rule":
        return _("独自の判定「{rule}」による").format(rule=one.rule_text or "")
    if one.reason == "too_old" and one.unreported_after:
        return _("最後の値が{day}。{after}を過ぎても次の値がない").format(
            day=day, after=date_text(one.unreported_after, lang)
        )
    return _plain_reason(one.reason, _) if one.reason else ""


def _plain_reason(reason: str, _: Translate) -> str:
    return {
        "pace": _("ペースを計算できない"),
        "target_passed": _("目標の期限を過ぎて届いていない"),
        "baseline_is_target": _("基準値が目標と同じだったのに、届かなくなった"),
        "ended": _("取組が終了した"),
        "merged": _("ほかの取組に統合した"),
        "target_nil": _("目標を置かない指標"),
        "no_baseline": _("基準値が未設定"),
        "no_baseline_date": _("基準時点が未設定"),
        "no_target": _("目標値が未設定"),
        "no_target_year": _("目標年度が未設定"),
        "no_value": _("値の報告がない"),
        "too_old": _("最後の値が古い"),
        "conflict": _("同じ時点に食い違う値がある"),
        "value_unknown": _("値が不詳"),
        "value_withheld": _("値が秘匿"),
        "baseline_unknown": _("基準値が不詳"),
        "target_unknown": _("目標値が不詳"),
        "only_baseline": _("基準値のほかに値がない"),
        "wrong_side": _("目標値が、望ましい方向と逆の側にある"),
        "target_before_baseline": _("目標の期限が基準時点より前にある"),
        "rule_unfit": _("独自の判定の書き方が、この指標に合わない"),
        "no_tolerance": _("「維持」の指標に許容幅がない"),
    }[reason]


def met_text(one: IndicatorStatus, lang: str, _: Translate) -> str:
    """On which day the target is met at today's pace, or why no day can be said."""
    if one.status == "achieved":
        return _("すでに達成")
    if one.met_on is not None:
        return _("{day}ごろ").format(day=date_text(one.met_on, lang))
    words = {
        "not_judged": _("判定できないので計算しない"),
        "no_pace": _("ペースで測らない指標"),
        "no_progress": _("いまのペースでは届かない"),
        "too_far": _("いまのペースでは2100年までに届かない"),
    }
    return words[one.met_reason] if one.met_reason else ""


def outlook_reason(one: Outlook | None, _: Translate) -> str:
    """Why there is no forecast; nothing where there is one."""
    if one is None:
        return _("見通しを計算していない")
    words = {
        "too_few": _("値が6つに足りない（{count}つ）"),
        "unset": _("基準値か目標が未設定"),
        "undecidable": _("状態を判定できないので、見通しも言えない"),
        "unreported": _("未報告なので、見通しは言えない"),
        "target_passed": _("目標の期限までの値がもうある"),
        "not_applicable": _("取組が終了・統合した、または目標を置かない"),
        "too_large": _("値が大きすぎて計算できない"),
        "no_variation": _("値のばらつきがなく、幅を計算できない"),
    }
    if one.reason is None:
        return ""
    return words[one.reason].format(count=one.values_used or 0)
