"""The shipped population: the census in use, the invented register beside it, sums as pandas has them."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from pipelines.evidence.population import GROUPS, population_by_group, source_of
from pipelines.warehouse import open_edition

REGISTER = "register-2026-01-01"
FILES = {"総数": "131148_population.csv", "外国人": "131148_population_foreign.csv"}


@pytest.fixture(scope="module")
def edition(sample_warehouse):
    with open_edition(warehouse=sample_warehouse) as opened:
        yield opened


@pytest.fixture(scope="module")
def published(repository):
    """The raw files, one number a row: area, nationality, lowest age, persons."""
    parts = []
    for nationality, name in FILES.items():
        wide = pd.read_csv(repository / "data" / "sample" / "area_population" / name)
        ages = [column for column in wide if re.match(r"\d", column)]
        long = wide.melt(id_vars="地域コード", value_vars=ages, value_name="persons")
        low = long.variable.str.extract(r"^(\d+)")[0].astype(int)
        parts.append(long.assign(low=low, nationality=nationality))
    return pd.concat(parts)


def expected(published, group):
    _, nationality = GROUPS[group]
    low, high = {"0-14": (0, 14), "15-64": (15, 64), "65+": (65, 200), "75+": (75, 200)}.get(
        group, (0, 200)
    )
    aged = published[published.low.between(low, high)]
    sums = aged.pivot_table(
        index="地域コード", columns="nationality", values="persons", aggfunc="sum"
    )
    return (
        sums["総数"] - sums["外国人"] if nationality == "日本人" else sums[nationality]
    ).tolist()


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_of_every_area_as_pandas_adds_it_up(edition, published, group):
    found = population_by_group(edition, group, source=REGISTER)
    assert found.persons.tolist() == expected(published, group)


def test_the_census_is_in_use_and_the_sample_stands_beside_it(edition):
    rows = edition.frame("mart.population_sources")
    assert rows[["population_key", "is_default", "fits", "statuses"]].to_numpy().tolist() == [
        ["boundary-2015-10-01", True, True, "schematic,stale"],
        [REGISTER, False, True, "sample"],
    ]
    assert "デモ用・架空" in rows.reason[1]
    assert rows.persons[0] == 328_215
    measures = edition.frame("meta.measures").set_index("measure")
    assert measures.reference["population"] == "国勢調査 2015年10月1日"
    assert "sample" not in measures.statuses["population"]


def test_evidence_by_age_and_nationality_takes_the_sample_where_nothing_else_has_it(edition):
    assert source_of(edition, "total") == "boundary-2015-10-01"
    assert source_of(edition, "foreign") == REGISTER
