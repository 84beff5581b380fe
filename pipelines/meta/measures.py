"""What the figures of an edition mean: definition, data sets, statuses, source of the residents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from pipelines.meta.datasets import in_order
from pipelines.meta.table import TEXT, write_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from pipelines.contracts import Catalogue, Measure

_MEASURES: Final = pa.schema(
    [
        ("measure", TEXT), ("title", TEXT), ("title_en", TEXT), ("unit", TEXT), ("unit_en", TEXT),
        ("decimals", pa.int64()), ("definition", TEXT), ("definition_en", TEXT),
        ("numerator", TEXT), ("denominator", TEXT), ("per", pa.float64()),
        ("dataset_list", TEXT), ("statuses", TEXT), ("population_key", TEXT), ("reference", TEXT),
        ("reference_en", TEXT), ("sort_order", pa.int64()),
    ]
)  # fmt: skip
_CHOSEN_BY: Final = {"population": "is_default", "households": "is_households_default"}
"""The quantities of residents and the column that tells which source they are of."""

Source = dict[str, Any]


def write_measures(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Write meta.measures; needs meta.datasets and mart.population_sources.

    A measure carries the statuses of all data sets it is made from. One of residents names the
    source and date in use (`reference`), which its definition repeats.
    """
    statuses = {row["dataset"]: _statuses(row) for row in _rows(connection, "meta.datasets")}
    sources = _rows(connection, "mart.population_sources")
    chosen = {
        quantity: next(row for row in sources if row[column])
        for quantity, column in _CHOSEN_BY.items()
    }
    rows = [
        {**_measure_row(catalogue, measure, chosen, statuses), "sort_order": order}
        for order, measure in enumerate(catalogue.measures)
    ]
    write_table(connection, "measures", rows, _MEASURES)


def _measure_row(
    catalogue: Catalogue,
    measure: Measure,
    chosen: Mapping[str, Source],
    statuses: Mapping[str, set[str]],
) -> dict[str, Any]:
    datasets: dict[str, None] = {}
    carried: set[str] = set()
    used: dict[str, Source] = {}
    for quantity in catalogue.measure_quantities(measure):
        source = chosen[quantity.name] if quantity.of_residents else None
        dataset = source["dataset"] if source else quantity.dataset
        datasets[dataset] = None
        carried |= set(source["statuses"].split(",")) if source else statuses[dataset]
        if source:
            used[source["population_key"]] = source
    return {
        "measure": measure.name,
        **measure.model_dump(exclude={"name"}),
        "definition": _worded(measure.definition, chosen, "reference"),
        "definition_en": _worded(measure.definition_en, chosen, "reference_en"),
        "dataset_list": ",".join(datasets),
        "statuses": in_order(carried),
        "population_key": ",".join(used),
        "reference": "・".join(source["reference"] for source in used.values()),
        "reference_en": "; ".join(source["reference_en"] for source in used.values()),
    }


def _worded(definition: str, chosen: Mapping[str, Source], column: str) -> str:
    for quantity, source in chosen.items():
        definition = definition.replace(f"{{{quantity}}}", source[column])
    return definition


def _statuses(dataset: Source) -> set[str]:
    stale = {"stale"} if dataset["stale"] else set()
    return set(filter(None, dataset["statuses"].split(","))) | stale


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[Source]:
    rows: list[Source] = connection.sql(f"SELECT * FROM {table}").to_arrow_table().to_pylist()  # noqa: S608
    return rows
