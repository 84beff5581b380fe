"""What frictionless reads beyond the one form of a type: named, with the reason it is refused here.

Nothing else may part the two judges. Each name is also in docs/oracle.md.
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from decimal import Decimal, InvalidOperation

LARGEST_INTEGER = 2**63 - 1
REASONS = {
    "blanks": "int() and Decimal() strip blanks; cleaning has trimmed them before",
    "digits": "int() reads digits of every script; cleaning makes full-width ones ASCII",
    "underscores": "1_000 is a way to write Python, not a table",
    "not_finite": "Table Schema lets a number be NaN or INF; nothing can be counted with them",
    "beyond_column": "int() and Decimal() have no largest number; BIGINT and DOUBLE have",
    "date_digits": "strptime reads 2024-9-1 and 2024-09- 1; the one form has two digits",
    "last_line_end": "$ in Python lets a line end follow; cleaning has trimmed it before",
    "beyond_double": "more digits than a double has, next to a bound; the column holds the bound",
}
_NOT_FINITE = re.compile(r"[+-]?(inf(inity)?|s?nan[0-9]*)", re.IGNORECASE)


def beyond(kind: str, text: str, bounds: tuple[float | str | None, ...] = ()) -> str:
    """Which of `REASONS` holds for a text that only frictionless reads; "" for none."""
    if kind == "integer":
        return _spelling(kind, text) if _reads(int, text) else ""
    if kind == "number":
        return _number(text, bounds) if _reads(Decimal, text) else ""
    if kind == "date" and not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return "date_digits" if _reads(_strptime, text) and text == text.strip() else ""
    return "last_line_end" if kind == "string" and text.endswith("\n") else ""


def _number(text: str, bounds: tuple[float | str | None, ...]) -> str:
    if _NOT_FINITE.fullmatch(_plain(text)):
        return "not_finite"
    value = Decimal(text.strip())
    if any(bound is not None and float(value) == bound != value for bound in bounds):
        return "beyond_double"
    return _spelling("number", text)


def _spelling(kind: str, text: str) -> str:
    if text != text.strip():
        return "blanks"
    if not text.isascii():
        return "digits"
    if "_" in text:
        return "underscores"
    if kind == "integer":
        return "" if -LARGEST_INTEGER - 1 <= int(text) <= LARGEST_INTEGER else "beyond_column"
    return "" if math.isfinite(float(text)) else "beyond_column"


def _plain(text: str) -> str:
    return text.strip().replace("_", "")


def _strptime(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007 - a day has no time zone


def _reads(reader: type | object, text: str) -> bool:
    try:
        reader(text.strip())  # frictionless strips every cell of numbers first
    except (ValueError, InvalidOperation):
        return False
    return True
