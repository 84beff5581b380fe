"""The counts of residents side by side, and the one that the figures use (mart.population_sources)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from geo.addresses import normalise_address
from pipelines.evidence.population import GROUPS
from pipelines.meta.datasets import in_order, is_stale
from pipelines.population_choice import TITLES_EN, PopulationCount, Verdict, choose_population

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import duckdb

    from pipelines.ward import Municipality

_TEXT: Final = pa.string()
_SOURCES: Final = pa.schema(
    [
        ("population_key", _TEXT), ("dataset", _TEXT), ("title", _TEXT), ("title_en", _TEXT),
        ("surveyed_on", pa.date32()), ("reference", _TEXT), ("reference_en", _TEXT),
        ("statuses", _TEXT), ("credit", _TEXT), ("credit_en", _TEXT), ("persons", pa.float64()),
        ("persons_known", pa.float64()), ("areas_covered", pa.int64()),
        ("areas_missing", pa.int64()), ("rows_without_area", pa.int64()), ("groups", _TEXT),
        ("fits", pa.bool_()), ("reason", _TEXT), ("reason_en", _TEXT), ("is_default", pa.bool_()),
        ("is_households_default", pa.bool_()), ("sort_order", pa.int32()),
    ]
)  # fmt: skip
_UNLISTED: Final = """
    SELECT keys.population_key, areas.area_name
    FROM mart.population_keys AS keys
    CROSS JOIN clean.areas AS areas
    ANTI JOIN (
        SELECT population_key, area_code
        FROM mart.population
        WHERE age_group = '総数' AND sex = '総数' AND nationality = '総数'
    ) AS listed
        ON listed.population_key = keys.population_key AND listed.area_code = areas.area_code
    ORDER BY ALL
"""
_TWICE: Final = """
    SELECT DISTINCT population_key, area_name
    FROM mart.population_listed
    JOIN clean.areas USING (area_code)
    WHERE times_listed > 1
    ORDER BY ALL
"""
_UNMATCHED: Final = """
    SELECT DISTINCT population_key, region_name
    FROM clean.area_population
    JOIN mart.population_keys AS keys USING (population_source, surveyed_on)
    WHERE keys.dataset = 'area_population' AND area_code IS NULL AND municipality_code = ?
    ORDER BY ALL
"""
# What the line of a sum is called in such lists: of the ward, or of a town (中野計).
_SUM_ENDINGS: Final = ("総数", "合計", "総計", "小計", "計")
_SUM_NAMES: Final = frozenset({*_SUM_ENDINGS, "区計", "市計", "町計", "全域", "全区"})

Names = dict[str, list[str]]
"""Names of areas or regions by population_key."""


def write_population_sources(
    connection: duckdb.DuckDBPyConnection, municipality: Municipality, as_of: date
) -> None:
    """Write mart.population_sources: one row a source and date, the default first.

    persons is NULL where a part is unknown; persons_known is what the known areas add up to.
    Needs mart.population and mart.population_coverage.
    """
    coverage = {
        row["population_key"]: row
        for row in connection.sql("SELECT * FROM mart.population_coverage")
        .to_arrow_table()
        .to_pylist()
    }
    groups = _groups(connection)
    verdicts = choose_population(_counts(connection, coverage, municipality, as_of), as_of)
    rows = [
        {
            **coverage[verdict.count.population_key],
            **_described(verdict),
            "groups": ",".join(groups.get(verdict.count.population_key, ())),
            "sort_order": order,
        }
        for order, verdict in enumerate(sorted(verdicts, key=lambda one: not one.is_default))
    ]
    connection.register("made_sources", pa.Table.from_pylist(rows, schema=_SOURCES))
    connection.execute("CREATE TABLE mart.population_sources AS SELECT * FROM made_sources")
    connection.unregister("made_sources")


def is_sum_of_areas(region: str, municipality: str, towns: Iterable[str]) -> bool:
    """Whether a region's name is that of a line which adds up areas: 総数, 中野区, 中野町計, 中野."""
    name = normalise_address(region)
    wholes = {normalise_address(one) for one in (municipality, *towns)}
    stem = next((name.removesuffix(end) for end in _SUM_ENDINGS if name.endswith(end)), name)
    return name in _SUM_NAMES or bool({stem, stem.removesuffix("町")} & wholes)


def _counts(
    connection: duckdb.DuckDBPyConnection,
    coverage: dict[str, dict[str, Any]],
    municipality: Municipality,
    as_of: date,
) -> list[PopulationCount]:
    unlisted, twice = _names(connection, _UNLISTED), _names(connection, _TWICE)
    unmatched = _unmatched(connection, municipality)
    return [
        PopulationCount(
            population_key=key,
            dataset=row["dataset"],
            population_source=row["population_source"],
            surveyed_on=row["surveyed_on"],
            statuses=_statuses(row, as_of),
            areas=row["areas"],
            areas_missing=row["areas_missing"],
            households=row["households"],
            unlisted=tuple(unlisted[key]),
            unmatched=tuple(unmatched[key]),
            twice=tuple(twice[key]),
        )
        for key, row in coverage.items()
    ]


def _statuses(row: dict[str, Any], as_of: date) -> tuple[str, ...]:
    stale = {"stale"} if is_stale(row["surveyed_on"], row["rhythm"], as_of) else set()
    return tuple(in_order(set(row["statuses"].split(",")) | stale).split(","))


def _described(verdict: Verdict) -> dict[str, Any]:
    count = verdict.count
    return {
        "title": count.population_source,
        "title_en": TITLES_EN[count.population_source],
        "reference": count.reference.ja,
        "reference_en": count.reference.en,
        "statuses": ",".join(count.statuses),
        "fits": verdict.fits,
        "reason": verdict.reason.ja,
        "reason_en": verdict.reason.en,
        "is_default": verdict.is_default,
        "is_households_default": verdict.is_households_default,
    }


def _groups(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The groups of GROUPS that each source has for some area."""
    found = connection.execute(
        "SELECT DISTINCT population_key, age_group, nationality FROM mart.population"
        " WHERE sex = '総数'"
    ).fetchall()
    known = {(key, (age, nationality)) for key, age, nationality in found}
    return {
        key: [name for name, group in GROUPS.items() if (key, group) in known]
        for key in {key for key, _ in known}
    }


def _names(connection: duckdb.DuckDBPyConnection, query: str, *parameters: str) -> Names:
    names: Names = defaultdict(list)
    for key, name in connection.execute(query, parameters).fetchall():
        names[key].append(name)
    return names


def _unmatched(connection: duckdb.DuckDBPyConnection, municipality: Municipality) -> Names:
    """Names of the ward's own rows that are no area and no sum of areas.

    Rows of other municipalities in the same list say nothing about this boundary.
    """
    towns = [
        name
        for (name,) in connection.execute("SELECT DISTINCT town_name FROM clean.areas").fetchall()
    ]
    names: Names = defaultdict(list)
    for key, regions in _names(connection, _UNMATCHED, municipality.code).items():
        names[key] = [
            region for region in regions if not is_sum_of_areas(region, municipality.name, towns)
        ]
    return names
