"""The table of a section as files: CSV whose every row says what it is, Excel headed by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.exports import csv_bytes
from pipelines.words import as_of_text, statuses_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.exports import Cell
    from dashboard.translation import Translate
    from dashboard.ward import Dataset, Ward


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionTable:
    """A table to take along, with its definition and the data sets behind it."""

    name: str
    """How the file is called, after the municipality's code."""
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    definition: str
    datasets: Sequence[str]
    chosen: Sequence[tuple[str, str]] = ()
    """The choice under which the table was made."""
    residents: Sequence[str] = ()
    """Sources and dates of the residents in it, as they stand beside a rate."""


def file_stem(ward: Ward, table: SectionTable) -> str:
    """The file's name without its ending."""
    return f"{ward.outline.code}_{table.name}_{ward.as_of.isoformat()}"


def section_csv(ward: Ward, table: SectionTable, lang: str, _: Translate) -> bytes:
    """The rows, each with definition, date, state, source and edition."""
    about = _about(ward, table, lang, _)
    # A table may have a column of that name itself, and a file no two columns of one name.
    own = set(table.header)
    labels = [
        _("データの{label}").format(label=name) if name in own else name for name, _t in about
    ]
    header = [*table.header, *labels]
    texts = [text for _label, text in about]
    return csv_bytes([header, *([*row, *texts] for row in table.rows)])


def section_xlsx(ward: Ward, table: SectionTable, lang: str, _: Translate) -> bytes:
    """The rows on one sheet, headed by definition, date, state, source and edition."""
    from pipelines.workbook import Sheet, workbook  # noqa: PLC0415 - only for who asks for Excel

    about = [(_("表題"), table.title), (_("自治体"), ward.name_in(lang))]
    about += _about(ward, table, lang, _)
    return workbook(about, [Sheet(_("表"), table.header, table.rows)])


def _about(ward: Ward, table: SectionTable, lang: str, _: Translate) -> list[tuple[str, str]]:
    used = [ward.datasets[name] for name in table.datasets if name in ward.datasets]
    residents = list(dict.fromkeys(filter(None, table.residents)))
    return [
        *table.chosen,
        (_("定義"), table.definition),
        *([(_("対象の人口の出典"), " / ".join(residents))] if residents else []),
        (_("時点"), _each(used, [as_of_text(one.as_of, lang) for one in used], lang)),
        (_("状態"), _each(used, [statuses_text(one.statuses, lang) for one in used], lang)),
        (_("出典"), " / ".join(dict.fromkeys(one.credit_in(lang) for one in used if one.credit_in(lang)))),
        (_("データの版"), ward.edition),
    ]  # fmt: skip


def _each(used: Sequence[Dataset], texts: Sequence[str], lang: str) -> str:
    pairs = zip(used, texts, strict=True)
    return " / ".join(f"{one.title_in(lang)}: {text}" for one, text in pairs if text)
