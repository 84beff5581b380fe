"""Marts: one SELECT a file, the file's name is the table's; made in the order they need.

What `internal/` holds is counted from internal rows and stays in the file of internal rows; the
marts beside it make of it what everybody may see.
"""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipelines.contracts.ddl import INTERNAL, quoted
from pipelines.evidence.classes import write_measure_classes
from pipelines.population import write_population_sources
from pipelines.shapes import write_shapes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    import duckdb

    from pipelines.ward import Ward

_FOLDER: Final = Path(__file__).parent
_MEASURES: Final = "meta.measures"
_NEEDS: Final = re.compile(rf"\b(mart\.[a-z_]+|{re.escape(_MEASURES)})\b")


def build_marts(
    connection: duckdb.DuckDBPyConnection,
    ward: Ward,
    as_of: date,
    *,
    write_measures: Callable[[], None],
) -> None:
    """Make every table of the schema `mart` from `clean` and `meta`.

    `write_measures` makes meta.measures, whose words follow from the source of population chosen
    on the way.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS mart")
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {INTERNAL}.mart")
    statements = {f"mart.{path.stem}": path for path in _FOLDER.rglob("*.sql")}
    # Tables that take geometry or a choice are made by Python, from these tables.
    made: dict[str, tuple[Callable[[], None], set[str]]] = {
        "mart.shapes": (lambda: write_shapes(connection, ward), set()),
        "mart.population_sources": (
            lambda: write_population_sources(connection, ward.municipality, as_of),
            {"mart.population", "mart.population_coverage"},
        ),
        _MEASURES: (write_measures, {"mart.population_sources"}),
        "mart.measure_classes": (
            lambda: write_measure_classes(connection, ward.classes.count),
            {"mart.measure_values"},
        ),
    }
    needs = {name: needs for name, (_, needs) in made.items()}
    needs |= {name: set(_NEEDS.findall(_read(path))) for name, path in statements.items()}
    for name in TopologicalSorter(needs).static_order():
        if name in made:
            made[name][0]()
        else:
            create_mart(connection, statements[name])


def create_mart(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Make the table of one file; what it needs is there."""
    catalog = f"{INTERNAL}." if path.parent.name == INTERNAL else ""
    connection.execute(f"CREATE TABLE {catalog}mart.{quoted(path.stem)} AS {_read(path)}")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
