"""The proposed sites of a choice: as the edition holds them, or worked out of its pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.reading import plain_rows
from pipelines.evidence.siting import plan_sites, read_pieces

if TYPE_CHECKING:
    from dashboard.wifi.selection import WifiSelection
    from pipelines.warehouse import Edition

EVERY_KIND = "all"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A place for a further access point, by its order among those proposed."""

    order: int
    name: str
    kind: str
    lon: float
    lat: float
    area_code: str | None
    added: float
    """Residents it adds to today's sites and those before it."""


def read_proposed(edition: Edition, selection: WifiSelection) -> tuple[Proposed, ...]:
    """The best set of the chosen number; nothing where the edition has no candidates."""
    candidates = {
        row["candidate_no"]: row
        for row in plain_rows(edition.frame("evidence.siting_candidates"))
        if row["measured"] and not row["already"]
    }
    if selection.candidates == EVERY_KIND:
        order = _stored(edition, selection)
    else:
        order = _solved(edition, selection, candidates)
    return tuple(
        Proposed(
            no, place["name"], place["kind"], place["lon"], place["lat"], place["area_code"], added
        )
        for no, (number, added) in enumerate(order, start=1)
        for place in [candidates[number]]
    )


def _stored(edition: Edition, selection: WifiSelection) -> list[tuple[int, float]]:
    of_distance = edition.frame(
        "evidence.siting", method="optimum", distance_m=float(selection.distance)
    )
    # The optimum stops where no further site adds anybody.
    most = min(int(selection.sites), int(of_distance["n"].max()) if len(of_distance) else 0)
    rows = of_distance[of_distance["n"] == most].sort_values("order_no")
    return list(
        zip(
            rows["candidate_no"].astype(int).tolist(), rows["added_residents"].tolist(), strict=True
        )
    )


def _solved(
    edition: Edition, selection: WifiSelection, candidates: dict[int, dict[str, object]]
) -> list[tuple[int, float]]:
    pieces = edition.arrow("evidence.siting_pieces", distance_m=float(selection.distance))
    wanted = [no for no, row in candidates.items() if row["kind"] == selection.candidates]
    if not wanted or not pieces.num_rows:
        return []
    plan = plan_sites(read_pieces(pieces.to_pylist(), wanted), int(selection.sites))
    best = plan.optimum[-1] if plan.optimum else None
    return list(zip(best.candidates, best.added, strict=True)) if best else []
