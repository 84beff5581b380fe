"""Budget against settlement of one fiscal year, in 千円; what is not written is never 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERS: Final = frozenset({"value", "zero", "nil"})
_LARGEST: Final = 10**15
"""千円; beyond it no cell holds an amount of money."""


@dataclass(frozen=True, slots=True)
class Amount:
    """千円 with what the cell meant: a number, none (`nil`, counts as 0), or no number.

    A blank cell (未設定) has neither.
    """

    thousand_yen: int | None = None
    state: str | None = None

    @property
    def number(self) -> int | None:
        """The number that counts."""
        if self.state not in _NUMBERS or self.thousand_yen is None:
            return None
        return self.thousand_yen if abs(self.thousand_yen) <= _LARGEST else None


@dataclass(frozen=True, slots=True)
class Execution:
    """Against which budget the settlement stands, and what came of it."""

    basis: Literal["revised", "initial"] | None
    assumed: bool
    """The revised budget is blank, so that the initial one is taken to have stayed."""
    basis_thousand_yen: int | None
    ratio: float | None
    """執行率: settlement ÷ basis."""
    unspent_thousand_yen: int | None


@dataclass(frozen=True, slots=True)
class Funds:
    """The sum of the sources of funds; `partial` where only some are written."""

    thousand_yen: int | None
    state: Literal["value", "unknown", "withheld", "partial"] | None


def measure_execution(initial: Amount, revised: Amount, settled: Amount) -> Execution:
    """執行率 = 決算 ÷ 補正後予算, or ÷ 当初予算 where nothing was revised.

    A revised budget of `-` says that there was no revision, a blank one leaves it to be assumed;
    one that is unknown or withheld leaves no basis. A budget of 0 has no ratio.
    """
    basis: Literal["revised", "initial"] | None
    if revised.state in {"value", "zero"}:
        basis, amount = "revised", revised.number
    elif revised.state in {"nil", None} and initial.number is not None:
        basis, amount = "initial", initial.number
    else:
        basis, amount = None, None
    spent = settled.number
    return Execution(
        basis=basis,
        assumed=basis == "initial" and revised.state is None,
        basis_thousand_yen=amount,
        ratio=spent / amount if spent is not None and amount else None,
        unspent_thousand_yen=amount - spent if amount is not None and spent is not None else None,
    )


def add_funds(amounts: Sequence[Amount]) -> Funds:
    """The sum of all sources; without a number where one is withheld, unknown or not written."""
    states = [one.state for one in amounts]
    if all(state is None for state in states):
        return Funds(None, None)
    if "withheld" in states:
        return Funds(None, "withheld")
    if "unknown" in states:
        return Funds(None, "unknown")
    numbers = [one.number for one in amounts]
    if None in numbers:
        return Funds(None, "partial")
    return Funds(sum(number for number in numbers if number is not None), "value")
