"""Whether two lists mean the same place: by an ID, by its name, by its address; never by distance.

Names compare by NFKC without blanks and without marks in 【…】; addresses as
`geo.addresses.normalise_address` spells them, by the numbers after the town (1-2-3, 1丁目2番3号).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.addresses import normalise_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LinkSource = Literal["id", "name", "address", "none"]

NOWHERE: Final = -1

_MARKED: Final = re.compile(r"【[^】]*】")
_BLANKS: Final = re.compile(r"\s+")
# 東町図書館前 is beside the library and 東町図書館分館 another house.
_ANOTHER_PLACE: Final = re.compile(
    r"(?:前|横|脇|隣|裏|そば|向かい|付近|周辺|跡|分館|分校|分室|予定地|入口交差点)"
)
_SMALLEST_NAME: Final = 3
_NUMBERS: Final = re.compile(r"(?<![0-9])[0-9]+(?:-[0-9]+)+")
_POSTCODE: Final = re.compile(r"^〒?[0-9]{3}-?[0-9]{4}(?![0-9])")
# 1-2-3 2階: what comes after the blank is no number of the address.
_GAP: Final = re.compile(r"(?<=[0-9０-９])\s+(?=[0-9０-９])")
_ROOM: Final = re.compile(r"-?[0-9]+号室.*$")
_COUNTERS: Final = re.compile(r"(?<=[0-9])(?:丁目|番地の?|番|号|の)-?(?=[0-9])")


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a list of places; `code` is who published it, `inside` whether it is in the ward."""

    code: str | None
    place_id: str
    name: str
    address: str | None
    inside: bool = True


@dataclass(frozen=True, slots=True)
class Tie:
    """The position of the place a row is tied to (NOWHERE for none), and by what."""

    place_no: int
    source: LinkSource


NO_TIE: Final = Tie(NOWHERE, "none")


def name_key(name: str) -> str:
    """A name without what lists add or spell in their own way, for comparing only."""
    plain = _MARKED.sub("", unicodedata.normalize("NFKC", name))
    return _BLANKS.sub("", plain).casefold()


def address_key(address: str | None, beginnings: Sequence[str] = ()) -> str:
    """Town and numbers of an address (東町1-2-3), or '' where it does not name one house.

    `beginnings` are what an address may begin with (東京都, 中野区). A building after the numbers
    is left out; one number alone names a whole 丁目 and is no key.
    """
    plain = _ROOM.sub("", _POSTCODE.sub("", normalise_address(_GAP.sub("、", address or ""))))
    plain = _COUNTERS.sub("-", plain)
    for beginning in beginnings:
        plain = plain.removeprefix(normalise_address(beginning))
    found = _NUMBERS.search(plain)
    return plain[: found.end()] if found and found.start() else ""


class Register:
    """Places to tie to. Names and addresses that two places share decide nothing."""

    def __init__(self, places: Sequence[Place], beginnings: Sequence[str] = ()) -> None:
        self._places = places
        self._beginnings = beginnings
        self._by_id = _positions((place.place_id, no) for no, place in enumerate(places))
        self._by_name = _positions((name_key(place.name), no) for no, place in enumerate(places))
        self._by_address = _positions(
            (address_key(place.address, beginnings), no) for no, place in enumerate(places)
        )

    def tie(self, row: Place, place_id: str | None) -> Tie:
        """Tie a row that may state the ID of its place; a stated ID that is not here ties nowhere.

        Name and address count only for rows inside the ward: 市民会館 stands in many cities.
        """
        if place_id:
            return self._one(self._by_id.get(place_id, []), row.code, "id")
        if not row.inside:
            return NO_TIE
        by_name = self._one(self._named(name_key(row.name)), row.code, "name")
        if by_name.source != "none":
            return by_name
        key = address_key(row.address, self._beginnings)
        found = self._by_address.get(key, []) if key else []
        return Tie(found[0], "address") if len(found) == 1 else NO_TIE

    def _named(self, name: str) -> list[int]:
        """Places whose full name the name is or begins with; the longest name wins."""
        for length in range(len(name), _SMALLEST_NAME - 1, -1):
            found = self._by_name.get(name[:length])
            if found:
                return [] if _ANOTHER_PLACE.match(name, length) else found
        return []

    def _one(self, found: Sequence[int], code: str | None, source: LinkSource) -> Tie:
        own = [no for no in found if self._places[no].code == code] or found
        return Tie(own[0], source) if len(own) == 1 else NO_TIE


def _positions(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for key, no in pairs:
        if key:
            found[key].append(no)
    return dict(found)
