"""Lines of a CSV that need no second look, known by their bytes and split by Arrow.

Those are lines without quotation marks that have the header's number of cells and begin like a
row: two filled cells of which the first is no mark. A line in doubt is not among them.
"""

from __future__ import annotations

import codecs
import sys
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
from pyarrow import csv as pa_csv

from pipelines.ingest.readers.line_sorter import NO_ROW_START

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt

    from pipelines.ingest.readers.line_blocks import LineBlock

    Mask = npt.NDArray[np.bool_]
    Positions = npt.NDArray[np.int64]

MAX_CELL_CHARACTERS: Final = 1_000_000
_QUOTE: Final = ord('"')
_MARK: Final = codecs.BOM_UTF8


def find_plain(block: LineBlock, width: int, header_cell: str, delimiter: str) -> Mask:
    """Which lines of a block need no second look.

    `width` is how many cells the header has, `header_cell` the first one of its lowest line.
    """
    if width == 1:
        return np.zeros(block.lines, dtype=bool)
    content = block.signs
    starts, ends = block.starts[:-1], block.starts[1:]
    delimiters = np.flatnonzero(content == ord(delimiter))
    first = np.searchsorted(delimiters, block.starts)
    plain: Mask = np.diff(first) == width - 1
    plain &= ends - starts <= MAX_CELL_CHARACTERS
    if b'"' in block.content:
        quotes = np.flatnonzero(content == _QUOTE)
        plain[np.searchsorted(starts, quotes, side="right") - 1] = False
    at = np.flatnonzero(plain)
    first_end = delimiters[first[at]]
    plain[at] = (
        (first_end > starts[at])
        & ~_begin_with(content, starts[at], _NO_ROW)
        & ~_begin_with(content, first_end + 1, _BLANK)
        & ~_is(block, starts[at], first_end, header_cell.encode())
    )
    return plain


def splits_alike(block: LineBlock, at: int) -> bool:
    """Whether Arrow makes the same cells of a line as reading it by itself does."""
    start, end = block.starts[at : at + 2].tolist()
    line = block.content[start:end]
    return len(line) <= MAX_CELL_CHARACTERS and b'"' not in line and not line.startswith(_MARK)


def split_plain(
    block: LineBlock, plain: Mask, evened: Mapping[int, list[str]], width: int, delimiter: str
) -> tuple[list[pa.Array], Positions]:
    """The cells of the plain lines of a block, a column each, and the positions of the lines.

    `evened` are the cells that stand for those of some of the lines.
    """
    at = np.flatnonzero(plain)
    if not len(at):
        return [pa.array([], pa.string()) for _ in range(width)], at
    names = [str(name) for name in range(width)]
    content = _joined(
        block,
        plain,
        {line: f"{delimiter.join(cells)}\n".encode() for line, cells in evened.items()},
    )
    table = pa_csv.read_csv(
        pa.BufferReader(content),
        # One piece, which need not be put together; other blocks are split beside it.
        read_options=pa_csv.ReadOptions(
            column_names=names, block_size=len(content) + 1, use_threads=False
        ),
        parse_options=pa_csv.ParseOptions(delimiter=delimiter, quote_char=False),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
            check_utf8=False,  # the encoding was found by decoding
        ),
    )
    return [table[name].combine_chunks() for name in names], at


def _joined(block: LineBlock, plain: Mask, evened: Mapping[int, bytes]) -> bytes | memoryview:
    """The plain lines' bytes, in which Arrow takes a carriage return for a line end too."""
    content = memoryview(block.content)
    as_written = plain.copy()
    as_written[list(evened)] = False
    edges = np.flatnonzero(np.diff(as_written, prepend=False, append=False))
    cuts = block.starts[edges].tolist()
    runs: dict[int, bytes | memoryview] = {
        line: content[start:end]
        for line, start, end in zip(edges[::2].tolist(), cuts[::2], cuts[1::2], strict=True)
    }
    if len(runs) == 1 and not evened:
        return next(iter(runs.values()))
    runs |= evened
    return b"".join(runs[line] for line in sorted(runs))


def _codes(signs: Iterable[str]) -> tuple[Mask, Mask, npt.NDArray[np.uint32]]:
    """Of signs in UTF-8: first bytes of more, those that are all, and three bytes as a number."""
    alone, leads, codes = np.zeros(256, dtype=bool), np.zeros(256, dtype=bool), set[int]()
    for sign in signs:
        encoded = sign.encode()
        if len(encoded) == 1:
            alone[encoded[0]] = True
        else:
            leads[encoded[0]] = True
            codes.add(int.from_bytes(encoded.ljust(3, b"\0"), "big"))
    return alone, leads, np.array(sorted(codes), dtype=np.uint32)


# All of them are in the Basic Multilingual Plane: three bytes at most.
_WHITE: Final = [chr(code) for code in range(min(sys.maxunicode, 0x10000)) if chr(code).isspace()]
_NO_ROW: Final = _codes([*NO_ROW_START, *_WHITE])
# A second cell without anything ends where it begins.
_BLANK: Final = _codes([*_WHITE, ",", "\t", ";"])


def _begin_with(
    content: npt.NDArray[np.uint8],
    at: Positions,
    signs: tuple[Mask, Mask, npt.NDArray[np.uint32]],
) -> Mask:
    """Whether what stands at each position begins with one of the signs."""
    alone, leads, codes = signs
    beyond = at >= len(content)
    first = content[np.minimum(at, len(content) - 1)]
    begins: Mask = alone[first] | beyond
    longer = np.flatnonzero(leads[first] & ~beyond)
    if len(longer):
        where = at[longer]
        bytes_of = [
            content[np.minimum(where + step, len(content) - 1)].astype(np.uint32)
            for step in range(3)
        ]
        three = (bytes_of[0] << 16) | (bytes_of[1] << 8) | bytes_of[2]
        two = three & 0xFFFF00
        begins[longer] = np.isin(np.where(bytes_of[0] < _THREE_BYTES, two, three), codes)
    return begins


_THREE_BYTES: Final = 0xE0
"""From here on, a first byte begins a sign of three bytes."""


def _is(block: LineBlock, starts: Positions, ends: Positions, word: bytes) -> Mask:
    """Whether the bytes between each start and end are `word`."""
    same: Mask = ends - starts == len(word)
    for step, sign in enumerate(word):
        where = np.flatnonzero(same)
        if not len(where):
            break
        same[where] = block.signs[starts[where] + step] == sign
    return same
