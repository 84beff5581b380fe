"""Budget and settlement: blank, `-`, 0 and withheld are four things."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from pipelines.evidence.progress.money import Amount, Funds, add_funds, measure_execution

BLANK, NIL, ZERO = Amount(), Amount(0, "nil"), Amount(0, "zero")
WITHHELD, UNKNOWN = Amount(None, "withheld"), Amount(None, "unknown")


def yen(number):
    return Amount(number, "value")


@pytest.mark.parametrize(
    # expected: basis, whether assumed, its 千円, 執行率, unspent
    ("initial", "revised", "settled", "expected"),
    [
        (yen(100), yen(200), yen(150), ("revised", False, 200, 0.75, 50)),
        (yen(100), NIL, yen(150), ("initial", False, 100, 1.5, -50)),
        (yen(100), BLANK, yen(50), ("initial", True, 100, 0.5, 50)),
        (yen(100), WITHHELD, yen(50), (None, False, None, None, None)),
        (yen(100), UNKNOWN, yen(50), (None, False, None, None, None)),
        (yen(100), ZERO, yen(5), ("revised", False, 0, None, -5)),
        (ZERO, BLANK, ZERO, ("initial", True, 0, None, 0)),
        (BLANK, BLANK, yen(50), (None, False, None, None, None)),
        (BLANK, NIL, yen(50), (None, False, None, None, None)),
        (WITHHELD, BLANK, yen(50), (None, False, None, None, None)),
        (BLANK, yen(80), yen(40), ("revised", False, 80, 0.5, 40)),
        (yen(100), NIL, BLANK, ("initial", False, 100, None, None)),
        (yen(100), NIL, WITHHELD, ("initial", False, 100, None, None)),
        (yen(100), NIL, NIL, ("initial", False, 100, 0.0, 100)),
        (yen(100), NIL, ZERO, ("initial", False, 100, 0.0, 100)),
        (NIL, BLANK, BLANK, ("initial", True, 0, None, None)),
    ],
)
def test_execution(initial, revised, settled, expected):
    assert astuple(measure_execution(initial, revised, settled)) == expected


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([yen(1), yen(2), NIL, ZERO], Funds(3, "value")),
        ([BLANK] * 4, Funds(None, None)),
        ([yen(1), BLANK, NIL, NIL], Funds(None, "partial")),
        ([yen(1), UNKNOWN, BLANK, NIL], Funds(None, "unknown")),
        ([yen(1), UNKNOWN, WITHHELD, NIL], Funds(None, "withheld")),
        ([NIL] * 4, Funds(0, "value")),
    ],
)
def test_funds(amounts, expected):
    assert add_funds(amounts) == expected
