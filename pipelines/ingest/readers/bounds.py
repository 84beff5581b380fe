"""How much a file may hold: a limit for each thing that could fill a machine's memory or time."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from pipelines.ingest.readers.found import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MAX_MEMBERS: Final = 2_000
MAX_UNPACKED_BYTES: Final = 1024**3
MAX_SHEET_BYTES: Final = 512 * 1024**2
MAX_CELLS: Final = 20_000_000
MAX_ROWS: Final = 1_048_576
"""Rows of a sheet; Excel itself has no more."""
# Sheets of empty formatted cells shrink to a fiftieth; nothing honest to less than this.
_MOST_SHRUNK: Final = 250
_SMALL_BYTES: Final = 1024**2
_ENCRYPTED: Final = 0x1
# What zipfile raises for damaged members, unknown versions and positions that cannot be.
DAMAGED: Final = (
    *(zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError),
    *(struct.error, zlib.error),
)


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open a zip whose members are within bounds; raises ReadError."""
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGED as error:
        raise ReadError("truncated") from error
    try:
        _check(archive.infolist())
    except ReadError:
        archive.close()
        raise
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The content of one member; raises ReadError where it is damaged."""
    try:
        return archive.read(name)
    except KeyError as error:
        raise ReadError("truncated", name) from error
    except DAMAGED as error:
        raise ReadError("truncated", name) from error


def _check(members: Sequence[zipfile.ZipInfo]) -> None:
    for problem in _problems(members):
        raise problem


def _problems(members: Sequence[zipfile.ZipInfo]) -> Iterator[ReadError]:
    if len(members) > MAX_MEMBERS:
        yield ReadError("too_large", f"{len(members)} members")
    total = sum(member.file_size for member in members)
    if total > MAX_UNPACKED_BYTES:
        yield ReadError("too_large", f"{total / 1024**2:,.0f} MiB")
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            yield ReadError("password", member.filename)
        shrunk = member.file_size > _MOST_SHRUNK * max(1, member.compress_size)
        if member.file_size > _SMALL_BYTES and shrunk:
            yield ReadError("too_large", f"{member.filename}: compressed beyond belief")
