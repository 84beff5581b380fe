"""Every code of the pipeline has a word in both languages, and no status is told by colour alone."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.initiatives.indicator_records import IndicatorStatus, Outlook
from dashboard.initiatives.need_words import need_title
from dashboard.initiatives.reasons import (
    indicator_reason,
    initiative_reason,
    met_text,
    outlook_reason,
)
from dashboard.initiatives.records import Milestone
from dashboard.initiatives.selection import STATUSES
from dashboard.initiatives.values import day_text, money_text, slippage_text, value_text
from dashboard.initiatives.words import (
    LEVELS,
    MILESTONE_SIGNS,
    SIGNS,
    change_title,
    direction_title,
    level_title,
    milestone_title,
    status_meaning,
    status_title,
)
from dashboard.translation import translator
from pipelines.evidence.progress import decisions
from pipelines.findings.initiatives.columns import MILESTONE_STATES
from pipelines.findings.initiatives.columns import STATUSES as CODES

JA, EN = translator("ja"), translator("en")
REASONS = (
    "ended", "merged", "target_nil", "no_baseline", "no_baseline_date", "no_target",
    "no_target_year", "no_value", "too_old", "conflict", "value_unknown", "value_withheld",
    "baseline_unknown", "target_unknown", "only_baseline", "wrong_side",
    "target_before_baseline", "rule_unfit", "no_tolerance", "own_rule", "target_met",
    "baseline_is_target", "target_passed", "pace",
)  # fmt: skip


def test_every_status_has_a_sign_of_its_own_and_a_word():
    assert set(STATUSES) == set(SIGNS) == set(CODES)
    assert len(set(SIGNS.values())) == len(SIGNS)
    for lang, _ in (("ja", JA), ("en", EN)):
        titles = {status_title(one, lang, _) for one in STATUSES}
        assert len(titles) == len(STATUSES)
        assert all(status_meaning(one, _) for one in STATUSES)
    assert status_title(None, "ja", JA) == "データなし"


def test_every_state_of_a_milestone_has_one_too():
    assert set(MILESTONE_SIGNS) == set(MILESTONE_STATES)
    assert len(set(MILESTONE_SIGNS.values())) == len(MILESTONE_SIGNS)
    assert {milestone_title(one, JA) for one in MILESTONE_STATES} == {
        "完了", "計画より遅れ", "進行中", "着手遅れ", "予定", "日付未設定", "実績不明",
    }  # fmt: skip


@pytest.mark.parametrize("_", [JA, EN])
def test_every_need_level_and_change_is_worded(_):
    assert all(need_title(kind, _) for kind in decisions.KINDS)
    assert all(level_title(level, _) for level in LEVELS)
    assert all(change_title(one, _) for one in ("新規", "継続", "統合", "改称", "終了"))


def test_a_direction_is_the_wards_word_or_the_contracts_english():
    assert (direction_title("縮小", "ja"), direction_title("縮小", "en")) == ("縮小", "reduce")
    assert direction_title(None, "en") == ""


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_reason_is_a_sentence(record, reason, lang):
    one = record(IndicatorStatus, indicator_id="K", status="watch", reason=reason)
    said = indicator_reason(one, "件", lang, translator(lang))
    assert said
    assert lang == "ja" or not any("\u3040" <= letter <= "\u30ff" for letter in said)


def test_a_reason_has_its_figures(record):
    pace = record(
        IndicatorStatus, indicator_id="K", status="behind", reason="pace", pace_ratio=0.59999
    )
    assert indicator_reason(pace, "件", "ja", JA) == "必要なペースの60.0%"
    old = record(
        IndicatorStatus, indicator_id="K", status="unreported", reason="too_old",
        measured_on=date(2024, 3, 31), unreported_after=date(2025, 9, 30),
    )  # fmt: skip
    assert (
        indicator_reason(old, "件", "ja", JA)
        == "最後の値が2024年3月31日。2025年9月30日を過ぎても次の値がない"
    )


def test_an_initiatives_reason_names_the_part_at_fault(small):
    first, second, third, fourth = (small.status[key] for key in ("I1", "I2", "I3", "I4"))
    assert initiative_reason(small, first, "ja", JA) == "指標「公開した数」：必要なペースの9.4%"
    assert initiative_reason(small, second, "ja", JA).endswith("」が100日遅れ")
    assert initiative_reason(small, third, "en", EN).startswith("the report that was due")
    assert initiative_reason(small, fourth, "ja", JA) == "取組が終了した"
    unknown = replace(small.milestones[0], milestone_name="試行", state="unknown")
    found = replace(small, milestones=(unknown,))
    waiting = replace(second, status="on_track", reason="milestones_open")
    assert initiative_reason(found, waiting, "ja", JA) == "節目「試行」が「実績不明」"


@pytest.mark.parametrize(
    "reason",
    [
        "too_few",
        "unset",
        "undecidable",
        "unreported",
        "target_passed",
        "not_applicable",
        "no_variation",
        "too_large",
    ],
)
def test_why_there_is_no_forecast(record, reason):
    one = record(Outlook, indicator_id="K", reason=reason, values_used=5)
    assert outlook_reason(one, JA)
    assert outlook_reason(None, JA) == "見通しを計算していない"


@pytest.mark.parametrize("reason", ["not_judged", "no_pace", "no_progress", "too_far"])
def test_why_no_day_can_be_said(record, reason):
    one = record(IndicatorStatus, indicator_id="K", status="behind", met_reason=reason)
    assert met_text(one, "ja", JA)


@pytest.mark.parametrize(
    ("given", "ja"),
    [
        ({"slippage_unit": "day", "slippage_days": 1}, "1日遅れ"),
        ({"slippage_unit": "day", "slippage_days": -1}, "1日早い"),
        ({"slippage_unit": "month", "slippage_days": 30, "slippage_months": 1}, "1か月遅れ"),
        ({"slippage_unit": "month", "slippage_days": -61, "slippage_months": -2}, "2か月早い"),
        ({"slippage_unit": "day", "slippage_days": 0}, "計画どおりの日"),
        ({"slippage_unit": "day", "slippage_days": -30}, "30日早い"),
        ({"slippage_unit": "month", "slippage_days": 91, "slippage_months": 3}, "3か月遅れ"),
        ({"slippage_unit": "month", "slippage_days": 0, "slippage_months": 0}, "同じ月"),
        ({}, ""),  # no date is no delay of 0 days
    ],
)
def test_a_delay_is_told_in_the_unit_that_is_known(record, given, ja):
    one = record(Milestone, milestone_id="M", **given)
    assert slippage_text(one, JA) == ja


@pytest.mark.parametrize(
    ("precision", "ja", "en"),
    [
        ("日", "2021年8月31日", "31 August 2021"),
        ("月", "2021年8月", "2021-08"),
        ("四半期", "令和3年度第2四半期", "FY2021 Q2"),
        ("年度", "令和3年度", "FY2021"),
    ],
)
def test_a_date_is_as_sure_as_it_is(precision, ja, en):
    day = date(2021, 8, 31)
    assert day_text(day, precision, "ja", JA) == ja
    assert day_text(day, precision, "en", EN) == en
    assert day_text(None, precision, "ja", JA) == "日付未設定"


def test_january_belongs_to_the_fiscal_year_before():
    assert day_text(date(2022, 1, 31), "年度", "ja", JA) == "令和3年度"
    assert day_text(date(2022, 1, 31), "四半期", "ja", JA) == "令和3年度第4四半期"


def test_what_is_no_number_says_why_and_is_never_zero():
    assert value_text(None, None, "件", "ja", JA) == "データなし"
    assert value_text(None, "withheld", "件", "ja", JA) == "秘匿"
    assert value_text(0.0, "value", "件", "ja", JA) == "0件"
    assert value_text(12.345, "value", "%", "en", EN) == "12.35 %"
    assert money_text(None, None, "ja", JA) == "未設定"
    assert money_text(0, "nil", "ja", JA) == "該当なし"
    assert money_text(0, "value", "ja", JA) == "0"
