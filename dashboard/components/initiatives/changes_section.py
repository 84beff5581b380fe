"""変化: what changed since the last report, or since an earlier edition."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components.initiatives import parts
from dashboard.components.initiatives.controls import choose_since
from dashboard.initiatives.change_words import (
    before_after,
    kind_title,
    part_title,
    since_text,
    tendency_title,
)
from dashboard.initiatives.changes import changes_of
from dashboard.markup import joined, table, tag
from dashboard.translation import translator

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.changes import Changes
    from dashboard.section_files import SectionTable
    from dashboard.translation import Translate
    from pipelines.evidence.progress.snapshots import Change

_DATASETS: Final = (
    "initiatives", "indicators", "indicator_values", "initiative_milestones", "departments",
)  # fmt: skip
_DATASET_OF: Final = {
    "milestone": "initiative_milestones",
    "value": "indicator_values",
    "target": "indicators",
    "indicator": "indicator_values",
}


def show(shown: Shown) -> None:
    """What is compared, and the changes initiative by initiative."""
    _ = translator(shown.lang)
    found = changes_of(shown)
    parts.heading(shown, _("変化"), _("前の報告から何が変わったか"), _DATASETS)
    choose_since(shown, since_text(shown, shown.found.before_on, "", _))
    st.html(changes_html(shown, found))
    parts.take_along(shown, changes_table(shown, found))
    parts.explain(shown, definition(_), _DATASETS)


def definition(_: Translate) -> str:
    """What is compared with what."""
    return _(
        "前年度末との比較は、この版のデータだけで、前年度末に分かっていたことと版の時点とを比べます（規則は同じ）。ほかの版を選ぶと、その版の時点の状態・値・節目と比べます。値の訂正は、同じ時点の値が変わったものです。"
    )


def changes_html(shown: Shown, found: Changes) -> Markup:
    """The section as HTML; every name in it is text."""
    _ = translator(shown.lang)
    if found.cannot == "unreadable":
        return parts.nothing(
            _("選んだ版を開けないため、比べられません。ほかの版を選んでください。")
        )
    if found.cannot == "no_tables":
        return parts.nothing(_("比べる版に取組のデータがないため、比べられません。"))
    rows = listed(shown, found)
    since = since_text(shown, found.since_on, shown.selection.since, _)
    if not rows:
        return parts.nothing(_("{since}から変わったことはありません。").format(since=since))
    answer = _("{since}から変わったことは{count}件です。").format(since=since, count=len(rows))
    return joined(
        [
            parts.finding(answer),
            parts.note(_tendencies(rows, _)),
            parts.note(_counts(rows, shown.lang, _)),
            *(_part(shown, title, kinds, rows, _) for title, kinds in _kinds(_)),
        ]
    )


def _kinds(_: Translate) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The kinds of change in the order a manager asks for them."""
    return (
        (_("取組"), ("initiative_status", "initiative_new", "initiative_gone", "department")),
        (
            _("節目"),
            ("milestone_state", "milestone_new", "milestone_gone", "milestone_replanned"),
        ),
        (
            _("指標の状態・目標"),
            ("indicator_status", "indicator_new", "indicator_gone", "target"),
        ),
        (_("指標の値"), ("value_corrected", "value_new")),
    )


def _part(
    shown: Shown, title: str, kinds: tuple[str, ...], rows: list[Change], _: Translate
) -> Markup:
    """One kind of changes; an initiative's stand together under its name."""
    here = [one for one in rows if one.kind in kinds]
    heading = tag("h3", _("{part} {count}").format(part=title, count=len(here)))
    if not here:
        return joined([heading, parts.note(_("変わったことはありません。"))])
    first, more = parts.first_of(here, _)
    body: list[Markup] = []
    for initiative, group in groupby(first, key=lambda one: one.initiative_id):
        together = list(group)
        head = tag("th", _whose(shown, initiative, _), scope="rowgroup", rowspan=str(len(together)))
        body += [_row(shown, one, head if one is together[0] else "", _) for one in together]
    titles = (_("取組"), _("変わったこと"), _("何の"), _("前"), _("後"), "")
    return joined([heading, table(titles, body, class_="data changes"), more])


def listed(shown: Shown, found: Changes) -> list[Change]:
    """The changes of the initiatives shown, and of what is no more among them, in their order."""
    order = list(shown.found.overview)
    gone = [one for one in found.rows if one.initiative_id not in shown.found.overview]
    here = [one for one in found.rows if one.initiative_id in shown.ids]
    here.sort(key=lambda one: order.index(one.initiative_id or ""))
    return [*here, *([] if shown.selection.filtered else gone)]


def changes_table(shown: Shown, found: Changes) -> SectionTable:
    """The changes."""
    _ = translator(shown.lang)
    rows = [
        (
            one.initiative_id, shown.found.name_of(one.initiative_id), kind_title(one.kind, _),
            part_title(shown, one), *before_after(shown, one, _),
        )
        for one in listed(shown, found)
    ]  # fmt: skip
    header = (_("取組ID"), _("取組"), _("変わったこと"), _("何の"), _("前"), _("後"))
    return parts.file_table("changes", _("変化"), header, rows, definition(_), _DATASETS)


def _tendencies(rows: list[Change], _: Translate) -> str:
    found = [one.tendency for one in rows if one.kind == "initiative_status"]
    return _("取組の状態が良くなったもの {better}、悪くなったもの {worse}、そのほかに変わったもの {other}").format(
        better=found.count("better"), worse=found.count("worse"), other=found.count(None)
    )  # fmt: skip


def _counts(rows: list[Change], lang: str, _: Translate) -> str:
    counts = Counter(one.kind for one in rows)
    sentence = _("{kind} {count}")
    texts = [
        sentence.format(kind=kind_title(kind, _), count=count)
        for kind, count in counts.most_common()
    ]
    return (", " if lang == "en" else "・").join(texts)


def _whose(shown: Shown, initiative: str | None, _: Translate) -> Markup | str:
    """The initiative; without one a milestone is the plan's own."""
    return parts.link_to(shown, initiative) if initiative else _("計画そのもの")


def _row(shown: Shown, one: Change, head: str, _: Translate) -> Markup:
    before, after = before_after(shown, one, _)
    return tag(
        "tr",
        head,
        tag("td", kind_title(one.kind, _), tag("small", tendency_title(one.tendency, _))),
        tag("td", part_title(shown, one)),
        tag("td", before or "—"),
        tag("td", after or "—"),
        tag("td", _link(shown, one)),
    )


def _link(shown: Shown, one: Change) -> Markup | str:
    dataset = _DATASET_OF.get(one.kind.partition("_")[0], "initiatives")
    if one.part_id in shown.found.indicators:
        return parts.rows_of(dataset, shown, indicator=one.part_id or "")
    known = one.initiative_id if one.initiative_id in shown.found.overview else ""
    return parts.rows_of(dataset, shown, initiative=known or "")
