"""Publish an edition so that a reader always finds a whole one.

A build writes a file of its own (`.building-*`), closes it, opens it again to see that it reads,
renames it to its edition name and only then replaces the pointer, in one step. Killed anywhere,
it leaves the pointer at a whole edition.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import duckdb
from filelock import FileLock, Timeout

from pipelines.contracts.ddl import INTERNAL, quoted
from pipelines.messages import Message, UserError
from pipelines.warehouse import (
    INTERNAL_ENDING,
    POINTER,
    Edition,
    EditionError,
    current_edition_name,
    edition_names,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOG: Final = "log.jsonl"
_LOCK: Final = ".lock"
_BUILDING: Final = ".building-"
_OWNER_ONLY: Final = 0o600


@contextlib.contextmanager
def build_lock(warehouse: Path, *, wait_seconds: float) -> Iterator[None]:
    """Hold the warehouse against other builds; raises UserError when one is under way.

    The operating system lets go of the lock when the process ends, however it ends.
    """
    try:
        warehouse.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(warehouse, error) from error
    lock = FileLock(warehouse / _LOCK)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        raise UserError(
            Message(
                f"別の「ebpm build」が実行中です（{warehouse}）。終わってから、もう一度実行してください。",
                f"Another `ebpm build` is under way in {warehouse}; run again when it is done.",
            )
        ) from error
    except OSError as error:
        raise _cannot_write(warehouse, error) from error
    try:
        _remove_unfinished(warehouse)
        yield
    finally:
        lock.release()


@dataclass
class Building:
    """An edition being written; it stands under `name` when the writer leaves."""

    connection: duckdb.DuckDBPyConnection
    name: str = ""


@contextlib.contextmanager
def write_edition(warehouse: Path) -> Iterator[Building]:
    """A new edition file; on a clean exit it stands under the name it was given.

    Anything raised inside leaves no edition behind. The caller holds the build lock.
    """
    building = warehouse / f"{_BUILDING}{os.getpid()}.duckdb"
    inside = internal_file(building)
    try:
        connection = duckdb.connect(str(building))
        attach_internal(connection, inside)
    except duckdb.Error as error:
        raise _cannot_write(warehouse, error) from error
    try:
        with connection:
            yield (edition := Building(connection))
            has_internal = _holds_rows(connection)
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        _remove_both(building)
        raise _cannot_write(warehouse, error) from error
    except BaseException:
        _remove_both(building)
        raise
    Edition(building).close()
    target = warehouse / f"{edition.name}.duckdb"
    # The internal rows first: an edition that is seen is whole.
    if has_internal:
        inside.chmod(_OWNER_ONLY)
        _settle(inside, internal_file(target))
    else:
        _remove(inside)
    _settle(building, target)


def internal_file(path: Path) -> Path:
    """Where an edition's internal rows are: beside it, and never opened by a page."""
    return path.with_name(f"{path.stem}{INTERNAL_ENDING}")


def attach_internal(connection: duckdb.DuckDBPyConnection, path: Path | None = None) -> None:
    """Attach the database of internal rows, in memory where no `path` is given."""
    connection.execute(f"ATTACH ? AS {INTERNAL}", [str(path) if path else ":memory:"])
    connection.execute(f"CREATE SCHEMA {INTERNAL}.clean")


def _holds_rows(connection: duckdb.DuckDBPyConnection) -> bool:
    tables = connection.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_catalog = ?", [INTERNAL]
    ).fetchall()
    counts = [
        connection.execute(f"SELECT count(*) FROM {INTERNAL}.clean.{quoted(name)}").fetchall()  # noqa: S608
        for (name,) in tables
    ]
    return any(rows for [(rows,)] in counts)


def _settle(building: Path, target: Path) -> None:
    with building.open("rb+") as file:
        os.fsync(file.fileno())
    building.replace(target)


def make_current(warehouse: Path, name: str, *, log: dict[str, Any]) -> None:
    """Point readers to an edition and write down that it became current."""
    pointer = warehouse / f".{POINTER}-{os.getpid()}"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(f"{name}.duckdb\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(warehouse / POINTER)
    entry = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "edition": name, **log}
    with (warehouse / LOG).open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def is_whole(warehouse: Path, name: str) -> bool:
    """Whether an edition of this name is there and opens."""
    path = warehouse / f"{name}.duckdb"
    if not path.is_file():
        return False
    try:
        Edition(path).close()
    except EditionError:
        return False
    return True


def remove_old(warehouse: Path, *, keep: int) -> list[str]:
    """Remove the editions least recently current, beyond the current one and `keep` others."""
    current = current_edition_name(warehouse)
    used = {name: at for at, name in enumerate(read_log_names(warehouse))}
    others = [name for name in edition_names(warehouse) if name != current]
    others.sort(key=lambda name: (used.get(name, -1), name))
    old = others[: max(len(others) - keep, 0)]
    return [name for name in old if _remove_both(warehouse / f"{name}.duckdb")]


def read_log_names(warehouse: Path) -> list[str]:
    """The editions that were current, oldest first; a half-written last line is passed over."""
    try:
        lines = (warehouse / LOG).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    names = []
    for line in lines:
        with contextlib.suppress(json.JSONDecodeError, KeyError, TypeError):
            names.append(str(json.loads(line)["edition"]))
    return names


def _remove_unfinished(warehouse: Path) -> None:
    for leftover in (*warehouse.glob(f"{_BUILDING}*"), *warehouse.glob(f".{POINTER}-*")):
        _remove(leftover)


def _remove(path: Path) -> bool:
    # On Windows a reader keeps the file; the next build removes it.
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
        return True
    return False


def _remove_both(path: Path) -> bool:
    return _remove(internal_file(path)) and _remove(path)


def _cannot_write(warehouse: Path, error: Exception) -> UserError:
    return UserError(
        Message(
            f"{warehouse} に書き込めません（{error}）。空き容量と権限を確かめてください。",
            f"{warehouse} cannot be written ({error}); check free space and permissions.",
        )
    )
