"""What an edition lacks for a part of the page, in its own words: evidence.missing_inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.reading import plain_rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.reading import Tables


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in both languages."""

    ja: str
    en: str

    def text(self, lang: str) -> str:
        """The sentence in `lang`."""
        return self.en if lang == "en" else self.ja


def read_missing(tables: Tables, subject: str, datasets: Collection[str] = ()) -> tuple[Words, ...]:
    """What to bring for a subject; what is said of its `datasets` where it says nothing itself."""
    rows = list(plain_rows(tables.frame("evidence.missing_inputs")))
    own = [row for row in rows if row["subject"] == subject]
    found = own or [row for row in rows if row["dataset"] in datasets]
    return tuple(dict.fromkeys(Words(row["message_ja"], row["message_en"]) for row in found))
