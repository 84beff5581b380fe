from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.fiscal import fiscal_quarter, fiscal_year, parse_date, parse_fiscal_year


@pytest.mark.parametrize(
    "text",
    ["2024-09-01", "2024/9/1", "2024.9.1", "2024年9月1日", "20240901", "令和6年9月1日", "R6.9.1",
     "Ｒ６．９．１", "令和 6年 9月 1日", "2024-09-01 00:00:00", "2024-09-01T00:00:00", "R06/09/01"],
)  # fmt: skip
def test_one_day_written_in_many_ways(text):
    assert parse_date(text) == date(2024, 9, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("平成31年4月30日", date(2019, 4, 30)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("H1.1.8", date(1989, 1, 8)),
    ],
)
def test_eras_meet_where_they_meet(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    ["4月頃", "9/1", "24/9/1", "2024-02-30", "2024/13/1", "令和0年1月1日", "平成32年1月1日",
     "令和元年4月30日", "20241301", "2024-09-01 12:30:00", "", "R6.9", "不明", "45536"],
)  # fmt: skip
def test_what_is_not_certain_is_left(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [("令和3年度", 2021), ("令和元年度", 2019), ("平成31年度", 2019), ("R6年度", 2024), ("2024年度", 2024),
     ("令和3年", None), ("度", None)],
)  # fmt: skip
def test_fiscal_years_in_words(text, year):
    assert parse_fiscal_year(text) == year


def test_the_fiscal_year_turns_in_april():
    assert fiscal_year(date(2022, 3, 31)) == 2021
    assert fiscal_year(date(2022, 4, 1)) == 2022
    assert [fiscal_quarter(date(2022, month, 1)) for month in range(1, 13)] == [
        4, 4, 4, 1, 1, 1, 2, 2, 2, 3, 3, 3,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2022, 3, 31), ["令和3年度", "R3年度", "2021年度"]),
        (date(2022, 4, 1), ["令和4年度", "R4年度", "2022年度"]),
        # One 年度 with two names: the era changed on 1 May.
        (date(2019, 4, 1), ["平成31年度", "令和元年度", "令和1年度", "H31年度"]),
        (date(2019, 4, 30), ["平成31年度", "令和元年度"]),
        (date(2019, 5, 1), ["平成31年度", "令和元年度"]),
        (date(2020, 3, 31), ["平成31年度", "令和元年度"]),
        (date(2020, 4, 1), ["令和2年度"]),
    ],
)
def test_a_day_lies_in_the_fiscal_year_of_each_of_its_names(day, names):
    assert {parse_fiscal_year(name) for name in names} == {fiscal_year(day)}


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_survives_being_written(day):
    for text in (day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day:%Y%m%d}"):
        assert parse_date(text) == day


@given(st.text())
def test_no_text_breaks_it(text):
    parse_date(text)
    parse_fiscal_year(text)
