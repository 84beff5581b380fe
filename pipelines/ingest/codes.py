"""全国地方公共団体コード: five digits and a check digit, and what spreadsheets do to them.

Source of the rule: 総務省「全国地方公共団体コード仕様」 (weights 6 to 2, modulus 11).
"""

from __future__ import annotations

import re
from typing import Final

WEIGHTS: Final = (6, 5, 4, 3, 2)
_PREFECTURES: Final = range(1, 48)
_EXPONENT: Final = re.compile(r"([0-9])\.([0-9]+)[eE]\+?0*([0-9]+)")


def check_digit(five: str) -> str:
    """The sixth digit of a code's first five."""
    total = sum(int(digit) * weight for digit, weight in zip(five, WEIGHTS, strict=True))
    return str((11 - total % 11) % 10)


def is_valid_code(code: str) -> bool:
    """Whether a six-digit code names a prefecture and its check digit is right."""
    return (
        re.fullmatch(r"[0-9]{6}", code) is not None
        and int(code[:2]) in _PREFECTURES
        and check_digit(code[:5]) == code[5]
    )


def repair_code(text: str) -> str:
    """A code as it must have been, where its digits prove it; otherwise the text as it is.

    A number that lost its leading zero is known by its check digit. Five digits that cannot be
    that are a code without check digit. `1.31148E+05` is a code where all digits are there.
    """
    plain = re.sub(r"\.0+$", "", _whole(text))
    if is_valid_code(plain) or not re.fullmatch(r"[0-9]{5,6}", plain):
        return plain if is_valid_code(plain) else text
    if len(plain) != 5:  # noqa: PLR2004 - six digits that are no code prove nothing
        return text
    with_zero, with_check = f"0{plain}", plain + check_digit(plain)
    readings = [one for one in (with_zero, with_check) if is_valid_code(one)]
    return readings[0] if len(readings) == 1 else text


def _whole(text: str) -> str:
    """`1.31148E+05` written out; digits that the exponent does not cover stay unknown."""
    found = _EXPONENT.fullmatch(text)
    if found is None:
        return text
    digits, exponent = found[1] + found[2], int(found[3])
    return digits if len(digits) == exponent + 1 else text
