"""The tables of the page 施設Wi-Fi to take away: each says what it is, of when and from whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.exports import csv_bytes
from dashboard.wifi.labels import group_title, time_title
from pipelines.words import as_of_text, statuses_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dashboard.exports import Cell
    from dashboard.translation import Translate
    from dashboard.wifi.asked import Shown


@dataclass(frozen=True, slots=True)
class Taken:
    """A table with its heading, and what is said about it; rows are as wide as the header."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    about: Sequence[tuple[str, str]]


def table_csv(make: Callable[[], Taken]) -> bytes:
    """As CSV: what is said about the table stands in every row, so that none is cut off from it."""
    taken = make()
    labels, texts = zip(*taken.about, strict=True)
    return csv_bytes([[*taken.header, *labels], *([*row, *texts] for row in taken.rows)])


def table_xlsx(make: Callable[[], Taken]) -> bytes:
    """As Excel: what is said about the table stands above it."""
    from dashboard.workbook import Sheet, workbook  # noqa: PLC0415 - only for who asks for Excel

    taken = make()
    return workbook(taken.about, [Sheet(taken.title, taken.header, taken.rows)])


def about(
    shown: Shown, title: str, definition: str, datasets: Iterable[str], _: Translate, *people: str
) -> list[tuple[str, str]]:
    """What is said about every table: the figure, its definition, sources, states and edition."""
    lang = shown.selection.lang
    used = [one for name in datasets if (one := shown.ward.datasets.get(name)) and one.statuses]
    states = dict.fromkeys(status for one in used for status in one.statuses)
    dates = [f"{one.title_in(lang)} {as_of_text(one.as_of, lang)}" for one in used]
    return [
        (_("表題"), title),
        (_("自治体"), shown.ward.name_in(lang)),
        (_("定義"), definition),
        (_("時点"), " / ".join([*dict.fromkeys(filter(None, people)), *dates])),
        (_("状態"), statuses_text(states, lang)),
        (_("出典"), " / ".join(filter(None, (one.credit_in(lang) for one in used)))),
        (_("データの版"), shown.ward.edition),
    ]


def asked_about(shown: Shown, _: Translate) -> list[tuple[str, str]]:
    """The choice under which a table of reach was made."""
    chosen = shown.selection
    return [
        (_("距離（直線）"), f"{chosen.distance} m"),
        (_("いつ"), time_title(chosen.time, _)),
        (_("対象の人口"), group_title(chosen.group, _)),
    ]
