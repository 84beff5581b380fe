"""Open an edition of the warehouse and read its tables.

An edition is one DuckDB file that is never written again; `CURRENT` holds the name of the one
to read. Readers open by that name, read-only, so a build never waits for a page nor a page for
a build.
"""

from __future__ import annotations

import json
import re
import threading
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

import duckdb

from pipelines.contracts.ddl import quoted
from pipelines.folder import DataFolder
from pipelines.messages import Message, UserError, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    import pandas as pd
    import pyarrow as pa

POINTER: Final = "CURRENT"
INTERNAL_ENDING: Final = ".internal.duckdb"
"""How the name of the file with an edition's internal rows ends; nothing here opens it."""
SCHEMA_VERSION: Final = "2"
_OPEN_ATTEMPTS: Final = 3
# A name can come from a link or a damaged pointer; it never leads out of the folder.
_NAME: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}")


class EditionError(UserError):
    """There is no edition, or it cannot be read; the message says what to do."""


class Edition:
    """One edition, open for reading; safe to share between threads (a cursor a query)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.stem
        self._lock = threading.Lock()
        try:
            self._connection = duckdb.connect(str(path), read_only=True)
        except duckdb.Error as error:
            raise _unreadable(path) from error
        try:
            self._columns = self._read_columns()
            self.build = {
                row["key"]: row["value"] for row in self.frame("meta.build").to_dict("records")
            }
            self.as_of = date.fromisoformat(self.build["as_of"])
        except (duckdb.Error, KeyError, TypeError, ValueError) as error:
            self._connection.close()
            raise _unreadable(path) from error
        if self.build.get("schema_version") != SCHEMA_VERSION:
            self._connection.close()
            raise _unreadable(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def tables(self) -> list[str]:
        """The tables' names with their schema, sorted, such as `clean.areas`."""
        return sorted(self._columns)

    def titles(self) -> dict[str, str]:
        """Japanese titles of data sets (`areas`) and their columns (`areas.population`)."""
        titles: dict[str, str] = {}
        for row in self.arrow("meta.contracts").to_pylist():
            contract = json.loads(row["contract_json"])
            titles[contract["name"]] = contract["title"]
            for field in contract["fields"]:
                titles[f"{contract['name']}.{field['name']}"] = field["title"]
        return titles

    def frame(self, table: str, **equals: object) -> pd.DataFrame:
        """`table` as a DataFrame, of the rows whose columns equal the values given.

        Raises KeyError for a table or a column that the edition does not have. Values are bound,
        never written into the statement. Rows come in the order they were stored.
        """
        frame: pd.DataFrame = self._select(table, equals).df()
        return frame

    def arrow(self, table: str, **equals: object) -> pa.Table:
        """The same rows as an Arrow table, types as they are stored."""
        return self._select(table, equals).to_arrow_table()

    def part(
        self,
        table: str,
        columns: Sequence[str],
        *,
        first: int | None = None,
        **among: Collection[Any],
    ) -> pa.Table:
        """Columns of the `first` rows whose values are among those given, as they were stored.

        Raises KeyError like `frame`; without `first`, all rows.
        """
        self._require_columns(table, [*columns, *among])
        listed = ", ".join(quoted(column) for column in columns)
        where, values = _among(among)
        statement = f"SELECT {listed} FROM {_quoted_table(table)}{where}"  # noqa: S608
        statement += "" if first is None else f" LIMIT {int(first)}"
        return self._cursor().sql(statement, params=values).to_arrow_table()

    def count(self, table: str, **among: Collection[Any]) -> int:
        """How many rows of `table` have values among those given."""
        self._require_columns(table, among)
        where, values = _among(among)
        statement = f"SELECT count(*) FROM {_quoted_table(table)}{where}"  # noqa: S608
        [(rows,)] = self._cursor().execute(statement, values).fetchall()
        return int(rows)

    def _require_columns(self, table: str, names: Iterable[str]) -> None:
        columns = self._columns[table]
        for name in names:
            if name not in columns:
                raise KeyError(f"{table}.{name}")

    def _select(self, table: str, equals: dict[str, object]) -> duckdb.DuckDBPyRelation:
        self._require_columns(table, equals)
        where = " AND ".join(f"{quoted(column)} = ?" for column in equals)
        statement = f"SELECT * FROM {_quoted_table(table)}"  # noqa: S608
        statement += f" WHERE {where}" if where else ""
        return self._cursor().sql(statement, params=list(equals.values()))

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        # One connection shared by threads returns wrong rows; a cursor of it does not. Making
        # the cursor itself is guarded.
        with self._lock:
            return self._connection.cursor()

    def _read_columns(self) -> dict[str, tuple[str, ...]]:
        columns: dict[str, tuple[str, ...]] = {}
        rows: list[tuple[Any, ...]] = (
            self._cursor()
            .execute(
                "SELECT table_schema, table_name, list(column_name ORDER BY ordinal_position)"
                " FROM information_schema.columns GROUP BY ALL"
            )
            .fetchall()
        )
        for schema, table, names in rows:
            columns[f"{schema}.{table}"] = tuple(names)
        return columns


