"""DuckDB within bounds: what does not fit into them goes to a folder of the build's own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import duckdb

if TYPE_CHECKING:
    from pathlib import Path

# With it, a build that takes in ten million rows stays below 2 GiB as a whole.
_MEMORY: Final = "1GB"
# Each thread holds memory of its own.
_MOST_THREADS: Final = 4


def open_bounded(path: Path | None, scratch: Path) -> duckdb.DuckDBPyConnection:
    """Open a database, in memory where no `path` is given, that spills into the folder `scratch`.

    The folder is the caller's, to be removed once the connection is closed; rows that no page
    shows pass through it, so nobody else may read it. Raises duckdb.Error.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": _MEMORY,
        "temp_directory": str(scratch),
        "threads": min(os.cpu_count() or 1, _MOST_THREADS),
    }
    connection = duckdb.connect(str(path or ":memory:"), config=settings)
    # It would draw itself between what the command prints.
    connection.execute("SET enable_progress_bar = false")
    return connection
