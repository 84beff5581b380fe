"""Marts: one SELECT a file, the file's name is the table's; made in the order they need."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipelines.contracts.ddl import quoted
from pipelines.evidence.classes import write_measure_classes
from pipelines.shapes import write_shapes

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

    from pipelines.ward import Ward

_FOLDER: Final = Path(__file__).parent
_NEEDS: Final = re.compile(r"\bmart\.([a-z_]+)")


def build_marts(connection: duckdb.DuckDBPyConnection, ward: Ward) -> None:
    """Make every table of the schema `mart` from `clean` and `meta`."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS mart")
    statements = {path.stem: path.read_text(encoding="utf-8") for path in _FOLDER.glob("*.sql")}
    # Tables that take geometry or a choice of classes are made by Python, from these tables.
    made: dict[str, tuple[Callable[[], None], set[str]]] = {
        "shapes": (lambda: write_shapes(connection, ward), set()),
        "measure_classes": (
            lambda: write_measure_classes(connection, ward.classes.count),
            {"measure_values"},
        ),
    }
    needs = {name: needs for name, (_, needs) in made.items()}
    needs |= {name: set(_NEEDS.findall(sql)) for name, sql in statements.items()}
    for name in TopologicalSorter(needs).static_order():
        if name in made:
            made[name][0]()
        else:
            connection.execute(f"CREATE TABLE mart.{quoted(name)} AS {statements[name]}")
