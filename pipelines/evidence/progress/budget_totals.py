"""Sums of budgets and settlements over initiatives: what is not set is counted, never taken as 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable


class Budget(Protocol):
    """A row of evidence.initiative_money, in thousand yen; None is not set or not known."""

    @property
    def initial_thousand_yen(self) -> int | None:
        """The initial budget."""
        ...

    @property
    def basis_thousand_yen(self) -> int | None:
        """The budget that the settlement is measured by."""
        ...

    @property
    def settled_thousand_yen(self) -> int | None:
        """The settlement."""
        ...


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of what is known: of how many rows, and how many are not known; None of none."""

    thousand_yen: int | None
    known: int
    unknown: int


@dataclass(frozen=True, slots=True)
class BudgetTotals:
    """Sums of the rows of one 年度."""

    initial: Total
    basis: Total
    settled: Total
    compared_basis_thousand_yen: int | None
    """The budgets of those that have a settlement too, by which `execution_ratio` is taken."""
    compared_settled_thousand_yen: int | None
    compared: int
    execution_ratio: float | None
    """Settled over budgeted, of those that have both; None without any or of a budget of 0."""


def total_budgets(rows: Iterable[Budget]) -> BudgetTotals:
    """The sums of some rows, in thousand yen.

    The ratio compares like with like: an initiative counts in it only where both its budget and
    its settlement are known.
    """
    listed = list(rows)
    both = [
        (one.basis_thousand_yen, one.settled_thousand_yen)
        for one in listed
        if one.basis_thousand_yen is not None and one.settled_thousand_yen is not None
    ]
    basis = sum(pair[0] for pair in both) if both else None
    settled = sum(pair[1] for pair in both) if both else None
    return BudgetTotals(
        initial=_total(one.initial_thousand_yen for one in listed),
        basis=_total(one.basis_thousand_yen for one in listed),
        settled=_total(one.settled_thousand_yen for one in listed),
        compared_basis_thousand_yen=basis,
        compared_settled_thousand_yen=settled,
        compared=len(both),
        execution_ratio=settled / basis if basis and settled is not None else None,
    )


def _total(values: Iterable[int | None]) -> Total:
    listed = list(values)
    known = [value for value in listed if value is not None]
    return Total(sum(known) if known else None, len(known), len(listed) - len(known))
