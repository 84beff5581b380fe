"""The zip in which e-Stat hands out one Shapefile, taken apart without trusting it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from geo.vector.shapefile import PARTS, parse_shapefile
from geo.vector.table import MAX_FILE_BYTES, VectorFileError, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from geo.vector.table import VectorTable

_MOST_MEMBERS = 200
# A blank-padded attribute table shrinks to a fiftieth; nothing honest to less than this.
_MOST_SHRUNK = 250
_SMALL_BYTES = 1024 * 1024
_FIRST_BYTES = b"PK\x03\x04"
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile raises for encrypted members, unknown versions and positions that cannot be.
_DAMAGED = (NotImplementedError, OSError, RuntimeError, ValueError, struct.error, zlib.error)

_Members = dict[str, zipfile.ZipInfo]


def read_shapefile_zip(path: Path) -> VectorTable:
    """Read the one Shapefile in a zip, in whatever folder of it the parts stand.

    Nothing is written out, so names in the zip are never paths; only .shp, .shx, .dbf, .prj and
    .cpg are read at all.
    Raises VectorFileError: bad_archive (not a zip, encrypted, no Shapefile or several),
    truncated, too_large (more members or bytes than a boundary file has, or compressed beyond
    belief), and whatever `parse_shapefile` raises.
    """
    content = read_bytes(path)
    if not content.startswith(_FIRST_BYTES):
        raise VectorFileError("bad_archive", path.name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = _choose_members(archive.infolist())
            _check_members(members)
            parts = {ending: archive.read(member) for ending, member in members.items()}
    except (zipfile.BadZipFile, EOFError) as error:
        raise VectorFileError("truncated", str(error)) from error
    except _DAMAGED as error:
        raise VectorFileError("bad_archive", str(error)) from error
    return parse_shapefile(parts)


def _choose_members(listed: list[zipfile.ZipInfo]) -> _Members:
    """Find the parts of the only Shapefile: those that share its folder and stem."""
    if len(listed) > _MOST_MEMBERS:
        raise VectorFileError("too_large", f"{len(listed)} members")
    parts = [
        member
        for member in listed
        if _ending(member) in PARTS and not PurePosixPath(member.filename).name.startswith("._")
    ]
    layers = [member for member in parts if _ending(member) == ".shp"]
    if len(layers) != 1:
        raise VectorFileError("bad_archive", f"{len(layers)} .shp")
    own = [member for member in parts if _stem(member) == _stem(layers[0])]
    members = {_ending(member): member for member in own}
    if len(members) != len(own):
        raise VectorFileError("bad_archive", "two parts of one name")
    return members


def _check_members(members: _Members) -> None:
    for ending, member in members.items():
        if member.compress_type not in _COMPRESSIONS:
            raise VectorFileError("bad_archive", f"{ending}: compression {member.compress_type}")
        shrunk = member.file_size > _MOST_SHRUNK * member.compress_size
        if member.file_size > _SMALL_BYTES and shrunk:
            raise VectorFileError("too_large", f"{ending}: compressed beyond belief")
    total = sum(member.file_size for member in members.values())
    if total > MAX_FILE_BYTES:
        raise VectorFileError("too_large", f"{total} bytes")


def _ending(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.lower()


def _stem(member: zipfile.ZipInfo) -> str:
    return str(PurePosixPath(member.filename).with_suffix("")).lower()
