"""一覧: every initiative that is chosen, with its status and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.components.initiatives import parts
from dashboard.initiatives.filters import status_of
from dashboard.initiatives.reasons import initiative_reason
from dashboard.initiatives.words import department_title, group_title, status_title
from dashboard.markup import table, tag
from dashboard.translation import translator
from pipelines.words import fiscal_year_text

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.records import Overview, Status
    from dashboard.section_files import SectionTable
    from dashboard.translation import Translate

_DATASETS: Final = (
    "initiatives", "initiative_places", "departments", "indicators", "indicator_values",
    "initiative_milestones", "initiative_reports",
)  # fmt: skip


def show(shown: Shown) -> None:
    """The table and its file."""
    _ = translator(shown.lang)
    count = _("{count}の取組").format(count=len(shown.listed))
    parts.heading(shown, _("一覧"), count, _DATASETS)
    st.html(list_html(shown))
    parts.take_along(shown, list_table(shown))
    parts.explain(shown, definition(_), _DATASETS)


def definition(_: Translate) -> str:
    """What stands in the columns."""
    return _(
        "指標と節目は、達成・完了した数と全体の数です。区分と番号は、その取組がある最も新しい計画の版のものです。"
    )


def list_html(shown: Shown) -> Markup:
    """The table as HTML; every name in it is text."""
    _ = translator(shown.lang)
    if not shown.listed:
        return parts.nothing(_("この条件に合う取組はありません。"))
    rows = [_row(shown, one, _) for one in shown.listed]
    titles = (
        _("取組"), _("計画の区分"), _("所管課"), _("状態"), _("理由"), _("指標の達成"), _("節目の完了"),
        _("年度報告"), "",
    )  # fmt: skip
    return table(titles, rows, class_="data list")


def _row(shown: Shown, one: Overview, _: Translate) -> Markup:
    status = shown.found.status.get(one.initiative_id)
    return tag(
        "tr",
        tag("th", parts.link_to(shown, one.initiative_id), scope="row"),
        tag("td", group_title(one, _)),
        tag("td", parts.leader(one, _)),
        tag("td", parts.badge(status_of(shown.found, one.initiative_id), shown.lang, _)),
        tag("td", initiative_reason(shown.found, status, shown.lang, _) if status else ""),
        tag("td", counted(status, _)[0]),
        tag("td", counted(status, _)[1]),
        tag("td", report_text(status, shown.lang, _)),
        tag("td", parts.rows_of("initiatives", shown, initiative=one.initiative_id)),
    )


def counted(status: Status | None, _: Translate) -> tuple[str, str]:
    """How many indicators are achieved and milestones done, of how many; 未設定 where none is."""
    if status is None:
        return ("—", "—")
    sentence = _("{done}／{total}")
    pairs = (
        (status.indicators_achieved, status.indicators_total),
        (status.milestones_done, status.milestones_total),
    )
    first, second = (
        sentence.format(done=done, total=total) if total else _("未設定") for done, total in pairs
    )
    return first, second


def report_text(status: Status | None, lang: str, _: Translate) -> str:
    """Whether the report that was due is there."""
    if status is None or status.review_due_fiscal_year is None:
        return _("期限前")
    year = fiscal_year_text(status.review_due_fiscal_year, lang)
    if status.review_missing:
        return _("{year}なし").format(year=year)
    return _("{year}あり").format(year=year)


def list_table(shown: Shown) -> SectionTable:
    """The same as a file."""
    _ = translator(shown.lang)
    rows = []
    for one in shown.listed:
        status = shown.found.status.get(one.initiative_id)
        done = counted(status, _)
        rows.append(
            (
                one.initiative_id, one.initiative_name, group_title(one, _),
                department_title(one.department_name, one.bureau_name, _),
                status_title(status.status if status else None, shown.lang, _),
                initiative_reason(shown.found, status, shown.lang, _) if status else "",
                *done, report_text(status, shown.lang, _),
            )
        )  # fmt: skip
    header = (
        _("取組ID"), _("取組"), _("計画の区分"), _("所管課"), _("状態"), _("理由"),
        _("達成した指標／全体"), _("完了した節目／全体"), _("年度報告"),
    )  # fmt: skip
    return parts.file_table("list", _("取組の一覧"), header, rows, definition(_), _DATASETS)
