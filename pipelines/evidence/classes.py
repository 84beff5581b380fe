"""The classes of a choropleth, made once a build so that map, slide and paper share them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb


@dataclass(frozen=True)
class ValueClass:
    """A class of values, by the smallest and the largest value in it."""

    class_no: int
    lower: float
    upper: float
    count: int


def value_classes(values: Sequence[float], count: int) -> list[ValueClass]:
    """Cut `values` (known ones only) into at most `count` classes of about equal size.

    Quantiles; equal values stay in one class, and where the smallest value is zero the zeros are
    a class of their own ("none" reads differently from "few"). Fewer distinct values give fewer
    classes; no values give none. Class 1 holds the smallest.
    """
    array = np.sort(np.asarray(values, dtype=np.float64))
    if array.size == 0:
        return []
    zeros = array.size and array[0] == 0
    positive = array[array > 0] if zeros else array
    groups = [array[array == 0]] if zeros else []
    groups += _quantile_groups(positive, count - len(groups))
    return [
        ValueClass(number, float(group[0]), float(group[-1]), group.size)
        for number, group in enumerate(groups, start=1)
    ]


def write_measure_classes(connection: duckdb.DuckDBPyConnection, count: int) -> None:
    """Write mart.measure_classes from mart.measure_values; the ward itself has no classes."""
    found = connection.execute(
        "SELECT level, measure, list(value ORDER BY value) FROM mart.measure_values"
        " WHERE level <> 'ward' AND value IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    rows = [
        {
            "level": level,
            "measure": measure,
            "class_no": one.class_no,
            "lower": one.lower,
            "upper": one.upper,
            "count": one.count,
        }
        for level, measure, values in found
        for one in value_classes(values, count)
    ]
    schema = pa.schema(
        {
            "level": pa.string(),
            "measure": pa.string(),
            "class_no": pa.int32(),
            "lower": pa.float64(),
            "upper": pa.float64(),
            "count": pa.int64(),
        }
    )
    connection.register("made_classes", pa.Table.from_pylist(rows, schema=schema))
    connection.execute("CREATE TABLE mart.measure_classes AS SELECT * FROM made_classes")
    connection.unregister("made_classes")


def _quantile_groups(values: np.ndarray, count: int) -> list[np.ndarray]:
    if values.size == 0:
        return []
    cuts = np.quantile(values, np.arange(1, count) / count, method="inverted_cdf")
    at = np.searchsorted(np.unique(cuts), values, side="left")
    return [values[at == number] for number in np.unique(at)]
