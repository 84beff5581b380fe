"""The sections as HTML, from the register made by hand: hostile, long, missing, none."""

import re
from dataclasses import replace

import pytest

from dashboard.components.initiatives import parts
from dashboard.components.initiatives.behind_section import behind_html, behind_table, late_table
from dashboard.components.initiatives.decisions_section import conflicts_table, decisions_html
from dashboard.components.initiatives.departments_section import departments_html
from dashboard.components.initiatives.indicator_panel import indicators_html, sum_text
from dashboard.components.initiatives.initiative_facts import (
    fields_html,
    figures_html,
    history_html,
)
from dashboard.components.initiatives.initiative_page import funds_html, reviews_html
from dashboard.components.initiatives.initiative_page import money_html as own_money
from dashboard.components.initiatives.list_section import list_html
from dashboard.components.initiatives.money_section import money_html, money_table
from dashboard.components.initiatives.outlook_section import outlook_html
from dashboard.components.initiatives.overview_section import matrix_html
from dashboard.components.initiatives.plan_section import places_table, versions_html
from dashboard.components.initiatives.rules_section import rules_html
from dashboard.components.initiatives.schedule_section import chart_html
from dashboard.components.initiatives.unreported_section import unreported_html, unreported_table
from dashboard.initiatives.indicator_records import Outlook
from dashboard.initiatives.records import Milestone
from dashboard.initiatives.sentences import answer, answer_of_one
from dashboard.translation import translator

JA = translator("ja")
SECTIONS = (
    behind_html, decisions_html, departments_html, list_html, money_html, outlook_html, matrix_html,
    versions_html, rules_html, unreported_html,
)  # fmt: skip


def text_of(html):
    return " ".join(re.sub("<[^>]+>", " ", str(html)).split())


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_names_from_files_are_text_in_every_section(shown, section, lang):
    html = str(section(shown(lang=lang)))
    assert "<img src=x" not in html
    assert ">None<" not in html
    assert ">nan<" not in html.lower()


@pytest.mark.parametrize("section", SECTIONS)
def test_nothing_chosen_is_said_calmly(shown, section):
    html = str(section(shown(search="どこにもない")))
    assert "<script" not in html


def test_the_answer_counts_by_rule_by_milestone_and_unreported(shown):
    said = answer(shown(), JA)
    assert said == (
        "4の取組のうち、遅れは2（指標で1・節目で1）、未報告は1です（2026年4月1日時点）。"
        "期限を過ぎた年度報告がない取組は1です。"
    )
    assert answer(shown(plan_group="2"), JA).startswith(
        "選んだ1の取組のうち、遅れは0、未報告は1です"
    )
    assert answer(shown(lang="en"), translator("en")).startswith("Of 4 initiatives, 2 are behind")


def test_one_initiatives_answer_is_its_status_and_why(shown):
    said = answer_of_one(shown(initiative="I1"), JA)
    assert "「目標より遅れ」です：指標「公開した数」：必要なペースの9.4%" in said


def test_a_register_without_progress_says_so(shown):
    state = shown()
    empty = replace(state, found=replace(state.found, status={}))
    assert answer(empty, JA) == "4の取組があります。進捗のデータはまだありません。"
    assert "データなし" in text_of(list_html(empty))


def test_the_matrix_leads_to_filtered_lists_and_has_no_column_of_none(shown):
    html = str(matrix_html(shown()))
    assert "initiatives?section=list&amp;plan_group=1&amp;status=behind" in html
    assert "initiatives?section=list&amp;plan_group=none&amp;status=not_applicable" in html
    heads = re.findall(
        '<th title="[^"]+" scope="col">(.*?)</th>|<th scope="col" title="[^"]+">(.*?)</th>', html
    )
    words = [text_of("".join(pair)) for pair in heads]
    assert words == ["▼ 目標より遅れ 2", "□ 未報告 1", "／ 対象外 1"]
    assert "いま1つもない状態：悪化・要注意・順調・達成・判定不能・未設定" in text_of(html)


def test_by_department_the_lines_are_todays_departments(shown):
    html = text_of(matrix_html(shown(by="department")))
    assert "情報課" in html
    assert "所管課が分からない" in html


