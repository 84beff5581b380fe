"""The parameters of a URL, taken one by one against what each may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LANGUAGES: Final = ("ja", "en")
NOTHING: Final = "none"
"""How a URL says that none of several is chosen, where the default is some."""
_MAX_LENGTH: Final = 1000


def language(query: Mapping[str, str]) -> str:
    """The language of a URL, before anything else is known."""
    lang = query.get("lang", "")
    return lang if lang in LANGUAGES else LANGUAGES[0]


class Reader:
    """Takes values out of a query one by one and remembers which were unknown."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self._query = query
        self.unknown: list[str] = []

    def one(self, name: str, allowed: Collection[str], default: str) -> str:
        """The parameter `name` if it is allowed, otherwise the default."""
        value = self._query.get(name, "")
        if value in allowed:
            return value
        if value:
            self.unknown.append(name)
        return default

    def several(
        self, name: str, allowed: Collection[str], default: tuple[str, ...]
    ) -> tuple[str, ...]:
        """The parts of the parameter `name` that are allowed, otherwise the default."""
        text = self._query.get(name, "")[:_MAX_LENGTH]
        if not text:
            return default
        if text == NOTHING:
            return ()
        asked = tuple(dict.fromkeys(text.split(",")))
        known = tuple(value for value in asked if value in allowed)
        if len(known) < len(asked):
            self.unknown.append(name)
        return known or default
