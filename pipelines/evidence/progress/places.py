"""What became of an initiative from one version of the plan to the next."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

NEW, KEPT, RENAMED, MERGED, ENDED = "新規", "継続", "改称", "統合", "終了"
_VERSION: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?")


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a version of the plan."""

    plan_version: str
    initiative_id: str
    name: str | None = None
    group_no: int | None = None
    group_name: str | None = None
    place_no: int | None = None
    repeated: bool = False
    change: str | None = None
    change_basis: Literal["given", "derived"] | None = None
    merged_into_id: str | None = None
    source_no: int | None = None
    source_line: int | None = None

    @property
    def leaves(self) -> bool:
        """Whether the row says that the initiative is no more one of its own."""
        return self.change == ENDED or (
            self.change == MERGED
            and self.merged_into_id is not None
            and self.merged_into_id != self.initiative_id
        )

    @property
    def order(self) -> tuple[str, bool, int, bool, int, bool, str]:
        """By version, group and number; what has no place comes last."""
        group, number = self.group_no, self.place_no
        return (
            *(self.plan_version, group is None, group or 0, number is None, number or 0),
            *(self.repeated, self.initiative_id),
        )


@dataclass(frozen=True, slots=True)
class Over:
    """Since when an initiative is no more one of its own, and why."""

    since_on: date | None
    """None where the version says no date."""
    reason: Literal["ended", "merged"]
    basis: Literal["given", "derived"]
    merged_into_id: str | None = None

    def at(self, day: date) -> bool:
        """Whether it was over on that day."""
        return self.since_on is None or self.since_on <= day


def version_from(version: str) -> date | None:
    """The first day of a version written as `2021-03` or `2021-03-15`; None for any other name."""
    found = _VERSION.fullmatch(version)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None


def derive_changes(places: Iterable[Place]) -> list[Place]:
    """The rows with every change that the versions show, in the plan's order.

    What a row gives stays `given`. Otherwise, against the version before: not there 新規, the same
    name 継続, another name 改称; in the version before and not in this one: a row 終了 without a
    place. Nothing is said of the first version.
    """
    versions: defaultdict[str, list[Place]] = defaultdict(list)
    for place in places:
        versions[place.plan_version].append(place)
    found: list[Place] = []
    before: dict[str, Place] | None = None
    for version in sorted(versions):
        rows = sorted(versions[version], key=lambda row: row.order)
        found += [_with_change(row, before) for row in rows]
        there = {row.initiative_id for row in rows}
        found += [
            Place(version, one, place.name, change=ENDED, change_basis="derived")
            for one, place in sorted((before or {}).items())
            if one not in there
        ]
        stay = [row for row in rows if not row.leaves]
        before = {row.initiative_id: row for row in reversed(stay)}
    return found


def find_over(places: Iterable[Place], ended_fiscal_year: int | None) -> Over | None:
    """When one initiative came to an end: by its last fiscal year, or by its last place in the plan.

    `places`: its rows out of `derive_changes`. The earlier of the two counts; one that a later
    version takes up again is not over by the plan.
    """
    by_plan: Over | None = None
    ordered = sorted(places, key=lambda row: row.order)
    for version, rows in groupby(ordered, key=lambda row: row.plan_version):
        there = list(rows)
        leaving = [row for row in there if row.leaves]
        # It may leave one group and stay in another.
        if len(leaving) < len(there):
            by_plan = None
        elif by_plan is None:
            first = leaving[0]
            reason: Literal["ended", "merged"] = "merged" if first.change == MERGED else "ended"
            basis = first.change_basis or "given"
            by_plan = Over(version_from(version), reason, basis, first.merged_into_id)
    if ended_fiscal_year is None:
        return by_plan
    since = date(ended_fiscal_year + 1, 4, 1)
    by_year = Over(since, "ended", "given")
    if by_plan is None:
        return by_year
    return by_year if by_plan.since_on is not None and since < by_plan.since_on else by_plan


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are one, whatever their width and blanks."""
    return _plain(one) == _plain(other)


def _with_change(row: Place, before: dict[str, Place] | None) -> Place:
    if row.change is not None:
        return replace(row, change_basis="given")
    if before is None:
        return row
    old = before.get(row.initiative_id)
    stayed = KEPT if old is not None and same_name(old.name, row.name) else RENAMED
    change = NEW if old is None else stayed
    return replace(row, change=change, change_basis="derived")


def _plain(name: str | None) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name or ""))
