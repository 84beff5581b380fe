"""What an edition says of itself, as the page データ reads it."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.reading import plain_rows, read_datasets
from pipelines.evidence.inventory import Inventory, take_inventory

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from dashboard.data_selection import DataSelection
    from dashboard.ward import Dataset
    from pipelines.warehouse import Edition

STATE_ENDING: Final = "_state"
"""What a cell of `<name>` meant stands in `<name>_state`."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a clean table."""

    name: str
    title: str
    title_en: str
    internal: bool
    marks: Mapping[str, str] = field(default_factory=dict)
    """How its data set writes what is no number: `×` for withheld; nothing where it takes no marks."""
    values_en: Mapping[str, str] = field(default_factory=dict)
    """The values that can be chosen, in English."""

    def title_in(self, lang: str) -> str:
        """The column's title."""
        return self.title_en if lang == "en" else self.title


@dataclass(frozen=True, slots=True)
class Origin:
    """Where such a file comes from, or the terms it is published under; the address may be blank."""

    title: str
    title_en: str
    address: str

    def title_in(self, lang: str) -> str:
        """What it is called."""
        return self.title_en if lang == "en" else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A data set of the edition: what it is, how it came, and what its columns are."""

    dataset: Dataset
    files: int
    rhythm: str
    licences: str
    quarantined: int
    gate: str
    gate_en: str
    description: str
    description_en: str
    geometry: str
    usual_sources: tuple[Origin, ...]
    usual_terms: tuple[Origin, ...]
    columns: tuple[Column, ...]

    @property
    def internal(self) -> bool:
        """Whether any column is internal: then no row is shown, only how many there are."""
        return any(column.internal for column in self.columns)

    @property
    def public_columns(self) -> tuple[Column, ...]:
        """The columns that a page may show."""
        return () if self.internal else self.columns

    @property
    def all_held(self) -> bool:
        """Whether the files were read and not one of their rows is in the table."""
        return self.dataset.rows == 0 and self.quarantined > 0

    @property
    def stands_in(self) -> bool:
        """Whether what is there only keeps the place for the ward's own file."""
        return not {"sample", "schematic"}.isdisjoint(self.dataset.statuses)

    def column_title(self, names: str, lang: str) -> str:
        """The titles of one or several columns, named with commas between."""
        titles = {column.name: column.title_in(lang) for column in self.columns}
        parts = [titles.get(name, name) for name in names.split(",") if name]
        return (", " if lang == "en" else "・").join(parts)


@dataclass(frozen=True, kw_only=True)
class Holdings:
    """All that the page データ needs of one edition, besides the rows themselves."""

    edition: str
    as_of: date
    inventory: Inventory
    datasets: Mapping[str, Holding]
    files: tuple[dict[str, Any], ...]
    """Rows of meta.sources."""
    repairs: Mapping[int, tuple[dict[str, Any], ...]]
    """Rows of meta.repairs by the number of their file."""
    findings: pa.Table
    """meta.findings; a column `hidden` says whose value is internal, and it is not in here."""
    corrections: tuple[dict[str, Any], ...]
    """Rows of meta.corrections."""

    @property
    def supplied(self) -> tuple[Holding, ...]:
        """The data sets that have a file."""
        return tuple(one for one in self.datasets.values() if one.files)

    @property
    def missing(self) -> tuple[Holding, ...]:
        """The data sets that nobody supplied yet."""
        return tuple(one for one in self.datasets.values() if not one.files)

    def chosen_files(self, selection: DataSelection) -> tuple[dict[str, Any], ...]:
        """The files of the selection."""
        return tuple(
            row
            for row in self.files
            if selection.dataset in {"", row["dataset"]}
            and selection.file in {"", row["file_name"]}
        )

    def chosen_findings(self, selection: DataSelection, *, kinds: Collection[str]) -> pa.Table:
        """The findings of the selection, of these kinds, in the order of files and lines."""
        table = self.findings
        table = table.filter(pc.is_in(table["severity"], value_set=pa.array(kinds, pa.string())))
        for column, wanted in (("dataset", selection.dataset), ("file_name", selection.file)):
            if wanted:
                table = table.filter(pc.equal(table[column], wanted))
        return table

    def chosen_corrections(self, selection: DataSelection) -> tuple[dict[str, Any], ...]:
        """The corrections of the selection."""
        return tuple(row for row in self.corrections if selection.dataset in {"", row["dataset"]})


