"""What is chosen on the page 取組の進捗状況 <-> the URL: typed, checked against what the edition has.

The text of the search is the one value that no list can allow: it is cut, only ever compared with
names, and written as text.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from dashboard.query import LANGUAGES, Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE: Final = "initiatives"
"""The page's address, relative to the app's."""
SECTIONS: Final = (
    "overview",
    "behind",
    "unreported",
    "departments",
    "money",
    "outlook",
    "changes",
    "decisions",
    "schedule",
    "list",
    "plan",
    "rules",
)
"""The parts of the page; one is open at a time."""
BY: Final = ("group", "department")
"""What the lines of the portfolio are."""
STATUSES: Final = (
    "worse",
    "behind",
    "watch",
    "on_track",
    "achieved",
    "unreported",
    "undecidable",
    "unset",
    "not_applicable",
)
"""Of an initiative or an indicator, what needs attention first."""
NOBODY: Final = "none"
"""Where no department is known."""
NO_GROUP: Final = "none"
LONGEST_SEARCH: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativesAllowed:
    """What an edition and its warehouse offer to choose from."""

    initiatives: frozenset[str] = frozenset()
    groups: tuple[str, ...] = ()
    """Numbers of the plan's groups, with `none` where an initiative stands in no group."""
    departments: tuple[str, ...] = ()
    """Today's departments, with `none` where one is not known."""
    fiscal_years: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    """Editions that today's can be compared with, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativesSelection:
    """One state of the page; equal selections are equal URLs."""

    section: str = "overview"
    by: str = "group"
    search: str = ""
    plan_group: str = ""
    department: str = ""
    status: str = ""
    fiscal_year: str = ""
    since: str = ""
    """The edition compared with; blank is 前年度末, which this edition knows by itself."""
    initiative: str = ""
    """The initiative whose own page is open."""
    lang: str = "ja"

    @property
    def filtered(self) -> bool:
        """Whether any initiative may be left out."""
        return any((self.search, self.plan_group, self.department, self.status, self.fiscal_year))

    def with_choice(self, name: str, value: str | None) -> InitiativesSelection:
        """The same with another choice; nothing chosen is all."""
        return replace(self, **{name: value or ""})

    def open_initiative(self, initiative_id: str) -> InitiativesSelection:
        """The page of one initiative; the way back keeps what was chosen."""
        return replace(self, initiative=initiative_id)


def parse_initiatives(
    query: Mapping[str, str], allowed: InitiativesAllowed
) -> tuple[InitiativesSelection, tuple[str, ...]]:
    """Read a selection from the parameters of a URL, with the names of those not understood."""
    reader = Reader(query)
    selection = InitiativesSelection(
        section=reader.one("section", SECTIONS, SECTIONS[0]),
        by=reader.one("by", BY, BY[0]),
        search=clean_search(query.get("search", "")),
        plan_group=reader.one("plan_group", allowed.groups, ""),
        department=reader.one("department", allowed.departments, ""),
        status=reader.one("status", STATUSES, ""),
        fiscal_year=reader.one("fiscal_year", allowed.fiscal_years, ""),
        since=reader.one("since", allowed.editions, ""),
        initiative=reader.one("initiative", allowed.initiatives, ""),
        lang=reader.one("lang", LANGUAGES, LANGUAGES[0]),
    )
    return selection, tuple(reader.unknown)


def clean_search(text: str | None) -> str:
    """What was typed, without ends, line breaks and what cannot be seen, cut to a length."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text or "")
    return " ".join(seen.split())[:LONGEST_SEARCH].strip()


def initiatives_query(selection: InitiativesSelection) -> dict[str, str]:
    """The parameters of a selection's URL; what is the default is left out."""
    plain = InitiativesSelection()
    texts = {field.name: getattr(selection, field.name) for field in fields(InitiativesSelection)}
    return {name: text for name, text in texts.items() if text != getattr(plain, name)}


def initiatives_address(selection: InitiativesSelection) -> str:
    """The address of a selection, relative to the app's own, for a link from any page."""
    query = urlencode(initiatives_query(selection))
    return f"{PAGE}?{query}" if query else PAGE
