"""Where the next sites reach the most residents: the maximal covering location problem.

    maximise  sum over pieces of persons(i) y(i)
    subject to  y(i) <= sum of x(j) over the candidates j that reach piece i,
                sum of x(j) <= N,  x in {0, 1},  0 <= y <= 1

(Church & ReVelle 1974.) Pieces are those of `geo.siting`, so the optimum is the reach that
`geo.reach` gives for these sites. Solved exactly by HiGHS through scipy. Beside it the greedy
order, each time the candidate that adds most: at least 1 - 1/e of the optimum (Nemhauser, Wolsey &
Fisher 1978), and the only one of the two whose sets are nested. "The gain of the next site" belongs
to the greedy order.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from pipelines.messages import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from geo.arrays import BoolArray, FloatArray

SAME_PERSONS: Final = 1e-6
"""Two choices whose residents differ by no more are a tie."""


@dataclass(frozen=True, eq=False)
class Pieces:
    """Residents by the set of candidates that would reach them; today's are reached already."""

    candidates: tuple[int, ...]
    """Numbers of c candidates."""
    persons: FloatArray
    """k pieces that today's sites do not reach."""
    covers: BoolArray
    """k x c: whether a candidate reaches a piece."""
    reached_today: float
    reached_by_none: float
    """Residents whom neither today's sites nor any of these candidates reach."""

    @classmethod
    def of(
        cls,
        rows: Iterable[tuple[float, Collection[int]]],
        *,
        candidates: Sequence[int],
        reached_today: float,
    ) -> Pieces:
        """From rows of persons and the candidates that reach them (evidence.siting_pieces).

        Only `candidates` are looked at; pieces with equal sets of them become one.
        """
        chosen = tuple(dict.fromkeys(candidates))
        found: dict[frozenset[int], float] = {}
        for residents, reached_by in rows:
            key = frozenset(reached_by).intersection(chosen)
            found[key] = found.get(key, 0.0) + residents
        nobody = found.pop(frozenset(), 0.0)
        covers = np.array(
            [[number in key for number in chosen] for key in found], dtype=bool
        ).reshape(len(found), len(chosen))
        persons = np.array(list(found.values()), dtype=np.float64)
        return cls(chosen, persons, covers, reached_today, nobody)

    def added(self, columns: Sequence[int]) -> float:
        """Residents that these candidates (columns of `covers`) add to today's."""
        return float(self.persons[self.covers[:, list(columns)].any(axis=1)].sum())


def read_pieces(rows: Iterable[Mapping[str, Any]], candidates: Sequence[int]) -> Pieces:
    """Rows of evidence.siting_pieces of one distance, for a choice of candidate numbers."""
    listed = list(rows)
    return Pieces.of(
        ((row["persons"], row["candidates"]) for row in listed if not row["today"]),
        candidates=candidates,
        reached_today=sum(row["persons"] for row in listed if row["today"]),
    )


@dataclass(frozen=True)
class Choice:
    """A set of n candidates in the order in which each adds most to those before it."""

    n: int
    candidates: tuple[int, ...]
    added: tuple[float, ...]
    """Residents each adds."""
    reached: float
    """Residents reached by today's sites and these."""
    ties: bool
    """Whether another choice reaches as many."""


@dataclass(frozen=True)
class Plan:
    """The best set of each size and the greedy order; what is to be said of them in words."""

    optimum: tuple[Choice, ...]
    greedy: tuple[Choice, ...]
    remarks: tuple[Message, ...]

    def gap(self, n: int) -> float:
        """Residents by which the best set of n exceeds the first n of the greedy order."""
        best = self.optimum[min(n, len(self.optimum)) - 1]
        return max(0.0, best.reached - self.greedy[n - 1].reached)


def plan_sites(pieces: Pieces, most: int) -> Plan:
    """The optimum and the greedy choice of 1 to `most` sites.

    Each stops at the number of sites from which no further one adds anybody, and that is said;
    the optimum may get there with fewer sites than the greedy order.
    """
    greedy = _greedy(pieces, most)
    optimum: list[Choice] = []
    everybody = float(pieces.persons.sum()) + pieces.reached_today
    for n in range(1, len(greedy) + 1):
        if optimum and optimum[-1].reached >= everybody - SAME_PERSONS:
            break
        columns = _solve(pieces, n)
        # The solver is exact within its tolerance; where the greedy set is no worse, it is taken.
        first = [pieces.candidates.index(number) for number in greedy[n - 1].candidates]
        if pieces.added(columns) <= pieces.added(first) + SAME_PERSONS:
            columns = first
        order, added = _order(pieces, columns)
        ties = _has_tie(pieces, columns, n)
        optimum.append(_choice(pieces, order, added, ties=ties))
    return Plan(tuple(optimum), tuple(greedy), tuple(_remarks(pieces, optimum, most)))


