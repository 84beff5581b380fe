"""What changed from one table to another."""

from __future__ import annotations

import pandas as pd

from pipelines.evidence.progress.changes import compare_statuses


def table(**statuses):
    return pd.DataFrame({"id": list(statuses), "status": list(statuses.values())}, dtype=object)


def test_what_changed_is_told_and_nothing_else():
    before = table(
        a="watch", b="on_track", c="behind", d="unreported", e="watch", f="unset", g="worse"
    )
    after = table(
        h="watch", f="undecidable", e="unreported", d="on_track", c="worse", b="achieved", a="watch"
    )
    found = compare_statuses(before, after, key="id")
    rows = found.astype(object).where(found.notna(), None).to_numpy().tolist()
    assert rows == [
        ["b", "on_track", "achieved", "better"],
        ["c", "behind", "worse", "worse"],
        ["d", "unreported", "on_track", "judged"],
        ["e", "watch", "unreported", "unjudged"],
        ["f", "unset", "undecidable", "other"],
        ["g", "worse", None, "gone"],
        ["h", None, "watch", "new"],
    ]


def test_nothing_changed():
    assert compare_statuses(table(a="watch"), table(a="watch"), key="id").empty
    assert compare_statuses(table(), table(), key="id").empty
