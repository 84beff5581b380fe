"""What an edition holds and what in it needs attention, in a handful of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Inventory:
    """Counts over the data sets of an edition; `missing` are those that nobody supplied."""

    datasets: int
    rows: int
    quarantined: int
    warnings: int
    stale: int
    kept: int
    """Data sets whose table was carried over because a gate did not believe the new files."""
    missing: int


def take_inventory(datasets: Iterable[Mapping[str, Any]]) -> Inventory:
    """Count over rows of `meta.datasets`."""
    rows = list(datasets)
    held = [row for row in rows if row["files"]]
    return Inventory(
        datasets=len(held),
        rows=sum(row["rows"] for row in held),
        quarantined=sum(row["rows_quarantined"] for row in rows),
        warnings=sum(row["warnings"] for row in rows),
        stale=sum(bool(row["stale"]) for row in held),
        kept=sum(bool(row["carried_over_from"]) for row in held),
        missing=len(rows) - len(held),
    )
