"""Finding a 町丁目 or a point by what people type: a name, part of one, or an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.labels import kind_title, level_title
from dashboard.ward import DATASET_OF
from geo.addresses import AddressMatcher, normalise_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.translation import Translate
    from dashboard.ward import Ward

AREA = "area"


@dataclass(frozen=True)
class Index:
    """What can be found: the label shown for each, and what it leads to.

    A target is "area:<code>" or a point's key "<kind>:<id>".
    """

    options: tuple[str, ...]
    targets: Mapping[str, str]
    labels: Mapping[str, str]
    texts: tuple[tuple[str, str], ...]
    matcher: AddressMatcher

    def find(self, typed: str) -> str | None:
        """The target of a label, of a name or an address that contains what was typed, or None.

        Full-width digits, kanji numerals and variant kanji match as in `geo.addresses`. An
        address that stands at no point leads to its 町丁目.
        """
        if typed in self.targets:
            return self.targets[typed]
        wanted = normalise_address(typed)
        hits = sorted((len(text), target) for text, target in self.texts if wanted in text)
        places = {target for _length, target in hits}
        if hits and hits[0][0] == len(wanted):
            return hits[0][1]
        area = self.matcher.match(typed)
        if area and len(places) != 1:
            return f"{AREA}:{area}"
        return hits[0][1] if wanted and hits else None


def build_index(ward: Ward, _: Translate) -> Index:
    """The index of an edition in one language."""
    areas = ward.shapes["area"].values()
    names: dict[str, tuple[str, ...]] = {f"{AREA}:{s.code}": (s.name,) for s in areas}
    kinds = dict.fromkeys(names, level_title("area", _))
    for kind in DATASET_OF:
        names |= {point.key: (point.name, point.address) for point in ward.points[kind]}
        kinds |= {point.key: kind_title(kind, _) for point in ward.points[kind]}
    labels = {
        target: " ".join(
            [_("{name}（{kind}）").format(name=name, kind=kinds[target]), *address]
        ).strip()
        for target, (name, *address) in names.items()
    }
    targets = _distinct(labels)
    return Index(
        options=tuple(targets),
        targets=targets,
        labels=labels,
        texts=tuple(
            (normalise_address(text), target)
            for target, of_target in names.items()
            for text in (*of_target, labels[target])
            if text
        ),
        matcher=AddressMatcher(
            [shape.code for shape in areas],
            [shape.name for shape in areas],
            prefecture=ward.prefecture,
            municipality=str(ward.build["municipality_name"]),
        ),
    )


def _distinct(labels: dict[str, str]) -> dict[str, str]:
    """Targets by label; a label that two targets share is told apart by the key, in `labels` too."""
    targets: dict[str, str] = {}
    for target, label in labels.items():
        labels[target] = label if label not in targets else f"{label} [{target}]"
        targets[labels[target]] = target
    return targets
