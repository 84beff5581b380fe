"""A spreadsheet's cell as the text that a person sees in it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

_ZEROS: Final = re.compile(r"0+")
_QUOTED: Final = re.compile(r'"[^"]*"|\\.')
_SHOWN_DIGITS: Final = 15
# How the format writes a carriage return inside a text.
_RETURN: Final = "_x000D_"


def cell_text(value: object, number_format: str = "General") -> str:
    """Whole numbers without .0 and without exponent, dates in ISO form, times as HH:MM.

    A code shown with leading zeros keeps them, a share shown in per cent stays one ("12.5%").
    An error (#REF!) is the text it shows.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace(_RETURN, "")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number_text(value, number_format)
    return _when_text(value, number_format)


def _when_text(value: object, number_format: str) -> str:
    if isinstance(value, datetime):
        return _moment_text(value, number_format)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _clock_text(value.hour, value.minute, value.second)
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return _clock_text(*divmod(minutes, 60), seconds)
    return str(value)


def _number_text(value: float, number_format: str) -> str:
    shown = _QUOTED.sub("", number_format).split(";")[0]
    # Excel itself keeps fifteen digits; more would show how the number is stored.
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_SHOWN_DIGITS}g}")
    if not number.is_finite():
        return str(value)
    if "%" in shown:
        return f"{_plain(number * 100)}%"
    text = _plain(number)
    return text.zfill(len(shown)) if _ZEROS.fullmatch(shown) and text.isdigit() else text


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment_text(value: datetime, number_format: str) -> str:
    day, clock = value.date().isoformat(), _clock_text(value.hour, value.minute, value.second)
    shown = _QUOTED.sub("", number_format).lower()
    # A time of day of 24:00 and more is stored as a day of 1900 that nobody sees.
    if "y" not in shown and "d" not in shown and "e" not in shown and "h" in shown:
        return clock
    return day if (value.hour, value.minute, value.second) == (0, 0, 0) else f"{day} {clock}"


def _clock_text(hours: int, minutes: int, seconds: int) -> str:
    text = f"{hours:02d}:{minutes:02d}"
    return f"{text}:{seconds:02d}" if seconds else text
