"""Read an edition's tables into the records of `dashboard.ward`."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from dashboard.population import PopulationSource, Residents
from dashboard.ward import (
    BOUNDARY,
    DATASET_OF,
    WARD,
    Dataset,
    Figure,
    Measure,
    MeasureClass,
    Point,
    Shape,
    Ward,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    import pandas as pd


class Tables(Protocol):
    """What is needed of an edition: its name, its settings and its tables."""

    name: str
    as_of: date
    build: dict[str, Any]

    def frame(self, table: str, **equals: object) -> pd.DataFrame:
        """A table as a DataFrame."""
        ...


def read_ward(edition: Tables) -> Ward:
    """Read what the map page needs from an edition's `mart` and `meta` tables."""
    population = tuple(read_population(edition))
    return Ward(
        edition=edition.name,
        as_of=edition.as_of,
        build=edition.build,
        measures={measure.name: measure for measure in _measures(edition)},
        shapes=_shapes(edition),
        figures=_figures(edition),
        classes=_classes(edition),
        points=_points(edition),
        datasets={one.name: _as_used(one, population) for one in read_datasets(edition)},
        population=population,
        quarantined=_quarantined(edition),
    )


def _measures(edition: Tables) -> Iterator[Measure]:
    for row in plain_rows(edition.frame("meta.measures").sort_values("sort_order")):
        yield Measure(
            name=row["measure"],
            title=row["title"],
            title_en=row["title_en"],
            unit=row["unit"],
            unit_en=row["unit_en"],
            decimals=int(row["decimals"]),
            definition=row["definition"] or "",
            definition_en=row["definition_en"] or "",
            datasets=_words(row["dataset_list"]),
            statuses=_words(row["statuses"]),
            is_ratio=bool(row["denominator"]),
            population_keys=_words(row["population_key"]),
            reference=row["reference"],
            reference_en=row["reference_en"],
            # An edition of an earlier day has one word for both.
            unit_en_one=row.get("unit_en_one") or "",
        )


def _shapes(edition: Tables) -> dict[str, dict[str, Shape]]:
    shapes: dict[str, dict[str, Shape]] = {"area": {}, "town": {}, WARD: {}}
    for row in plain_rows(edition.frame("mart.shapes").sort_values(["level", "code"])):
        shapes[row["level"]][row["code"]] = Shape(
            row["code"], row["name"], row["lon"], row["lat"], row["geometry_geojson"]
        )
    return shapes


def _figures(edition: Tables) -> dict[tuple[str, str, str], Figure]:
    return {
        (row["level"], row["code"], row["measure"]): Figure(
            value=row["value"],
            numerator=row["numerator"],
            denominator=row["denominator"],
            rank=_whole(row["rank"]),
            ranked_of=_whole(row["ranked_of"]),
            class_no=_whole(row["class_no"]),
        )
        for row in plain_rows(edition.frame("mart.measures"))
    }


def _classes(edition: Tables) -> dict[tuple[str, str], tuple[MeasureClass, ...]]:
    classes: dict[tuple[str, str], tuple[MeasureClass, ...]] = {}
    frame = edition.frame("mart.measure_classes").sort_values("class_no")
    for row in plain_rows(frame):
        one = MeasureClass(int(row["class_no"]), row["lower"], row["upper"], int(row["count"]))
        key = (row["level"], row["measure"])
        classes[key] = (*classes.get(key, ()), one)
    return classes


def _points(edition: Tables) -> dict[str, tuple[Point, ...]]:
    points: dict[str, list[Point]] = {kind: [] for kind in DATASET_OF}
    keys: Counter[str] = Counter()
    for row in plain_rows(edition.frame("mart.points")):
        # Ids are unique in one publisher's list; two lists may use the same.
        key = f"{row['kind']}:{row['id']}"
        keys[key] += 1
        points[row["kind"]].append(
            Point(
                key=key if keys[key] == 1 else f"{key}~{keys[key]}",
                kind=row["kind"],
                id=row["id"],
                name=row["name"] or "",
                category=row["category"] or "",
                address=row["address"] or "",
                lon=row["lon"],
                lat=row["lat"],
                area_code=row["area_code"],
                town_code=row["town_code"],
                location_source=row["location_source"],
                in_ward=bool(row["in_ward"]),
            )
        )
    return {kind: tuple(found) for kind, found in points.items()}


def read_datasets(edition: Tables) -> Iterator[Dataset]:
    """The data sets of an edition, those that nobody supplied included."""
    for row in plain_rows(edition.frame("meta.datasets")):
        stale = ("stale",) if row["stale"] else ()
        yield Dataset(
            name=row["dataset"],
            title=row["title"],
            title_en=row["title_en"],
            rows=int(row["rows"]),
            as_of=row["as_of"],
            statuses=tuple(dict.fromkeys((*_words(row["statuses"]), *stale))),
            credit=row["credit"] or "",
            credit_en=row["credit_en"] or "",
        )


def read_population(edition: Tables) -> Iterator[PopulationSource]:
    """The sources of population, the one in use first."""
    residents: dict[str, dict[tuple[str, str], Residents]] = {}
    for row in plain_rows(edition.frame("mart.population_comparison")):
        residents.setdefault(row["population_key"], {})[row["level"], row["code"]] = Residents(
            persons=row["persons"],
            known=row["persons_known"],
            areas_missing=int(row["areas_missing"]),
            difference=row["difference"],
            difference_pct=row["difference_pct"],
        )
    for row in plain_rows(edition.frame("mart.population_sources").sort_values("sort_order")):
        yield PopulationSource(
            key=row["population_key"],
            dataset=row["dataset"],
            reference=row["reference"],
            reference_en=row["reference_en"],
            surveyed_on=row["surveyed_on"],
            statuses=_words(row["statuses"]),
            credit=row["credit"] or "",
            credit_en=row["credit_en"] or "",
            fits=bool(row["fits"]),
            reason=row["reason"],
            reason_en=row["reason_en"],
            in_use=bool(row["is_default"]),
            households_in_use=bool(row["is_households_default"]),
            residents=residents.get(row["population_key"], {}),
        )


def _as_used(dataset: Dataset, population: Iterable[PopulationSource]) -> Dataset:
    """The data set with date, status and credit of the source in use, where it holds several."""
    used = next((one for one in population if one.in_use and one.dataset == dataset.name), None)
    if used is None or dataset.name == BOUNDARY:
        return dataset
    return replace(
        dataset,
        as_of=used.surveyed_on,
        statuses=used.statuses,
        credit=used.credit,
        credit_en=used.credit_en,
    )


def _quarantined(edition: Tables) -> dict[str, int]:
    by_dataset = edition.frame("meta.sources").groupby("dataset")["rows_quarantined"].sum()
    return {str(name): int(count) for name, count in by_dataset.items() if count}


def plain_rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a frame as plain Python: what is missing is None, a date is a date."""
    columns = {str(name): _plain(frame[name]) for name in frame.columns}
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def _plain(column: pd.Series[Any]) -> list[Any]:
    if column.dtype.kind == "M":
        column = column.dt.date
    values = column.astype(object)
    return values.where(values.notna(), None).tolist()


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(word for word in (text or "").split(",") if word)


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
