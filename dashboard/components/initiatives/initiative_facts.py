"""The head of an initiative's page: the plan's fields, and where it stands in a few figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.components.initiatives import parts
from dashboard.components.initiatives.list_section import counted, report_text
from dashboard.components.initiatives.plan_section import change_text, place_text, places_of
from dashboard.initiatives.asked import is_sample
from dashboard.initiatives.reasons import outlook_reason
from dashboard.initiatives.values import days_text
from dashboard.initiatives.words import department_title, grade_text, group_title
from dashboard.markup import joined, table, tag
from dashboard.translation import translator
from pipelines.words import fiscal_year_text, number, percent, status_text

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.initiatives.asked import Shown
    from dashboard.initiatives.records import Overview, Status
    from dashboard.translation import Translate

FIELDS: Final = ("initiatives", "initiative_departments", "initiative_places", "departments")


def fields_html(shown: Shown, one: Overview) -> Markup:
    """The fields of the plan; what is not written says so."""
    _ = translator(shown.lang)
    held = shown.found.described.get(one.initiative_id)
    unset = tag("span", _("未設定"), class_="none")
    rows = [
        (_("目的"), held.purpose if held else None),
        (_("実施内容"), held.content if held else None),
        (_("期待される効果（区民）"), held.effect_residents if held else None),
        (_("期待される効果（庁内）"), held.effect_office if held else None),
        (_("所管課"), parts.leader(one, _)),
        (_("関連部署"), _related(shown, one, _) or (held.related_departments if held else None)),
        (_("スケジュール"), held.schedule if held else None),
        (_("計画の区分"), group_title(one, _)),
    ]
    link = parts.rows_of("initiatives", shown, initiative=one.initiative_id)
    body = [
        tag("tr", tag("th", title, scope="row"), tag("td", text or unset)) for title, text in rows
    ]
    note = shown.found.notes.get(held.source_no) if held else None
    return joined(
        [
            tag("h2", _("計画の内容"), tag("small", one.initiative_id), *_made_up(shown), link),
            tag("table", tag("tbody", *body), class_="data chosen"),
            tag("p", note.text(shown.lang), class_="note") if note else "",
        ]
    )


def figures_html(shown: Shown, one: Overview) -> Markup:
    """Status, indicators, milestones, report and money; each leads to its rows."""
    _ = translator(shown.lang)
    status = shown.found.status.get(one.initiative_id)
    cards = [
        _status(shown, one, status, _),
        _indicators(shown, one, status, _),
        _milestones(shown, one, status, _),
        _review(shown, one, status, _),
        _money(shown, one, _),
        _outlook(shown, one, _),
    ]
    return tag("div", *cards, class_="figures")


def history_html(shown: Shown, one: Overview) -> Markup:
    """Where it stood in each version of the plan."""
    _ = translator(shown.lang)
    places = places_of(shown, one.initiative_id)
    if not places:
        return parts.nothing(_("計画の版ごとの位置は、まだデータがありません。"))
    rows = [
        tag(
            "tr",
            tag("th", place.plan_version, scope="row"),
            tag("td", place_text(place, _) or tag("span", _("掲載なし"), class_="none")),
            tag("td", place.name_in_plan or ""),
            tag("td", change_text(shown, place, _)),
        )
        for place in places
    ]
    titles = (_("計画の版"), _("位置"), _("掲載名"), _("前の版からの変更"))
    return table(titles, rows, class_="data")


def _made_up(shown: Shown) -> list[Markup]:
    """The mark of the fields: a department may be of a sample though the plan's words are not."""
    made_up = is_sample(shown.ward, FIELDS)
    return (
        [tag("span", status_text("sample", shown.lang), class_="badge sample")] if made_up else []
    )


def _related(shown: Shown, one: Overview, _: Translate) -> Markup | None:
    related = [
        part
        for part in shown.found.parts
        if part.initiative_id == one.initiative_id and part.role == "関連"
    ]
    if not related:
        return None
    items = [
        tag("li", department_title(part.department_name, part.bureau_name, _)) for part in related
    ]
    return tag("ul", *items)


def _card(title: str, link: str, value: str, notes: list[str]) -> Markup:
    small = [tag("small", text) for text in notes if text]
    return tag("section", tag("h3", title, link), tag("b", value), *small)


