"""An attacker with all published counts and a linear program: what can each withheld one still be?

The attacker knows which cells exist, that no count is negative, that no more shops accept than are
known, and that an unchanged list has the same counts in every edition. Nothing else is assumed of
the numbers withheld, so the interval found is the widest the publication leaves open.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

KNOWN, ACCEPTING = "known", "accepting"


class Attack:
    """Equations over cells, each a number of shops known and a number accepting."""

    def __init__(self, cells):
        self.cells = {cell: at for at, cell in enumerate(cells)}
        self.rows, self.values = [], []

    def add(self, measure, cells, value):
        """A published number: the sum of `cells`; None is a number withheld."""
        if value is None:
            return
        row = np.zeros(2 * len(self.cells))
        for cell in cells:
            row[self._at(measure, cell)] += 1
        self.rows.append(row)
        self.values.append(value)

    def interval(self, measure, cells):
        """The least and the most that the sum of `cells` can be."""
        wanted = np.zeros(2 * len(self.cells))
        for cell in cells:
            wanted[self._at(measure, cell)] += 1
        ends = []
        for sign in (1, -1):
            found = linprog(
                sign * wanted,
                A_ub=self._no_more_than_known(), b_ub=np.zeros(len(self.cells)),
                A_eq=np.array(self.rows) if self.rows else None,
                b_eq=np.array(self.values) if self.rows else None,
                bounds=(0, None), method="highs",
            )  # fmt: skip
            ends.append(sign * found.fun if found.status == 0 else sign * np.inf)
            assert found.status in {0, 3}, found.message
        return round(ends[0], 6) + 0.0, round(ends[1], 6) + 0.0

    def _at(self, measure, cell):
        return self.cells[cell] + (len(self.cells) if measure == ACCEPTING else 0)

    def _no_more_than_known(self):
        one = np.eye(len(self.cells))
        return np.hstack([-one, one])


def attack_streets(editions, method, month):
    """The attack on street × industry with its margins, as one or several editions publish them."""
    return _attack(
        editions, method, month,
        cells=("street_industry", ("street_id", "industry")),
        margins={"street": ("street_id",), "industry": ("industry",), "ward": ()},
    )  # fmt: skip


def attack_areas(editions, method, month):
    """The attack on 町丁目, 町 and the ward."""
    return _attack(
        editions, method, month,
        cells=("area", ("town_code", "area_code")),
        margins={"town": ("town_code",), "ward": ()},
    )  # fmt: skip


def attack_subsidies(editions, method, month):
    """The attack on shops with and without the subsidy."""
    return _attack(
        editions, method, month, cells=("subsidised", ("subsidised",)), margins={"ward": ()}
    )


def _attack(editions, method, month, *, cells, margins):
    level, names = cells
    published = [
        [row for row in edition if (row["method"], row["month"]) == (method, month)]
        for edition in editions
    ]
    keys = sorted({
        tuple(row[name] for name in names)
        for rows in published for row in rows if row["level"] == level
    })  # fmt: skip
    attack = Attack(keys)
    for rows in published:
        for row in rows:
            if row["level"] == level:
                told = [tuple(row[name] for name in names)]
            elif row["level"] in margins:
                own = margins[row["level"]]
                at = [names.index(name) for name in own]
                told = [
                    key for key in keys
                    if all(key[place] == row[name] for place, name in zip(at, own, strict=True))
                ]  # fmt: skip
            else:
                continue
            attack.add(KNOWN, told, row["shops_known"])
            attack.add(ACCEPTING, told, row["shops_accepting"])
    return attack
