"""What a reader gives back, and the one way in which it refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.ingest.headers import HeaderMatch
    from pipelines.ingest.types import RawTable

# A sheet or a member of a zip that is none of our tables: it is named in the report, not refused.
NO_TABLE: Final = frozenset({"empty", "header", "no_kind", "no_rows"})


class ReadError(ValueError):
    """The content is no table; `reason` is one of those of UnreadableFileError."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail

    def within(self, part: str) -> ReadError:
        """The same, naming the sheet or the member it stands in."""
        return ReadError(self.reason, f"{part}: {self.detail}" if self.detail else part)


@dataclass(frozen=True)
class FoundTable:
    """The rows of one table and the data sets its header fits, equally well where several."""

    raw: RawTable
    matches: Sequence[HeaderMatch]


def most_telling(errors: Sequence[ReadError]) -> ReadError:
    """Of several parts without a table, the one that came closest to being one."""
    order = ("no_rows", "header", "no_kind", "empty")
    return min(errors, key=lambda one: order.index(one.reason) if one.reason in order else -1)
