"""Which source of population the figures use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipelines.contracts import load_catalogue
from pipelines.population import is_sum_of_areas
from pipelines.population_choice import TITLES_EN, PopulationCount, choose_population

AS_OF = date(2026, 4, 1)
BOUNDARY = PopulationCount(
    population_key="boundary-2020-10-01",
    dataset="areas",
    population_source="国勢調査",
    surveyed_on=date(2020, 10, 1),
    statuses=("official",),
    areas=4,
    areas_missing=0,
    households=100.0,
)
REGISTER = PopulationCount(
    population_key="register-2026-01-01",
    dataset="area_population",
    population_source="住民基本台帳",
    surveyed_on=date(2026, 1, 1),
    statuses=("supplied",),
    areas=4,
    areas_missing=0,
)


def chosen(*counts, as_of=AS_OF):
    verdicts = choose_population([BOUNDARY, *counts], as_of)
    [default] = [one for one in verdicts if one.is_default]
    [homes] = [one for one in verdicts if one.is_households_default]
    by_key = {one.count.population_key: one for one in verdicts}
    return default.count.population_key, homes.count.population_key, by_key


def test_the_newest_that_fits_is_the_default_and_the_older_says_why_not():
    default, homes, by_key = chosen(REGISTER)
    assert default == "register-2026-01-01"
    assert homes == "boundary-2020-10-01"
    assert by_key[default].reason.both() == "\n"
    assert by_key["boundary-2020-10-01"].reason.both() == (
        "より新しい人口がある\nthere is a newer count"
    )


def test_households_are_those_of_the_source_in_use_where_it_has_them():
    assert chosen(replace(REGISTER, households=90.0))[1] == "register-2026-01-01"


def test_a_date_after_the_editions_does_not_count():
    default, _, by_key = chosen(REGISTER, as_of=date(2025, 12, 31))
    assert default == "boundary-2020-10-01"
    assert not by_key["register-2026-01-01"].fits
    assert "版の時点（2025年12月31日）より後" in by_key["register-2026-01-01"].reason.ja
    assert chosen(REGISTER, as_of=date(2026, 1, 1))[0] == "register-2026-01-01"


@pytest.mark.parametrize(
    ("change", "ja", "en"),
    [
        ({"unlisted": ("東町1丁目",)}, "1町丁目の行がない（東町1丁目）", "without a row: 1 (東町1丁目)"),
        ({"unlisted": ("a", "b", "c", "d")}, "町丁目ごとの総数がない", "no count of all residents"),
        ({"unmatched": tuple("edcba")}, "境界にない地域名が5つある（a、b、cほか）", "5 (a, b, c, …)"),
        ({"twice": ("西町1丁目",)}, "1町丁目が2行以上ある", "in more than one row: 1"),
        ({"areas_missing": 3}, "4町丁目のうち3の人数が不明", "unknown in 3 of 4"),
    ],
)  # fmt: skip
def test_a_newer_source_that_does_not_fit_is_refused_with_the_reason(change, ja, en):
    default, _, by_key = chosen(replace(REGISTER, **change))
    verdict = by_key["register-2026-01-01"]
    assert (default, verdict.fits) == ("boundary-2020-10-01", False)
    assert verdict.reason.ja.startswith("境界に合わない：")
    assert ja in verdict.reason.ja
    assert en in verdict.reason.en


def test_half_of_the_areas_unknown_still_fits():
    assert chosen(replace(REGISTER, areas_missing=2))[0] == "register-2026-01-01"


def test_made_up_people_never_come_before_counted_ones():
    sample = replace(REGISTER, statuses=("sample",))
    default, _, by_key = chosen(sample)
    assert default == "boundary-2020-10-01"
    assert by_key["register-2026-01-01"].fits
    assert "デモ用・架空" in by_key["register-2026-01-01"].reason.ja
    # Nothing else to show: then the figures are made up, and say so by their status.
    unknown = replace(BOUNDARY, areas_missing=4)
    verdicts = {
        one.count.population_key: one for one in choose_population([unknown, sample], AS_OF)
    }
    assert verdicts["register-2026-01-01"].is_default


def test_of_one_date_the_boundarys_census_comes_first_and_the_estimate_last():
    same = date(2020, 10, 1)
    counts = [
        replace(REGISTER, population_key=key, population_source=source, surveyed_on=same)
        for key, source in (("e", "推計"), ("r", "住民基本台帳"), ("c", "国勢調査"))
    ]
    default, _, by_key = chosen(*counts)
    assert default == "boundary-2020-10-01"
    assert by_key["r"].reason.both() == (
        "同じ時点の国勢調査を使う\nthe census of the same date is used"
    )
    newer = [replace(one, surveyed_on=date(2021, 1, 1)) for one in counts]
    assert chosen(*newer)[0] == "c"
    assert chosen(*newer[:2])[0] == "r"


def test_where_nothing_fits_the_boundarys_count_stays():
    unknown = replace(BOUNDARY, areas_missing=4)
    [verdict] = choose_population([unknown], AS_OF)
    assert (verdict.is_default, verdict.is_households_default, verdict.fits) == (True, True, False)


def test_a_boundary_without_a_date_gives_way_and_says_so():
    undated = replace(BOUNDARY, surveyed_on=None, population_source="境界データ")
    [default] = [one for one in choose_population([undated, REGISTER], AS_OF) if one.is_default]
    assert default.count is REGISTER
    assert undated.reference.both() == "境界データ 時点不明\nboundary file, as-of date unknown"
    assert REGISTER.reference.both() == (
        "住民基本台帳 2026年1月1日\nresident register, 1 January 2026"
    )


def test_every_source_of_the_contract_has_its_english_name():
    root = Path(__file__).resolve().parents[2] / "data"
    field = load_catalogue(root).contracts["area_population"].field("population_source")
    assert {**TITLES_EN, **field.values_en} == TITLES_EN


@pytest.mark.parametrize(
    ("region", "is_sum"),
    [
        ("総数", True), ("合 計", True), ("中野区", True), ("中野区計", True), ("東町", True),
        ("東町計", True), ("東町　小計", True), ("南町", False), ("南町１丁目", False),
        ("不詳", False), ("東町９丁目", False), ("計画町", False),
    ],
)  # fmt: skip
def test_lines_that_add_up_areas_are_known_by_their_names(region, is_sum):
    assert is_sum_of_areas(region, "中野区", ["東町", "西町"]) is is_sum
