"""Wide tables, in which one row holds many numbers, made long: one number a row.

The contract declares which headers are such numbers and what each says of its own
(`unpivot`): 0-4歳の男性 is the age group 0-4歳 and the sex 男.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from pipelines.ingest.headers import match_header, normalise_header
from pipelines.ingest.told import TOLD_REPAIR, told_values
from pipelines.ingest.types import Repair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.contracts.types import Unpivot
    from pipelines.ingest.headers import HeaderMatch
    from pipelines.ingest.types import RawTable, SourceFile

WIDE_REPAIR: Final = "wide_to_long"


def unpivot_file(source: SourceFile) -> tuple[SourceFile, list[Repair]]:
    """A wide file in the contract's long form, with the count of its numbers; others as they are.

    Every number, blank ones too, becomes a row with the line it stands in.
    """
    match, unpivot = match_header(source.raw.header, source.contract), source.contract.unpivot
    if unpivot is None or not match.wide:
        return source, []
    told = told_values(source, unpivot)
    raw = _long(source.raw, match, unpivot, {**unpivot.fill, **told})
    repairs = [Repair(source.source_no, unpivot.value, WIDE_REPAIR, raw.rows)]
    repairs += [
        Repair(source.source_no, name, TOLD_REPAIR, raw.rows)
        for name in told
        if name not in match.columns
    ]
    return replace(source, raw=raw), repairs


def _long(raw: RawTable, match: HeaderMatch, unpivot: Unpivot, fill: dict[str, str]) -> RawTable:
    rows, wide = raw.rows, len(match.wide)
    said = [_said(raw.header[at], unpivot) for at in match.wide]
    kept = [at for at in range(len(raw.header)) if at not in match.wide]
    names = [name for name in sorted(unpivot.given - {unpivot.value}) if name not in match.columns]
    repeated = np.repeat(np.arange(rows), wide)
    columns = [
        _keep(raw.columns[at].take(pa.array(repeated)), _kept_by(at, match, said), rows)
        for at in kept
    ]
    columns += [
        pa.array([values.get(name, fill.get(name)) for values, _ in said] * rows, pa.string())
        for name in names
    ]
    return replace(
        raw,
        header=(*(raw.header[at] for at in kept), *names, unpivot.value),
        columns=(*columns, _interleaved([raw.columns[at] for at in match.wide])),
        lines=np.repeat(raw.lines, wide),
        ragged=tuple(row * wide + at for row in raw.ragged for at in range(wide)),
        merged=(),
    )


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
