"""How equally residents are reached: the curve of Lorenz and Gini's coefficient, as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.reading import plain_rows

if TYPE_CHECKING:
    from dashboard.reading import Tables


@dataclass(frozen=True, slots=True)
class Lorenz:
    """The points of the curve, both shares from 0 to 1; `gini` is None where nobody is reached."""

    residents_share: tuple[float, ...]
    reached_share: tuple[float, ...]
    gini: float | None


def read_lorenz(tables: Tables, *, distance: str, level: str) -> Lorenz:
    """The curve of a level at a distance, residents spread over their areas."""
    keys = {"surface": "area", "level": level, "distance_m": float(distance)}
    points = list(plain_rows(tables.frame("evidence.lorenz", **keys).sort_values("n")))
    found = next(plain_rows(tables.frame("evidence.fairness", **keys)), None)
    return Lorenz(
        tuple(point["residents_share"] for point in points),
        tuple(point["reached_share"] for point in points),
        found["gini"] if found else None,
    )
