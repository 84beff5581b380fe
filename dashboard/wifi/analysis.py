"""For analysts: clusters of reach, and whether area and town say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.missing import Words, read_missing
from dashboard.reading import plain_rows

if TYPE_CHECKING:
    from dashboard.reading import Tables

_SURFACE = "area"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSummary:
    """Moran's I of the reached share with how it was made; None where `why_none` says why."""

    moran_i: float | None
    expected: float | None
    p_value: float | None
    permutations: int
    seed: int
    weights: str
    false_discovery_rate: float
    areas: int
    areas_left_out: int
    islands: str
    why_none: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterArea:
    """An area's place among its neighbours: z-value, mean of its neighbours, p and q."""

    code: str
    name: str
    z: float | None
    lag: float | None
    quadrant: str
    p_value: float | None
    q_value: float | None
    significant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A statement by area and by town; `agree` is None where one of the two is not known."""

    distance_m: float | None
    by_area: Words
    by_town: Words
    agree: bool | None
    sentence: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What the section shows for a distance and a level."""

    summary: ClusterSummary | None
    areas: tuple[ClusterArea, ...]
    agreements: tuple[Agreement, ...]
    missing: tuple[Words, ...]

    @property
    def significant(self) -> tuple[ClusterArea, ...]:
        """The areas whose place among their neighbours is no chance."""
        return tuple(area for area in self.areas if area.significant)


def read_analysis(tables: Tables, *, distance: str, level: str) -> Analysis:
    """Clusters of a level at a distance, and the statements at that distance or at none."""
    keys = {"surface": _SURFACE, "level": level, "distance_m": float(distance)}
    summaries = list(plain_rows(tables.frame("evidence.cluster_summary", **keys)))
    checks = tables.frame("evidence.scale_check").sort_values("statement_no")
    return Analysis(
        summary=_summary(summaries[0]) if summaries else None,
        areas=tuple(
            ClusterArea(**{name: row[name] for name in _AREA}, significant=bool(row["significant"]))
            for row in plain_rows(tables.frame("evidence.clusters", **keys))
        ),
        agreements=tuple(
            Agreement(
                distance_m=row["distance_m"],
                by_area=Words(row["by_area"], row["by_area_en"]),
                by_town=Words(row["by_town"], row["by_town_en"]),
                agree=None if row["agree"] is None else bool(row["agree"]),
                sentence=Words(row["sentence_ja"], row["sentence_en"]),
            )
            for row in plain_rows(checks)
            if row["distance_m"] in (None, float(distance))
        ),
        missing=() if summaries else read_missing(tables, "reach", ("wifi_access_points", "areas")),
    )


_AREA = ("code", "name", "z", "lag", "quadrant", "p_value", "q_value")


def _summary(row: dict[str, object]) -> ClusterSummary:
    names = [name for name in ClusterSummary.__dataclass_fields__ if name != "why_none"]
    given: dict[str, object] = {name: row[name] for name in names}
    given["islands"] = given["islands"] or ""
    why = Words(str(row["why_none_ja"] or ""), str(row["why_none_en"] or ""))
    return ClusterSummary(**given, why_none=why)  # type: ignore[arg-type]
