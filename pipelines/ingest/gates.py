"""Publication gates: when a whole file is not believed, though it reads.

Half the rows gone, or no row with a place, is more likely a wrong export than news. The previous
edition's table is then kept, until the file is mended or someone accepts it by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.contracts.ddl import clean_table
from pipelines.messages import Message

if TYPE_CHECKING:
    import duckdb

    from pipelines.contracts import Contract
    from pipelines.ingest.types import DatasetResult


def find_gate_failure(
    connection: duckdb.DuckDBPyConnection, result: DatasetResult, *, rows_before: int | None
) -> Message | None:
    """Why the data set's files are not believed, or None.

    `rows_before` is how many rows the previous edition had, None where it had none of its own.
    """
    contract, gates = result.contract, result.contract.gates
    rows = sum(count.rows_loaded for count in result.counts)
    if gates.fewer_rows_pct is not None and rows_before:
        fewer_pct = 100 * (rows_before - rows) / rows_before
        if fewer_pct > gates.fewer_rows_pct:
            return _message(
                contract,
                f"行が前の版の{rows_before}行から{rows}行に減りました（{gates.fewer_rows_pct:g}%まで）",
                f"rows fell from {rows_before} to {rows} (at most {gates.fewer_rows_pct:g} %)",
            )
    if gates.without_place_pct is not None and rows:
        lost = _without_place(connection, contract)
        if 100 * lost / rows > gates.without_place_pct:
            return _message(
                contract,
                f"{rows}行のうち{lost}行は場所が分かりません（{gates.without_place_pct:g}%まで）",
                f"{lost} of {rows} rows have no place (at most {gates.without_place_pct:g} %)",
            )
    return None


def _without_place(connection: duckdb.DuckDBPyConnection, contract: Contract) -> int:
    [(lost,)] = connection.execute(
        f"SELECT count(*) FROM {clean_table(contract)} WHERE location_source = 'none'"  # noqa: S608
    ).fetchall()
    return int(lost)


def _message(contract: Contract, ja: str, en: str) -> Message:
    return Message(
        f"「{contract.title}」は入れ替えず、前の版の表を残しました: {ja}。"
        f"ファイルを確かめ、正しければ「ebpm build --accept {contract.name}」を実行してください。",
        f"“{contract.title_en}” was not replaced; the previous edition's table is kept: {en}. "
        f"Check the file; if it is right, run `ebpm build --accept {contract.name}`.",
    )
