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

    Raises UnknownEncodingError for bytes that fit none, or that hold NULs (a binary file).
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding), encoding
    for encoding in ("utf-8", "cp932"):
        try:
            return _strict(content, encoding), encoding
        except UnknownEncodingError:
            continue
    raise UnknownEncodingError


def _strict(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncodingError from error
    if "\0" in text:
        raise UnknownEncodingError
    return text
