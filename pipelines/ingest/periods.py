"""年度, months and marks as people write them, in the one form of the clean tables.

A repair never guesses: 2024年 is a calendar year, not a 年度, and stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipelines.fiscal import era_year, parse_fiscal_year
from pipelines.ingest.columns import map_distinct

if TYPE_CHECKING:
    import pyarrow as pa

_MONTH: Final = re.compile(
    r"(?:(?P<western>[0-9]{4})|(?P<era>昭和|平成|令和|[SHR])\.?(?P<year>元|[0-9]{1,2}))"
    r"(?:年|[-/.])(?P<month>0?[1-9]|1[0-2])月?分?"
)
_MONTH_DIGITS: Final = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])")
# Spreadsheets keep a month as its first day.
_FIRST_DAY: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])-01")
_YES: Final = frozenset({"1", "○", "◯", "〇", "有り", "あり", "はい", "true", "yes"})
_NO: Final = frozenset({"0", "×", "無し", "なし", "いいえ", "false", "no"})


def fiscal_year(column: pa.Array) -> pa.Array:
    """令和3年度, R3 and 2021年度 to 2021."""
    return map_distinct(column, _fiscal_year_text)


def iso_month(column: pa.Array) -> pa.Array:
    """2024年4月, 2024/4, 令和6年4月 and 202404 to 2024-04."""
    return map_distinct(column, _month_text)


def period(column: pa.Array) -> pa.Array:
    """A month as 2024-04 or a 年度 as 2024."""
    return map_distinct(column, lambda text: _month_text(text) or _as_text(parse_fiscal_year(text)))


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


def _month_text(text: str) -> str | None:
    if found := _MONTH.fullmatch(text):
        western = found["western"]
        year = int(western) if western else era_year(found["era"], found["year"])
        return f"{year}-{int(found['month']):02}" if year else None
    if found := _MONTH_DIGITS.fullmatch(text) or _FIRST_DAY.fullmatch(text):
        return f"{found['year']}-{found['month']}"
    return None
