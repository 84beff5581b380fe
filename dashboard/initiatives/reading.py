"""Read an edition's tables into the records of the page 取組の進捗状況."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from dashboard.initiatives import indicator_records as i
from dashboard.initiatives import records as r
from dashboard.missing import Words
from dashboard.reading import Tables, plain_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

T = TypeVar("T")

SUBJECT = "initiatives"
_WHOLE = ("int", "int | None")


class Warehouse(Tables, Protocol):
    """An edition that also says which tables it has."""

    def tables(self) -> list[str]:
        """The tables' names with their schema."""
        ...


@dataclass(frozen=True, slots=True)
class Grade:
    """A letter of a scale of ward.toml with its names."""

    letter: str
    name: str
    name_en: str

    def name_in(self, lang: str) -> str:
        """The name."""
        return self.name_en if lang == "en" else self.name


@dataclass(frozen=True, kw_only=True)
class Initiatives:
    """All that the page needs of one edition."""

    edition: str
    as_of: date
    overview: Mapping[str, r.Overview]
    """By ID, in the plan's order."""
    described: Mapping[str, r.Described]
    status: Mapping[str, r.Status]
    status_before: Mapping[str, r.Status]
    """At the end of the 年度 before."""
    indicators: Mapping[str, i.Indicator]
    indicator_status: Mapping[str, i.IndicatorStatus]
    indicator_status_before: Mapping[str, i.IndicatorStatus]
    values: Mapping[str, tuple[i.Value, ...]]
    outlooks: Mapping[str, i.Outlook]
    forecasts: Mapping[str, tuple[i.ForecastPoint, ...]]
    milestones: tuple[r.Milestone, ...]
    money: tuple[r.Money, ...]
    reviews: tuple[r.Review, ...]
    conflicts: tuple[i.Conflict, ...]
    places: tuple[r.Place, ...]
    nodes: tuple[r.Node, ...]
    arrows: tuple[r.Arrow, ...]
    events: tuple[r.Event, ...]
    posts: Mapping[str, r.Post]
    parts: tuple[r.Part, ...]
    decisions: tuple[r.Decision, ...]
    files: Mapping[int, str]
    """Names of the files by their number."""
    notes: Mapping[int, Words] = field(default_factory=dict)
    """What is said of a file by whoever supplied it: whose words it holds, for instance."""
    lacking: Mapping[str, Words] = field(default_factory=dict)
    """What to bring of a data set that is not there."""
    grades: tuple[Grade, ...] = ()
    evidence_grades: tuple[Grade, ...] = ()
    milestones_by_id: Mapping[str, r.Milestone] = field(init=False)

    def __post_init__(self) -> None:
        by_id = {one.milestone_id: one for one in self.milestones}
        object.__setattr__(self, "milestones_by_id", by_id)

    @property
    def before_on(self) -> date | None:
        """The day of the statuses before; None without any."""
        return next((one.seen_on for one in self.status_before.values()), None)

    def name_of(self, initiative_id: str | None) -> str:
        """The name of an initiative; its ID where the name is not known."""
        found = self.overview.get(initiative_id or "")
        return found.initiative_name if found else initiative_id or ""

    def indicators_of(self, initiative_id: str) -> list[i.Indicator]:
        """The indicators of an initiative, in the order of their IDs."""
        found = (one for one in self.indicators.values() if one.initiative_id == initiative_id)
        return sorted(found, key=lambda one: one.indicator_id)

    def milestones_of(self, initiative_id: str | None) -> list[r.Milestone]:
        """The milestones of an initiative, or of the plan itself (None)."""
        return [one for one in self.milestones if one.initiative_id == initiative_id]

    def file_of(self, source_no: int | None) -> str:
        """The file's own name; blank where the row came from none."""
        return self.files.get(source_no or 0, "").rpartition("/")[2]