def test_who_is_behind_comes_with_how_much(shown):
    html = text_of(behind_html(shown()))
    assert "遅れている取組は2です。" in html
    assert "100日遅れ" in html
    assert "9.4%" in html
    rows = behind_table(shown()).rows
    # The milestone's days come before the indicator without any.
    assert [row[0] for row in rows] == ["I2", "I1"]
    assert [row[5] for row in rows] == [100, None]


def test_a_late_start_is_not_counted_as_late_and_what_is_over_is_not_listed(shown, small, record):
    more = [
        record(Milestone, milestone_id="M3", initiative_id="I2", milestone_name="始まらない節目",
               state="start_late"),
        record(Milestone, milestone_id="M4", initiative_id="I4", milestone_name="終わった取組の節目",
               state="late", slippage_days=900, initiative_is_over=True),
    ]  # fmt: skip
    page = replace(shown(), found=replace(small, milestones=(*small.milestones, *more)))
    html = text_of(behind_html(page))
    assert "計画より遅れた節目 1・着手遅れ 1" in html
    assert "終わった取組の節目" not in html
    assert [row[0] for row in late_table(page).rows] == ["M1", "M3"]


def test_what_is_not_reported_has_its_department(shown):
    html = text_of(unreported_html(shown()))
    assert "未報告の取組は1、期限を過ぎた年度報告は1、未報告の指標は1です。" in html
    rows = unreported_table(shown()).rows
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("取組", "I3", "情報課"), ("年度報告", "I3", "情報課"), ("指標の値", "I3", "情報課"),
    ]  # fmt: skip
    # A year of one's own choice shows the report that was missing then.
    assert "令和5年度" in text_of(unreported_html(shown(fiscal_year="2023")))


def test_what_nobody_set_is_not_zero_and_not_in_the_sum(shown):
    html = text_of(money_html(shown()))
    assert "令和6年度の決算は900千円で、予算1,000千円の90.0%です（両方分かる1の取組）。" in html
    assert html.count("未設定") >= 2
    assert "計（分かるものだけ） 1,500 900 ほか1は不明・未設定 90.0%" in html
    assert "当初予算（補正の記載なし）" in html
    assert money_table(shown()).rows[1][7] is None


def test_where_money_comes_from_has_a_sum_only_where_all_is_known(shown, small):
    first, second = small.money
    known = replace(
        first, national_thousand_yen=100, metropolitan_thousand_yen=0, other_thousand_yen=0,
        other_thousand_yen_state="nil", general_thousand_yen=900, funds_total_thousand_yen=1000,
    )  # fmt: skip
    partly = replace(second, national_thousand_yen=5, other_thousand_yen_state="unknown")
    partly = replace(partly, funds_total_state="partial")
    page = replace(shown(), found=replace(small, money=(known, partly)))
    assert text_of(funds_html(page, "I1")).endswith("令和6年度 100 0 該当なし 900 1,000")
    assert text_of(funds_html(page, "I2")).endswith("5 未設定 不詳 未設定 一部が未設定")
    assert money_table(page).rows[1][12:] == (
        5, "", None, "未設定", None, "不詳", None, "未設定", None, "一部が未設定",
    )  # fmt: skip
    assert "National funds (thousand yen)" in money_table(shown(lang="en")).header


def test_values_in_conflict_stand_with_both_files(shown, small):
    html = text_of(decisions_html(shown()))
    assert "a.csv 1行目" in html
    assert "b.csv 2行目" in html
    assert [row[4:6] for row in conflicts_table(shown()).rows] == [(60.0, ""), (62.0, "")]
    withheld = replace(small.conflicts[0], value=None, value_state="withheld")
    page = replace(shown(), found=replace(small, conflicts=(withheld,)))
    assert [row[4:6] for row in conflicts_table(page).rows] == [(None, "秘匿")]


def test_rule_and_department_stand_side_by_side(shown):
    html = text_of(decisions_html(shown()))
    assert "A（目標を達成した） ▼ 目標より遅れ" in html
    assert "縮小" in html
    own = text_of(reviews_html(shown(), "I3"))
    assert "令和6年度 報告なし（期限 2025年6月30日）" in own


def test_the_arithmetic_of_a_status_is_shown(shown, small):
    one = small.indicator_status["K1"]
    assert sum_text(one, "件", "ja", JA) == "1年に1.50件 ÷ 必要な16.00件 ＝ 9.4%"
    html = text_of(indicators_html(shown(), small.indicators_of("I1")))
    assert "いまのペースでは2100年までに届かない" in html
    assert "20件 2021年3月31日" in html