def _status(shown: Shown, one: Overview, status: Status | None, _: Translate) -> Markup:
    lang = shown.lang
    before = shown.found.status_before.get(one.initiative_id)
    then = (
        joined([_("前年度末："), parts.badge(before.status, lang, _)])
        if before is not None and status is not None and before.status != status.status
        else ""
    )
    merged = (
        joined([_("統合先："), parts.link_to(shown, one.merged_into_id, short=True)])
        if one.merged_into_id
        else ""
    )
    badge = parts.badge(status.status if status else None, lang, _)
    how = parts.section_link(shown, _("判定のしかた"), "rules")
    return _card(_("状態"), how, badge, [then, merged])


def _indicators(shown: Shown, one: Overview, status: Status | None, _: Translate) -> Markup:
    link = parts.rows_of("indicators", shown, initiative=one.initiative_id)
    if status is None or not status.indicators_total:
        return _card(_("指標の達成"), link, _("未設定"), [])
    behind = status.indicators_behind + status.indicators_worse
    note = _("遅れ {behind}・未報告 {unreported}・未設定 {unset}").format(
        behind=behind, unreported=status.indicators_unreported, unset=status.indicators_unset
    )
    return _card(_("指標の達成"), link, counted(status, _)[0], [note])


def _milestones(shown: Shown, one: Overview, status: Status | None, _: Translate) -> Markup:
    link = parts.rows_of("initiative_milestones", shown, initiative=one.initiative_id)
    if status is None or not status.milestones_total:
        return _card(_("節目の完了"), link, _("未設定"), [])
    notes = []
    if status.milestones_late:
        late = _("計画より遅れ {count}（最も長いもの {days}）")
        days = days_text(status.worst_slippage_days, _)
        notes.append(late.format(count=status.milestones_late, days=days))
    if status.milestones_undated:
        notes.append(_("日付未設定 {count}").format(count=status.milestones_undated))
    return _card(_("節目の完了"), link, counted(status, _)[1], notes)


def _review(shown: Shown, one: Overview, status: Status | None, _: Translate) -> Markup:
    link = parts.rows_of("initiative_reports", shown, initiative=one.initiative_id)
    graded = [
        review
        for review in shown.found.reviews
        if review.initiative_id == one.initiative_id and review.grade is not None
    ]
    notes = [report_text(status, shown.lang, _)]
    if not graded:
        return _card(_("所管課評価"), link, _("評価なし"), notes)
    newest = max(graded, key=lambda review: review.fiscal_year)
    grade = grade_text(newest.grade, newest.grade_name, newest.grade_name_en, shown.lang, _)
    notes.insert(0, fiscal_year_text(newest.fiscal_year, shown.lang))
    if newest.agrees is False:
        notes.append(_("規則による状態と合わない"))
    return _card(_("所管課評価"), link, grade, notes)


def _money(shown: Shown, one: Overview, _: Translate) -> Markup:
    link = parts.rows_of("initiative_budgets", shown, initiative=one.initiative_id)
    rows = [money for money in shown.found.money if money.initiative_id == one.initiative_id]
    done = [money for money in rows if money.execution_ratio is not None]
    if not done:
        return _card(_("執行率"), link, _("未設定"), [])
    newest = max(done, key=lambda money: money.fiscal_year)
    note = _("{year}：決算 {settled}千円／予算 {basis}千円").format(
        year=fiscal_year_text(newest.fiscal_year, shown.lang),
        settled=number(newest.settled_thousand_yen, 0, shown.lang),
        basis=number(newest.basis_thousand_yen, 0, shown.lang),
    )
    return _card(_("執行率"), link, percent(newest.execution_ratio, shown.lang), [note])


def _outlook(shown: Shown, one: Overview, _: Translate) -> Markup:
    ids = {indicator.indicator_id for indicator in shown.found.indicators_of(one.initiative_id)}
    outlooks = [outlook for key, outlook in shown.found.outlooks.items() if key in ids]
    verdicts = [outlook.verdict for outlook in outlooks]
    link = parts.rows_of("indicator_values", shown, initiative=one.initiative_id)
    title = _("目標に届く見込み")
    if not any(verdicts):
        # Every reason once: few values is only one of them.
        why = dict.fromkeys(outlook_reason(outlook, _) for outlook in outlooks)
        return _card(title, "", _("見通しなし"), list(why))
    note = _("どちらとも言えない {open}・届かない見込み {unlikely}・見通しなし {none}").format(
        open=verdicts.count("open"),
        unlikely=verdicts.count("unlikely"),
        none=verdicts.count(None),
    )
    value = _("{done}／{total}").format(done=verdicts.count("likely"), total=len(verdicts))
    return _card(title, link if verdicts else "", value, [note])
