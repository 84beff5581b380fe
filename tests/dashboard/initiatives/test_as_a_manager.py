"""What a manager would misread: sums that do not add up, one delay in two units, a status without why."""

import re
from dataclasses import replace
from datetime import date

from dashboard.components.initiatives.behind_section import behind_html
from dashboard.components.initiatives.indicator_panel import indicators_html
from dashboard.components.initiatives.outlook_section import in_order
from dashboard.initiatives.sentences import answer
from dashboard.translation import translator

JA = translator("ja")


def text_of(html):
    return " ".join(re.sub("<[^>]+>", " ", str(html)).split())


def test_those_behind_by_both_are_told_so_that_the_parts_add_up(shown, small):
    small.status["I2"] = replace(small.status["I2"], indicators_behind=1)
    assert "遅れは2（指標で2・節目で1、うち両方が1）、" in answer(shown(), JA)


def test_a_choice_that_fits_nothing_has_no_count_of_zero(shown):
    assert answer(shown(search="zzzz"), JA).startswith(
        "条件に合う取組はありません（2026年4月1日時点"
    )


def test_a_delay_is_the_same_in_the_list_and_beside_the_milestone(shown, small):
    late = replace(
        small.milestones[0],
        slippage_unit="month",
        slippage_months=3,
        state="late",
        planned_precision="月",
    )
    waiting = replace(small.milestones[1], state="start_late", planned_start_on=date(2026, 1, 5))
    state = shown()
    state = replace(state, found=replace(small, milestones=(late, waiting)))
    html = text_of(behind_html(state))
    assert "100日遅れ" not in html
    assert html.count("3か月遅れ") == 3  # reason, worst milestone, the milestone's own line
    assert "計画より遅れた節目 1・着手遅れ 1" in html
    assert "始まりの計画 2026年1月5日" in html


def test_what_is_behind_without_a_pace_says_why(shown, small):
    small.indicator_status["K1"] = replace(
        small.indicator_status["K1"], reason="baseline_is_target", pace_ratio=None, done_ratio=None
    )
    html = text_of(behind_html(shown()))
    assert "基準値が目標と同じだったのに、届かなくなった" in html
    assert "データなし" not in html


def test_an_indicator_that_was_searched_stands_first(shown):
    assert [one.indicator_id for one in in_order(shown(plan_group="1"))] == ["K1", "K2"]
    assert [one.indicator_id for one in in_order(shown(search="満足"))] == ["K2", "K1"]


def test_a_target_that_is_not_meant_is_not_called_unset(shown, small):
    small.indicator_status["K1"] = replace(
        small.indicator_status["K1"], status="not_applicable", reason="target_nil",
        target_value=None, target_state="nil", pace_ratio=None, required_per_year=None,
    )  # fmt: skip
    html = text_of(indicators_html(shown(), small.indicators_of("I1")))
    assert "26件 2025年3月31日 該当なし —" in html
