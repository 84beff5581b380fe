"""Bytes to text: the encoding is decided by decoding, never by guessing."""

from __future__ import annotations

import codecs
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UnknownEncodingError(ValueError):
    """The bytes are text in none of the encodings that Japanese files come in."""


def decode_text(content: bytes) -> tuple[str, str]:
    """The text and its encoding: a byte order mark decides, then strict UTF-8, then cp932.

    Raises UnknownEncodingError for bytes that fit none, that hold NULs (a binary file), or that
    are damaged UTF-8: as cp932 they can be read too, but as nonsense.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding), encoding
    try:
        return _strict(content, "utf-8"), "utf-8"
    except UnknownEncodingError:
        if _mostly_utf8(content):
            raise
    return _strict(content, "cp932"), "cp932"


def _mostly_utf8(content: bytes) -> bool:
    """Whether more signs are kana or kanji in UTF-8 than bytes are not; in cp932 few are."""
    text = content.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    whole = sum(1 for sign in text if sign >= "\u0800") - damaged
    return whole > damaged


def _strict(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncodingError from error
    if "\0" in text:
        raise UnknownEncodingError
    # A second mark would make the quotation marks of the first cell part of its text.
    return text.lstrip("\ufeff")
