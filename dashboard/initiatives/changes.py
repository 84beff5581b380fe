"""What changed since the end of the 年度 before, or since another edition of the warehouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard import cache
from pipelines.evidence.progress.snapshots import NEEDED, Change, find_changes, take_snapshot
from pipelines.warehouse import EditionError, open_edition

if TYPE_CHECKING:
    from datetime import date

    from dashboard.initiatives.asked import Shown
    from pipelines.evidence.progress.snapshots import Snapshot
    from pipelines.warehouse import Edition


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes with the day they are since; no rows and `cannot` where they cannot be told."""

    since_on: date | None
    rows: tuple[Change, ...]
    cannot: str = ""
    """`no_tables`: the edition knows nothing of initiatives; `unreadable`: it cannot be opened."""


def changes_of(shown: Shown) -> Changes:
    """What changed since what the selection compares with."""
    since = shown.selection.since
    return cache.asked(
        lambda edition: _compare(edition, since, shown.found.before_on),
        edition=shown.ward.edition,
        part="initiatives-changes",
        key=(since,),
    )


def _compare(edition: Edition, since: str, before_on: date | None) -> Changes:
    after = _snapshot(edition)
    if after is None:
        return Changes(None, (), "no_tables")
    if not since:
        before = _snapshot(edition, current=False)
        rows = find_changes(before, after) if before and before.statuses else []
        return Changes(before_on, tuple(rows))
    try:
        with open_edition(since) as other:
            then = _snapshot(other)
            day = other.as_of
    except EditionError:
        return Changes(None, (), "unreadable")
    if then is None:
        return Changes(day, (), "no_tables")
    return Changes(day, tuple(find_changes(then, after)))


def _snapshot(edition: Edition, *, current: bool = True) -> Snapshot | None:
    """The point of view of an edition; None where it is of a day before there were such tables."""
    names = {name: f"evidence.{name}" for name in NEEDED}
    if not set(names.values()) <= set(edition.tables()):
        return None
    try:
        frames = {name: edition.frame(table) for name, table in names.items()}
        return take_snapshot(frames, current=current)
    except KeyError:
        return None
