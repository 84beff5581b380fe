"""A zip: its members one by one, written out under names of our own, never under theirs."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from pipelines.ingest.readers.bounds import DAMAGED, open_archive
from pipelines.ingest.readers.found import NO_TABLE, FoundTable, ReadError, most_telling
from pipelines.messages import Message

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Mapping, Sequence

    from pipelines.ingest.types import RawTable

_MOST_TABLES: Final = 200
_SHAPEFILE: Final = frozenset({".shp", ".shx", ".dbf", ".prj", ".cpg"})
# What a member is that no reader knows: a letter, a picture, a page. It is named, not refused.
_NO_DATA: Final = NO_TABLE | {"not_text", "encoding"}
_OFFICE: Final = {
    "xl/workbook.xml": "excel",
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "not_text",
    "ppt/presentation.xml": "not_text",
}
_OPEN_DOCUMENT: Final = "content.xml"


def archive_kind(path: Path) -> str:
    """What a zip is: excel, a reason for refusing it, shapefile (nothing else), or archive."""
    with open_archive(path) as archive:
        names = set(archive.namelist())
        for mark, kind in _OFFICE.items():
            if mark in names:
                return kind
        if "mimetype" in names and _OPEN_DOCUMENT in names:
            return "opendocument"
        groups = _groups(archive)
    shapefiles = [parts for parts in groups.values() if ".shp" in parts]
    return "shapefile" if len(shapefiles) == len(groups) == 1 else "archive"


def read_archive(path: Path, read_member: Callable[[Path], list[FoundTable]]) -> list[FoundTable]:
    """The tables in a zip: one, or one of each data set; the other members are named.

    `read_member` reads a file that was written out. Raises ReadError.
    """
    found: dict[str, list[FoundTable]] = {}
    errors: list[ReadError] = []
    others: list[str] = []
    with open_archive(path) as archive:
        groups = _groups(archive)
        if len(groups) > _MOST_TABLES:
            raise ReadError("too_large", f"{len(groups)} members")
        for name, parts in groups.items():
            try:
                found[name] = _read(archive, parts, read_member)
            except ReadError as error:
                if error.reason not in _NO_DATA:
                    raise error.within(name) from error
                errors.append(error.within(name))
                others.append(name)
    if not found:
        raise most_telling(errors) if errors else ReadError("bad_archive")
    _refuse_twins(found)
    return [
        replace(table, raw=_named(table, name, others))
        for name, tables in found.items()
        for table in tables
    ]


def _groups(archive: zipfile.ZipFile) -> dict[str, dict[str, zipfile.ZipInfo]]:
    """The members that may be tables, by name; the parts of a Shapefile are one."""
    groups: dict[str, dict[str, zipfile.ZipInfo]] = defaultdict(dict)
    for member in archive.infolist():
        name = PurePosixPath(member.filename)
        # Folders, and what macOS and Windows put beside the files.
        if member.is_dir() or name.name.startswith((".", "~$")) or "__MACOSX" in name.parts:
            continue
        ending = name.suffix.lower()
        if ending in _SHAPEFILE:
            groups[str(name.with_suffix(".shp"))][ending] = member
        else:
            groups[str(name)][ending] = member
    return dict(groups)


def _read(
    archive: zipfile.ZipFile,
    parts: Mapping[str, zipfile.ZipInfo],
    read_member: Callable[[Path], list[FoundTable]],
) -> list[FoundTable]:
    if set(parts) <= _SHAPEFILE and ".shp" not in parts:
        raise ReadError("missing_part", ".shp")
    with tempfile.TemporaryDirectory() as folder:
        for ending, member in parts.items():
            # Only the ending of a Shapefile's part means anything to a reader.
            target = Path(folder) / f"member{ending if ending in _SHAPEFILE else ''}"
            _write(archive, member, target)
        first = ".shp" if ".shp" in parts else ""
        return read_member(Path(folder) / f"member{first}")


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    try:
        with archive.open(member) as content, target.open("wb") as file:
            shutil.copyfileobj(content, file)
    except DAMAGED as error:
        raise ReadError("truncated") from error


def _refuse_twins(found: Mapping[str, Sequence[FoundTable]]) -> None:
    by_dataset: dict[str, list[str]] = defaultdict(list)
    for name, tables in found.items():
        for dataset in {match.contract.name for table in tables for match in table.matches}:
            by_dataset[dataset].append(name)
    for names in by_dataset.values():
        if len(names) > 1:
            raise ReadError("several", "、".join(names))


def _named(table: FoundTable, name: str, others: Sequence[str]) -> RawTable:
    raw = table.raw
    part = f"{name}#{raw.part}" if raw.part else name
    remarks = raw.remarks
    if others:
        names = "、".join(others)
        remarks += (Message(f"読まなかった中のファイル: {names}", f"members not read: {names}"),)
    return replace(raw, part=part, remarks=remarks)
