"""Which picture is whose: by the register's column, otherwise by its name."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from pipelines.contracts.ddl import clean_table, quoted
from pipelines.ingest.declared import read_declared
from pipelines.ingest.discover import file_sha256
from pipelines.ingest.unreadable import UnreadableFileError
from pipelines.meta.table import TEXT, write_table
from pipelines.pictures.png import clean_png, is_png
from pipelines.pictures.refused import REASONS, RefusedPictureError
from pipelines.pictures.svg import clean_svg

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import duckdb

    from pipelines.contracts import Catalogue, Contract
    from pipelines.ingest.discover import FoundFile
    from pipelines.messages import Message

MAX_BYTES: Final = 5 * 1024**2
"""Of a file as it comes, and of what is made of it."""
_MOST_NAMES: Final = 30
"""Of what was taken out; a file can hold as many names as letters."""
_PNG: Final = "image/png"
_SVG: Final = "image/svg+xml"
_BEFORE_A_TAG: Final = b"\xef\xbb\xbf \t\r\n"
# A tag, or the mark of UTF-16, of which its own refusal speaks.
_TEXT_BEGINS: Final = (b"<", b"\xff\xfe", b"\xfe\xff")
_PICTURES: Final = pa.schema(
    [
        ("initiative_id", TEXT), ("file_name", TEXT), ("media_type", TEXT), ("content", pa.binary()),
        ("cleaned", pa.bool_()), ("removed", TEXT), ("sha256", TEXT), ("bytes", pa.int64()),
        ("status", TEXT), ("publisher", TEXT), ("note", TEXT), ("note_en", TEXT),
        ("problem", TEXT), ("problem_ja", TEXT), ("problem_en", TEXT),
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """A picture and whose it is; `content` is what may be shown, None where nothing may."""

    file_name: str
    initiative_id: str | None = None
    content: bytes | None = None
    media_type: str = ""
    removed: tuple[str, ...] = ()
    """What was taken out, as `script` or `@onload`."""
    reason: str = ""
    """Why it is not shown: one of REASONS."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    shipped: bool = False

    @property
    def problem(self) -> Message | None:
        """Why it is not shown, in words."""
        return REASONS[self.reason] if self.reason else None


def collect_pictures(
    connection: duckdb.DuckDBPyConnection, found: Sequence[FoundFile], catalogue: Catalogue
) -> tuple[Picture, ...]:
    """Every picture that was found, cleaned, and one entry for each that is named and not there.

    A picture is a row's by the row's column of pictures, otherwise by its name, which is then the
    row's key; the ward's own goes before a shipped one. Of two for one row neither is shown.
    """
    pictures: list[Picture] = []
    for contract in catalogue.contracts.values():
        if contract.pictures is not None:
            own = [one for one in found if one.picture and one.dataset == contract.name]
            pictures += _assign(_named(connection, contract), [_read(one, contract) for one in own])
    return tuple(pictures)


def write_pictures(connection: duckdb.DuckDBPyConnection, pictures: Sequence[Picture]) -> None:
    """Write meta.pictures: a row of each picture and initiative, with why one is not shown."""
    rows = [
        {
            "initiative_id": one.initiative_id,
            "file_name": one.file_name,
            "media_type": one.media_type,
            "content": one.content,
            "cleaned": bool(one.removed),
            "removed": "、".join(one.removed),
            "problem": one.reason,
            "problem_ja": one.problem.ja if one.problem else "",
            "problem_en": one.problem.en if one.problem else "",
            **one.facts,
        }
        for one in pictures
    ]
    write_table(connection, "pictures", rows, _PICTURES)


def _named(connection: duckdb.DuckDBPyConnection, contract: Contract) -> dict[str, str | None]:
    """The rows' keys, and the picture that each names."""
    key, column = quoted(contract.primary_key[0]), quoted(str(contract.pictures))
    return dict(
        connection.execute(
            f"SELECT {key}, {column} FROM {clean_table(contract)} ORDER BY {key}"  # noqa: S608
        ).fetchall()
    )


def _read(found: FoundFile, contract: Contract) -> Picture:
    declared = read_declared(found.path, contract)
    try:
        sha256, size_bytes = file_sha256(found.path), found.path.stat().st_size
        # One byte more than is allowed tells that there is more.
        with found.path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableFileError(found.path, "access", error.strerror or "") from error
    facts = {
        "sha256": sha256, "bytes": size_bytes,
        "status": declared.status, "publisher": declared.publisher, "note": declared.note,
        "note_en": declared.note_en,
    }  # fmt: skip
    picture = Picture(found.shown_path, facts=facts, shipped=found.shipped)
    try:
        return _cleaned(picture, content)
    except RefusedPictureError as error:
        return replace(picture, reason=error.reason)


def _cleaned(picture: Picture, content: bytes) -> Picture:
    """By its first bytes, whatever its name says."""
    if len(content) > MAX_BYTES:
        raise RefusedPictureError("too_large")
    removed: tuple[str, ...]
    if is_png(content):
        made, media_type, removed = clean_png(content), _PNG, ()
    elif not content.lstrip(_BEFORE_A_TAG).startswith(_TEXT_BEGINS):
        raise RefusedPictureError("damaged")
    else:
        svg = clean_svg(content)
        made, media_type = svg.content, _SVG
        removed = tuple(sorted(svg.removed)[:_MOST_NAMES])
    if len(made) > MAX_BYTES:
        raise RefusedPictureError("too_large")
    return replace(picture, content=made, media_type=media_type, removed=removed)


def _assign(named: Mapping[str, str | None], pictures: Sequence[Picture]) -> Iterator[Picture]:
    owners: defaultdict[str, list[Picture]] = defaultdict(list)
    unnamed = []
    for picture in pictures:
        keys = list(_keys_of(picture, named))
        for key in keys:
            owners[key].append(picture)
        if not keys:
            unnamed.append(picture)
    for key, file in named.items():
        yield from _chosen(key, file, owners.get(key, []))
    for picture in unnamed:
        yield picture if picture.reason else _hidden(picture, "unnamed")


def _keys_of(picture: Picture, named: Mapping[str, str | None]) -> Iterator[str]:
    name = PurePath(picture.file_name).name
    for key, file in named.items():
        if _same(file or "", name) or (not file and _same(key, PurePath(name).stem)):
            yield key


def _chosen(key: str, file: str | None, candidates: Sequence[Picture]) -> Iterator[Picture]:
    own = [one for one in candidates if not one.shipped] or list(candidates)
    if file and not own:
        yield Picture(file, key, reason="absent")
    for one in own:
        mine = replace(one, initiative_id=key)
        yield _hidden(mine, "taken") if len(own) > 1 and not mine.reason else mine


def _hidden(picture: Picture, reason: str) -> Picture:
    return replace(picture, content=None, reason=reason)


def _same(one: str, other: str) -> bool:
    """Whether two names are one: systems store が in two ways, and some know no case."""
    return (
        unicodedata.normalize("NFC", one).casefold()
        == unicodedata.normalize("NFC", other).casefold()
    )
