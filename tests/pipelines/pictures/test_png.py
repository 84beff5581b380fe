"""A PNG that a department sends: its pixels, and nothing else of it."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from pipelines.pictures.png import MAX_SIDE_PX, clean_png
from pipelines.pictures.refused import RefusedPictureError


def png(size=(4, 3), mode="RGB", colour=(10, 20, 30), **options):
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, "PNG", **options)
    return file.getvalue()


def test_the_pixels_stay_and_what_was_noted_beside_them_goes():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "なまえ")
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>GPS</x:xmpmeta>")
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    content = png(pnginfo=info, exif=exif, icc_profile=b"profile", dpi=(72, 72)) + b"<script>"
    made = clean_png(content)
    for sign in (b"Author", b"xmp", b"secret", b"profile", b"script", b"pHYs"):
        assert sign not in made
    with Image.open(io.BytesIO(made)) as image:
        assert (image.size, image.mode, image.getpixel((0, 0))) == ((4, 3), "RGB", (10, 20, 30))
        assert image.info == {}


@pytest.mark.parametrize(
    ("mode", "colour", "seen"),
    [
        ("RGBA", (1, 2, 3, 0), ("RGBA", (1, 2, 3, 0))),
        ("L", 7, ("RGB", (7, 7, 7))),
        ("1", 1, ("RGB", (255, 255, 255))),
    ],
)
def test_every_kind_becomes_one_of_two(mode, colour, seen):
    with Image.open(io.BytesIO(clean_png(png(mode=mode, colour=colour)))) as image:
        assert (image.mode, image.getpixel((0, 0))) == seen


def test_a_picture_larger_than_a_page_is_made_smaller():
    with Image.open(io.BytesIO(clean_png(png((3000, 10))))) as image:
        assert image.size == (MAX_SIDE_PX, 8)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def claiming(width, height, colour=2):
    """A PNG of a few bytes that says it is so large; `colour` 2 is RGB, 3 by a palette."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (claiming(4001, 4000), "too_many_pixels"),
        (claiming(10_000, 10_000), "too_many_pixels"),
        (claiming(2**31 - 1, 2**31 - 1), "too_many_pixels"),
        (png((40, 40))[:60], "damaged"),
        (png()[:20], "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (claiming(5, 5), "damaged"),
        # It has no palette.
        (claiming(5, 5, colour=3), "damaged"),
    ],
)
def test_what_cannot_be_decoded_in_bounds_is_refused(content, reason):
    with pytest.raises(RefusedPictureError) as caught:
        clean_png(content)
    assert caught.value.reason == reason
