"""Which initiatives a selection shows: by words, group, department, status and 年度."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from dashboard.initiatives.selection import NO_GROUP, NOBODY, STATUSES, InitiativesAllowed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.initiatives.reading import Initiatives
    from dashboard.initiatives.records import Overview
    from dashboard.initiatives.selection import InitiativesSelection


def offered(found: Initiatives, editions: Sequence[str] = ()) -> InitiativesAllowed:
    """What an edition offers to choose from; `editions` are the others of the warehouse."""
    groups = dict.fromkeys(group_key(one) for one in found.overview.values())
    departments = dict.fromkeys(department_key(one) for one in found.overview.values())
    return InitiativesAllowed(
        initiatives=frozenset(found.overview),
        groups=tuple(groups),
        departments=tuple(sorted(departments, key=lambda key: (key == NOBODY, key))),
        fiscal_years=tuple(str(year) for year in years_of(found)),
        editions=tuple(editions),
    )


def chosen(found: Initiatives, selection: InitiativesSelection) -> tuple[Overview, ...]:
    """The initiatives of a selection, in the plan's order."""
    wanted = searchable(selection.search)
    return tuple(
        one
        for one in found.overview.values()
        if selection.plan_group in {"", group_key(one)}
        and selection.department in {"", department_key(one)}
        and selection.status in {"", status_of(found, one.initiative_id)}
        and (not selection.fiscal_year or _in_year(found, one, int(selection.fiscal_year)))
        and (not wanted or wanted in _text_of(found, one))
    )


def status_of(found: Initiatives, initiative_id: str) -> str | None:
    """The status of an initiative; None where none is there."""
    status = found.status.get(initiative_id)
    return status.status if status else None


def count_statuses(found: Initiatives, listed: Sequence[Overview]) -> dict[str, int]:
    """How many initiatives have each status, those without any left out."""
    held = [status_of(found, one.initiative_id) for one in listed]
    return {status: held.count(status) for status in STATUSES}


def group_key(one: Overview) -> str:
    """The group's number as in the URL."""
    return NO_GROUP if one.group_no is None else str(one.group_no)


def department_key(one: Overview) -> str:
    """Today's department as in the URL."""
    return one.department_id or NOBODY


def years_of(found: Initiatives) -> list[int]:
    """The 年度 that anything of an initiative is known of, the newest first."""
    years = {one.fiscal_year for one in found.money}
    years |= {one.fiscal_year for one in found.reviews}
    return sorted(years, reverse=True)


def searchable(text: str) -> str:
    """Text as it is compared: one width, no case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _in_year(found: Initiatives, one: Overview, year: int) -> bool:
    """Whether an initiative ran in a 年度; what is not written does not leave it out."""
    described = found.described.get(one.initiative_id)
    first = described.started_fiscal_year if described else None
    last = described.ended_fiscal_year if described else None
    if last is None and one.is_over and one.over_since_fiscal_year is not None:
        last = one.over_since_fiscal_year
    return (first is None or first <= year) and (last is None or year <= last)


def _text_of(found: Initiatives, one: Overview) -> str:
    return searchable("\n".join(filter(None, _texts(found, one))))


def _texts(found: Initiatives, one: Overview) -> Iterator[str | None]:
    """What is searched: names, in the plan's versions too, departments, words, indicators."""
    yield from (one.initiative_id, one.initiative_name, one.group_name, one.department_name)
    yield one.department_then_name
    described = found.described.get(one.initiative_id)
    if described:
        yield from (described.purpose, described.content, described.related_departments)
    for place in found.places:
        if place.initiative_id == one.initiative_id:
            yield place.name_in_plan
    for indicator in found.indicators_of(one.initiative_id):
        yield indicator.indicator_name
