"""Header cells to fields, by the aliases of the contracts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from pipelines.ingest.file_code import CODE_REPAIR
from pipelines.ingest.nearest import nearest_known
from pipelines.ingest.types import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.contracts import Contract
    from pipelines.contracts.types import PairedColumn

# Blanks, and the zero-width signs and byte order marks that stand in cells unseen.
_BLANKS: Final = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")
_ADDRESS: Final = re.compile(r"^https?://\S+$", re.IGNORECASE)
# Signs by which a form marks what must be filled in.
_MARKS: Final = "*※"
MIN_COLUMNS: Final = 2
"""One known word alone does not make a line a header."""


def normalise_header(cell: str) -> str:
    """A header cell without what differs between publishers: width, blanks, line breaks, case.

    Of an RDF address (http://imi.go.jp/ns/core/2#名称) the fragment or the last part is the name.
    """
    text = cell.strip()
    if _ADDRESS.match(text):
        text = re.split("[#/]", unquote(text).rstrip("#/"))[-1]
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", text))
    return (plain.strip(_MARKS) or plain).casefold()


@dataclass(frozen=True)
class HeaderMatch:
    """Which column of a file is which field, and which columns give two fields at once."""

    contract: Contract
    columns: dict[str, int]
    unknown: tuple[int, ...]
    pairs: dict[int, PairedColumn]
    wide: tuple[int, ...] = ()
    """Columns that hold one of many numbers of a row; their headers say which (see unpivot)."""
    companions: tuple[int, ...] = ()
    """Columns of our own forms that are there to be read by people alone."""

    @cached_property
    def given(self) -> frozenset[str]:
        """The fields that some column gives."""
        paired = (name for pair in self.pairs.values() for name in pair.fields)
        spread = self.contract.unpivot.given if self.contract.unpivot and self.wide else ()
        return frozenset([*self.columns, *paired, *spread])

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Required fields that nothing gives: no column, no generated key, no file's name."""
        return tuple(name for name in self.needed if name not in self.given)

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """Required fields that only a column can give."""
        generated = self.contract.generated_key
        return tuple(
            field.name
            for field in self.contract.read_fields
            if field.constraints.required
            and CODE_REPAIR not in field.repairs
            and not (generated and generated.field == field.name)
        )

    @property
    def codeless(self) -> bool:
        """Whether the code of the publisher, which only the file's name can give, has no column."""
        return any(
            CODE_REPAIR in field.repairs and field.name not in self.given
            for field in self.contract.read_fields
        )

    @property
    def complete(self) -> bool:
        """Whether every required field has a column."""
        return not self.missing

    @property
    def rank(self) -> int:
        """More known columns are better."""
        return len(self.given)


def match_header(cells: Sequence[str], contract: Contract) -> HeaderMatch:
    """Fields of `contract` found in a line of header cells; the first of two equal names wins."""
    names = _names(contract)
    columns: dict[str, int] = {}
    rest: list[int] = []
    for index, cell in enumerate(cells):
        field = names.get(normalise_header(cell))
        if field is None or field in columns:
            rest.append(index)
        else:
            columns[field] = index
    pairs = _pairs(cells, rest, contract, columns)
    wide = _wide(cells, rest, contract, columns)
    beside = {normalise_header(header) for header in contract.companions}
    companions = tuple(index for index in rest if normalise_header(cells[index]) in beside)
    known = {*pairs, *wide, *companions}
    unknown = tuple(index for index in rest if index not in known)
    return HeaderMatch(contract, columns, unknown, pairs, wide, companions)


def believed(
    matches: Sequence[HeaderMatch], file_name: str, *, named: bool
) -> Sequence[HeaderMatch]:
    """Of the data sets a header fits equally well, those that more than the header speaks for.

    That is the file's name or, where `named`, whoever chose the data set. Nothing speaking for
    any of them, those whose header has the publisher's code: five columns such as 施設名, 所在地
    and a position are a list of anything.
    """
    if named:
        return matches
    spoken_for = [match for match in matches if match.contract.is_named_in(file_name)]
    return spoken_for or [match for match in matches if not match.codeless]


def propose_fields(cells: Sequence[str], match: HeaderMatch) -> tuple[Proposal, ...]:
    """For unknown columns close to a known header whose field no column gives: what they may be."""
    names = _names(match.contract)
    open_names = {name: field for name, field in names.items() if field not in match.given}
    proposals = []
    for index in match.unknown:
        own = normalise_header(cells[index])
        near = nearest_known(own, open_names) if own not in names else None
        if near is not None:
            field = open_names[near]
            shown = " ".join(cells[index].split())
            proposals.append(Proposal(shown, field, _as_written(near, match.contract, field)))
    return tuple(proposals)


def known_names(contract: Contract) -> frozenset[str]:
    """Every header that is known for `contract`, normalised."""
    return frozenset(_names(contract))


def best_matches(
    cells: Sequence[str], contracts: Iterable[Contract], *, least: int = MIN_COLUMNS
) -> list[HeaderMatch]:
    """The contracts whose required fields a line of cells gives and that know most of its columns.

    More than one entry means that the line fits several equally well. `least` is how many
    columns must be known.
    """
    matches = [match for contract in contracts if (match := match_header(cells, contract)).complete]
    known = [match for match in matches if match.rank >= least and match.columns]
    most = max((match.rank for match in known), default=0)
    return [match for match in known if match.rank == most]


def _pairs(
    cells: Sequence[str], rest: Sequence[int], contract: Contract, columns: dict[str, int]
) -> dict[int, PairedColumn]:
    """Columns that give two fields, where neither has a column of its own."""
    pairs: dict[int, PairedColumn] = {}
    for pair in contract.paired_columns:
        aliases = {normalise_header(alias) for alias in pair.aliases}
        taken = {name for one in pairs.values() for name in one.fields} | set(columns)
        found = [index for index in rest if normalise_header(cells[index]) in aliases]
        if found and taken.isdisjoint(pair.fields):
            pairs[found[0]] = pair
    return pairs


def _wide(
    cells: Sequence[str], rest: Sequence[int], contract: Contract, columns: dict[str, int]
) -> tuple[int, ...]:
    """Columns of a wide table, where the number has no column of its own."""
    unpivot = contract.unpivot
    if unpivot is None or unpivot.value in columns:
        return ()
    return tuple(index for index in rest if unpivot.read_header(normalise_header(cells[index])))


def _as_written(name: str, contract: Contract, field: str) -> str:
    one = contract.field(field)
    words = (one.title, *one.aliases, one.name)
    return next(word for word in words if normalise_header(word) == name)


def _names(contract: Contract) -> dict[str, str]:
    return _names_of(tuple((one.name, one.title, *one.aliases) for one in contract.read_fields))


# Asked for every line of a file that may be its header.
@lru_cache(maxsize=64)
def _names_of(fields: tuple[tuple[str, ...], ...]) -> dict[str, str]:
    names: dict[str, str] = {}
    for words in fields:
        for word in words:
            names.setdefault(normalise_header(word), words[0])
    return names