def read_holdings(edition: Edition) -> Holdings:
    """Read what an edition says of itself; internal values are not taken along."""
    described = edition.arrow("meta.datasets").to_pylist()
    contracts = {
        row["dataset"]: json.loads(row["contract_json"])
        for row in edition.arrow("meta.contracts").to_pylist()
    }
    datasets = {
        dataset.name: _holding(dataset, row, contracts[dataset.name])
        for dataset, row in zip(read_datasets(edition), described, strict=True)
    }
    repairs: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in plain_rows(edition.frame("meta.repairs")):
        repairs[row["source_no"]].append(row)
    return Holdings(
        edition=edition.name,
        as_of=edition.as_of,
        inventory=take_inventory(described),
        datasets=datasets,
        files=tuple(plain_rows(edition.frame("meta.sources"))),
        repairs={number: tuple(rows) for number, rows in repairs.items()},
        findings=_without_internal(edition.arrow("meta.findings"), datasets),
        corrections=tuple(
            _correction(row, hidden=datasets[row["dataset"]].internal)
            for row in plain_rows(edition.frame("meta.corrections"))
        ),
    )


def _holding(dataset: Dataset, row: dict[str, Any], contract: dict[str, Any]) -> Holding:
    return Holding(
        dataset=dataset,
        files=int(row["files"]),
        rhythm=row["rhythm"],
        licences=row["licences"],
        quarantined=int(row["rows_quarantined"]),
        gate=row["gate"],
        gate_en=row["gate_en"],
        description=contract["description"],
        description_en=contract["description_en"],
        geometry=contract.get("geometry", "none"),
        usual_sources=_origins(contract.get("sources", ())),
        usual_terms=_origins(contract.get("licenses", ())),
        columns=tuple(_columns(contract)),
    )


def _origins(entries: Iterable[Mapping[str, str]]) -> tuple[Origin, ...]:
    return tuple(
        # An edition of an earlier day names them in Japanese alone.
        Origin(entry["title"], entry.get("title_en", entry["title"]), entry.get("path", ""))
        for entry in entries
    )


def _columns(contract: dict[str, Any]) -> Iterator[Column]:
    """The columns; what a mark meant stands in its number's cell, not in a column of its own."""
    marks: dict[str, str] = {}
    for mark, meaning in contract.get("symbols", {}).items():
        marks.setdefault(meaning, mark)
    marked = {one["name"] for one in contract["fields"] if one.get("symbols")}
    for one in contract["fields"]:
        if one["name"].removesuffix(STATE_ENDING) in marked and one["name"] not in marked:
            continue
        yield Column(
            one["name"],
            one["title"],
            one["title_en"],
            one.get("access", "public") != "public",
            marks if one["name"] in marked else {},
            one.get("values_en", {}),
        )


def _without_internal(findings: pa.Table, datasets: Mapping[str, Holding]) -> pa.Table:
    internal = [name for name, holding in datasets.items() if holding.internal]
    hidden = pc.is_in(findings["dataset"], value_set=pa.array(internal, pa.string()))
    shown = pc.if_else(hidden, pa.scalar(None, pa.string()), findings["value"])
    at = findings.schema.get_field_index("value")
    return findings.set_column(at, "value", shown).append_column("hidden", hidden)


def _correction(row: dict[str, Any], *, hidden: bool) -> dict[str, Any]:
    values = dict.fromkeys(("key", "expected", "value")) if hidden else {}
    return {**row, **values, "hidden": hidden}
