"""What a file lacks to be recognised, and whether it comes near to any data set at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipelines.ingest.headers import MIN_COLUMNS, match_header, propose_fields
from pipelines.ingest.readers.found import ReadError
from pipelines.ingest.readers.line_sorter import is_filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.contracts import Contract
    from pipelines.ingest.headers import HeaderMatch

_NEAR_SHARE: Final = 0.5
"""How many of the columns that a data set cannot do without, or of a line's own, make it near."""
_NAMED: Final = 2
_BEGINNING_CELLS, _BEGINNING_CHARACTERS = 5, 80


def no_header(
    lines: Iterable[Sequence[str]], contracts: Sequence[Contract], *, place: str = ""
) -> ReadError:
    """Why none of some lines is a header: what it lacks, or that it is like none (`no_kind`).

    `place` is where the first of the lines stands. Where only one data set is asked for, the file
    is said to lack its columns whatever they are.
    """
    seen = list(lines)
    if near := _describe(seen, contracts):
        return ReadError("header", near)
    begins = (
        "、".join(" ".join(cell.split()) for cell in seen[0][:_BEGINNING_CELLS]) if seen else ""
    )
    detail = f"{place}: " if place else ""
    reason = "header" if len(contracts) == 1 else "no_kind"
    return ReadError(reason, detail + begins[:_BEGINNING_CHARACTERS])


def _describe(lines: Sequence[Sequence[str]], contracts: Sequence[Contract]) -> str:
    """The best candidates: what each lacks, what may be meant by a near name, what was recognised."""
    named = len(contracts) == 1
    every = [(match_header(cells, contract), cells) for cells in lines for contract in contracts]
    matches = [(match, cells) for match, cells in every if named or _is_near(match, cells)]
    most = max((match.rank for match, _ in matches), default=0)
    best = {
        match.contract.name: _text(cells, match)
        for match, cells in reversed(matches)
        if match.rank == most
    }
    return "。".join(list(reversed(best.values()))[:_NAMED])


def _is_near(match: HeaderMatch, cells: Sequence[str]) -> bool:
    """Whether half of what cannot be lacking is there, or most of the line's names are known."""
    found = len(match.needed) - len(match.missing) + len(_asked(cells, match))
    filled = sum(1 for cell in cells if is_filled(cell))
    known = len(match.columns)
    return (known >= MIN_COLUMNS and found >= _NEAR_SHARE * len(match.needed)) or (
        known > MIN_COLUMNS and known > _NEAR_SHARE * filled
    )


def _asked(cells: Sequence[str], match: HeaderMatch) -> list[str]:
    return [
        f"「{one.column}」は「{one.known_as}」のことでしょうか・did you mean this?"
        for one in propose_fields(cells, match)
        if one.field in match.missing
    ]


def _text(cells: Sequence[str], match: HeaderMatch) -> str:
    contract = match.contract
    titles = [contract.field(name).title for name in match.missing]
    titles_en = [contract.field(name).title_en for name in match.missing]
    known = "、".join(" ".join(cells[at].split()) for at in sorted(match.columns.values()))
    lacks = (
        f"「{contract.title}」に足りない列・missing: {'、'.join(titles)} ({', '.join(titles_en)})"
    )
    recognised = [f"認識した列・recognised: {known}"] if known else []
    return "。".join([lacks, *_asked(cells, match), *recognised])
