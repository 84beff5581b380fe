"""Header cells to fields, by the aliases of the contracts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.contracts import Contract

_BLANKS: Final = re.compile(r"\s+")
_MIN_COLUMNS: Final = 2
"""One known word alone does not make a line a header."""


def normalise_header(cell: str) -> str:
    """A header cell without what differs between publishers: width, blanks, line breaks, case."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", cell)).casefold()


@dataclass(frozen=True)
class HeaderMatch:
    """Which column of a file is which field."""

    contract: Contract
    columns: dict[str, int]
    unknown: tuple[int, ...]

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Required fields that no column gives (a key that can be generated is not required)."""
        generated = self.contract.generated_key
        return tuple(
            field.name
            for field in self.contract.read_fields
            if field.constraints.required
            and field.name not in self.columns
            and not (generated and generated.field == field.name)
        )

    @property
    def complete(self) -> bool:
        """Whether every required field has a column."""
        return not self.missing

    @property
    def rank(self) -> tuple[int, int]:
        """More known columns are better, then fewer fields left without one."""
        return len(self.columns), len(self.columns) - len(self.contract.read_fields)


def match_header(cells: Sequence[str], contract: Contract) -> HeaderMatch:
    """Fields of `contract` found in a line of header cells; the first of two equal names wins."""
    names = _names(contract)
    columns: dict[str, int] = {}
    unknown = []
    for index, cell in enumerate(cells):
        field = names.get(normalise_header(cell))
        if field is None or field in columns:
            unknown.append(index)
        else:
            columns[field] = index
    return HeaderMatch(contract, columns, tuple(unknown))


def best_matches(cells: Sequence[str], contracts: Iterable[Contract]) -> list[HeaderMatch]:
    """The contracts whose required fields a line of cells gives, those that fit best first.

    More than one entry means that the line fits several equally well.
    """
    matches = [match for contract in contracts if (match := match_header(cells, contract)).complete]
    known = [match for match in matches if len(match.columns) >= _MIN_COLUMNS]
    best = max((match.rank for match in known), default=None)
    return [match for match in known if match.rank == best]


def describe_miss(lines: Iterable[Sequence[str]], contracts: Iterable[Contract]) -> str:
    """What a file lacks to be recognised: the required columns of the data set it is closest to.

    Empty when no line looks like a header of any data set.
    """
    candidates = list(contracts)
    matches = [match_header(cells, contract) for cells in lines for contract in candidates]
    close = [match for match in matches if len(match.columns) >= _MIN_COLUMNS]
    if not close:
        return ""
    best = max(close, key=lambda match: match.rank)
    titles = [best.contract.field(name).title for name in best.missing]
    titles_en = [best.contract.field(name).title_en for name in best.missing]
    return f"「{best.contract.title}」に足りない列・missing: {'、'.join(titles)} ({', '.join(titles_en)})"


def _names(contract: Contract) -> dict[str, str]:
    names: dict[str, str] = {}
    for field in contract.read_fields:
        for alias in (field.name, field.title, *field.aliases):
            names.setdefault(normalise_header(alias), field.name)
    return names
