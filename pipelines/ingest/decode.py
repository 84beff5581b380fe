"""Bytes to text: the encoding is decided by decoding, never by guessing."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from pipelines.ingest.ahead import map_ahead

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK_BYTES: Final = 4 * 1024**2
# First bytes of a sign in UTF-8 by how many it has, and what the others begin with.
_LEAD, _THREE_BYTES, _FOUR_BYTES, _FOLLOWS = 0xC0, 0xE0, 0xF0, 0x80
_LONGEST_SIGN: Final = 4
# All but the first byte of a sign from U+0800 on (kana and kanji among them) in UTF-8.
_BELOW_THREE_BYTES: Final = bytes(range(0xE0))


class UnknownEncodingError(ValueError):
    """The bytes are text in none of the encodings that Japanese files come in."""


def decode_text(content: bytes) -> tuple[str, str]:
    """The text and its encoding; raises UnknownEncodingError."""
    encoding = find_encoding(io.BytesIO(content))
    # A second mark would make the quotation marks of the first cell part of its text.
    return content.decode(encoding).lstrip("\ufeff"), encoding


def find_encoding(file: BinaryIO) -> str:
    """The encoding of a whole file: a byte order mark decides, then strict UTF-8, then cp932.

    Raises UnknownEncodingError for bytes that fit none, that hold NULs (a binary file), or that
    are damaged UTF-8: as cp932 they can be read too, but as nonsense.
    """
    file.seek(0)
    first = file.read(4)
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            _require(file, encoding)
            return encoding
    try:
        _require(file, "utf-8")
    except UnknownEncodingError:
        if _mostly_utf8(file):
            raise
    else:
        return "utf-8"
    _require(file, "cp932")
    return "cp932"


def utf8_blocks(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The text of a whole file as UTF-8 without its mark, a piece at a time."""
    begun = False
    for text in _decoded(file, encoding, "strict") if encoding != "utf-8" else _read(file):
        block = text.encode() if isinstance(text, str) else text
        while not begun and block.startswith(codecs.BOM_UTF8):
            block = block.removeprefix(codecs.BOM_UTF8)
        begun = begun or bool(block)
        if block:
            yield block


def _require(file: BinaryIO, encoding: str) -> None:
    if encoding == "utf-8":
        _require_utf8(file)
        return
    try:
        for text in _decoded(file, encoding, "strict"):
            if "\0" in text:
                raise UnknownEncodingError
    except UnicodeDecodeError as error:
        raise UnknownEncodingError from error


def _require_utf8(file: BinaryIO) -> None:
    """As strict as decoding, by Arrow, which makes no text of it and takes a third of the time."""
    if not all(map_ahead(_is_utf8, _whole_signs(file))):
        raise UnknownEncodingError


def _whole_signs(file: BinaryIO) -> Iterator[bytes]:
    """The content of a file in pieces that cut no sign of several bytes."""
    rest = b""
    for block in _read(file):
        content = rest + block
        end = _last_sign(content)
        rest = content[end:]
        yield content[:end]
    yield rest


def _is_utf8(content: bytes) -> bool:
    """Whether it is text: no NUL, and no byte damaged (surrogates, overlong forms, cut signs)."""
    if b"\0" in content:
        return False
    edges = pa.array([0, len(content)], pa.int32()).buffers()[1]
    whole = pa.Array.from_buffers(pa.string(), 1, [None, edges, pa.py_buffer(content)])
    try:
        whole.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _last_sign(content: bytes) -> int:
    """Where a sign of several bytes begins that the end of the content cuts; its end otherwise."""
    for back in range(1, min(_LONGEST_SIGN, len(content)) + 1):
        byte = content[-back]
        if byte >= _LEAD:
            length = 2 + (byte >= _THREE_BYTES) + (byte >= _FOUR_BYTES)
            return len(content) - back if length > back else len(content)
        if byte < _FOLLOWS:
            break
    return len(content)


def _mostly_utf8(file: BinaryIO) -> bool:
    """Whether more signs are kana or kanji in UTF-8 than bytes are not; in cp932 few are."""
    damaged, whole = 0, 0
    for text in _decoded(file, "utf-8", "replace"):
        damaged += text.count("\ufffd")
        whole += len(text.encode().translate(None, _BELOW_THREE_BYTES))
    return whole - damaged > damaged


def _decoded(file: BinaryIO, encoding: str, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for block in _read(file):
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _read(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while block := file.read(_BLOCK_BYTES):
        yield block
