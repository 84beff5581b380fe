"""A register of four initiatives made by hand: enough for every state to be seen beside another."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from types import SimpleNamespace

import pytest

from dashboard.initiatives.asked import Shown
from dashboard.initiatives.filters import chosen
from dashboard.initiatives.indicator_records import Conflict, Indicator, IndicatorStatus, Value
from dashboard.initiatives.reading import Grade, Initiatives
from dashboard.initiatives.records import (
    Arrow,
    Described,
    Milestone,
    Money,
    Node,
    Overview,
    Place,
    Review,
    Status,
)
from dashboard.initiatives.selection import InitiativesSelection
from dashboard.missing import Words

HOSTILE = '<img src=x onerror="alert(1)">'
AS_OF = date(2026, 4, 1)
_BLANK = {"bool": False, "int": 0, "str": "", "date": AS_OF, "float": 0.0}


def _of(kind, /, **given):
    """A record of which only what matters is given; the rest is blank."""
    blank = {one.name: _BLANK.get(str(one.type)) for one in fields(kind) if one.default is MISSING}
    return kind(**{**blank, **given})


@pytest.fixture
def record():
    return _of


def _overview(key, name, group, department, **given):
    title = {"D1": "情報課", "D2": "窓口課", None: None}[department]
    return _of(
        Overview,
        initiative_id=key,
        initiative_name=name,
        group_no=group,
        group_name=None if group is None else f"区分{group}",
        department_id=department,
        department_name=title,
        department_then_id=department,
        department_then_name=title,
        **given,
    )


@pytest.fixture
def small():
    """I1 behind by an indicator, I2 by a milestone, I3 unreported, I4 over and of nobody."""
    overview = [
        _overview("I1", HOSTILE, 1, "D1"),
        _overview("I2", "ＡＩの活用", 1, "D2"),
        _overview("I3", "長い名前" * 30, 2, "D1"),
        _overview("I4", "終わった取組", None, None, is_over=True, over_since_fiscal_year=2023),
    ]
    status = [
        _of(Status, initiative_id="I1", status="behind", reason="indicator", is_current=True,
            reason_kind="indicator", reason_id="K1", indicators_total=2, indicators_behind=1),
        _of(Status, initiative_id="I2", status="behind", reason="milestone_late", is_current=True,
            reason_kind="milestone", reason_id="M1", milestones_total=2, milestones_late=1,
            worst_slippage_days=100),
        _of(Status, initiative_id="I3", status="unreported", reason="nothing_reported",
            is_current=True, review_missing=True, review_due_fiscal_year=2024),
        _of(Status, initiative_id="I4", status="not_applicable", reason="ended", is_current=True),
    ]  # fmt: skip
    indicators = [
        _of(Indicator, indicator_id="K1", indicator_name="公開した数", initiative_id="I1",
            unit="件", better="増加", reporting_rhythm="毎年", level="産出"),
        _of(Indicator, indicator_id="K2", indicator_name="満足度", initiative_id="I1", unit="%",
            better="増加", reporting_rhythm="四半期", level="直接の成果"),
        _of(Indicator, indicator_id="K3", indicator_name="相談数", initiative_id="I3", unit="件",
            better="増加", reporting_rhythm="毎年", level="活動"),
    ]  # fmt: skip
    day = date(2025, 3, 31)
    by_indicator = [
        _of(IndicatorStatus, indicator_id="K1", initiative_id="I1", status="behind", reason="pace",
            is_current=True, value=26.0, measured_on=day, baseline_value=20.0,
            baseline_on=date(2021, 3, 31), target_value=100.0, target_on=date(2026, 3, 31),
            pace_ratio=0.09375, done_ratio=0.075, elapsed_ratio=0.8, actual_per_year=1.5,
            required_per_year=16.0, met_reason="too_far"),
        _of(IndicatorStatus, indicator_id="K2", initiative_id="I1", status="undecidable",
            reason="conflict", is_current=True, measured_on=day, met_reason="not_judged"),
        _of(IndicatorStatus, indicator_id="K3", initiative_id="I3", status="unreported",
            reason="no_value", is_current=True, met_reason="not_judged"),
    ]  # fmt: skip
    values = [
        _of(Value, indicator_id="K1", measured_on=day, value=26.0, use="used", source_no=1),
        _of(Value, indicator_id="K1", measured_on=day, value=25.0, use="corrected", source_no=1),
    ]
    conflicts = [
        _of(Conflict, indicator_id="K2", measured_on=day, value=value, source_no=number,
            source_line=number)
        for number, value in ((1, 60.0), (2, 62.0))
    ]  # fmt: skip
    milestones = [
        _of(Milestone, milestone_id="M1", initiative_id="I2", milestone_name=HOSTILE, state="late",
            planned_start_on=date(2025, 4, 1), planned_end_on=date(2025, 12, 22),
            slippage_days=100, slippage_unit="day"),
        _of(Milestone, milestone_id="M2", initiative_id="I2", milestone_name="日付なしの節目",
            state="undated"),
        _of(Milestone, milestone_id="P1", initiative_id=None, milestone_name="計画策定",
            state="done", planned_end_on=date(2021, 8, 31), planned_precision="月",
            actual_end_on=date(2021, 11, 30), actual_precision="月", slippage_days=91,
            slippage_months=3, slippage_unit="month"),
    ]  # fmt: skip
    money = [
        _of(Money, initiative_id="I1", fiscal_year=2024, initial_thousand_yen=1000,
            initial_thousand_yen_state="value", settled_thousand_yen=900,
            settled_thousand_yen_state="value", basis="initial", basis_assumed=True,
            basis_thousand_yen=1000, execution_ratio=0.9, unspent_thousand_yen=100),
        _of(Money, initiative_id="I2", fiscal_year=2024, initial_thousand_yen=500,
            initial_thousand_yen_state="value", basis="initial", basis_thousand_yen=500),
    ]  # fmt: skip
    reviews = [
        _of(Review, initiative_id="I1", fiscal_year=2024, state="reported", grade="A",
            grade_name="目標を達成した", grade_name_en="Reached", rule_status="behind", agrees=False,
            problems=HOSTILE, direction="縮小"),
        _of(Review, initiative_id="I3", fiscal_year=2024, state="missing",
            due_on=date(2025, 6, 30)),
        _of(Review, initiative_id="I3", fiscal_year=2023, state="missing",
            due_on=date(2024, 6, 30)),
    ]  # fmt: skip
    places = [
        _of(Place, plan_version="2021-03", initiative_id="I2", group_no=1, group_name="区分1",
            place_no=2, name_in_plan="RPAの活用"),
        _of(Place, plan_version="2021-11", initiative_id="I2", group_no=1, group_name="区分1",
            place_no=2, name_in_plan="ＡＩの活用", change="改称", change_basis="derived"),
    ]  # fmt: skip
    nodes = [
        _of(Node, initiative_id="I1", node_id="I1:budget", kind="budget", level="投入", label=None),
        _of(Node, initiative_id="I1", node_id="K1", kind="indicator", level="産出",
            label="公開した数", indicator_id="K1", status="behind"),
        _of(Node, initiative_id="I1", node_id="K2", kind="indicator", level="直接の成果",
            label=HOSTILE, indicator_id="K2", status="undecidable"),
    ]  # fmt: skip
    arrows = [
        _of(Arrow, initiative_id="I1", from_node_id="K1", to_node_id="K2", declared=True,
            evidence_grade="C"),
    ]  # fmt: skip
    described = [_of(Described, initiative_id="I2", purpose="事務を速くする", content="試す",
                     source_no=3)]  # fmt: skip
    return Initiatives(
        edition="e",
        as_of=AS_OF,
        overview={one.initiative_id: one for one in overview},
        described={one.initiative_id: one for one in described},
        status={one.initiative_id: one for one in status},
        status_before={},
        indicators={one.indicator_id: one for one in indicators},
        indicator_status={one.indicator_id: one for one in by_indicator},
        indicator_status_before={},
        values={"K1": tuple(values)},
        outlooks={},
        forecasts={},
        milestones=tuple(milestones),
        money=tuple(money),
        reviews=tuple(reviews),
        conflicts=tuple(conflicts),
        places=tuple(places),
        nodes=tuple(nodes),
        arrows=tuple(arrows),
        events=(),
        posts={},
        parts=(),
        decisions=(),
        notes={3: Words("区の文章ではありません。", "not words of the ward.")},
        files={1: "indicator_values/a.csv", 2: "indicator_values/b.csv"},
        evidence_grades=(Grade("C", "前後で比べた", "Before and after"),),
    )


@pytest.fixture
def shown(small):
    """What a selection shows of it, without an edition behind."""

    def make(**choice):
        selection = InitiativesSelection(**choice)
        ward = SimpleNamespace(datasets={}, edition="e", as_of=AS_OF)
        return Shown(ward=ward, found=small, selection=selection, listed=chosen(small, selection))

    return make
