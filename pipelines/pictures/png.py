"""A PNG made anew from its pixels: whatever else was in the file is gone."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from typing import Final

from PIL import Image, UnidentifiedImageError

from pipelines.pictures.refused import RefusedPictureError

MAX_PIXELS: Final = 16_000_000
"""4,000 × 4,000: more than a page shows, and 64 MB while it is decoded."""
MAX_SIDE_PX: Final = 2_400
"""A larger picture is made smaller: a page shows no more of it."""
# What a damaged PNG makes the decoder raise; AssertionError where a palette is missing.
_DAMAGED: Final = (
    *(UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Warning),
    *(AssertionError, IndexError, KeyError, OverflowError, struct.error, zlib.error),
)
_MAGIC: Final = b"\x89PNG\r\n\x1a\n"


def is_png(content: bytes) -> bool:
    """By its first bytes."""
    return content.startswith(_MAGIC)


def clean_png(content: bytes) -> bytes:
    """The picture's pixels as a new PNG, without text, position, profile or further frames.

    Raises RefusedPictureError.
    """
    try:
        with (
            warnings.catch_warnings(action="error"),
            Image.open(io.BytesIO(content), formats=["PNG"]) as image,
        ):
            if image.width * image.height > MAX_PIXELS:
                raise RefusedPictureError("too_many_pixels")
            pixels = image.convert("RGBA" if image.has_transparency_data else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusedPictureError("too_many_pixels") from None
    except _DAMAGED as error:
        if isinstance(error, RefusedPictureError):
            raise
        raise RefusedPictureError("damaged") from error
    pixels.thumbnail((MAX_SIDE_PX, MAX_SIDE_PX))
    made = Image.new(pixels.mode, pixels.size)
    made.paste(pixels)
    written = io.BytesIO()
    made.save(written, "PNG", optimize=False)
    return written.getvalue()
