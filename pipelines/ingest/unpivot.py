"""Wide tables, in which one row holds many numbers, made long: one number a row.

The contract declares which headers are such numbers and what each says of its own
(`unpivot`): 0-4歳の男性 is the age group 0-4歳 and the sex 男.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from pipelines.ingest.chunks import RawChunk
from pipelines.ingest.headers import match_header, normalise_header

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.contracts.types import Contract
    from pipelines.contracts.wide import Unpivot
    from pipelines.ingest.headers import HeaderMatch

WIDE_REPAIR: Final = "wide_to_long"


def unpivot_header(header: tuple[str, ...], contract: Contract) -> tuple[str, ...]:
    """The header of the long form of a file; the header itself where the file is not wide."""
    match, unpivot = match_header(header, contract), contract.unpivot
    if unpivot is None or not match.wide:
        return header
    kept = (header[at] for at in _kept(header, match))
    return (*kept, *_given(match, unpivot), unpivot.value)


def unpivot_chunk(
    chunk: RawChunk, header: tuple[str, ...], contract: Contract, told: Mapping[str, str]
) -> tuple[RawChunk, int]:
    """Rows of a wide file in the contract's long form, with the count of their numbers.

    Every number, blank ones too, becomes a row with the line it stands in. Others are as they are.
    `told` are values that stand outside the columns; they go before the contract's own.
    """
    match, unpivot = match_header(header, contract), contract.unpivot
    if unpivot is None or not match.wide:
        return chunk, 0
    rows, wide = chunk.rows, len(match.wide)
    said = [_said(header[at], unpivot) for at in match.wide]
    repeated = pa.array(np.repeat(np.arange(rows), wide))
    fill = {**unpivot.fill, **told}
    columns = [
        _keep(chunk.columns[at].take(repeated), _kept_by(at, match, said), rows)
        for at in _kept(header, match)
    ]
    columns += [
        pa.array([values.get(name, fill.get(name)) for values, _ in said] * rows, pa.string())
        for name in _given(match, unpivot)
    ]
    long = RawChunk(
        columns=(*columns, _interleaved([chunk.columns[at] for at in match.wide])),
        lines=np.repeat(chunk.lines, wide),
        ragged=tuple(row * wide + at for row in chunk.ragged for at in range(wide)),
        geometry=None if chunk.geometry is None else np.repeat(chunk.geometry, wide),
    )
    return long, long.rows


def _kept(header: tuple[str, ...], match: HeaderMatch) -> list[int]:
    return [at for at in range(len(header)) if at not in match.wide]


def _given(match: HeaderMatch, unpivot: Unpivot) -> list[str]:
    """The fields that the headers give and no column does."""
    return [name for name in sorted(unpivot.given - {unpivot.value}) if name not in match.columns]


def _said(header: str, unpivot: Unpivot) -> tuple[dict[str, str], tuple[str, ...]]:
    """The values that a wide header gives, and the columns that are kept for its rows alone."""
    found = unpivot.read_header(normalise_header(header))
    if found is None:
        raise ValueError(header)
    return found[1], found[0].keeps


def _kept_by(
    at: int, match: HeaderMatch, said: Sequence[tuple[dict[str, str], tuple[str, ...]]]
) -> list[bool]:
    """For each wide column, whether its rows keep the value of column `at`."""
    field = next((name for name, column in match.columns.items() if column == at), None)
    claimed = any(field in keeps for _, keeps in said)
    return [not claimed or field in keeps for _, keeps in said]


def _keep(column: pa.Array, kept: list[bool], rows: int) -> pa.Array:
    if all(kept):
        return column
    return pa.compute.if_else(pa.array(kept * rows), column, pa.scalar("", pa.string()))


def _interleaved(columns: Sequence[pa.Array]) -> pa.Array:
    """The first row of every column, then the second, and so on."""
    rows = len(columns[0])
    order = np.arange(len(columns) * rows).reshape(len(columns), rows).T.ravel()
    return pa.concat_arrays(columns).take(pa.array(order))
