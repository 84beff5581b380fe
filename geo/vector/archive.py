"""The zip in which e-Stat hands out one Shapefile, taken apart without trusting it."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from geo.vector.shapefile import PARTS, read_shapefile
from geo.vector.table import MAX_FILE_BYTES, VectorFileError

if TYPE_CHECKING:
    from geo.vector.table import VectorTable

_MOST_MEMBERS = 200
# A blank-padded attribute table shrinks to a fiftieth; nothing honest to less than this.
_MOST_SHRUNK = 250
_SMALL_BYTES = 1024 * 1024
_FIRST_BYTES = b"PK\x03\x04"

_Members = dict[str, zipfile.ZipInfo]


def read_shapefile_zip(path: Path) -> VectorTable:
    """Read the one Shapefile in a zip, in whatever folder of it the parts stand.

    Names in the zip are never used as paths; only .shp, .shx, .dbf, .prj and .cpg are taken out.
    Raises VectorFileError: bad_archive (not a zip, encrypted, no Shapefile or several),
    truncated, too_large (more members or bytes than a boundary file has, or compressed beyond
    belief), and whatever `read_shapefile` raises.
    """
    _check_file(path)
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            members = _choose_members(archive.infolist())
            _check_sizes(members)
            for ending, member in members.items():
                (Path(folder) / f"layer{ending}").write_bytes(archive.read(member))
            return read_shapefile(Path(folder) / "layer.shp")
    except (zipfile.BadZipFile, EOFError) as error:
        raise VectorFileError("truncated", str(error)) from error
    except (NotImplementedError, RuntimeError, zlib.error) as error:
        # Encrypted, a compression nobody reads, or data that is not compressed as it says.
        raise VectorFileError("bad_archive", str(error)) from error


def _check_file(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise VectorFileError("empty", path.name)
    if size > MAX_FILE_BYTES:
        raise VectorFileError("too_large", f"{size} bytes")
    with path.open("rb") as file:
        if file.read(len(_FIRST_BYTES)) != _FIRST_BYTES:
            raise VectorFileError("bad_archive", path.name)


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


def _check_sizes(members: _Members) -> None:
    for ending, member in members.items():
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
