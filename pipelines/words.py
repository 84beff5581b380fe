"""Numbers, dates and states as people write them; the one place where figures become words.

Text that comes from data is never interpreted here, only worded; `lang` is 'ja' or 'en'.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

NO_DATA: Final = {"ja": "データなし", "en": "no data"}

_STATUS: Final = {
    "official": {"ja": "公表データ", "en": "official"},
    "supplied": {"ja": "区提供（出典の記載なし）", "en": "supplied (source not declared)"},
    "sample": {"ja": "デモ用・架空", "en": "sample (fictional)"},
    "schematic": {"ja": "模式図", "en": "schematic map"},
    "stale": {"ja": "更新が古い", "en": "out of date"},
}
_SPANS: Final = {
    "Y": {"ja": "年", "en": "year"},
    "M": {"ja": "か月", "en": "month"},
    "D": {"ja": "日", "en": "day"},
}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_FISCAL_ERAS: Final = (("令和", 2019), ("平成", 1989))
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def number(value: float | None, decimals: int, lang: str) -> str:
    """`3,288` or `21,067.4`; unknown (None, NaN) is 'データなし', never zero."""
    if value is None or math.isnan(value):
        return NO_DATA["en" if lang == "en" else "ja"]
    text = f"{value:,.{decimals}f}"
    # "-0.0" is a rounding artefact, not a number people write.
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text


def quantity(value: float | None, unit: str, decimals: int, lang: str) -> str:
    """A number with its unit: `3,288人` in Japanese, `3,288 people` in English."""
    worded = number(value, decimals, lang)
    if value is None or math.isnan(value):
        return worded
    return f"{worded} {unit}" if lang == "en" else f"{worded}{unit}"


def percent(ratio: float | None, lang: str) -> str:
    """A share of 0 to 1 as `40.7%`."""
    return number(None if ratio is None else 100 * ratio, 1, lang) + ("" if ratio is None else "%")


def difference(value: float, unit: str, decimals: int, lang: str) -> str:
    """A difference with its sign and unit: `+1,234人`, `−0.3%`; none at all is `±0`."""
    size = quantity(abs(value), unit, decimals, lang)
    if round(value, decimals) == 0:
        return f"±{size}"
    return f"{'+' if value > 0 else '−'}{size}"


def date_text(day: date, lang: str) -> str:
    """`2015年10月1日` or `1 October 2015`."""
    if lang == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def as_of_text(day: date | None, lang: str) -> str:
    """`2015年10月1日時点` or `as of 1 October 2015`; unknown says so."""
    if day is None:
        return "as-of date unknown" if lang == "en" else "時点不明"
    return f"as of {date_text(day, lang)}" if lang == "en" else f"{date_text(day, lang)}時点"


def fiscal_year_text(year: int, lang: str) -> str:
    """A 年度 by the year it begins in: `令和6年度` or `FY2024` for 2024; 2019 is 令和元年度."""
    if lang == "en":
        return f"FY{year}"
    for era, first in _FISCAL_ERAS:
        if year >= first:
            count = year - first + 1
            return f"{era}{'元' if count == 1 else count}年度"
    return f"{year}年度"


def rhythm_text(rhythm: str, lang: str) -> str:
    """How often a data set is renewed: `更新周期 1年` or `every year` for `P1Y` (ISO 8601)."""
    found = re.fullmatch(r"P(\d+)([YMD])", rhythm)
    if found is None:
        raise ValueError(rhythm)
    count, unit = int(found[1]), found[2]
    if lang == "en":
        return f"every {_SPANS[unit]['en']}" if count == 1 else f"every {_span(count, unit, lang)}"
    return f"更新周期 {_span(count, unit, lang)}"


def age_text(as_of: date | None, today: date, lang: str) -> str:
    """How long before `today` the date was, in whole months: `2年3か月前`; under one, in days."""
    if as_of is None:
        return as_of_text(None, lang)
    if as_of >= today:
        worded = {
            True: ("当日", "the same day"),
            False: ("版の時点より後", "after the edition's date"),
        }
        return worded[as_of == today][lang == "en"]
    months = 12 * (today.year - as_of.year) + today.month - as_of.month - (today.day < as_of.day)
    parts = [(months // 12, "Y"), (months % 12, "M")] if months else [((today - as_of).days, "D")]
    texts = [_span(count, unit, lang) for count, unit in parts if count]
    return f"{' '.join(texts)} ago" if lang == "en" else f"{''.join(texts)}前"


def _span(count: int, unit: str, lang: str) -> str:
    if lang == "en":
        return f"{count} {_SPANS[unit]['en']}{'' if count == 1 else 's'}"
    return f"{count}{_SPANS[unit]['ja']}"


def status_text(status: str, lang: str) -> str:
    """A data set's status in words; raises KeyError for a status that does not exist."""
    return _STATUS[status]["en" if lang == "en" else "ja"]


def statuses_text(statuses: Iterable[str], lang: str) -> str:
    """Several statuses in one line, in the order given."""
    return ("; " if lang == "en" else "・").join(status_text(status, lang) for status in statuses)


def spreadsheet_safe(text: str) -> str:
    """Text that no spreadsheet runs: a leading `= + - @`, TAB or CR gets an apostrophe before it.

    A lone `-` is the mark for nil and runs nothing. Source: OWASP, CSV Injection.
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) and text != "-" else text
