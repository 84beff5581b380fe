"""The hours of a week told apart by which sites are open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from geo.arrays import BoolArray, IndexArray, TextArray

WEEKDAYS: Final = 7
HOURS: Final = 24
ANY_TIME: Final = 0
BASES: Final = ("known", "possible")


@dataclass(frozen=True, eq=False)
class Openings:
    """Sets of sites; hours with the same sites open share a number. Number 0 is any time."""

    known: tuple[BoolArray, ...]
    """For each number which of the sites are known to be open."""
    possible: tuple[BoolArray, ...]
    """The same with the sites whose hours are not known."""
    number: IndexArray
    """For each weekday (Monday first) and hour its number: shape (7, 24)."""

    def sites(self, number: int, basis: str) -> BoolArray:
        """Which of the sites count at opening `number` on a basis of `BASES`."""
        return self.known[number] if basis == "known" else self.possible[number]


def find_openings(states: TextArray) -> Openings:
    """Number the distinct states of the sites in the order of the week.

    `states`: 'open', 'closed' or 'unknown' for n sites, 7 weekdays (Monday first) and 24 hours.
    Any time (number 0) counts every site, whatever its hours.
    """
    every = np.ones(states.shape[0], dtype=bool)
    sets = {(every.tobytes(), every.tobytes()): (every, every)}
    number = np.zeros((WEEKDAYS, HOURS), dtype=np.int32)
    for weekday, hour in np.ndindex(WEEKDAYS, HOURS):
        state = states[:, weekday, hour]
        known, possible = state == "open", state != "closed"
        key = known.tobytes(), possible.tobytes()
        sets.setdefault(key, (known, possible))
        number[weekday, hour] = list(sets).index(key)
    known_sets, possible_sets = zip(*sets.values(), strict=True)
    return Openings(known_sets, possible_sets, number)
