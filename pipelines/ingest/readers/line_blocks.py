"""A text file in blocks of whole lines, with where each line starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from pipelines.ingest.decode import utf8_blocks
from pipelines.ingest.readers.found import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    import numpy.typing as npt

BLOCK_BYTES: Final = 8 * 1024**2
_LONGEST_LINE_BYTES: Final = 32 * 1024**2
_RETURN, _NEWLINE = 13, 10


@dataclass(frozen=True)
class LineBlock:
    """Whole lines as UTF-8; a newline, a carriage return or both end each.

    `starts` has the position of every line, and last the end of the content; `first_line` is the
    number of the first one, from 1; `final` says that no line follows.
    """

    content: bytes
    starts: npt.NDArray[np.int64]
    first_line: int
    final: bool

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self.starts) - 1

    @property
    def signs(self) -> npt.NDArray[np.uint8]:
        """The content, a number a byte."""
        return np.frombuffer(self.content, dtype=np.uint8)

    def text(self, at: int) -> str:
        """One line with what ends it."""
        return self.content[self.starts[at] : self.starts[at + 1]].decode()

    def texts(self, at: int) -> Iterator[str]:
        """The lines from one on."""
        for line in range(at, self.lines):
            yield self.text(line)

    def after(self, at: int) -> bytes:
        """What follows the first `at` lines."""
        return self.content[self.starts[at] :]


class LineBlocks:
    """The blocks of a file, one after the other; what one could not use goes before the next."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._arriving = utf8_blocks(file, encoding)
        self._waiting = bytearray()
        self._line = 1

    def give_back(self, content: bytes, line: int) -> None:
        """Lines, from number `line` on, that only make sense with those that follow."""
        self._waiting[:0] = content
        self._line = line

    def __iter__(self) -> Iterator[LineBlock]:
        """Blocks with whole lines; raises ReadError for a line that no table has."""
        while True:
            final = self._fill()
            if not self._waiting:
                return
            end = len(self._waiting) if final else _last_line_end(self._waiting)
            if not end:
                continue
            with memoryview(self._waiting) as waiting:
                content = bytes(waiting[:end])
            del self._waiting[:end]
            starts = _line_starts(content)
            first_line = self._line
            self._line += len(starts) - 1
            yield LineBlock(content, starts, first_line, final and not self._waiting)

    def _fill(self) -> bool:
        """Take in a block more; whether that was all."""
        wanted = len(self._waiting) + BLOCK_BYTES
        while len(self._waiting) < wanted:
            block = next(self._arriving, None)
            if block is None:
                return True
            self._waiting += block
            longest = len(self._waiting) > _LONGEST_LINE_BYTES
            if longest and not _last_line_end(self._waiting):
                raise LongLineError(self._line, bytes(self._waiting))
        return False


class LongLineError(ReadError):
    """A line longer than any table's, its number, and in what was read of it."""

    def __init__(self, line: int, begins: bytes) -> None:
        size = f"{_LONGEST_LINE_BYTES / 1024**2:,.0f} MiB"
        super().__init__("too_large", f"{line}行目・line {line}: > {size}")
        self.line = line
        self.begins = begins


def _last_line_end(content: bytearray) -> int:
    """The position after the last line that is whole; 0 where none is."""
    end = content.rfind(b"\n") + 1
    # What follows a carriage return at the very end may be its newline.
    return end or content.rfind(b"\r", 0, len(content) - 1) + 1


def _line_starts(content: bytes) -> npt.NDArray[np.int64]:
    signs = np.frombuffer(content, dtype=np.uint8)
    ends = np.flatnonzero(signs == _NEWLINE)
    if b"\r" in content:
        returns = np.flatnonzero(signs == _RETURN)
        follows = signs[np.minimum(returns + 1, len(signs) - 1)]
        lone = returns[(follows != _NEWLINE) | (returns == len(signs) - 1)]
        ends = np.sort(np.concatenate([ends, lone]))
    starts = np.concatenate([[0], ends + 1])
    if starts[-1] != len(content):
        starts = np.append(starts, len(content))
    return starts.astype(np.int64)
