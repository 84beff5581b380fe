"""Digests: of what goes into a build, and of what is in a table.

A table's digest does not depend on the order of rows, threads or file bytes: every row becomes
text (floats at fixed decimals), every text a 128-bit number, and whole numbers are added up.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipelines.contracts.ddl import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

_FLOAT_DECIMALS: Final = 9
_CODE_FOLDERS: Final = ("pipelines", "geo")
_CODE_SUFFIXES: Final = frozenset({".py", ".sql"})
_UNIT: Final = "\x1f"


def table_digest(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> str:
    """`<rows>-<hex>` of a table's content."""
    # The information schema looks through every table each time it is asked.
    relation = connection.table(f"{quoted(schema)}.{quoted(table)}")
    described = list(zip(relation.columns, map(str, relation.types), strict=True))
    cells = ", ".join(_cell(quoted(name), data_type) for name, data_type in described)
    # Sums of halves, because md5 as one number would overflow where a table is long.
    [(rows, high, low)] = connection.execute(
        f"WITH hashed AS (SELECT md5(concat_ws(chr(31), {cells})) AS h"  # noqa: S608
        f" FROM {quoted(schema)}.{quoted(table)}) "
        "SELECT count(*), sum(('0x' || h[1:15])::HUGEINT), sum(('0x' || h[16:30])::HUGEINT)"
        " FROM hashed"
    ).fetchall()
    names = _UNIT.join(name for name, _ in described)
    return f"{rows}-{digest_text([names, str(high or 0), str(low or 0)])[:16]}"


def digest_text(parts: Iterable[str]) -> str:
    """SHA-256 of several texts, told apart."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        digest.update(f"{len(encoded)}:".encode())
        digest.update(encoded)
    return digest.hexdigest()


def code_digest() -> str:
    """SHA-256 of the code that makes an edition: every module and mart of pipelines and geo."""
    root = Path(__file__).resolve().parent.parent
    files = sorted(
        path
        for folder in _CODE_FOLDERS
        for path in (root / folder).rglob("*")
        if path.suffix in _CODE_SUFFIXES
    )
    # Line ends differ between checkouts; the code is the same.
    return digest_text(
        part
        for path in files
        for part in (
            path.relative_to(root).as_posix(),
            path.read_bytes().replace(b"\r\n", b"\n").decode(),
        )
    )


def _cell(column: str, data_type: str) -> str:
    if data_type in {"DOUBLE", "FLOAT"}:
        text = f"printf('%.{_FLOAT_DECIMALS}f', {column})"
    elif data_type == "BLOB":
        text = f"hex({column})"
    else:
        text = f"{column}::VARCHAR"
    # NULL and '' are different contents.
    return f"CASE WHEN {column} IS NULL THEN chr(30) ELSE {text} END"