def _quoted_table(table: str) -> str:
    schema, _, name = table.partition(".")
    return f"{quoted(schema)}.{quoted(name)}"


def _among(among: Mapping[str, Collection[Any]]) -> tuple[str, list[Any]]:
    """The WHERE clause and its bound values; a column that may have no value at all fits no row."""
    conditions = [f"list_contains(?, {quoted(column)})" for column in among]
    return f" WHERE {' AND '.join(conditions)}" if among else "", [list(v) for v in among.values()]


def current_edition_name(warehouse: Path | None = None) -> str:
    """The name of the edition that `CURRENT` points to.

    Raises EditionError when nothing has been built yet or the pointer cannot be read.
    """
    pointer = _warehouse(warehouse) / POINTER
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise EditionError(
            Message(
                f"まだデータの版がありません（{pointer}）。「ebpm build」を実行してください。",
                f"No edition has been built yet ({pointer}). Run `ebpm build`.",
            )
        ) from error
    if not _NAME.fullmatch(name):
        raise _unreadable(pointer)
    return name.removesuffix(".duckdb")


def open_edition(name: str | None = None, *, warehouse: Path | None = None) -> Edition:
    """Open the current edition, or the one called `name`, read-only.

    Raises EditionError when it is missing or cannot be read. An edition that vanished between
    reading the pointer and opening (cleaned away by a build) is looked up again.
    """
    for _ in range(_OPEN_ATTEMPTS - 1):
        path = _edition_path(name, warehouse)
        try:
            return _open(path)
        except EditionError:
            if name or path.is_file():
                raise
    return _open(_edition_path(name, warehouse))


def _edition_path(name: str | None, warehouse: Path | None) -> Path:
    chosen = name or current_edition_name(warehouse)
    folder = _warehouse(warehouse)
    if not _NAME.fullmatch(chosen) or _is_internal(f"{chosen}.duckdb"):
        raise _missing(chosen, folder)
    return folder / f"{chosen}.duckdb"


def _open(path: Path) -> Edition:
    if not path.is_file():
        raise _missing(path.stem, path.parent)
    return Edition(path)


def _missing(name: str, folder: Path) -> EditionError:
    name = plain(name, 100)
    return EditionError(
        Message(
            f"版「{name}」が見つかりません（{folder}）。「ebpm status」で一覧を確かめてください。",
            f"Edition {name} was not found in {folder}. `ebpm status` lists them.",
        )
    )


def edition_names(warehouse: Path | None = None) -> list[str]:
    """All editions of the warehouse, oldest as-of date first."""
    files = _warehouse(warehouse).glob("[!.]*.duckdb")
    return sorted(path.stem for path in files if not _is_internal(path.name))


def _is_internal(file_name: str) -> bool:
    return file_name.endswith(INTERNAL_ENDING)


def _warehouse(warehouse: Path | None) -> Path:
    return warehouse or DataFolder.default().warehouse


def _unreadable(path: Path) -> EditionError:
    return EditionError(
        Message(
            f"データの版を読めません（{path}）。「ebpm build」で作り直してください。",
            f"The edition cannot be read ({path}). Build it again with `ebpm build`.",
        )
    )
