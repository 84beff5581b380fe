"""The ward's time: eras, 年度 (April to March) and its quarters, to and from plain dates."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

_FIRST_MONTH: Final = 4

_ERAS: Final = {
    # era: first day, and the last year of the era that people wrote
    "明治": (date(1868, 1, 25), 45),
    "大正": (date(1912, 7, 30), 15),
    "昭和": (date(1926, 12, 25), 64),
    "平成": (date(1989, 1, 8), 31),
    "令和": (date(2019, 5, 1), 99),
}
_LETTERS: Final = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_ERA: Final = r"(?P<era>明治|大正|昭和|平成|令和|[MTSHR])\.?(?P<year>元|[0-9]{1,2})"
_ERA_DATE: Final = re.compile(
    rf"{_ERA}(?:年|[./-])(?P<month>[0-9]{{1,2}})(?:月|[./-])(?P<day>[0-9]{{1,2}})日?"
)
_WESTERN_DATE: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:年|[./-])(?P<month>[0-9]{1,2})(?:月|[./-])(?P<day>[0-9]{1,2})日?"
    r"(?:[T ]0{1,2}:00(?::00(?:\.0+)?)?)?"
)
_COMPACT_DATE: Final = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
)
_FISCAL_YEAR: Final = re.compile(rf"(?:{_ERA}|(?P<western>[0-9]{{4}}))年度")


def parse_date(text: str) -> date | None:
    """A date as Japanese offices write it, or None where it is not certain which day is meant.

    2024-09-01, 2024/9/1, 2024.9.1, 2024年9月1日, 20240901, 令和6年9月1日, R6.9.1, and a date with
    the time 00:00:00 that spreadsheets add. `4月頃`, `9/1` and `24/9/1` are left.
    """
    plain = _plain(text)
    for pattern in (_WESTERN_DATE, _COMPACT_DATE):
        if found := pattern.fullmatch(plain):
            return _day(int(found["year"]), int(found["month"]), int(found["day"]))
    if found := _ERA_DATE.fullmatch(plain):
        year = era_year(found["era"], found["year"])
        day = _day(year, int(found["month"]), int(found["day"])) if year else None
        return day if day and day >= _ERAS[_era_name(found["era"])][0] else None
    return None


def parse_fiscal_year(text: str) -> int | None:
    """The first calendar year of a 年度: 令和6年度, R6年度, 2024年度, 平成31年度 and 令和元年度 (2019)."""
    found = _FISCAL_YEAR.fullmatch(_plain(text))
    if found is None:
        return None
    if found["western"]:
        return int(found["western"])
    return era_year(found["era"], found["year"])


def era_year(era: str, year: str) -> int | None:
    """The calendar year of an era's year (`元` is 1); None for a year the era never had."""
    first, last = _ERAS[_era_name(era)]
    number = 1 if year == "元" else int(year)
    return first.year + number - 1 if 1 <= number <= last else None


def fiscal_year(day: date) -> int:
    """The 年度 of a day, by the year it begins in: 2022-03-31 is 2021, 2022-04-01 is 2022."""
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def fiscal_quarter(day: date) -> int:
    """The quarter of its 年度: April to June is 1."""
    return (day.month - _FIRST_MONTH) % 12 // 3 + 1


def _era_name(era: str) -> str:
    return _LETTERS.get(era, era)


def _plain(text: str) -> str:
    return re.sub(r"(?<![0-9])\s+|\s+(?![0-9])", "", unicodedata.normalize("NFKC", text)).strip()


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
