"""What is chosen on a page <-> the URL: typed, checked against what the edition has.

Nothing from a URL reaches a page without having been found in an allow-list; what was not found
falls back to the default and is named, so that the page can say so in a calm line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dashboard.query import LANGUAGES, NOTHING, Reader

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LEVELS: Final = ("area", "town")
KINDS: Final = ("facility", "shelter", "wifi", "station")
VIEWS: Final = ("screen", "print")
MAX_AREAS: Final = 3

_DEFAULT_LAYERS: Final = ("facility", "shelter", "station")


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What an edition offers to choose from; the first measure is the default one."""

    measures: tuple[str, ...]
    areas: Mapping[str, frozenset[str]]
    points: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """One state of the map page; equal selections are equal URLs."""

    measure: str
    level: str = "area"
    layers: tuple[str, ...] = _DEFAULT_LAYERS
    areas: tuple[str, ...] = ()
    compare: bool = False
    found: str = ""
    lang: str = "ja"
    view: str = "screen"

    def choose(self, code: str) -> Selection:
        """The selection after a click on the area `code`.

        Without comparing, the area takes the place of what was chosen; a comparison grows to
        three, the last giving way, and a click on a chosen area takes it out again.
        """
        if not self.compare:
            return replace(self, areas=(code,), found="")
        if code in self.areas:
            return replace(self, areas=tuple(c for c in self.areas if c != code), found="")
        return replace(self, areas=(*self.areas[: MAX_AREAS - 1], code), found="")

    def comparing(self, compare: bool) -> Selection:  # noqa: FBT001 - the value of a switch
        """The same selection with comparing on, or off with the first area alone."""
        return replace(self, compare=compare, areas=self.areas if compare else self.areas[:1])

    def with_layers(self, kinds: Collection[str]) -> Selection:
        """The same selection with these kinds of points on the map; a found point needs its own."""
        layers = tuple(kind for kind in KINDS if kind in kinds)
        found = self.found if self.found.partition(":")[0] in layers else ""
        return replace(self, layers=layers, found=found)

    def mark(self, point: str, code: str | None) -> Selection:
        """The selection after `point` ("kind:id") was found; its area `code` is chosen with it."""
        chosen = self if code is None or code in self.areas else self.choose(code)
        shown = chosen.with_layers((*self.layers, point.partition(":")[0]))
        return replace(shown, found=point)

    def at_level(self, level: str, towns: Mapping[str, str]) -> Selection:
        """The same selection at another level; a 町丁目 (`towns` gives its 町) takes its 町 along."""
        if level == self.level:
            return self
        kept = dict.fromkeys(towns[code] for code in self.areas if code in towns)
        return replace(self, level=level, areas=tuple(kept) if level == "town" else (), found="")


def parse(query: Mapping[str, str], allowed: Allowed) -> tuple[Selection, tuple[str, ...]]:
    """Read a selection from the parameters of a URL.

    Returns it with the names of the parameters that held something unknown, in URL order of
    `to_query`. Parameters that are not ours are left alone.
    """
    reader = Reader(query)
    level = reader.one("level", LEVELS, "area")
    selection = Selection(
        measure=reader.one("measure", allowed.measures, allowed.measures[0]),
        level=level,
        layers=reader.several("layers", KINDS, _DEFAULT_LAYERS),
        areas=reader.several("areas", allowed.areas[level], ())[:MAX_AREAS],
        compare=reader.one("compare", ("0", "1"), "0") == "1",
        found=reader.one("found", allowed.points, ""),
        lang=reader.one("lang", LANGUAGES, "ja"),
        view=reader.one("view", VIEWS, "screen"),
    )
    layers = tuple(kind for kind in KINDS if kind in selection.layers)
    return replace(selection, layers=layers), tuple(reader.unknown)


def to_query(selection: Selection, allowed: Allowed) -> dict[str, str]:
    """The parameters of a selection's URL; what is the default is left out."""
    plain = _texts(Selection(measure=allowed.measures[0]))
    return {name: text for name, text in _texts(selection).items() if text != plain[name]}


def _texts(selection: Selection) -> dict[str, str]:
    return {
        "measure": selection.measure,
        "level": selection.level,
        "layers": ",".join(selection.layers) or NOTHING,
        "areas": ",".join(selection.areas),
        "compare": "1" if selection.compare else "0",
        "found": selection.found,
        "lang": selection.lang,
        "view": selection.view,
    }