def _greedy(pieces: Pieces, most: int) -> list[Choice]:
    left = pieces.persons.copy()
    order: list[int] = []
    added: list[float] = []
    choices: list[Choice] = []
    ties = False
    while len(order) < min(most, len(pieces.candidates)):
        gains = left @ pieces.covers
        best = int(np.argmax(gains >= gains.max() - SAME_PERSONS))
        if gains[best] <= SAME_PERSONS:
            break
        ties = bool((gains >= gains[best] - SAME_PERSONS).sum() > 1)
        order.append(best)
        added.append(float(gains[best]))
        left[pieces.covers[:, best]] = 0.0
        choices.append(_choice(pieces, order, added, ties=ties))
    return choices


def _order(pieces: Pieces, columns: Sequence[int]) -> tuple[list[int], list[float]]:
    part = Pieces(
        tuple(range(len(columns))), pieces.persons, pieces.covers[:, list(columns)], 0.0, 0.0
    )
    chosen = _greedy(part, len(columns))[-1]
    return [columns[place] for place in chosen.candidates], list(chosen.added)


def _choice(pieces: Pieces, order: Sequence[int], added: Sequence[float], *, ties: bool) -> Choice:
    return Choice(
        len(order),
        tuple(pieces.candidates[column] for column in order),
        tuple(added),
        pieces.reached_today + pieces.added(order),
        ties,
    )


def _solve(pieces: Pieces, n: int, *, forbidden: Sequence[int] = ()) -> list[int]:
    """Columns of the best set of at most n candidates, another one than `forbidden`."""
    size, candidates = pieces.covers.shape
    x_only = np.concatenate([np.ones(candidates), np.zeros(size)])
    constraints = [
        LinearConstraint(
            sparse.hstack([sparse.csr_array(-pieces.covers.astype(np.float64)), sparse.eye(size)]),
            ub=np.zeros(size),
        ),
        LinearConstraint(x_only.reshape(1, -1), ub=[n]),
    ]
    if forbidden:
        row = np.zeros(candidates + size)
        row[list(forbidden)] = 1
        constraints.append(LinearConstraint(row.reshape(1, -1), ub=[len(forbidden) - 1]))
    found = milp(
        np.concatenate([np.zeros(candidates), -pieces.persons]),
        integrality=x_only,
        bounds=Bounds(0, 1),
        constraints=constraints,
        options={"mip_rel_gap": 0},
    )
    if found.x is None:  # pragma: no cover (choosing nobody is always allowed)
        raise RuntimeError(found.message)
    return np.flatnonzero(found.x[:candidates] > 0.5).tolist()  # noqa: PLR2004 (a rounded 0 or 1)


def _has_tie(pieces: Pieces, columns: Sequence[int], n: int) -> bool:
    other = _solve(pieces, n, forbidden=columns)
    return pieces.added(other) >= pieces.added(columns) - SAME_PERSONS


def _remarks(pieces: Pieces, optimum: Sequence[Choice], most: int) -> list[Message]:
    if not pieces.candidates:
        return [
            Message(
                "候補がありません。候補を選んでください。", "There is no candidate; choose some."
            )
        ]
    remarks = []
    count, found = len(pieces.candidates), len(optimum)
    if count < most:
        remarks.append(
            Message(
                f"候補は{count}か所だけなので、{count}か所までを示します。",
                f"There are only {count} candidates, so at most {count} are proposed.",
            )
        )
    if found < min(most, count):
        remarks.append(
            Message(
                f"{found + 1}か所目からは、どの候補を加えても届く住民は増えません。",
                f"From site {found + 1} on, no candidate adds a resident.",
            )
        )
    tied = [choice.n for choice in optimum if choice.ties]
    if tied:
        listed = "、".join(map(str, tied))
        remarks.append(
            Message(
                f"同じ人数に届く別の組み合わせがあります（{listed}か所のとき）。示すのはその1つです。",
                f"Another choice reaches as many ({', '.join(map(str, tied))} sites); one of them is shown.",
            )
        )
    if any(
        not set(small.candidates) <= set(large.candidates) for small, large in pairwise(optimum)
    ):
        remarks.append(
            Message(
                "最適な組み合わせは、か所数を増やすと入れ替わることがあります。1か所ずつ順に整備するときは、順次追加の結果を見てください。",
                "The best sets of different sizes are not nested; to build one site after another, follow the greedy order.",
            )
        )
    return remarks
