"""Publish an edition so that a reader always finds a whole one.

A build writes a file of its own (`.building-*`), closes it, opens it again to see that it reads,
renames it to its edition name and only then replaces the pointer, in one step. Killed anywhere,
it leaves the pointer at a whole edition.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import duckdb
from filelock import FileLock, Timeout

from pipelines.contracts.ddl import INTERNAL, quoted
from pipelines.messages import Message, UserError, plain
from pipelines.scratch import open_bounded
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
_OWNER_ONLY_FOLDER: Final = 0o700
# What a full or broken disk looks like from DuckDB and from here.
_FULL: Final = (
    *(duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException),
    *(duckdb.TransactionException, OSError),
)
_EDITION_NAME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]+")


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
    scratch = building.with_suffix(".tmp")
    try:
        scratch.mkdir(mode=_OWNER_ONLY_FOLDER)
        connection = open_bounded(building, scratch)
        attach_internal(connection, inside)
    except (duckdb.Error, OSError) as error:
        raise _cannot_write(warehouse, error) from error
    try:
        with connection:
            yield (edition := Building(connection))
            has_internal = _holds_rows(connection)
            # On a full disk closing would leave out in silence what is not in the files yet.
            connection.execute(f"CHECKPOINT {INTERNAL}")
            connection.execute("CHECKPOINT")
        _remove(scratch)
        _require_alone(building)
        _require_alone(inside)
        Edition(building).close()
        target = warehouse / f"{edition.name}.duckdb"
        # The internal rows first: an edition that is seen is whole.
        if has_internal:
            inside.chmod(_OWNER_ONLY)
            _settle(inside, internal_file(target))
        else:
            _remove(inside)
        _settle(building, target)
    except (*_FULL, EditionError) as error:
        _remove_unfinished(warehouse)
        raise _cannot_write(warehouse, error) from error
    except BaseException:
        _remove_unfinished(warehouse)
        raise


def internal_file(path: Path) -> Path:
    """Where an edition's internal rows are: beside it, and never opened by a page."""
    return path.with_name(f"{path.stem}{INTERNAL_ENDING}")


def attach_internal(connection: duckdb.DuckDBPyConnection, path: Path | None = None) -> None:
    """Attach the database of internal rows, in memory where no `path` is given."""
    connection.execute(f"ATTACH ? AS {INTERNAL}", [str(path) if path else ":memory:"])
    connection.execute(f"CREATE SCHEMA {INTERNAL}.clean")


def _holds_rows(connection: duckdb.DuckDBPyConnection) -> bool:
    tables = connection.execute(
        "SELECT table_schema, table_name FROM information_schema.tables WHERE table_catalog = ?",
        [INTERNAL],
    ).fetchall()
    counts = [
        connection.execute(
            f"SELECT count(*) FROM {INTERNAL}.{quoted(schema)}.{quoted(name)}"  # noqa: S608
        ).fetchall()
        for schema, name in tables
    ]
    return any(rows for [(rows,)] in counts)


def _settle(building: Path, target: Path) -> None:
    with building.open("rb+") as file:
        os.fsync(file.fileno())
    building.replace(target)


def _require_alone(building: Path) -> None:
    """An edition is renamed alone: nothing of it may still stand in DuckDB's log beside it."""
    log = building.with_name(f"{building.name}.wal")
    if log.exists():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), log.name)


def make_current(
    warehouse: Path, name: str, *, log: dict[str, Any], withdraw: bool = False
) -> None:
    """Point readers to an edition and write down that it became current.

    Raises UserError when either cannot be written; readers and log are then as they were, and
    with `withdraw` the edition is removed again.
    """
    pointer = warehouse / f".{POINTER}-{os.getpid()}"
    entry = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "edition": name, **log}
    try:
        _write_whole(pointer, f"{name}.duckdb\n")
        with _appended(warehouse / LOG, json.dumps(entry, ensure_ascii=False) + "\n"):
            pointer.replace(warehouse / POINTER)
    except OSError as error:
        _remove(pointer)
        if withdraw:
            _remove_both(warehouse / f"{name}.duckdb")
        raise _cannot_write(warehouse, error) from error


def _write_whole(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def _appended(path: Path, line: str) -> Iterator[None]:
    """Append a line, and take it back when what it tells of fails."""
    before = path.stat().st_size if path.exists() else 0
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(line)
        yield
    except OSError:
        with contextlib.suppress(OSError):
            os.truncate(path, before)
        raise


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
    """Remove the editions least recently current, beyond the current one and `keep` others.

    A file that someone put beside them, a copy for instance, is not this function's.
    """
    current = current_edition_name(warehouse)
    used = {name: at for at, name in enumerate(read_log_names(warehouse))}
    built = filter(_EDITION_NAME.fullmatch, edition_names(warehouse))
    others = [name for name in built if name != current]
    others.sort(key=lambda name: (used.get(name, -1), name))
    old = others[: max(len(others) - keep, 0)]
    return [name for name in old if _remove_both(warehouse / f"{name}.duckdb")]


def read_log_names(warehouse: Path) -> list[str]:
    """The editions that were current, oldest first; a half-written last line is passed over."""
    try:
        lines = (warehouse / LOG).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
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
        if path.is_dir():  # DuckDB puts what does not fit into memory beside its file
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        return True
    return False


def _remove_both(path: Path) -> bool:
    return _remove(internal_file(path)) and _remove(path)


def _cannot_write(warehouse: Path, error: Exception) -> UserError:
    where, why = plain(str(warehouse)), plain(str(error))
    return UserError(
        Message(
            f"{where} に書き込めません（{why}）。空き容量と権限を確かめてください。",
            f"{where} cannot be written ({why}); check free space and permissions.",
        )
    )
