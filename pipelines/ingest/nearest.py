"""Which known word a misspelt one may be: near enough to ask, never to decide."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_RATIO: Final = 0.8
_SHORTEST: Final = 3
_DIGITS: Final = re.compile(r"[0-9]+")


def nearest_known(word: str, known: Mapping[str, str]) -> str | None:
    """The one of `known` that differs from `word` by an edit or is four fifths the same.

    `known` gives what each word means. None where no word is near, where two of different
    meaning are equally near, where the digits differ (0-4歳 is not 5-9歳), and for words so
    short that one edit makes another word of them (緯度, 経度).
    """
    if len(word) < _SHORTEST:
        return None
    digits = _DIGITS.findall(word)
    scored = sorted(
        (
            (score, other)
            for other in known
            if _DIGITS.findall(other) == digits and (score := _likeness(word, other)) > 0
        ),
        reverse=True,
    )
    best = [other for score, other in scored if score == scored[0][0]]
    return best[0] if len({known[other] for other in best}) == 1 else None


def _likeness(word: str, other: str) -> float:
    """From 0 (not near) to 1."""
    if len(other) < _SHORTEST:
        return 0.0
    matcher = SequenceMatcher(None, word, other, autojunk=False)
    if matcher.real_quick_ratio() < 0.5:  # noqa: PLR2004 - lengths so different cannot be near
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= _RATIO or _one_edit(word, other) else 0.0


def _one_edit(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    rest = short[at:] if len(long) > len(short) else short[at + 1 :]
    return rest == long[at + 1 :]
