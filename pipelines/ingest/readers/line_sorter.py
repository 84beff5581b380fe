"""What the lines of a table are: rows, notes and blank ones; every line is accounted for."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from pipelines.ingest.headers import match_header
from pipelines.ingest.types import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.ingest.readers.header_lines import HeaderLines

_NOTE_MARK: Final = re.compile(
    r"[\[(【〔〈]?(※|\*|注\s*\d*\s*[).:】\]]|注意|注記|備考[:)】\]]|出典|出所|資料[:)】\]]|参考|凡例|以上$|"
    r"note|source|remark|\d{1,2}\)|#)",
    re.IGNORECASE,
)
_EXAMPLE: Final = "記入例"
NO_ROW_START: Final = "#＃※*記【[（(\ufeff\u200b\x1a \t\u3000\xa0\v\f\x1c\x1d\x1e\x1f\x85"
"""A first cell that begins with one of these is looked at closely: it may be a note or blank."""
# Signs that look like nothing: zero-width ones, and the end-of-file sign of DOS.
_UNSEEN: Final = "\ufeff\u200b\u200c\u200d\u2060\x1a\0"
_NOTE_CHARACTERS: Final = 200


def is_filled(cell: str) -> bool:
    """Whether a person sees something in the cell."""
    return bool(cell) and bool(cell.strip().strip(_UNSEEN))


class LineSorter:
    """Sorts the lines above and below a header, asked from the top to the end.

    `lowest` are the cells of the header's last line. What is no row is in `notes` or counted in
    `blank`.
    """

    def __init__(self, header: HeaderLines, lowest: list[str]) -> None:
        self.notes: list[Note] = []
        self.blank = 0
        self._header = header
        self._lowest = lowest
        self._loose = False  # after a blank line or a note, a line of one cell is no row

    def pass_above(self, cells: Sequence[str], line: int) -> None:
        """A line above the header."""
        filled = [cell for cell in cells if is_filled(cell)]
        self._pass(filled, line)

    def pass_rows(self) -> None:
        """Lines that are known to be rows."""
        self._loose = False

    def is_row(self, cells: list[str], line: int, *, right_below: bool) -> bool:
        """Whether a line below the header is a row; `right_below`: the very next one."""
        # Two filled cells of which the first is no mark: a row, without looking further.
        plain = len(cells) > 1 and _plain(cells[0]) and cells[1].strip()
        if plain and not self._repeats_header(cells, right_below=right_below):
            self._loose = False
            return True
        filled = [cell for cell in cells if is_filled(cell)]
        if not filled or self._is_note(filled, cells, right_below=right_below):
            self._pass(filled, line)
            return False
        self._loose = False
        return True

    def _pass(self, filled: Sequence[str], line: int) -> None:
        if filled:
            text = " ".join(" ".join(filled).split())
            self.notes.append(Note(line, text[:_NOTE_CHARACTERS]))
        else:
            self.blank += 1
        self._loose = True

    def _is_note(self, filled: list[str], cells: list[str], *, right_below: bool) -> bool:
        first = unicodedata.normalize("NFKC", filled[0]).strip().strip(_UNSEEN)
        if first.startswith(_EXAMPLE):
            return True
        if self._header.marked and cells[0].lstrip(_UNSEEN).startswith("#"):
            return True
        if len(filled) == 1:
            return self._loose or _NOTE_MARK.match(first) is not None
        return self._repeats_header(cells, right_below=right_below)

    def _repeats_header(self, cells: list[str], *, right_below: bool) -> bool:
        """Whether a line is the header again: word for word, or in another language."""
        known = self._header.matches[0].columns
        if self._lowest[0] == cells[0] and cells == self._lowest:
            return True
        if not right_below:
            return False
        again = match_header(cells, self._header.matches[0].contract).columns
        same = sum(1 for name, column in again.items() if known.get(name) == column)
        return same >= max(2, len(known) - 1)


def _plain(cell: str) -> bool:
    return bool(cell) and cell[0] not in NO_ROW_START and bool(cell.strip())