@pytest.mark.parametrize(
    ("state", "said"),
    [("nil", "該当なし"), ("unknown", "不詳"), ("withheld", "秘匿"), (None, "未設定")],
)
def test_a_target_that_is_no_number_says_what_it_is(shown, small, state, said):
    status = replace(small.indicator_status["K1"], target_value=None, target_state=state)
    found = replace(small, indicator_status={**small.indicator_status, "K1": status})
    page = replace(shown(), found=found)
    cells = re.findall("<td.*?</td>", str(indicators_html(page, small.indicators_of("I1")[:1])))
    assert text_of(cells[3]).split()[0] == said
    assert said in text_of(outlook_html(page))


def test_a_target_that_is_not_meant_is_no_zero_and_has_no_sum(shown, small):
    one = replace(
        small.indicator_status["K1"], status="not_applicable", reason="target_nil",
        target_value=None, target_state="nil",
    )  # fmt: skip
    indicator = small.indicators["K1"]
    state = shown()
    state = replace(state, found=replace(small, indicator_status={"K1": one}))
    html = text_of(indicators_html(state, [indicator]))
    assert "該当なし" in html
    assert "0件" not in html.replace("20件", "")
    assert "÷" not in html


def test_a_plan_is_told_version_by_version(shown):
    html = text_of(versions_html(shown(search="AI")))
    assert "1 区分1の2番" in html
    assert "改称（導出）" in html
    assert "RPAの活用" in html
    rows = places_table(shown(search="AI")).rows
    assert [(row[0], row[8], row[9]) for row in rows] == [
        ("2021-03", "", ""), ("2021-11", "改称", "導出"),
    ]  # fmt: skip


def test_the_plans_own_timetable_shows_its_slippage(shown, small):
    html = text_of(chart_html(shown(), [("", small.milestones_of(None))]))
    assert "◎ 完了 3か月遅れ 計画 2021年8月 実績 2021年11月" in html


def test_undated_milestones_are_listed_apart(shown, small):
    html = str(chart_html(shown(), [("取組", small.milestones_of("I2"))]))
    table, apart = html.split("</table>")
    assert "日付なしの節目" not in table
    assert "日付のない節目 1" in apart
    assert "<img src=x" not in table


def test_an_initiatives_page_says_what_is_not_set(shown, small):
    state, one = shown(initiative="I2"), small.overview["I2"]
    fields = text_of(fields_html(state, one))
    assert "目的 事務を速くする" in fields
    assert fields.endswith("区の文章ではありません。")
    assert text_of(fields_html(shown(initiative="I2", lang="en"), one)).endswith(
        "not words of the ward."
    )
    assert "期待される効果（区民） 未設定" in fields
    figures = text_of(figures_html(state, one))
    assert "指標の達成 元の行 未設定" in figures
    assert "計画より遅れ 1（最も長いもの 100日遅れ）" in figures
    assert "2021-11" in text_of(history_html(state, one))
    assert "当初予算" in text_of(own_money(state, "I2"))
    assert "予算・決算は未設定です。" in text_of(own_money(state, "I4"))


def test_no_outlook_says_why(shown, small, record):
    outlooks = {
        "K1": record(Outlook, indicator_id="K1", reason="target_passed", values_used=6),
        "K2": record(Outlook, indicator_id="K2", reason="target_passed", values_used=7),
    }
    page = replace(shown(), found=replace(small, outlooks=outlooks))
    html = text_of(figures_html(page, small.overview["I1"]))
    assert html.endswith("目標に届く見込み 見通しなし 目標の期限までの値がもうある")


@pytest.mark.parametrize("section", [behind_html, outlook_html, decisions_html, unreported_html])
def test_a_long_table_is_cut_on_the_page_and_says_so(shown, section, monkeypatch):
    monkeypatch.setattr(parts, "MOST_ROWS", 0)
    assert "はじめの0件です。全部はダウンロードにあります。" in section(shown())


def test_a_plan_whose_filter_leaves_nothing_is_told_calmly(shown):
    assert "この条件に合う取組はありません。" in versions_html(shown(search="ない"))