def read_initiatives(edition: Warehouse) -> Initiatives:
    """Read what the page needs of an edition; an edition without a table has no rows of it."""
    settings = json.loads(edition.build["ward_json"]).get("evaluation", {})
    overview = read_records(edition, "evidence.initiative_overview", r.Overview)
    status = read_records(edition, "evidence.initiative_status", r.Status)
    by_indicator = read_records(edition, "evidence.indicator_status", i.IndicatorStatus)
    files = list(read_rows(edition, "meta.sources"))
    return Initiatives(
        edition=edition.name,
        as_of=edition.as_of,
        overview=_by(sorted(overview, key=_plan_order), lambda one: one.initiative_id),
        described=_by(
            read_records(edition, "clean.initiatives", r.Described), lambda one: one.initiative_id
        ),
        status=_by((s for s in status if s.is_current), lambda one: one.initiative_id),
        status_before=_by((s for s in status if not s.is_current), lambda one: one.initiative_id),
        indicators=_by(
            read_records(edition, "clean.indicators", i.Indicator), lambda one: one.indicator_id
        ),
        indicator_status=_by(
            (s for s in by_indicator if s.is_current), lambda one: one.indicator_id
        ),
        indicator_status_before=_by(
            (s for s in by_indicator if not s.is_current), lambda one: one.indicator_id
        ),
        values=_grouped(
            read_records(edition, "evidence.indicator_series", i.Value), lambda v: v.indicator_id
        ),
        outlooks=_by(
            read_records(edition, "evidence.indicator_outlook", i.Outlook),
            lambda one: one.indicator_id,
        ),
        forecasts=_grouped(
            read_records(edition, "evidence.indicator_forecast", i.ForecastPoint),
            lambda one: one.indicator_id,
        ),
        milestones=tuple(read_records(edition, "evidence.milestones", r.Milestone)),
        money=tuple(read_records(edition, "evidence.initiative_money", r.Money)),
        reviews=tuple(read_records(edition, "evidence.initiative_reviews", r.Review)),
        conflicts=tuple(read_records(edition, "evidence.value_conflicts", i.Conflict)),
        places=tuple(read_records(edition, "evidence.plan_places", r.Place)),
        nodes=tuple(read_records(edition, "evidence.logic_nodes", r.Node)),
        arrows=tuple(read_records(edition, "evidence.logic_arrows", r.Arrow)),
        events=tuple(read_records(edition, "clean.policy_events", r.Event)),
        posts=_by(
            read_records(edition, "evidence.department_today", r.Post),
            lambda one: one.department_id,
        ),
        parts=tuple(read_records(edition, "evidence.initiative_departments", r.Part)),
        decisions=tuple(read_records(edition, "evidence.initiative_decisions", r.Decision)),
        files={int(row["source_no"]): row["file_name"] for row in files},
        notes={
            int(row["source_no"]): Words(row["note"], row["note_en"] or row["note"])
            for row in files
            if row["note"]
        },
        lacking={
            row["dataset"]: Words(row["message_ja"], row["message_en"])
            for row in read_rows(edition, "evidence.missing_inputs", subject=SUBJECT)
        },
        grades=_grades(settings.get("grades", ())),
        evidence_grades=_grades(settings.get("evidence_grades", ())),
    )


def read_picture(edition: Warehouse, initiative_id: str) -> r.Picture | None:
    """The picture a department supplied for an initiative; None where none is there.

    One that can be shown goes before one that cannot, which says why.
    """
    found = [
        r.Picture(
            initiative_id=row["initiative_id"],
            file_name=row["file_name"],
            media_type=row["media_type"] or "",
            content=bytes(row["content"]) if row["content"] else None,
            cleaned=bool(row["cleaned"]),
            problem=row["problem_ja"] or "",
            problem_en=row["problem_en"] or "",
        )
        for row in read_rows(edition, "meta.pictures", initiative_id=initiative_id)
    ]
    return min(found, key=lambda one: one.content is None, default=None)


def read_records(edition: Warehouse, table: str, kind: Callable[..., T]) -> list[T]:
    """The rows of a table as records of `kind`, whose fields are columns of the same names."""
    types = {one.name: str(one.type) for one in fields(kind)}  # type: ignore[arg-type]
    return [
        kind(**{name: _typed(row[name], of) for name, of in types.items()})
        for row in read_rows(edition, table)
    ]


def read_rows(edition: Warehouse, table: str, **equals: object) -> Iterator[dict[str, Any]]:
    """The rows of a table; none where the edition does not have it (an edition of an earlier day)."""
    if table in edition.tables():
        yield from plain_rows(edition.frame(table, **equals))


def _typed(value: Any, of: str) -> Any:  # noqa: ANN401 - a cell
    # A frame holds whole numbers with gaps as floats.
    return int(value) if value is not None and of in _WHOLE else value


def _by(rows: Iterable[T], key: Callable[[T], str]) -> dict[str, T]:
    return {key(row): row for row in rows}


def _grouped(rows: Iterable[T], key: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {name: tuple(listed) for name, listed in groups.items()}


def _plan_order(one: r.Overview) -> tuple[int, int, str]:
    """Group and place; what stands in no version comes last."""
    last = 10_000
    group, place = one.group_no, one.place_no
    return (last if group is None else group, last if place is None else place, one.initiative_id)


def _grades(listed: Any) -> tuple[Grade, ...]:  # noqa: ANN401 - JSON
    return tuple(Grade(one["letter"], one["name"], one["name_en"]) for one in listed)
