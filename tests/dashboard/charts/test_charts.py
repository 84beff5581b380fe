"""Charts as data: what is drawn, and what must not be."""

from datetime import date

import pytest

from dashboard.charts.coverage import coverage_chart
from dashboard.charts.figure import BLUE, CONFIG, INK, MIDDLE, SOFT
from dashboard.charts.lorenz import lorenz_chart
from dashboard.charts.usage import usage_chart
from dashboard.translation import translator
from dashboard.wifi.fairness import Lorenz
from dashboard.wifi.usage import Event, Month

JA = translator("ja")


def _month(month, value, state, *, reporting):
    at_least = value is not None and reporting < 2
    return Month(month, value, state, at_least, 2, reporting)


MONTHS = [
    _month("2024-11", 10.0, "value", reporting=2),
    _month("2024-12", 0.0, "value", reporting=2),
    _month("2025-01", None, "gap", reporting=0),
    _month("2025-02", None, "gap", reporting=0),
    _month("2025-03", None, "withheld", reporting=0),
    _month("2025-04", 7.0, "value", reporting=1),
]
EVENTS = [
    Event("ずっと前", date(2015, 10, 1), ""),
    Event("<b>名前</b>", date(2024, 12, 20), ""),
]


@pytest.fixture
def chart():
    return usage_chart(MONTHS, EVENTS, title="接続回数（回／月）", lang="ja", _=JA)


def test_a_month_without_a_number_breaks_the_line(chart):
    [line] = chart.data
    assert list(line.y) == [10.0, 0.0, None, None, None, 7.0]
    assert line.connectgaps is False
    assert chart.layout.yaxis.rangemode == "tozero"
    assert chart.layout.yaxis.title.text == "接続回数（回／月）"


def test_runs_without_a_number_are_bands_that_say_why(chart):
    bands = [(shape.x0, shape.x1) for shape in chart.layout.shapes if shape.type == "rect"]
    assert bands == [("2025-01-01", "2025-03-01"), ("2025-03-01", "2025-04-01")]
    texts = [note.text for note in chart.layout.annotations]
    assert texts[:2] == ["欠測", "秘匿"]


def test_a_sum_in_part_is_hollow_and_another_shape(chart):
    [line] = chart.data
    assert list(line.marker.symbol) == ["circle"] * 5 + ["diamond"]
    assert line.marker.color[5] == "#FFFFFF"
    assert "少なくとも" in line.text[5]


def test_only_events_within_the_months_are_lines_and_their_names_are_text(chart):
    lines = [shape.x0 for shape in chart.layout.shapes if shape.type == "line"]
    assert lines == ["2024-12-20"]
    assert chart.layout.annotations[-1].text == "▼&lt;b&gt;名前&lt;/b&gt; 2024-12"


def test_coverage_has_two_lines_that_differ_in_grey():
    chart = coverage_chart([(0, 5), (1, 9)], [(0, 5), (1, 8)], chosen=1, lang="ja", _=JA)
    best, greedy = chart.data
    assert (list(best.y), list(greedy.y)) == ([5, 9], [5, 8])
    assert best.line.dash != greedy.line.dash
    assert best.marker.symbol != greedy.marker.symbol
    assert "0から始まらない" in chart.layout.yaxis.title.text


def test_lorenz_beside_the_line_of_equal_reach():
    chart = lorenz_chart(Lorenz((0, 0.5, 1), (0, 0.1, 1), 0.4), _=JA)
    curve, equal = chart.data
    assert list(curve.y) == [0, 0.1, 1]
    assert (list(equal.x), list(equal.y)) == ([0, 1], [0, 1])
    assert chart.layout.xaxis.range == chart.layout.yaxis.range == (0, 1)


@pytest.mark.parametrize("colour", [BLUE, MIDDLE, INK, SOFT])
def test_lines_stand_out_from_white(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert 1.05 / (luminance + 0.05) >= 3


def test_nothing_of_plotly_asks_the_network(chart):
    assert CONFIG["displayModeBar"] is False
    assert "http" not in chart.to_json().replace("https://plot.ly", "")
