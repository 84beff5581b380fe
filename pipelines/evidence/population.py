"""Residents of each area by group: whom a policy reaches, by age and nationality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, cast

import pandas as pd

if TYPE_CHECKING:
    from pipelines.warehouse import Edition

Group = Literal["total", "0-14", "15-64", "65+", "75+", "japanese", "foreign"]
GROUPS: Final[dict[Group, tuple[str, str]]] = {
    "total": ("総数", "総数"),
    "0-14": ("0-14歳", "総数"),
    "15-64": ("15-64歳", "総数"),
    "65+": ("65歳以上", "総数"),
    "75+": ("75歳以上", "総数"),
    "japanese": ("総数", "日本人"),
    "foreign": ("総数", "外国人"),
}
"""Each group's age group and nationality in mart.population, both sexes together."""


def population_by_group(
    edition: Edition, group: Group, *, source: str | None = None
) -> pd.DataFrame:
    """The residents of a group in every area of the boundary.

    `source` is a population_key of mart.population_sources; without one it is `source_of(group)`.
    Columns: area_code (text, ascending, every area once), group (as given), persons (Int64; <NA>
    where withheld, unknown or not listed, never zero for that). Raises KeyError for a source
    that the edition does not have, a group that is none, or one that the source does not give.
    """
    key = source or source_of(edition, group)
    known = _groups_by_source(edition)
    if key not in known or group not in known[key]:
        raise KeyError(f"{key}: {group}")
    age_group, nationality = GROUPS[group]
    persons = edition.frame(
        "mart.population",
        population_key=key,
        age_group=age_group,
        nationality=nationality,
        sex="総数",
    ).set_index("area_code")["persons"]
    codes = sorted(edition.frame("clean.areas")["area_code"])
    return pd.DataFrame(
        {
            "area_code": codes,
            "group": group,
            "persons": persons.reindex(codes).astype("Int64").to_numpy(),
        }
    ).astype({"persons": "Int64"})


def source_of(edition: Edition, group: Group) -> str:
    """The source that figures of a group use: the first that fits the boundary and has the group.

    Sources stand in the order of mart.population_sources: the default, then official and
    supplied ones from the newest, made-up ones last. Raises KeyError where none has the group.
    """
    sources = edition.frame("mart.population_sources").sort_values("sort_order")
    for row in sources.to_dict("records"):
        if (row["fits"] or row["is_default"]) and group in row["groups"].split(","):
            return cast("str", row["population_key"])
    raise KeyError(group)


def _groups_by_source(edition: Edition) -> dict[str, list[str]]:
    sources = edition.frame("mart.population_sources")
    return {row["population_key"]: row["groups"].split(",") for row in sources.to_dict("records")}
