"""`ebpm status`: which edition is current, what is in it, and whether the inputs moved on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines import words
from pipelines.inputs import gather_inputs, is_current
from pipelines.messages import Message
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
    lines = [
        Message(
            f"いまの版  {current}（{words.as_of_text(edition.as_of, 'ja')}）",
            f"current   {current} ({words.as_of_text(edition.as_of, 'en')})",
        ).text(lang),
        _freshness(folder, as_of).text(lang),
        *_dataset_lines(datasets, sources, lang),
    ]
    others = [name for name in edition_names(folder.warehouse) if name != current]
    if others:
        names = ", ".join(others)
        lines.append(Message(f"ほかの版  {names}", f"others    {names}").text(lang))
    return "\n".join(lines)


def _freshness(folder: DataFolder, as_of: date) -> Message:
    if is_current(gather_inputs(folder, as_of=as_of)):
        return Message("入力      版と同じです", "inputs    as in the edition")
    return Message(
        "入力      版を作ったあとに変わりました。「ebpm build」で新しい版ができます",
        "inputs    changed since; `ebpm build` makes a new edition",
    )


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
