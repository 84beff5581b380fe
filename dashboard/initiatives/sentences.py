"""The first line of the page 取組の進捗状況 and of an initiative's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.initiatives.filters import count_statuses
from dashboard.initiatives.reasons import initiative_reason
from dashboard.initiatives.words import department_title, status_title
from pipelines.words import as_of_text, status_text

if TYPE_CHECKING:
    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.records import Status
    from dashboard.translation import Translate


def answer(shown: Shown, _: Translate) -> str:
    """How many initiatives are behind, and by what; how many nobody reported; as of when."""
    if not shown.found.overview:
        return _("取組のデータはまだありません。")
    if not shown.found.status:
        return _("{count}の取組があります。進捗のデータはまだありません。").format(
            count=len(shown.found.overview)
        )
    counts = count_statuses(shown.found, shown.listed)
    behind = counts["behind"] + counts["worse"]
    reviews = sum(bool(s.review_missing) for s in _statuses(shown))
    sentence = (
        _("選んだ{count}の取組のうち、遅れは{behind}{parts}、未報告は{unreported}です（{as_of}）。")
        if shown.selection.filtered
        else _("{count}の取組のうち、遅れは{behind}{parts}、未報告は{unreported}です（{as_of}）。")
    )
    sentences = [
        sentence.format(
            count=len(shown.listed),
            behind=behind,
            parts=_parts(shown, _) if behind else "",
            unreported=counts["unreported"],
            as_of=_as_of(shown),
        )
    ]
    if reviews:
        sentences.append(_("期限を過ぎた年度報告がない取組は{count}です。").format(count=reviews))
    return (" " if shown.lang == "en" else "").join(sentences)


def answer_of_one(shown: Shown, _: Translate) -> str:
    """Where one initiative stands and why."""
    one = shown.found.overview[shown.selection.initiative]
    status = shown.found.status.get(one.initiative_id)
    if status is None:
        return _("{name}：進捗のデータはまだありません。").format(name=one.initiative_name)
    reason = initiative_reason(shown.found, status, shown.lang, _)
    sentence = (
        _("{name}は「{status}」です：{reason}（{as_of}）。")
        if reason
        else _("{name}は「{status}」です（{as_of}）。")
    )
    return sentence.format(
        name=one.initiative_name,
        status=status_title(status.status, shown.lang, _),
        reason=reason,
        as_of=_as_of(shown),
    )


def leads(shown: Shown, initiative_id: str, _: Translate) -> str:
    """Today's department of an initiative."""
    one = shown.found.overview[initiative_id]
    return department_title(one.department_name, one.bureau_name, _)


def _parts(shown: Shown, _: Translate) -> str:
    """Of those behind: by an indicator, by a milestone."""
    late = [s for s in _statuses(shown) if s.status in {"behind", "worse"}]
    return _("（指標で{indicators}・節目で{milestones}）").format(
        indicators=sum(bool(s.indicators_behind + s.indicators_worse) for s in late),
        milestones=sum(bool(s.milestones_late) for s in late),
    )


def _statuses(shown: Shown) -> list[Status]:
    found = (shown.found.status.get(one.initiative_id) for one in shown.listed)
    return [status for status in found if status is not None]


def _as_of(shown: Shown) -> str:
    lang = shown.lang
    parts = [as_of_text(shown.found.as_of, lang)]
    if shown.is_sample:
        parts.append(status_text("sample", lang))
    return (", " if lang == "en" else "・").join(parts)
