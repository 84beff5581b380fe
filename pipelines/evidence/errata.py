"""正誤表: what was corrected between two editions, from what each says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from pipelines.warehouse import Edition

COLUMNS: Final = {
    "change": "区分",
    "dataset_title": "データ",
    "key": "行",
    "field_title": "項目",
    "wrong": "誤",
    "right": "正",
    "reason": "理由",
    "decided_by": "決めた職",
    "decided_on": "決めた日",
    "correction_id": "訂正番号",
}
"""The table's columns and their headings as printed."""
_ADDED: Final = "訂正"
_ENDED: Final = "訂正終了"
_IDENTITY: Final = ["correction_id", "dataset", "key", "field", "expected", "value"]


def errata(older: Edition, newer: Edition) -> pd.DataFrame:
    """Corrections that `newer` has and `older` had not (訂正), and those that ended (訂正終了).

    One row a correction, columns as in COLUMNS, ordered by data set and correction. An entry
    ends when the source was mended or its decision was withdrawn; what is wrong and right is
    then as it was.
    """
    before, after = older.frame("meta.corrections"), newer.frame("meta.corrections")
    merged = before[_IDENTITY].merge(after[_IDENTITY], how="outer", indicator=True)
    parts = []
    for side, edition, rows, change in (
        ("right_only", newer, after, _ADDED),
        ("left_only", older, before, _ENDED),
    ):
        ids = merged[merged["_merge"] == side]["correction_id"]
        parts.append(_described(rows[rows["correction_id"].isin(ids)], edition, change))
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["dataset_title", "correction_id"], ignore_index=True)


def _described(rows: pd.DataFrame, edition: Edition, change: str) -> pd.DataFrame:
    titles = edition.titles()
    fields = [
        titles.get(f"{dataset}.{field}", field)
        for dataset, field in zip(rows["dataset"], rows["field"], strict=True)
    ]
    described = rows.rename(columns={"expected": "wrong", "value": "right"}).assign(
        change=change,
        dataset_title=[titles.get(name, name) for name in rows["dataset"]],
        field_title=fields,
    )
    return described[list(COLUMNS)]
