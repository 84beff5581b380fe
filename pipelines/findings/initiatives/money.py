"""evidence.initiative_money: budget, settlement and funds by fiscal year, in 千円."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.evidence.progress.money import Amount, add_funds, measure_execution
from pipelines.findings.initiatives.columns import INITIATIVE_MONEY
from pipelines.findings.table import write_finding

if TYPE_CHECKING:
    from pipelines.findings.initiatives.reading import Row, Scene

_FUNDS: Final = ("national", "metropolitan", "other", "general")
_BUDGETS: Final = "SELECT * FROM clean.initiative_budgets ORDER BY initiative_id, fiscal_year"


def write_money(scene: Scene) -> list[Row]:
    """Write evidence.initiative_money; gives its rows."""
    rows = [_measure(row) for row in scene.rows(_BUDGETS)]
    write_finding(scene.connection, "initiative_money", rows, INITIATIVE_MONEY)
    return rows


def _measure(row: Row) -> Row:
    found = measure_execution(*(_amount(row, name) for name in ("initial", "revised", "settled")))
    funds = add_funds([_amount(row, name) for name in _FUNDS])
    return row | {
        "basis": found.basis,
        "basis_assumed": found.assumed,
        "basis_thousand_yen": found.basis_thousand_yen,
        "execution_ratio": found.ratio,
        "unspent_thousand_yen": found.unspent_thousand_yen,
        "funds_total_thousand_yen": funds.thousand_yen,
        "funds_total_state": funds.state,
    }


def _amount(row: Row, name: str) -> Amount:
    return Amount(row[f"{name}_thousand_yen"], row[f"{name}_thousand_yen_state"])
