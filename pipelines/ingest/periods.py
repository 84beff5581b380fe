"""年度, quarters, months and marks as people write them, in the one form of the clean tables.

2024 is the 年度 that begins in April 2024, 2024Q1 its first quarter (April to June), 2024-04 a
month. A repair never guesses: 2024年 is a calendar year and 2024年第1四半期 a quarter of either
kind of year, so both stay as they are.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from pipelines.fiscal import era_year, fiscal_quarter, parse_fiscal_year
from pipelines.fiscal import fiscal_year as fiscal_year_of
from pipelines.ingest.columns import map_distinct

if TYPE_CHECKING:
    import pyarrow as pa

_YEAR: Final = r"(?:(?P<western>[0-9]{4})|(?P<era>昭和|平成|令和|[SHR])\.?(?P<year>元|[0-9]{1,2}))"
_MONTH: Final = re.compile(rf"{_YEAR}(?:年|[-/.])(?P<month>0?[1-9]|1[0-2])月?分?")
_MONTH_DIGITS: Final = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])")
# Spreadsheets keep a month as its first day.
_FIRST_DAY: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])-01")
_MONTHS: Final = r"(?P<first>0?[1-9]|1[0-2])月?[-~〜～－–—](?P<last>0?[1-9]|1[0-2])月"
# Of a 年度, or of FY2024: only these say that the quarter is not one of the calendar's.
_QUARTER: Final = re.compile(
    r"(?:FY(?P<fy>[0-9]{4})|(?P<fiscal>.+年度))"
    r"(?:第(?P<number>[1-4一二三四])四半期|Q(?P<after>[1-4])|(?P<before>[1-4])Q)?"
    rf"(?:\(?{_MONTHS}\)?)?"
)
_QUARTER_MONTHS: Final = re.compile(rf"{_YEAR}(?:年|[-/.]){_MONTHS}分?")
_KANJI: Final = {"一": 1, "二": 2, "三": 3, "四": 4}
_YES: Final = frozenset({"1", "○", "◯", "〇", "有り", "あり", "はい", "true", "yes"})
_NO: Final = frozenset({"0", "×", "無し", "なし", "いいえ", "false", "no"})


def fiscal_year(column: pa.Array) -> pa.Array:
    """令和3年度, R3 and 2021年度 to 2021."""
    return map_distinct(column, _fiscal_year_text)


def iso_month(column: pa.Array) -> pa.Array:
    """2024年4月, 2024/4, 令和6年4月 and 202404 to 2024-04."""
    return map_distinct(column, _month_text)


def period(column: pa.Array) -> pa.Array:
    """A month as 2024-04, a quarter of a 年度 as 2024Q1, a 年度 as 2024."""
    return map_distinct(
        column,
        lambda text: _month_text(text) or _quarter_text(text) or _as_text(parse_fiscal_year(text)),
    )


def yes_no(column: pa.Array) -> pa.Array:
    """1 and ○ to 有, 0 and × to 無."""
    return map_distinct(
        column, lambda text: "有" if text.lower() in _YES else "無" if text.lower() in _NO else None
    )


def _fiscal_year_text(text: str) -> str | None:
    """In a column of 年度, R3 is one; 2021年 is not."""
    return _as_text(parse_fiscal_year(text if "年" in text else f"{text}年度"))


def _as_text(year: int | None) -> str | None:
    return None if year is None else str(year)


def _quarter_text(text: str) -> str | None:
    """令和6年度第1四半期, R6年度1Q, 2024年度4~6月 and 2024年4~6月 to 2024Q1."""
    plain = text.replace(" ", "").upper()
    if found := _QUARTER.fullmatch(plain):
        year = int(found["fy"]) if found["fy"] else parse_fiscal_year(found["fiscal"])
        named = found["number"] or found["after"] or found["before"]
        by_name = (_KANJI.get(named) or int(named)) if named else None
        by_months = _quarter_of(int(found["first"]), int(found["last"])) if found["first"] else None
        said = {by_name if named else by_months, by_months if found["first"] else by_name}
        quarter = said.pop()
        # Two that contradict each other, or months that are no quarter, say nothing certain.
        return f"{year}Q{quarter}" if year and quarter and not said else None
    if found := _QUARTER_MONTHS.fullmatch(plain):
        calendar, first = _year(found), int(found["first"])
        quarter = _quarter_of(first, int(found["last"]))
        return (
            f"{fiscal_year_of(date(calendar, first, 1))}Q{quarter}"
            if calendar and quarter
            else None
        )
    return None


def _quarter_of(first: int, last: int) -> int | None:
    """The quarter of a 年度 that two months enclose; None where they enclose another span."""
    # Any year will do: it is the month that counts.
    quarter = fiscal_quarter(date(2000, first, 1))
    return quarter if first % 3 == 1 and last == first + 2 else None


def _year(found: re.Match[str]) -> int | None:
    western = found["western"]
    return int(western) if western else era_year(found["era"], found["year"])


def _month_text(text: str) -> str | None:
    if found := _MONTH.fullmatch(text):
        year = _year(found)
        return f"{year}-{int(found['month']):02}" if year else None
    if found := _MONTH_DIGITS.fullmatch(text) or _FIRST_DAY.fullmatch(text):
        return f"{found['year']}-{found['month']}"
    return None
