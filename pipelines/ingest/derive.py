"""Columns that no file gives, for the rows that are loaded: areas, and how they were found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa

from pipelines.contracts.ddl import quoted
from pipelines.ingest.area_rows import area_columns, store_boundaries
from pipelines.ingest.checks import Violation
from pipelines.ingest.judging import KEPT_OUT
from pipelines.ingest.named_area import name_areas
from pipelines.ingest.place import place_rows
from pipelines.ingest.stage import STAGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

    from pipelines.contracts import Contract
    from pipelines.contracts.types import NamedArea
    from pipelines.ingest.judging import Judging
    from pipelines.ingest.place import Ground
    from pipelines.ingest.types import CleanedFile
    from pipelines.ward import Ward

DERIVED: Final = "derived"
"""The temporary table of the derived columns, by row_no."""
_PLACED_AT_ONCE: Final = 200_000


def derive_columns(
    judging: Judging, files: Sequence[CleanedFile], ward: Ward, ground: Ground | None
) -> list[str]:
    """Write `derived` for the rows that are not kept out; gives its columns, none where it is not.

    What is noticed on the way is noted; a boundary that cannot be one keeps its row out too.
    """
    contract = judging.contract
    if contract.geometry == "polygon":
        pieces = iter([_derive_areas(judging, files, ward)])
    elif contract.area_from and ground is not None:
        pieces = iter([_name_areas(judging, contract.area_from, ground, ward)])
    elif contract.geometry == "point" and ground is not None:
        pieces = _place(judging, ground)
    else:
        return []
    return _write(judging.connection, pieces)


def _write(connection: duckdb.DuckDBPyConnection, pieces: Iterator[pa.Table]) -> list[str]:
    columns: list[str] = []
    for piece in pieces:
        connection.register("piece", piece)
        if columns:
            connection.execute(f"INSERT INTO {DERIVED} SELECT * FROM piece")  # noqa: S608
        else:
            connection.execute(f"CREATE OR REPLACE TEMP TABLE {DERIVED} AS SELECT * FROM piece")  # noqa: S608
            columns = [name for name in piece.column_names if name != "row_no"]
        connection.unregister("piece")
    return columns


def _derive_areas(judging: Judging, files: Sequence[CleanedFile], ward: Ward) -> pa.Table:
    connection = judging.connection
    table = connection.sql(
        "SELECT area_code, area_name, area_m2, population, households"  # noqa: S608
        f" FROM {STAGED} ORDER BY row_no"
    ).to_arrow_table()
    kept_out = {row for (row,) in connection.sql(f"SELECT row_no FROM {KEPT_OUT}").fetchall()}  # noqa: S608
    derived, boundaries, violations = area_columns(table, files, ward, kept_out)
    for violation, severity in violations:
        judging.note([violation], severity)
    store_boundaries(connection, boundaries)
    return derived


def _name_areas(judging: Judging, named: NamedArea, ground: Ground, ward: Ward) -> pa.Table:
    code = _given("municipality_code", judging.contract)
    rows = judging.connection.sql(
        f"SELECT row_no, source_no, source_line, {code}, {quoted(named.code)}, {quoted(named.name)}"  # noqa: S608
        f" FROM {STAGED} ANTI JOIN {KEPT_OUT} USING (row_no) ORDER BY row_no"
    ).fetchall()
    published = [row[3:] for row in rows]
    areas = name_areas(published, ground, municipality=ward.municipality.code)
    lines, unknown = set(), []
    for (row_no, *line, _, _, name), area in zip(rows, areas.to_pylist(), strict=True):
        # Once for a line of a wide table, not for every number in it.
        if area is None and tuple(line) not in lines:
            lines.add(tuple(line))
            unknown.append(Violation(row_no, named.name, name or "", "area_unknown", ""))
    judging.note(unknown, "warning")
    return pa.table({"row_no": pa.array([row[0] for row in rows], pa.int64()), "area_code": areas})


def _place(judging: Judging, ground: Ground) -> Iterator[pa.Table]:
    """Placed piece by piece: a row takes far more memory while it is placed than it did before."""
    # Rows may have been taken out, so that their number says nothing of the last one's.
    [(rows,)] = judging.connection.sql(
        f"SELECT coalesce(max(row_no) + 1, 0) FROM {STAGED}"  # noqa: S608
    ).fetchall()
    for first in range(0, max(rows, 1), _PLACED_AT_ONCE):
        yield _place_piece(judging, ground, first)


def _place_piece(judging: Judging, ground: Ground, first: int) -> pa.Table:
    contract = judging.contract
    address, code = _given("address", contract), _given("municipality_code", contract)
    placing = judging.connection.sql(
        "SELECT row_no, CAST(lon AS DOUBLE) AS lon, CAST(lat AS DOUBLE) AS lat,"  # noqa: S608
        f" CAST({address} AS VARCHAR) AS address, CAST({code} AS VARCHAR) AS code"
        f" FROM {STAGED} ANTI JOIN {KEPT_OUT} USING (row_no)"
        " WHERE row_no BETWEEN ? AND ? ORDER BY row_no",
        params=[first, first + _PLACED_AT_ONCE - 1],
    ).to_arrow_table()
    placed = place_rows(
        placing["lon"].to_numpy(),
        placing["lat"].to_numpy(),
        placing["address"].to_pylist(),
        ground,
        publishers=placing["code"].to_pylist(),
    )
    numbers = placing["row_no"].to_pylist()
    judging.note(
        [
            Violation(
                numbers[flag.row],
                ",".join(name for name in flag.field.split(",") if contract.has(name)),
                flag.value, flag.rule, flag.limit,
            )
            for flag in placed.flags
        ],
        "warning",
    )  # fmt: skip
    return pa.table(
        {
            "row_no": placing["row_no"],
            "area_code": placed.area_code,
            "location_source": placed.location_source,
            "area_source": placed.area_source,
        }
    )


def _given(name: str, contract: Contract) -> str:
    """A column, or NULL where the contract has none of that name."""
    return name if contract.has(name) else "NULL"
