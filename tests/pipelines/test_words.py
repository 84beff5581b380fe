from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import words


@pytest.mark.parametrize(
    ("value", "decimals", "ja"),
    [
        (3288, 0, "3,288"),
        (21067.39, 1, "21,067.4"),
        (0, 0, "0"),
        (-0.04, 1, "0.0"),
        (-2.5, 1, "-2.5"),
        (None, 0, "データなし"),
        (float("nan"), 2, "データなし"),
    ],
)
def test_a_number_as_people_write_it(value, decimals, ja):
    assert words.number(value, decimals, "ja") == ja


def test_unknown_has_no_unit():
    assert words.quantity(3288, "人", 0, "ja") == "3,288人"
    assert words.quantity(3288, "people", 0, "en") == "3,288 people"
    assert words.quantity(None, "人", 0, "ja") == "データなし"
    assert words.quantity(None, "people", 0, "en") == "no data"


def test_dates_in_both_languages():
    day = date(2015, 10, 1)
    assert words.as_of_text(day, "ja") == "2015年10月1日時点"
    assert words.as_of_text(day, "en") == "as of 1 October 2015"
    assert words.as_of_text(None, "ja") == "時点不明"
    assert words.as_of_text(None, "en") == "as-of date unknown"


def test_statuses_are_words_not_codes():
    assert words.statuses_text(["sample", "stale"], "ja") == "デモ用・架空・更新が古い"
    with pytest.raises(KeyError):
        words.status_text("unheard of", "ja")


@given(st.text())
def test_no_cell_starts_a_formula(text):
    safe = words.spreadsheet_safe(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert safe.endswith(text)


@pytest.mark.parametrize(
    ("rhythm", "ja", "en"),
    [
        ("P1Y", "更新周期 1年", "every year"),
        ("P5Y", "更新周期 5年", "every 5 years"),
        ("P1M", "更新周期 1か月", "every month"),
        ("P7D", "更新周期 7日", "every 7 days"),
    ],
)
def test_a_rhythm_in_words(rhythm, ja, en):
    assert (words.rhythm_text(rhythm, "ja"), words.rhythm_text(rhythm, "en")) == (ja, en)


@pytest.mark.parametrize(
    ("as_of", "ja", "en"),
    [
        (date(2024, 1, 1), "2年3か月前", "2 years 3 months ago"),
        (date(2025, 4, 1), "1年前", "1 year ago"),
        (date(2025, 4, 2), "11か月前", "11 months ago"),
        (date(2026, 3, 1), "1か月前", "1 month ago"),
        (date(2026, 3, 2), "30日前", "30 days ago"),
        (date(2026, 4, 1), "当日", "the same day"),
        (date(2026, 4, 2), "版の時点より後", "after the edition's date"),
        (None, "時点不明", "as-of date unknown"),
    ],
)
def test_an_age_in_words(as_of, ja, en):
    today = date(2026, 4, 1)
    assert words.age_text(as_of, today, "ja") == ja
    assert words.age_text(as_of, today, "en") == en


@pytest.mark.parametrize(
    ("year", "ja"),
    [
        (2024, "令和6年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (1989, "平成元年度"),
        (1950, "1950年度"),
    ],
)
def test_a_fiscal_year_is_told_by_its_era(year, ja):
    assert words.fiscal_year_text(year, "ja") == ja
    assert words.fiscal_year_text(year, "en") == f"FY{year}"
