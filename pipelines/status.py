"""`ebpm status`: which edition is current, what is in it, and whether the inputs moved on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipelines import words
from pipelines.inputs import gather_inputs, is_current
from pipelines.messages import Message, plain
from pipelines.warehouse import current_edition_name, edition_names, open_edition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import pandas as pd

    from pipelines.folder import DataFolder


def status_text(folder: DataFolder, *, as_of: date, lang: str) -> str:
    """The status as text; raises EditionError when there is no edition yet."""
    current = current_edition_name(folder.warehouse)
    with open_edition(current, warehouse=folder.warehouse) as edition:
        datasets = edition.frame("meta.datasets")
        sources = edition.frame("meta.sources")
        contracts = edition.arrow("meta.contracts").to_pylist()
    # Of merged files, rows are accounted for one by one: a file that says nothing new is no mistake.
    merged = [
        one["dataset"]
        for one in contracts
        if json.loads(one["contract_json"]).get("combine") == "merge"
    ]
    lines = [
        Message(
            f"いまの版  {current}（{words.as_of_text(edition.as_of, 'ja')}）",
            f"current   {current} ({words.as_of_text(edition.as_of, 'en')})",
        ).text(lang),
        _freshness(folder, edition.as_of, as_of).text(lang),
        *_dataset_lines(datasets, sources, lang),
        *_unused_lines(sources[~sources.dataset.isin(merged)], lang),
    ]
    others = [name for name in edition_names(folder.warehouse) if name != current]
    if others:
        names = ", ".join(others)
        lines.append(Message(f"ほかの版  {names}", f"others    {names}").text(lang))
    return "\n".join(lines)


def _freshness(folder: DataFolder, made_as_of: date, as_of: date) -> Message:
    """Whether a build would make another edition, and whether for the files or for the day."""
    if not is_current(gather_inputs(folder, as_of=made_as_of)):
        return Message(
            "入力      版を作ったあとに変わりました。「ebpm build」で新しい版ができます",
            "inputs    changed since; `ebpm build` makes a new edition",
        )
    if as_of != made_as_of:
        ja, en = words.as_of_text(as_of, "ja"), words.as_of_text(as_of, "en")
        return Message(
            f"入力      版と同じです。「ebpm build」で{ja}の版ができます",
            f"inputs    as in the edition; `ebpm build` makes one {en}",
        )
    return Message("入力      版と同じです", "inputs    as in the edition")


def _dataset_lines(datasets: pd.DataFrame, sources: pd.DataFrame, lang: str) -> Iterator[str]:
    held = sources.groupby("dataset")["rows_quarantined"].sum().to_dict()
    bare = datasets[datasets.files == 0]
    for row in datasets[datasets.files > 0].to_dict("records"):
        statuses = [*filter(None, row["statuses"].split(",")), *(["stale"] if row["stale"] else [])]
        day = None if row["as_of"] is None or row["as_of"] != row["as_of"] else row["as_of"]
        worded = words.statuses_text(statuses, lang) if statuses else words.NO_DATA[lang]
        kept = int(held.get(row["dataset"], 0))
        yield Message(
            f"  {row['title']}: {row['rows']}行・取込保留 {kept}・{words.as_of_text(day, 'ja')}・{worded}",
            f"  {row['title_en']}: rows {row['rows']}, quarantined {kept}, {words.as_of_text(day, 'en')}, {worded}",
        ).text(lang)
    if len(bare):
        ja, en = "、".join(bare.title), ", ".join(bare.title_en)
        yield Message(
            f"  ファイルのないデータ（{words.NO_DATA['ja']}） {len(bare)}: {ja}",
            f"  no file ({words.NO_DATA['en']}) for {len(bare)}: {en}",
        ).text(lang)


def _unused_lines(sources: pd.DataFrame, lang: str) -> Iterator[str]:
    """Files that no row was used of: an older edition of a boundary, a list without its parents."""
    unused = sources[(sources.rows_read > 0) & (sources.rows_left_out == sources.rows_read)]
    for row in unused.to_dict("records"):
        day = None if row["as_of"] is None or row["as_of"] != row["as_of"] else row["as_of"]
        name = plain(row["file_name"])
        yield Message(
            f"  使っていないファイル: {name}（{words.as_of_text(day, 'ja')}・{row['rows_read']}行）",
            f"  file not used: {name} ({words.as_of_text(day, 'en')}, {row['rows_read']} rows)",
        ).text(lang)
