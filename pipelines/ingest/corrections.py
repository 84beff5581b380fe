"""Corrections as data: known errors of a source, mended by an entry that says why and who.

An entry names its row by key, the value it expects to find, and the value it should be. One that
no longer applies (the row is gone, the value is another) stops the build with its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - pydantic needs it at run time
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.contracts.ddl import quoted
from pipelines.declarations import DeclarationError, first_error, read_yaml
from pipelines.ingest.stage import STAGED, STAGED_ROWS
from pipelines.messages import Message, UserError, plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import duckdb

    from pipelines.contracts import Catalogue, Contract


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
    connection: duckdb.DuckDBPyConnection, contract: Contract, corrections: Sequence[Correction]
) -> tuple[Applied, ...]:
    """Apply the entries of a data set to its staged rows; gives where each was.

    Raises UserError naming the first entry that does not find its one row with its value.
    """
    own = [entry for entry in corrections if entry.dataset == contract.name]
    return tuple(_apply(connection, entry) for entry in own)


def _apply(connection: duckdb.DuckDBPyConnection, entry: Correction) -> Applied:
    row_no, source_no, line, found = _find(connection, entry)
    if found != entry.expected:
        raise _wrong(
            entry,
            f"「{found or ''}」と書いてあり、「{entry.expected or ''}」ではありません",
            f"the value is “{found or ''}”, not “{entry.expected or ''}”",
        )
    connection.execute(
        f"UPDATE {STAGED_ROWS} SET {quoted(entry.field)} = ? WHERE row_no = ?",  # noqa: S608
        [entry.value, row_no],
    )
    return Applied(entry, source_no, line)


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


def _find(
    connection: duckdb.DuckDBPyConnection, entry: Correction
) -> tuple[int, int, int, str | None]:
    """The row, its file and line, and what stands there now."""
    key = " AND ".join(f"{quoted(name)} = ?" for name in entry.key)
    found = connection.execute(
        f"SELECT row_no, source_no, source_line, {quoted(entry.field)} FROM {STAGED} WHERE {key}",  # noqa: S608
        list(entry.key.values()),
    ).fetchall()
    if len(found) != 1:
        raise _wrong(
            entry,
            f"行（{entry.key_text}）が{len(found)}件あります",
            f"{len(found)} rows have the key {entry.key_text}",
        )
    row_no, source_no, line, value = found[0]
    return row_no, source_no, line, value


def _wrong(entry: Correction, ja: str, en: str) -> UserError:
    return UserError(
        Message(
            f"訂正「{entry.id}」は当てはまりません: {ja}。"
            "公表元が直したのなら data/corrections/ から消し、そうでなければ訂正を直してください。",
            f"Correction {entry.id} does not apply: {en}. Remove it from data/corrections/ if the "
            "source was mended, otherwise correct the entry.",
        )
    )
