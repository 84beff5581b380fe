"""One edition as the pages read it: typed records, looked up by code.

Everything the map page shows is in a few small tables, so they are read once an edition and
kept as plain Python; a rerun of the page then needs no query and no DataFrame.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from dashboard.population import PopulationSource

WARD: Final = "ward"
BOUNDARY: Final = "areas"
"""The data set of the shapes."""
DATASET_OF: Final = {
    "facility": "facilities",
    "shelter": "evacuation_shelters",
    "wifi": "wifi_access_points",
    "station": "stations",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure means, in both languages."""

    name: str
    title: str
    title_en: str
    unit: str
    unit_en: str
    decimals: int
    definition: str
    definition_en: str
    datasets: tuple[str, ...]
    statuses: tuple[str, ...]
    is_ratio: bool
    population_keys: tuple[str, ...] = ()
    """The sources of population it is made from."""
    reference: str = ""
    reference_en: str = ""
    """Those sources with their dates, as they stand beside the figure."""
    unit_en_one: str = ""

    def title_in(self, lang: str) -> str:
        """The measure's title."""
        return self.title_en if lang == "en" else self.title

    def unit_in(self, lang: str) -> str:
        """The measure's unit."""
        return self.unit_en if lang == "en" else self.unit

    def unit_of(self, value: float | None, lang: str) -> str:
        """The unit as it stands behind a value: 1 shelter, 2 shelters."""
        one = value is not None and round(value, self.decimals) == 1
        return self.unit_en_one if lang == "en" and one and self.unit_en_one else self.unit_in(lang)

    def definition_in(self, lang: str) -> str:
        """The measure's definition."""
        return self.definition_en if lang == "en" else self.definition

    def reference_in(self, lang: str) -> str:
        """Source and date of the residents in it; nothing for a figure without them."""
        return self.reference_en if lang == "en" else self.reference


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of one area; `value` is None where nothing is known, never zero for that."""

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    rank: int | None = None
    ranked_of: int | None = None
    class_no: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureClass:
    """One class of a choropleth: the least and the greatest value in it, and how many areas."""

    class_no: int
    lower: float
    upper: float
    count: int


@dataclass(frozen=True, slots=True)
class Shape:
    """An area, a town or the ward: names, a point inside (EPSG:4326) and a GeoJSON geometry."""

    code: str
    name: str
    lon: float
    lat: float
    geometry: str


@dataclass(frozen=True, slots=True)
class Point:
    """A facility, shelter, access point or station; lon/lat (EPSG:4326) None where unknown.

    `key` is how a URL names it: the kind and the id, unique in the edition.
    """

    key: str
    kind: str
    id: str
    name: str
    category: str
    address: str
    lon: float | None
    lat: float | None
    area_code: str | None
    town_code: str | None
    location_source: str
    in_ward: bool

    @property
    def drawn(self) -> bool:
        """Whether the map can show it: it has a position and lies in the ward."""
        return self.lon is not None and self.lat is not None and self.in_ward

    def code_at(self, level: str) -> str | None:
        """The area or the town it lies in."""
        return self.town_code if level == "town" else self.area_code


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set as it stands in the edition: what it is, of when, how sure, from whom."""

    name: str
    title: str
    title_en: str
    rows: int
    as_of: date | None
    statuses: tuple[str, ...]
    credit: str
    credit_en: str

    def title_in(self, lang: str) -> str:
        """The data set's title."""
        return self.title_en if lang == "en" else self.title

    def credit_in(self, lang: str) -> str:
        """Whom the data set is from, as the licence asks to be named."""
        return self.credit_en if lang == "en" else self.credit


