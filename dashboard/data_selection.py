"""What is chosen on the page データ <-> the URL: typed, checked against what the edition has."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from dashboard.query import LANGUAGES, Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE: Final = "data"
"""The page's address, relative to the app's."""
KEYS: Final = ("initiative", "indicator")
"""By whose ID rows can be chosen; the column is called so with `_id`."""
KINDS: Final = ("quarantine", "warning", "left_out")


@dataclass(frozen=True, slots=True, kw_only=True)
class DataAllowed:
    """What an edition offers to choose from."""

    files: Mapping[str, tuple[str, ...]]
    """Each data set, those without a file included, and the names of its files."""
    placed: frozenset[str]
    """The data sets whose rows are in areas."""
    places: frozenset[str]
    """Codes of areas, towns and of the ward."""
    measures: Mapping[str, tuple[str, ...]]
    """Each figure and the data sets it is made from."""
    keyed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each of KEYS, the data sets whose rows have such an ID."""
    keys: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each of KEYS, the IDs that the edition has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSelection:
    """One state of the page; all blank is everything in the edition."""

    dataset: str = ""
    place: str = ""
    """The area, town or ward whose rows are shown; blank is all rows, those in no area too."""
    measure: str = ""
    """The figure that led here."""
    initiative: str = ""
    """The initiative whose rows are shown; blank is all."""
    indicator: str = ""
    """The indicator whose rows are shown; blank is all."""
    file: str = ""
    kind: str = ""
    lang: str = "ja"

    def of_dataset(self, dataset: str | None) -> DataSelection:
        """Another data set, or all; what was chosen within the former one goes with it."""
        return DataSelection(dataset=dataset or "", kind=self.kind, lang=self.lang)

    @property
    def narrowed(self) -> bool:
        """Whether rows are left out by a place or an ID."""
        return any((self.place, self.initiative, self.indicator))

    def with_file(self, file: str | None) -> DataSelection:
        """The same with one file, or all."""
        return replace(self, file=file or "")

    def with_kind(self, kind: str | None) -> DataSelection:
        """The same with one kind of findings, or all."""
        return replace(self, kind=kind or "")


def parse_data(
    query: Mapping[str, str], allowed: DataAllowed
) -> tuple[DataSelection, tuple[str, ...]]:
    """Read a selection from the parameters of a URL, with the names of those not understood."""
    reader = Reader(query)
    dataset = reader.one("dataset", allowed.files, "")
    files = [name for own, names in allowed.files.items() if dataset in {"", own} for name in names]
    of_dataset = [name for name, made_from in allowed.measures.items() if dataset in made_from]
    ids = {
        key: allowed.keys.get(key, ()) if dataset in allowed.keyed.get(key, ()) else ()
        for key in KEYS
    }
    selection = DataSelection(
        dataset=dataset,
        place=reader.one("place", allowed.places if dataset in allowed.placed else (), ""),
        measure=reader.one("measure", of_dataset, ""),
        initiative=reader.one("initiative", ids["initiative"], ""),
        indicator=reader.one("indicator", ids["indicator"], ""),
        file=reader.one("file", files, ""),
        kind=reader.one("kind", KINDS, ""),
        lang=reader.one("lang", LANGUAGES, LANGUAGES[0]),
    )
    return selection, tuple(reader.unknown)


def data_query(selection: DataSelection) -> dict[str, str]:
    """The parameters of a selection's URL; what is the default is left out."""
    plain = DataSelection()
    texts = {field.name: getattr(selection, field.name) for field in fields(DataSelection)}
    return {name: text for name, text in texts.items() if text != getattr(plain, name)}


def data_address(selection: DataSelection) -> str:
    """The address of a selection, relative to the app's own, for a link from any page."""
    query = urlencode(data_query(selection))
    return f"{PAGE}?{query}" if query else PAGE
