"""年度, months and marks as people write them, in the one form of the clean tables.

A repair never guesses: 2024年 is a calendar year, not a 年度, and stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.fiscal import era_year, parse_fiscal_year

if TYPE_CHECKING:
    from collections.abc import Callable

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
    return _each(column, _fiscal_year_text)


def iso_month(column: pa.Array) -> pa.Array:
    """2024年4月, 2024/4, 令和6年4月 and 202404 to 2024-04."""
    return _each(column, _month_text)


def period(column: pa.Array) -> pa.Array:
    """A month as 2024-04 or a 年度 as 2024."""
    return _each(column, lambda text: _month_text(text) or _as_text(parse_fiscal_year(text)))


def yes_no(column: pa.Array) -> pa.Array:
    """1 and ○ to 有, 0 and × to 無."""
    return _each(
        column, lambda text: "有" if text.lower() in _YES else "無" if text.lower() in _NO else None
    )


def _each(column: pa.Array, repair: Callable[[str], str | None]) -> pa.Array:
    """Every value repaired that can be; a column has few different ones, each is read once."""
    encoded = pc.dictionary_encode(column)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    values = [repair(value) or value for value in encoded.dictionary.to_pylist()]
    return pa.array(values, pa.string()).take(encoded.indices)


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
