"""Where the next access points reach the most residents, as the page shows it.

The build has solved it for all candidates (evidence.siting); for another choice of candidates it is
solved here from evidence.siting_pieces by the same function. `proposal` is pure: the section and
the map ask for the same `plan_key` and show the same sites.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from dashboard.missing import Words, read_missing
from dashboard.reading import plain_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from dashboard.reading import Tables
    from dashboard.wifi.selection import WifiSelection
    from pipelines.evidence.siting import Choice, Plan

NEEDED: Final = ("wifi_access_points", "facilities", "evacuation_shelters", "areas")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A facility or shelter where an access point could be added; lon/lat in EPSG:4326."""

    number: int
    kind: str
    id: str
    name: str
    category: str
    address: str
    is_shelter: bool
    area_code: str | None
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Site:
    """A proposed place: its turn, and the residents it adds to those before it."""

    order: int
    candidate: Candidate
    added: float


@dataclass(frozen=True, slots=True)
class Step:
    """What n further sites reach, by the best set and by the greedy order; None: not so many."""

    n: int
    optimum: tuple[Site, ...] | None
    optimum_reached: float | None
    optimum_ties: bool
    greedy: tuple[Site, ...] | None
    greedy_reached: float | None
    gap: float | None
    """Residents by which the best set exceeds the greedy order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """All numbers of sites for one choice of candidates; `steps` is empty where nothing is known."""

    distance: str
    candidates: int
    excluded: int
    """Candidates left out by hand."""
    already: int
    unplaced: int
    """Places without published coordinates, which cannot be proposed."""
    today: float | None
    """Residents reached by today's sites."""
    residents: float | None
    steps: tuple[Step, ...]
    remarks: tuple[Words, ...]
    missing: tuple[Words, ...] = field(default=())

    def ratio(self, reached: float | None) -> float | None:
        """Residents reached as a share of all."""
        return reached / self.residents if reached is not None and self.residents else None

    def step(self, wanted: int) -> Step | None:
        """The step of `wanted` sites, or the greatest there is."""
        return self.steps[min(wanted, len(self.steps)) - 1] if self.steps else None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The sites of one selection: what the map draws, numbered in their order."""

    wanted: int
    sites: tuple[Site, ...]
    reached: float | None
    ties: bool


def plan_key(selection: WifiSelection) -> tuple[str, ...]:
    """What the solution depends on: distance and candidates, not how many are wanted."""
    return (selection.distance, selection.candidates, selection.without)


def is_solved(selection: WifiSelection) -> bool:
    """Whether the build has solved it already."""
    return selection.candidates == "all" and not selection.without


def proposal(found: Proposals, selection: WifiSelection) -> Proposal:
    """The best set of as many sites as are wanted, or as many as add anybody."""
    wanted = int(selection.sites)
    best = [step for step in found.steps if step.optimum is not None and step.n <= wanted]
    if not best:
        return Proposal(wanted, (), found.today, ties=False)
    chosen = best[-1]
    return Proposal(wanted, chosen.optimum or (), chosen.optimum_reached, chosen.optimum_ties)


def read_proposals(tables: Tables, selection: WifiSelection, *, most: int) -> Proposals:
    """Every step up to `most` sites for the distance and the candidates of a selection.

    Read where the build has solved it, otherwise solved now: under a second for the ward.
    """
    distance_m = float(selection.distance)
    every = list(plain_rows(tables.frame("evidence.siting_candidates")))
    of_kind = [row for row in every if _is_of(row, selection.candidates)]
    left_out = {int(number) for number in selection.without.split(",") if number}
    free = [row for row in of_kind if row["measured"] and not row["already"]]
    offered = {row["candidate_no"]: _candidate(row) for row in free}
    chosen = {number: one for number, one in offered.items() if number not in left_out}
    pieces = list(plain_rows(tables.frame("evidence.siting_pieces", distance_m=distance_m)))
    steps: list[Step] = []
    remarks: list[Words] = []
    if pieces and is_solved(selection):
        steps, remarks = _read(tables, distance_m, chosen)
    elif pieces:
        steps, remarks = _solve(pieces, chosen, most)
    return Proposals(
        distance=selection.distance,
        candidates=len(chosen),
        excluded=len(offered) - len(chosen),
        already=sum(row["already"] for row in of_kind),
        unplaced=sum(not row["measured"] and not row["already"] for row in of_kind),
        today=next((row["persons"] for row in pieces if row["today"]), None),
        residents=_residents(tables, distance_m),
        steps=tuple(steps),
        remarks=tuple(remarks),
        missing=() if pieces else read_missing(tables, "siting", NEEDED),
    )


def candidates_offered(tables: Tables) -> tuple[Candidate, ...]:
    """Every place that can be proposed: with coordinates and without Wi-Fi."""
    rows = plain_rows(tables.frame("evidence.siting_candidates", measured=True, already=False))
    return tuple(_candidate(row) for row in rows)


def _is_of(row: Mapping[str, Any], kind: str) -> bool:
    # A shelter that is a facility in the list stands as the facility.
    of = {"facility": row["kind"] == "facility", "shelter": row["shelter_id"] is not None}
    return bool(of.get(kind, True))


def _candidate(row: Mapping[str, Any]) -> Candidate:
    return Candidate(
        number=int(row["candidate_no"]),
        kind=row["kind"],
        id=row["id"],
        name=row["name"] or "",
        category=row["category"] or "",
        address=row["address"] or "",
        is_shelter=row["shelter_id"] is not None,
        area_code=row["area_code"],
        lon=row["lon"],
        lat=row["lat"],
    )


def _residents(tables: Tables, distance_m: float) -> float | None:
    rows = plain_rows(
        tables.frame(
            "evidence.reach", surface="area", population_group="total", opening_no=0,
            basis="known", level="ward", distance_m=distance_m,
        )
    )  # fmt: skip
    return next((row["persons"] for row in rows), None)


def _read(
    tables: Tables, distance_m: float, candidates: Mapping[int, Candidate]
) -> tuple[list[Step], list[Words]]:
    frame = tables.frame("evidence.siting", distance_m=distance_m)
    rows = list(plain_rows(frame.sort_values(["method", "n", "order_no"])))
    sets = {key: list(own) for key, own in groupby(rows, itemgetter("method", "n"))}
    steps = []
    for n in sorted({n for _method, n in sets}):
        best, greedy = sets.get(("optimum", n)), sets.get(("greedy", n))
        steps.append(
            Step(
                int(n),
                _sites(_turns(best), candidates) if best else None,
                best[0]["reached_residents"] if best else None,
                bool(best and best[0]["ties"]),
                _sites(_turns(greedy), candidates) if greedy else None,
                greedy[0]["reached_residents"] if greedy else None,
                (best or greedy or [{}])[0].get("gap"),
            )
        )
    remarks = tables.frame("evidence.siting_remarks", distance_m=distance_m)
    ordered = plain_rows(remarks.sort_values("remark_no"))
    return steps, [Words(row["message_ja"], row["message_en"]) for row in ordered]


def _turns(rows: Iterable[Mapping[str, Any]]) -> list[tuple[int, float]]:
    return [(int(row["candidate_no"]), row["added_residents"]) for row in rows]


def _solve(
    pieces: Collection[Mapping[str, Any]], candidates: Mapping[int, Candidate], most: int
) -> tuple[list[Step], list[Words]]:
    # Only who asks for other candidates waits for the solver to be loaded.
    from pipelines.evidence.siting import plan_sites, read_pieces  # noqa: PLC0415

    plan = plan_sites(read_pieces(pieces, list(candidates)), most)
    steps = [_step(plan, n, candidates) for n in range(1, len(plan.greedy) + 1)]
    return steps, [Words(one.ja, one.en) for one in plan.remarks]


def _step(plan: Plan, n: int, candidates: Mapping[int, Candidate]) -> Step:
    best = plan.optimum[n - 1] if n <= len(plan.optimum) else None
    greedy = plan.greedy[n - 1]
    return Step(
        n,
        _sites(_chosen(best), candidates) if best else None,
        best.reached if best else None,
        best.ties if best else False,
        _sites(_chosen(greedy), candidates),
        greedy.reached,
        plan.gap(n),
    )


def _chosen(choice: Choice) -> list[tuple[int, float]]:
    return list(zip(choice.candidates, choice.added, strict=True))


def _sites(
    turns: Iterable[tuple[int, float]], candidates: Mapping[int, Candidate]
) -> tuple[Site, ...]:
    return tuple(
        Site(order, candidates[number], added)
        for order, (number, added) in enumerate(turns, start=1)
    )