@dataclass(frozen=True, slots=True)
class Spread:
    """The ends of a measure over a level: values and the names that share them."""

    known: int
    highest: float
    lowest: float
    highest_names: tuple[str, ...]
    lowest_names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Ward:
    """All that the map page needs of one edition."""

    edition: str
    as_of: date
    build: Mapping[str, Any]
    measures: Mapping[str, Measure]
    shapes: Mapping[str, Mapping[str, Shape]]
    figures: Mapping[tuple[str, str, str], Figure]
    classes: Mapping[tuple[str, str], tuple[MeasureClass, ...]]
    points: Mapping[str, tuple[Point, ...]]
    datasets: Mapping[str, Dataset]
    population: tuple[PopulationSource, ...] = ()
    quarantined: Mapping[str, int]
    points_by_key: Mapping[str, Point] = field(init=False)
    points_by_area: Mapping[tuple[str, str], tuple[Point, ...]] = field(init=False)

    def __post_init__(self) -> None:
        every = [point for points in self.points.values() for point in points]
        object.__setattr__(self, "points_by_key", {point.key: point for point in every})
        by_area: dict[tuple[str, str], list[Point]] = {}
        for point in every:
            for code in {point.area_code, point.town_code} - {None}:
                by_area.setdefault((str(code), point.kind), []).append(point)
        frozen = {key: tuple(points) for key, points in by_area.items()}
        object.__setattr__(self, "points_by_area", frozen)

    def name_in(self, lang: str) -> str:
        """The municipality's name."""
        return str(self.build["municipality_name_en" if lang == "en" else "municipality_name"])

    @property
    def outline(self) -> Shape:
        """The municipality itself."""
        return next(iter(self.shapes[WARD].values()))

    def figure(self, level: str, code: str, measure: str) -> Figure:
        """The figure of an area, or an unknown one."""
        return self.figures.get((level, code, measure), _UNKNOWN)

    def ward_figure(self, measure: str) -> Figure:
        """The figure of the whole municipality."""
        return self.figure(WARD, self.outline.code, measure)

    def all_held(self, dataset: str) -> bool:
        """Whether files of the data set were read and not one of their rows is in the edition."""
        found = self.datasets.get(dataset)
        return found is not None and found.rows == 0 and dataset in self.quarantined

    def is_known(self, dataset: str) -> bool:
        """Whether somebody supplied the data set and its rows could be taken."""
        found = self.datasets.get(dataset)
        return found is not None and bool(found.statuses) and not self.all_held(dataset)

    @property
    def prefecture(self) -> str:
        """The prefecture's name, with which an address may begin."""
        return str(json.loads(self.build["ward_json"])["municipality"]["prefecture"])

    def town_of(self) -> dict[str, str]:
        """The town of each area: a town's code is how the codes of its areas begin."""
        towns = self.shapes["town"]
        return {code: code[:9] for code in self.shapes["area"] if code[:9] in towns}

    def spread(self, level: str, measure: str) -> Spread | None:
        """The greatest and the least known value and where they are; None if all are unknown."""
        known = [
            (value, shape.name)
            for shape in self.shapes[level].values()
            if (value := self.figure(level, shape.code, measure).value) is not None
        ]
        if not known:
            return None
        highest, lowest = max(known)[0], min(known)[0]
        return Spread(
            known=len(known),
            highest=highest,
            lowest=lowest,
            highest_names=tuple(name for value, name in known if value == highest),
            lowest_names=tuple(name for value, name in known if value == lowest),
        )

    def sharing(self, level: str, measure: str, rank: int) -> int:
        """How many areas of a level share a rank."""
        figures = (self.figure(level, code, measure) for code in self.shapes[level])
        return sum(figure.rank == rank for figure in figures)

    def missing(self, level: str, measure: str) -> int:
        """How many areas of a level have no value."""
        return sum(self.figure(level, code, measure).value is None for code in self.shapes[level])

    def reference_of(self, dataset: str, measure: Measure, lang: str) -> str:
        """Source and date of the residents whom `dataset` gives to a measure; else nothing."""
        used = [one for one in self.population if one.key in measure.population_keys]
        texts = dict.fromkeys(one.reference_in(lang) for one in used if one.dataset == dataset)
        return (", " if lang == "en" else "・").join(texts)

    def shown_datasets(self, measure: str, layers: Iterable[str]) -> tuple[Dataset, ...]:
        """The data sets behind the shapes, the measure and the layers, each once."""
        names = (BOUNDARY, *self.measures[measure].datasets, *(DATASET_OF[kind] for kind in layers))
        return tuple(self.datasets[name] for name in dict.fromkeys(names) if name in self.datasets)


_UNKNOWN: Final = Figure()
