"""Residents of the ward of four areas by source, date, age and nationality, built whole."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from pipelines.build import build
from pipelines.evidence.population import population_by_group, source_of
from pipelines.warehouse import open_edition

EAST_1, EAST_2, WEST_1, WEST_2 = "13114990101", "13114990102", "13114990201", "13114990202"
AREAS = (EAST_1, EAST_2, WEST_1, WEST_2)
AS_OF = date(2026, 4, 1)
HEAD = "全国地方公共団体コード,地域コード,地方公共団体名,調査年月日,地域名"
AGED = (
    f"{HEAD},総人口,男性,女性,0-14歳の男性,0-14歳の女性,15-64歳の男性,15-64歳の女性,"
    "65-74歳の男性,65-74歳の女性,75歳以上の男性,75歳以上の女性,世帯数"
)
# Nobody lived in 西町２丁目 at the census and it has no line; the last line adds up the others.
RESIDENTS = (
    ",2026-01-01,東町１丁目,2600,1300,1300,130,130,900,900,150,150,120,120,1300",
    ",2026-01-01,東町二丁目,1100,500,600,50,60,350,400,60,70,40,70,560",
    ",2026-01-01,西町1丁目,900,400,500,40,×,300,350,40,60,20,×,450",
    ",2026-01-01,中野区,4600,2200,2400,,,,,,,,,2310",
)
TOTALS = f"{HEAD},総人口,男性,女性"
FOREIGNERS = (
    ",2026-01-01,東町１丁目,200,100,100",
    ",2026-01-01,東町２丁目,×,×,60",
    ",2026-01-01,西町１丁目,50,30,20",
)
REGISTER = "register-2026-01-01"
CENSUS = "boundary-2015-10-01"


@pytest.fixture
def listed(tiny_data):
    """Put files (name -> header and lines after the code) into the inbox and build."""

    def make(files, *, as_of=AS_OF, sources=""):
        inbox = tiny_data.inbox / "area_population"
        inbox.mkdir(parents=True)
        for name, (header, lines) in files.items():
            full = [
                f"131148,{line[1:] if line[0] != ',' else ',東京都中野区' + line}" for line in lines
            ]
            (inbox / name).write_text("\n".join([header, *full, ""]), "utf-8")
        if sources:
            (inbox / "source.yaml").write_text(sources, "utf-8")
        report = build(tiny_data, as_of=as_of)
        assert report.quarantined == 0
        return open_edition(report.edition, warehouse=tiny_data.warehouse)

    return make


@pytest.fixture
def register(listed):
    """Residents and foreigners on 1 January 2026 beside the census of 2015."""
    files = {"131148_人口.csv": (AGED, RESIDENTS), "131148_外国人.csv": (TOTALS, FOREIGNERS)}
    with listed(files) as edition:
        yield edition


def persons(edition, **group):
    """The numbers of the four areas; None is unknown."""
    rows = edition.frame("mart.population", **group).set_index("area_code").persons
    return [None if pd.isna(rows.get(code)) else int(rows[code]) for code in AREAS]


def states(edition, **group):
    rows = edition.frame("mart.population", **group).set_index("area_code").state
    return [rows.get(code) for code in AREAS]


EXPECTED = {
    # age group, sex, nationality: 東町１丁目, 東町２丁目, 西町１丁目, 西町２丁目
    ("総数", "総数", "総数"): [2600, 1100, 900, 0],
    ("総数", "男", "総数"): [1300, 500, 400, None],
    ("0-14歳", "総数", "総数"): [260, 110, None, None],
    ("15-64歳", "総数", "総数"): [1800, 750, 650, None],
    ("65-74歳", "総数", "総数"): [300, 130, 100, None],
    ("65歳以上", "総数", "総数"): [540, 240, None, None],
    ("65歳以上", "男", "総数"): [270, 100, 60, None],
    ("75歳以上", "総数", "総数"): [240, 110, None, None],
    ("総数", "総数", "外国人"): [200, None, 50, None],
    ("総数", "総数", "日本人"): [2400, None, 850, None],
    ("総数", "女", "日本人"): [1200, 540, 480, None],
}


def test_each_group_of_each_area(register):
    found = {
        (age, sex, nationality): persons(
            register, population_key=REGISTER, age_group=age, sex=sex, nationality=nationality
        )
        for age, sex, nationality in EXPECTED
    }
    assert found == EXPECTED


def test_a_number_that_is_not_there_says_why(register):
    everyone = {"sex": "総数", "nationality": "総数", "population_key": REGISTER}
    assert states(register, age_group="総数", **everyone) == ["value", "value", "value", "nil"]
    assert states(register, age_group="65歳以上", **everyone) == [
        "value",
        "value",
        "withheld",
        None,
    ]
    foreign = {**everyone, "nationality": "外国人", "age_group": "総数"}
    assert states(register, **foreign) == ["value", "withheld", "value", None]


def test_the_register_stands_beside_the_census_and_is_used(register):
    sources = register.frame("mart.population_sources").set_index("population_key")
    columns = [
        "persons",
        "areas_covered",
        "areas_missing",
        "rows_without_area",
        "fits",
        "is_default",
    ]
    assert sources.loc[[REGISTER, CENSUS], columns].to_numpy().tolist() == [
        [4600, 4, 0, 1, True, True],
        [4500, 4, 0, 0, True, False],
    ]
    assert sources.statuses[REGISTER] == "supplied"
    assert sources.groups[REGISTER] == "total,0-14,15-64,65+,75+,japanese,foreign"
    assert sources.groups[CENSUS] == "total"
    assert (
        sources.credit[REGISTER]
        == "area_population/131148_人口.csv、area_population/131148_外国人.csv"
    )
    assert sources.reason[CENSUS] == "より新しい人口がある"


def test_rates_are_of_the_source_in_use_and_name_it_with_its_date(register):
    values = register.frame("mart.measures", level="ward").set_index("measure").value
    assert values["population"] == 4600
    assert values["density_per_km2"] == 4600
    assert values["households"] == 2310
    assert values["wifi_per_10k"] == pytest.approx(40000 / 4600)
    measures = register.frame("meta.measures").set_index("measure")
    assert measures.definition["population"] == "人口（住民基本台帳 2026年1月1日）"
    assert measures.definition_en["wifi_per_10k"] == (
        "Public Wi-Fi access points ÷ population (resident register, 1 January 2026) × 10,000"
    )
    assert measures.dataset_list["density_per_km2"] == "area_population,areas"
    assert measures.statuses["population"] == "supplied"
    assert measures.reference["households"] == "住民基本台帳 2026年1月1日"
    assert measures.reference["facilities"] == ""


def test_the_difference_between_the_sources(register):
    rows = register.frame("mart.population_comparison", population_key=CENSUS).set_index("code")
    assert rows.difference[EAST_1] == -100
    assert rows.difference_pct["131148"] == pytest.approx(-100 / 46)
    assert rows.difference[WEST_2] == 0
    assert pd.isna(rows.difference_pct[WEST_2])


def test_2015_says_2015(tiny_warehouse):
    with open_edition(warehouse=tiny_warehouse) as edition:
        measures = edition.frame("meta.measures").set_index("measure")
        assert measures.definition["population"] == "人口（国勢調査 2015年10月1日）"
        assert measures.reference_en["wifi_per_10k"] == "census, 1 October 2015"
        assert persons(edition, population_key=CENSUS) == [2500, 1000, 1000, 0]


def test_one_withheld_area_leaves_the_ward_unknown_and_counted(listed):
    lines = [line.replace("1丁目,900,400,500", "1丁目,×,400,×") for line in RESIDENTS]
    with listed({"131148_population.csv": (AGED, lines)}) as edition:
        row = edition.frame("mart.population_sources", is_default=True).iloc[0]
        assert row.population_key == REGISTER
        assert pd.isna(row.persons)
        assert (row.persons_known, row.areas_missing) == (3700, 1)
        values = edition.frame("mart.measures", measure="population").set_index("code").value
        assert values.isna().to_dict() == {
            EAST_1: False, EAST_2: False, WEST_1: True, WEST_2: False,
            "131149901": False, "131149902": True, "131148": True,
        }  # fmt: skip


def test_a_newer_list_that_lacks_an_area_is_refused_and_an_older_one_used(listed):
    newer = (
        ",2026-03-01,東町１丁目,9,4,5",
        ",2026-03-01,西町１丁目,9,4,5",
        ",2026-03-01,南町１丁目,9,4,5",
    )
    files = {"131148_人口.csv": (AGED, RESIDENTS), "131148_速報.csv": (TOTALS, newer)}
    with listed(files) as edition:
        sources = edition.frame("mart.population_sources").set_index("population_key")
        assert sources.is_default[REGISTER]
        refused = sources.loc["register-2026-03-01"]
        assert not refused.fits
        assert refused.reason == (
            "境界に合わない：1町丁目の行がない（東町２丁目）、境界にない地域名が1つある（南町１丁目）"
        ).replace("２", "2")
        assert refused.reason_en == (
            "does not fit the boundary: areas without a row: 1 (東町2丁目);"
            " names that are not in the boundary: 1 (南町１丁目)"
        )
        assert (refused.areas_covered, refused.areas_missing, refused.rows_without_area) == (
            3,
            1,
            1,
        )


def test_an_area_that_stands_twice_is_unknown_and_the_list_not_used(listed):
    twice = [*RESIDENTS, RESIDENTS[0].replace("東町１丁目", "東町一丁目")]
    with listed({"131148_population.csv": (AGED, twice)}) as edition:
        assert persons(edition, population_key=REGISTER, age_group="総数", sex="総数") == [
            None, 1100, 900, 0,
        ]  # fmt: skip
        row = edition.frame("mart.population_sources", population_key=REGISTER).iloc[0]
        assert not row.fits
        assert "1町丁目が2行以上ある（東町1丁目）" in row.reason


def test_a_list_of_foreigners_alone_is_no_population(listed):
    with listed({"131148_foreign.csv": (TOTALS, FOREIGNERS)}) as edition:
        sources = edition.frame("mart.population_sources").set_index("population_key")
        assert sources.is_default[CENSUS]
        assert "町丁目ごとの総数がない" in sources.reason[REGISTER]
        assert sources.groups[REGISTER] == "foreign"


def test_japanese_and_foreigners_make_everyone_where_nothing_else_does(listed):
    sources = (
        "files:\n  a.csv: {title: 日本人住民}\n  b.csv: {title: 外国人住民（2020年国勢調査）}\n"
    )
    japanese = [line.replace("外国人", "日本人") for line in FOREIGNERS]
    with listed(
        {"a.csv": (TOTALS, japanese), "b.csv": (TOTALS, FOREIGNERS)}, sources=sources
    ) as edition:
        rows = edition.frame("clean.area_population")
        said = rows.groupby("source_no")[["nationality", "population_source"]].agg(set)
        assert said.to_numpy().tolist() == [
            [{"日本人"}, {"住民基本台帳"}],
            [{"外国人"}, {"国勢調査"}],
        ]
        repaired = edition.frame("meta.repairs", repair="told_by_name")
        assert sorted(repaired.field) == ["nationality", "nationality", "population_source"]


def test_both_nationalities_of_one_source_are_added_up(listed):
    files = {"131148_日本人.csv": (TOTALS, FOREIGNERS), "131148_外国人.csv": (TOTALS, FOREIGNERS)}
    with listed(files) as edition:
        everyone = {"age_group": "総数", "sex": "総数", "nationality": "総数"}
        assert persons(edition, population_key=REGISTER, **everyone) == [400, None, 100, 0]


def test_a_list_after_the_as_of_date_is_not_used(listed):
    with listed({"131148_population.csv": (AGED, RESIDENTS)}, as_of=date(2025, 12, 1)) as edition:
        row = edition.frame("mart.population_sources", population_key=REGISTER).iloc[0]
        assert (row.is_default, row.fits) == (False, False)
        assert "版の時点（2025年12月1日）より後" in row.reason


def test_the_residents_of_a_group_for_evidence(register):
    old = population_by_group(register, "65+")
    assert old.to_dict("list") == {
        "area_code": list(AREAS),
        "group": ["65+"] * 4,
        "persons": [540, 240, None, None],
    }
    assert str(old.persons.dtype) == "Int64"
    census = population_by_group(register, "total", source=CENSUS)
    assert census.persons.tolist() == [2500, 1000, 1000, 0]
    assert source_of(register, "total") == REGISTER
    for group, source in (("foreign", CENSUS), ("total", "nowhere")):
        with pytest.raises(KeyError):
            population_by_group(register, group, source=source)


def test_a_group_that_no_source_has_is_told(tiny_warehouse):
    with (
        open_edition(warehouse=tiny_warehouse) as edition,
        pytest.raises(KeyError, match="foreign"),
    ):
        source_of(edition, "foreign")
