"""An indicator's chart as data: what is drawn, what is hollow, and what is left out."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.charts.indicator import decimals_of, indicator_chart
from dashboard.initiatives.indicator_records import ForecastPoint, IndicatorStatus, Value
from dashboard.initiatives.records import Event
from dashboard.translation import translator

JA = translator("ja")


def value(day, number, use="used"):
    return Value(
        indicator_id="K", measured_on=day, period=None, value=number, value_state="value",
        reported_on=None, use=use, source_no=1, source_line=2,
    )  # fmt: skip


@pytest.fixture
def chart():
    def make(values, forecast=(), events=(), unit="件", **given):
        blank = dict.fromkeys(IndicatorStatus.__dataclass_fields__)
        status = IndicatorStatus(**{**blank, "indicator_id": "K", "status": "watch", **given})
        return indicator_chart(values, status, forecast, events, unit=unit, lang="ja", _=JA)

    return make


VALUES = [
    value(date(2023, 3, 31), 30.0),
    value(date(2024, 3, 31), 35.0, "corrected"),
    value(date(2024, 3, 31), 40.0),
    value(date(2025, 3, 31), 50.0, "conflict"),
    value(date(2025, 3, 31), 55.0, "conflict"),
    value(date(2025, 3, 31), None, "blank"),
]
PLAN = {
    "baseline_value": 20.0, "baseline_on": date(2021, 3, 31), "target_value": 100.0,
    "target_on": date(2028, 3, 31),
}  # fmt: skip


def by_name(figure):
    return {trace.name: trace for trace in figure.data}


def test_only_values_in_use_are_a_line_the_others_are_hollow(chart):
    drawn = by_name(chart(VALUES, **PLAN))
    assert list(drawn["実績値"].y) == [30.0, 40.0]
    assert list(drawn["訂正前の値"].y) == [35.0]
    assert drawn["訂正前の値"].marker.symbol == "circle-open"
    assert list(drawn["食い違う値（使わない）"].y) == [50.0, 55.0]


def test_none_is_a_gap_and_never_a_zero(chart):
    nil = replace(value(date(2023, 9, 30), 0.0), value_state="nil")
    line = by_name(chart([VALUES[0], nil, VALUES[2]], **PLAN))["実績値"]
    assert list(line.y) == [30.0, None, 40.0]
    assert line.connectgaps is False


def test_target_and_pace_are_lines_that_differ_in_grey(chart):
    drawn = by_name(chart(VALUES, **PLAN))
    target, pace = drawn["目標 100"], drawn["目標までに必要なペース"]
    assert list(target.y) == [100.0, 100.0]
    assert list(pace.y) == [20.0, 100.0]
    assert target.line.dash != pace.line.dash


def test_what_is_not_set_is_not_drawn(chart):
    drawn = by_name(chart(VALUES))
    assert "目標までに必要なペース" not in drawn
    assert not any(name.startswith("目標 ") for name in drawn)


def test_the_bands_open_at_the_last_value_in_use(chart):
    point = ForecastPoint(
        indicator_id="K", at=date(2028, 3, 31), forecast=80.0, low_80=70.0, high_80=90.0,
        low_95=60.0, high_95=99.0,
    )  # fmt: skip
    drawn = by_name(chart(VALUES, [point], **PLAN))
    assert list(drawn["いまのペースの見通し"].y) == [40.0, 80.0]
    assert list(drawn["80%の幅"].y) == [40.0, 90.0, 70.0, 40.0]
    flat = ForecastPoint(
        indicator_id="K", at=date(2028, 3, 31), forecast=40.0, low_80=None, high_80=None,
        low_95=None, high_95=None,
    )  # fmt: skip
    assert "80%の幅" not in by_name(chart(VALUES, [flat], **PLAN))


def test_events_within_are_lines_and_their_names_text(chart):
    def event(name, day):
        return Event(event_name=name, happened_on=day, initiative_id=None, note=None)

    figure = chart(
        VALUES,
        events=[event("<b>開始</b>", date(2024, 1, 1)), event("ずっと前", date(1999, 1, 1))],
        **PLAN,
    )
    assert [shape.x0 for shape in figure.layout.shapes] == ["2024-01-01"]
    assert figure.layout.annotations[0].text == "▼&lt;b&gt;開始&lt;/b&gt; 2024-01"


def test_an_axis_that_does_not_begin_at_zero_says_so(chart):
    near = chart([value(date(2024, 3, 31), 98.0), value(date(2025, 3, 31), 99.0)])
    assert near.layout.yaxis.title.text == "件（0から始まらない）"
    far = chart(VALUES, **PLAN)
    assert far.layout.yaxis.title.text == "件"
    assert far.layout.yaxis.rangemode == "tozero"


def test_a_single_value_and_none_at_all(chart):
    assert len(chart([value(date(2025, 3, 31), 0.0)]).data) == 1
    assert len(chart([]).data) == 0


@pytest.mark.parametrize(
    ("values", "decimals"), [([1.0, 2.0], 0), ([1.5], 1), ([1.25], 2), ([1.23456], 2), ([], 0)]
)
def test_as_many_decimals_as_are_needed(values, decimals):
    assert decimals_of(values) == decimals


def test_a_unit_is_text_and_leaves_room_for_the_chart(chart):
    title = chart(VALUES, unit='<a href="http://x">件</a>').layout.yaxis.title.text
    assert title.startswith('&lt;a href="http://x"&gt;件')
    assert "<" not in title
    assert len(chart(VALUES, unit="件" * 2000).layout.yaxis.title.text) < 40
