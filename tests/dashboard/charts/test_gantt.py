"""The Gantt chart: where days stand, what is drawn for them, and that names are text."""

import re
from datetime import date

import pytest

from dashboard.charts.gantt import Bar, Span, gantt, span_of, touches

AS_OF = date(2026, 4, 1)


def draw(*bars, year=None):
    span = span_of(bars, AS_OF, year=year)
    return str(
        gantt(
            [("組", bars)], span, AS_OF, titles=("節目", "日程"), year_text=str, as_of_text="時点"
        )
    )


def drawn(html):
    return re.findall(r'<(i|b) class="([a-z-]+)" style="([^"]+)"', html)


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2024, 3, 31), 0.0),
        (date(2024, 4, 1), 0.0),
        (date(2024, 7, 1), 0.125),
        (date(2025, 4, 1), 0.5),
        (date(2026, 1, 1), 0.875),
        (date(2026, 4, 1), 1.0),
        (date(2030, 1, 1), 1.0),
        (date.min, 0.0),
        (date.max, 1.0),
    ],
)
def test_a_quarter_is_as_wide_as_any_other(day, share):
    assert Span(2024, 2025).at(day) == pytest.approx(share)


def test_the_years_are_those_of_the_dates_and_of_the_edition():
    bar = Bar(
        name="a", words="", planned_start_on=date(2022, 3, 31), planned_end_on=date(2022, 4, 1)
    )
    assert span_of([bar], AS_OF) == Span(2021, 2026)
    assert span_of([], AS_OF) == Span(2026, 2026)
    assert span_of([bar], AS_OF, year=2023) == Span(2023, 2023)


def test_a_mistyped_century_does_not_make_a_hundred_columns():
    bar = Bar(name="a", words="", planned_end_on=date(1926, 4, 1))
    assert span_of([bar], AS_OF) == Span(2011, 2026)


def test_plan_above_what_happened_and_what_is_late_up_to_the_line():
    html = draw(
        Bar(
            name="遅れ", words="", planned_start_on=date(2025, 4, 1), planned_end_on=date(2025, 10, 1),
            actual_start_on=date(2025, 7, 1), late=True,
        )
    )  # fmt: skip
    # Two years, so a quarter is an eighth of the width.
    assert drawn(html) == [
        ("i", "plan", "left:0.000%;width:25.000%"),
        ("i", "running", "left:12.500%;width:37.500%"),
        ("i", "late", "left:25.000%;width:25.000%"),
        ("i", "as-of", "left:50.000%"),
    ]


def test_one_known_day_is_a_mark_and_none_is_nothing():
    only_end = Bar(name="a", words="", planned_end_on=date(2026, 7, 1))
    assert [one[:2] for one in drawn(draw(only_end))] == [("b", "plan"), ("i", "as-of")]
    assert [one[1] for one in drawn(draw(Bar(name="a", words="")))] == ["as-of"]


def test_a_year_shows_its_own_part_only():
    before = Bar(
        name="a", words="", planned_start_on=date(2024, 4, 1), planned_end_on=date(2024, 9, 30)
    )
    assert drawn(draw(before, year=2025)) == []
    assert "時点" not in draw(before, year=2025)


def test_an_end_before_its_start_is_a_mark_not_a_bar_backwards():
    turned = Bar(
        name="a", words="", planned_start_on=date(2026, 9, 1), planned_end_on=date(2026, 6, 1)
    )
    assert drawn(draw(turned))[0][:2] == ("b", "plan")


def test_names_are_text():
    html = draw(Bar(name="<script>alert(1)</script>", words='"><b onclick=x>'))
    assert "<script>" not in html
    assert "<b onclick" not in html


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"planned_start_on": date(2024, 4, 1), "planned_end_on": date(2026, 3, 31)}, True),
        ({"planned_end_on": date(2025, 3, 31)}, False),
        ({"planned_end_on": date(2024, 12, 31), "late": True}, True),  # still open in 2025
        ({"planned_end_on": date(2024, 12, 31), "actual_end_on": date(2025, 4, 1)}, True),
        ({"actual_start_on": date(2024, 4, 1)}, True),  # under way since
        ({"planned_start_on": date(2026, 4, 1)}, False),
        ({}, False),
    ],
)
def test_what_touches_a_year(given, expected):
    assert touches(Bar(name="a", words="", **given), Span(2025, 2025), AS_OF) is expected
