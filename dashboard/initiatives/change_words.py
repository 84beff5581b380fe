"""What a change is called, and what stood before and after, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard.initiatives.values import value_text
from dashboard.initiatives.words import milestone_text, status_text
from pipelines.words import date_text

if TYPE_CHECKING:
    from dashboard.initiatives.asked import Shown
    from dashboard.translation import Translate
    from pipelines.evidence.progress.snapshots import Change, Told

_STATUSES = frozenset({"initiative_status", "indicator_status", "indicator_new", "indicator_gone"})


def kind_title(kind: str, _: Translate) -> str:
    """What changed."""
    return {
        "initiative_new": _("取組が加わった"),
        "initiative_gone": _("取組がなくなった"),
        "initiative_status": _("取組の状態"),
        "department": _("所管課"),
        "milestone_new": _("節目が加わった"),
        "milestone_gone": _("節目がなくなった"),
        "milestone_state": _("節目の状態"),
        "milestone_replanned": _("節目の計画の変更"),
        "indicator_new": _("指標が加わった"),
        "indicator_gone": _("指標がなくなった"),
        "indicator_status": _("指標の状態"),
        "target": _("目標の変更"),
        "value_new": _("新しい値"),
        "value_corrected": _("値の訂正"),
    }[kind]


def tendency_title(tendency: str | None, _: Translate) -> str:
    """Which way a status went; nothing where neither is better."""
    return {None: "", "better": _("良くなった"), "worse": _("悪くなった")}[tendency]


def part_title(shown: Shown, one: Change) -> str:
    """The name of the part: an indicator or a milestone; of one that is gone its ID."""
    indicator = shown.found.indicators.get(one.part_id or "")
    if indicator:
        return indicator.indicator_name
    milestone = shown.found.milestones_by_id.get(one.part_id or "")
    return milestone.milestone_name if milestone else one.part_id or ""


def before_after(shown: Shown, one: Change, _: Translate) -> tuple[str, str]:
    """What stood before and what stands after."""
    indicator = shown.found.indicators.get(one.part_id or "")
    unit = indicator.unit if indicator else ""
    pairs = ((one.before, one.before_on), (one.after, one.after_on))
    before, after = (_told(one.kind, told, on, unit, shown.lang, _) for told, on in pairs)
    return before, after


def since_text(shown: Shown, day: date | None, edition: str, _: Translate) -> str:
    """`前年度末（2026年3月31日）`, or the edition by name and date."""
    when = date_text(day, shown.lang) if day else ""
    if edition:
        return _("版 {edition}（{day}時点）").format(edition=edition, day=when)
    return _("前年度末（{day}）").format(day=when) if when else _("前年度末")


def _told(kind: str, told: Told, on: date | None, unit: str, lang: str, _: Translate) -> str:
    if told is None and on is None:
        return ""
    if kind in _STATUSES:
        return status_text(str(told), lang, _) if told else ""
    if kind == "milestone_state":
        return milestone_text(str(told), _)
    if isinstance(told, date):
        return date_text(told, lang)
    if isinstance(told, str):
        return told
    value = value_text(told, None, unit, lang, _)
    return _("{value}（{day}）").format(value=value, day=date_text(on, lang)) if on else value
