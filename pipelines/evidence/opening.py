"""When a place is open, from the three columns in which lists of facilities say so.

利用可能曜日, 開始時間 and 終了時間 are free text. What is not understood in full is unknown: a place
is never called open or closed on a guess. Weekdays are ISO 8601 (1 Monday … 7 Sunday), times are
minutes after midnight of the day the place opens (25:00, 翌1:00 and 1500 are one time).
Public holidays are not told apart: 土日祝 reads as 土日, and 祝日のみ as unknown.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, Literal

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

State = Literal["open", "closed", "unknown"]

EVERY_DAY: Final = frozenset(range(1, 8))
WEEKDAYS: Final = frozenset(range(1, 6))
MINUTES_A_DAY: Final = 24 * 60
# 30:00 is six in the morning; an opening is not supposed to last longer into the next day.
_LATEST_MINUTES: Final = 30 * 60

_DAY_NUMBERS: Final = {sign: number for number, sign in enumerate("月火水木金土日", start=1)}
_DAY_WORDS: Final = {
    "平日": WEEKDAYS, "週末": frozenset({6, 7}), "土日": frozenset({6, 7}),
    "毎日": EVERY_DAY, "全日": EVERY_DAY, "全曜日": EVERY_DAY, "365日": EVERY_DAY,
    "年中無休": EVERY_DAY, "無休": EVERY_DAY,
}  # fmt: skip
_DAY: Final = "[月火水木金土日]"
_DAY_TOKEN: Final = re.compile(
    r"(?P<word>年中無休|全曜日|365日|平日|週末|毎日|全日|無休)"
    rf"|(?P<first>{_DAY})(?:[-~ー]|から)(?P<last>{_DAY})(?:まで)?"
    rf"|(?P<day>{_DAY})|(?P<holiday>祝)|(?P<between>[・、,/&と]|及び|および)"
)
_OUT: Final = "(?:は|を)?(?:除く|以外|のぞく|定休|休館|休み)(?:日)?"
# Without brackets only what can be read one way: 月～土、祝日を除く may mean two things.
_EXCEPT: Final = re.compile(rf"(?P<base>.+)[(\[](?P<left_out>[^()\[\]]+?){_OUT}[)\]]")
_ALL_BUT: Final = re.compile(
    rf"(?P<left_out>{_DAY}祝?|土[・、,と]?日[・、,と]?祝?|平日|週末|祝"
    rf"|{_DAY}[・、,]?祝|{_DAY}(?:[・、,と]?{_DAY})*|{_DAY}(?:[-~ー]|から){_DAY}(?:まで)?){_OUT}"
)
_RANGE_SIGNS: Final = str.maketrans(dict.fromkeys("〜～‐‑‒–—―−", "~"))

_ALL_DAY: Final = re.compile(r"(?:終日|24時間)(?:営業|利用可|利用可能|可|開放|開館|対応)?")
_TIME: Final = re.compile(
    r"(?P<next>翌日?)?(?P<half>午前|午後|AM|PM)?"
    r"(?:(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})(?::00)?|時(?:(?P<minute_ja>[0-9]{1,2})分|(?P<thirty>半))?)"
    r"|(?P<compact>[0-9]{4}))(?P<half_after>AM|PM)?"
)
_SPAN: Final = re.compile(
    r"(?P<first>[^~-]+)[~-](?P<last>[^~-]+)|(?P<from>.+)から(?P<until>.+)まで"
)


def parse_days(text: str | None) -> frozenset[int] | None:
    """The weekdays a text names, or None where that is not certain.

    月火水, 月～金, 月-金, 平日, 毎日, 土日祝, 火曜日を除く, 月～土（祝日を除く）. A day of some weeks
    only (第3月曜) is not understood, nor is a text of holidays alone.
    """
    plain = _plain(text).replace("国民の祝日", "祝").replace("祝祭日", "祝").replace("祝日", "祝")
    plain = _ALL_DAY.sub("", plain.replace("曜日", "").replace("曜", "")).strip("・、,/")
    if not plain:
        return None
    found = _EXCEPT.fullmatch(plain)
    base, out = (found["base"], found["left_out"]) if found else (plain, "")
    if found is None and (only_out := _ALL_BUT.fullmatch(plain)):
        base, out = "毎日", only_out["left_out"]
    named, left_out = _days(base.replace("(", "・").replace(")", "")), _days(out)
    return None if named is None or left_out is None else (named - left_out) or None


def parse_time(text: str | None) -> int | None:
    """Minutes after midnight, or None where the time is not certain.

    9:00, 09:00:00, 9時, 9時半, 0900, 午後5時, 5:00PM, 正午, 24:00 (1440), 25:00 and 翌1:00 (1500).
    12 with 午前 or 午後 is used for both noon and midnight and is not understood.
    """
    plain = _plain(text).upper()
    if plain == "正午":
        return MINUTES_A_DAY // 2
    found = _TIME.fullmatch(plain)
    if found is None or (found["half"] and found["half_after"]):
        return None
    if found["compact"]:
        hour, minute = int(found["compact"][:2]), int(found["compact"][2:])
    else:
        hour = int(found["hour"])
        minute = 30 if found["thirty"] else int(found["minute"] or found["minute_ja"] or 0)
    in_day = _of_half(hour, found["half"] or found["half_after"])
    if in_day is None or minute >= 60:  # noqa: PLR2004 (minutes of an hour)
        return None
    total = in_day * 60 + minute + (MINUTES_A_DAY if found["next"] else 0)
    return total if total <= _LATEST_MINUTES else None


def parse_hours(open_from: str | None, open_until: str | None) -> tuple[int, int] | None:
    """From and until in minutes, until always the later one, or None.

    Knows 24時間 and 終日 in either column, a span written into the first (9:00～17:00), an end
    past midnight (18:00, 2:00 is 1080 to 1560) and 0:00 to 0:00 as the whole day.
    """
    first, last = _plain(open_from), _plain(open_until)
    given = [text for text in (first, last) if text]
    if given and all(_ALL_DAY.fullmatch(text) for text in given):
        return 0, MINUTES_A_DAY
    span = _SPAN.fullmatch(first) if not last else None
    if span:
        first, last = span["first"] or span["from"], span["last"] or span["until"]
    start, end = parse_time(first), parse_time(last)
    if start is None or end is None or start >= MINUTES_A_DAY or (start == end != 0):
        return None
    return start, end if end > start else end + MINUTES_A_DAY


def open_state(
    days: frozenset[int] | None,
    open_from: int | None,
    open_until: int | None,
    weekday: int,
    hour: int,
) -> State:
    """Whether a place is open at the stroke of `hour` (0 to 23) on `weekday` (1 to 7).

    `open_from` and `open_until` as `parse_hours` gives them: 8:30 to 17:00 is open at 9:00 and no
    longer at 17:00. What runs past midnight belongs to the day it began. Unknown days do not make
    an hour unknown at which the place is open on no day, nor unknown hours a day it is shut.
    """
    today = _and(_has(days, weekday), _within(open_from, open_until, hour * 60))
    eve = (weekday - 2) % 7 + 1
    since_eve = _and(_has(days, eve), _within(open_from, open_until, hour * 60 + MINUTES_A_DAY))
    if today or since_eve:
        return "open"
    return "unknown" if today is None or since_eve is None else "closed"


def state_at(
    open_days: str | None, open_from: str | None, open_until: str | None, weekday: int, hour: int
) -> State:
    """The state at an hour of a weekday of what lists write as days and hours."""
    start, end = parse_hours(open_from, open_until) or (None, None)
    return open_state(parse_days(open_days), start, end, weekday, hour)


def choose_hours(
    points: pd.DataFrame, facilities: pd.DataFrame, ties: pd.DataFrame
) -> pd.DataFrame:
    """The texts that tell when each access point can be used: its own, else its facility's.

    `ties` goes row by row with `points` and names the facility's key. Returns `open_days`,
    `open_from`, `open_until` (None where nothing is written) and `hours_source` (access_point,
    facility, none). Columns of two lists are never mixed: own hours without days leave the days
    unknown.
    """
    keys = facilities["municipality_code"], facilities["facility_id"]
    housed = dict(zip(zip(*keys, strict=True), _texts(facilities), strict=True))
    tied = zip(ties["facility_municipality_code"], ties["facility_id"], strict=True)
    rows = []
    for own, key in zip(_texts(points), tied, strict=True):
        of_facility = housed.get(key, _NO_TEXTS)
        if any(own):
            rows.append((*own, "access_point"))
        else:
            rows.append((*of_facility, "facility" if any(of_facility) else "none"))
    return pd.DataFrame(rows, columns=[*_TEXT_COLUMNS, "hours_source"], index=points.index)


_TEXT_COLUMNS: Final = ("open_days", "open_from", "open_until")
_NO_TEXTS: Final = (None, None, None)


def _texts(frame: pd.DataFrame) -> Sequence[tuple[str | None, ...]]:
    columns = (
        [text or None if pd.notna(text) else None for text in frame[name]] for name in _TEXT_COLUMNS
    )
    return list(zip(*columns, strict=True))


def _plain(text: str | None) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or "")).translate(_RANGE_SIGNS)


def _days(plain: str) -> frozenset[int] | None:
    """All days of a text that holds nothing else; None for one with a word that is not known."""
    found: set[int] = set()
    at = 0
    while at < len(plain):
        token = _DAY_TOKEN.match(plain, at)
        if token is None:
            return None
        if token["word"]:
            found |= _DAY_WORDS[token["word"]]
        elif token["first"]:
            first, last = _DAY_NUMBERS[token["first"]], _DAY_NUMBERS[token["last"]]
            found |= {(first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1)}
        elif token["day"]:
            found.add(_DAY_NUMBERS[token["day"]])
        at = token.end()
    return frozenset(found)


def _of_half(hour: int, half: str | None) -> int | None:
    if half is None:
        return hour
    if half in {"AM", "PM"}:
        return hour % 12 + (12 if half == "PM" else 0) if 1 <= hour <= 12 else None  # noqa: PLR2004
    return hour + (12 if half == "午後" else 0) if hour < 12 else None  # noqa: PLR2004


def _has(days: frozenset[int] | None, weekday: int) -> bool | None:
    return None if days is None else weekday in days


def _within(open_from: int | None, open_until: int | None, minute: int) -> bool | None:
    if open_from is None or open_until is None:
        return None if minute < _LATEST_MINUTES else False
    return open_from <= minute < open_until


def _and(one: bool | None, other: bool | None) -> bool | None:  # noqa: FBT001 (three-valued logic)
    """Kleene's and: false beats unknown."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True
