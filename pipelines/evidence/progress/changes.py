"""What changed of each thing from one table to another: between editions, or since 前年度末."""

from __future__ import annotations

from typing import Final

import pandas as pd

BETTER_FIRST: Final = ("achieved", "on_track", "watch", "behind", "worse")


def compare_statuses(
    before: pd.DataFrame, after: pd.DataFrame, *, key: str, column: str = "status"
) -> pd.DataFrame:
    """One row for each `key` whose `column` differs: key, before, after, kind; in the key's order.

    kind: `better`, `worse` between two that are judged; `judged`, `unjudged` where only one is;
    `other` between two that are not; `new`, `gone` where a table does not have it.
    """
    old, new = _plain(before, key, column, "before"), _plain(after, key, column, "after")
    both = old.merge(new, on=key, how="outer", indicator="there")
    changed = both[(both["there"] != "both") | (both["before"] != both["after"])]
    kinds = [
        _kind(one, other, str(there))
        for one, other, there in zip(
            changed["before"], changed["after"], changed["there"], strict=True
        )
    ]
    found = changed.assign(kind=pd.Series(kinds, index=changed.index, dtype=object))
    return found[[key, "before", "after", "kind"]].sort_values(key).reset_index(drop=True)


def _plain(frame: pd.DataFrame, key: str, column: str, name: str) -> pd.DataFrame:
    return frame[[key, column]].astype(object).rename(columns={column: name})


def _kind(before: object, after: object, there: str) -> str:
    if there != "both":
        return "gone" if there == "left_only" else "new"
    old, new = before in BETTER_FIRST, after in BETTER_FIRST
    if old and new:
        better = BETTER_FIRST.index(str(after)) < BETTER_FIRST.index(str(before))
        return "better" if better else "worse"
    if old or new:
        return "judged" if new else "unjudged"
    return "other"
