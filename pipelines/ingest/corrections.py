"""Corrections as data: known errors of a source, mended by an entry that says why and who.

An entry names its row by key, the value it expects to find, and the value it should be. One that
no longer applies (the row is gone, the value is another) stops the build with its name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date  # noqa: TC003 - pydantic needs it at run time
from typing import TYPE_CHECKING

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.declarations import DeclarationError, first_error, read_yaml
from pipelines.messages import Message, UserError, plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.contracts import Catalogue, Contract
    from pipelines.ingest.types import CleanedFile


class Correction(BaseModel):
    """One entry of data/corrections/; texts are those of the cleaned table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    dataset: str
    key: dict[str, str] = Field(min_length=1)
    field: str
    expected: str | None
    """The value that stands there now; null for a blank."""
    value: str | None
    reason: str = Field(min_length=1)
    decided_by: str = Field(min_length=1)
    """A post, never a person."""
    decided_on: date

    @property
    def key_text(self) -> str:
        """The key as people read it."""
        return " / ".join(self.key.values())


class _CorrectionFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    corrections: list[Correction]


@dataclass(frozen=True)
class Applied:
    """A correction and the row it changed."""

    correction: Correction
    source_no: int
    line: int


def load_corrections(folder: Path, catalogue: Catalogue) -> list[Correction]:
    """All entries of `folder`/*.yaml in order; raises UserError for one that cannot be right."""
    entries = [entry for path in sorted(folder.glob("*.yaml")) for entry in _read(path)]
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise _wrong(entry, "同じidの訂正が二つあります", "two corrections have this id")
        seen.add(entry.id)
        _require_known(entry, catalogue)
    return entries


def apply_corrections(
    files: Sequence[CleanedFile], contract: Contract, corrections: Sequence[Correction]
) -> tuple[list[CleanedFile], list[Applied]]:
    """The files with the entries of their data set applied, and where each was.

    Raises UserError naming the first entry that does not find its one row with its value.
    """
    tables = [file.table for file in files]
    applied = []
    for entry in corrections:
        if entry.dataset != contract.name:
            continue
        at, row = _find(entry, tables)
        found = tables[at][entry.field][row].as_py()
        if found != entry.expected:
            raise _wrong(
                entry,
                f"「{found or ''}」と書いてあり、「{entry.expected or ''}」ではありません",
                f"the value is “{found or ''}”, not “{entry.expected or ''}”",
            )
        tables[at] = _set(tables[at], entry.field, row, entry.value)
        line = tables[at]["source_line"][row].as_py()
        applied.append(Applied(entry, files[at].source.source_no, line))
    return [replace(file, table=table) for file, table in zip(files, tables, strict=True)], applied


def _read(path: Path) -> list[Correction]:
    try:
        content = read_yaml(path) or {"corrections": []}
        return _CorrectionFile.model_validate(content).corrections
    except ValidationError as error:
        detail = first_error(error)
    except DeclarationError as error:
        detail = str(error)
    name = plain(str(path))
    raise UserError(
        Message(
            f"{name}: 訂正の記録を読めません（{detail}）。項目を直してください。",
            f"{name}: the corrections cannot be read ({detail}); correct the entry.",
        )
    )


def _require_known(entry: Correction, catalogue: Catalogue) -> None:
    contract = catalogue.contracts.get(entry.dataset)
    names = [entry.field, *entry.key]
    known = {field.name for field in contract.read_fields} if contract else set()
    unknown = [name for name in names if name not in known]
    if unknown:
        listed = "、".join(unknown)
        raise _wrong(
            entry,
            f"データ「{entry.dataset}」に項目 {listed} がありません",
            f"the data set {entry.dataset} has no field {listed}",
        )


def _find(entry: Correction, tables: Sequence[pa.Table]) -> tuple[int, int]:
    found = [
        (at, row)
        for at, table in enumerate(tables)
        for row, values in enumerate(
            zip(*(table[name].to_pylist() for name in entry.key), strict=True)
        )
        if values == tuple(entry.key.values())
    ]
    if len(found) != 1:
        raise _wrong(
            entry,
            f"行（{entry.key_text}）が{len(found)}件あります",
            f"{len(found)} rows have the key {entry.key_text}",
        )
    return found[0]


def _set(table: pa.Table, field: str, row: int, value: str | None) -> pa.Table:
    values = table[field].to_pylist()
    values[row] = value
    at = table.schema.get_field_index(field)
    return table.set_column(at, field, pa.array(values, pa.string()))


def _wrong(entry: Correction, ja: str, en: str) -> UserError:
    return UserError(
        Message(
            f"訂正「{entry.id}」は当てはまりません: {ja}。"
            "公表元が直したのなら data/corrections/ から消し、そうでなければ訂正を直してください。",
            f"Correction {entry.id} does not apply: {en}. Remove it from data/corrections/ if the "
            "source was mended, otherwise correct the entry.",
        )
    )
