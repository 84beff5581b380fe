"""The published files as they are: what the issue of the first map asks of them."""

from __future__ import annotations

import shutil
from datetime import date

import pandas as pd
import pytest

from pipelines.build import build
from pipelines.folder import DataFolder
from pipelines.warehouse import open_edition

FILES = {
    "areas": ("boundary/*",),
    "facilities": ("facilities/nakano_*.csv",),
    "evacuation_shelters": ("facilities/gsi_*.geojson",),
    "wifi_access_points": ("wifi/tokyo_*.csv", "wifi/yaizu_*.csv"),
}


@pytest.fixture(scope="module", params=["by folder", "all in the inbox"])
def edition(request, real_dir, repository, tmp_path_factory):
    """An edition of the published files, put into folders or just dropped in."""
    root = tmp_path_factory.mktemp("real")
    for dataset, patterns in FILES.items():
        target = root / "inbox" / (dataset if request.param == "by folder" else "")
        target.mkdir(parents=True, exist_ok=True)
        for pattern in patterns:
            for path in real_dir.glob(pattern):
                shutil.copyfile(path, target / path.name)
    folder = DataFolder(repository / "data", root / "warehouse", root / "inbox")
    report = build(folder, as_of=date(2026, 4, 1))
    assert report.quarantined == 0
    with open_edition(report.edition, warehouse=folder.warehouse) as opened:
        yield opened


def test_85_areas_with_the_population_and_area_of_the_census(edition):
    areas = edition.frame("clean.areas")
    assert len(areas) == 85
    assert areas.population.sum() == 328_215
    assert areas.households.sum() == 196_132
    assert areas.area_m2.sum() / 1e6 == pytest.approx(15.58, rel=0.001)
    assert set(areas.boundary_id) == {"census-2015"}
    ward = edition.frame("mart.measures", level="ward").set_index("measure").value
    assert ward["population"] == 328_215


def test_every_school_and_shelter_is_in_the_area_its_address_names(edition):
    facilities, shelters = (
        edition.frame("clean.facilities"),
        edition.frame("clean.evacuation_shelters"),
    )
    assert (len(facilities), len(shelters)) == (29, 62)
    for frame in (facilities, shelters):
        assert frame.area_code.notna().all()
        assert set(frame.area_source) == {"polygon"}
    flagged = edition.frame("meta.findings", rule="address_area_mismatch")
    assert flagged.empty


def test_no_access_point_of_the_two_lists_is_in_the_ward_and_that_is_zero(edition):
    sources = edition.frame("meta.sources", dataset="wifi_access_points")
    assert sorted(sources.rows_loaded) == [17, 737]
    assert edition.frame("clean.wifi_access_points").area_code.isna().all()
    ward = edition.frame("mart.measures", level="ward").set_index("measure").value
    assert (ward["wifi_access_points"], ward["wifi_per_10k"]) == (0, 0)


def test_nothing_that_a_file_was_there_for_is_schematic_or_sample_any_more(edition):
    sources = edition.frame("meta.sources")
    # What no official file is among: the made-up ones stay, and no population is theirs.
    made_up = sources[sources.status == "sample"]
    assert set(made_up.dataset) == {
        "area_population", "area_membership", "wifi_usage",
        "shopping_streets", "shopping_street_counts", "cashless_merchants",
        "departments", "initiative_departments", "initiative_places", "initiative_milestones",
        "initiative_budgets", "initiative_reports", "indicators", "indicator_values",
        "policy_events",
    }  # fmt: skip
    used = edition.frame("mart.population_sources", is_default=True)
    assert list(used.dataset) == ["areas"]
    assert set(sources.drop(made_up.index).status) == {"supplied", "official"}


def test_nothing_that_a_file_replaced_is_schematic_or_sample_any_more(edition):
    sources = edition.frame("meta.sources")
    replaced = sources[sources.dataset.isin(FILES)]
    # No source.yaml lies beside them.
    assert set(replaced.status) == {"supplied"}
    assert set(replaced.dataset) == set(FILES)


def test_invented_use_meets_no_real_access_point(edition):
    usage = edition.frame("meta.sources", dataset="wifi_usage")
    assert set(usage.status) == {"sample"}
    assert usage.rows_loaded.sum() == 0
    assert edition.frame("evidence.usage_months").empty


def test_lists_without_a_point_in_the_ward_leave_its_equipment_unknown(edition):
    rates = edition.frame("evidence.equipment", category="").iloc[0]
    assert rates.target == 29
    assert pd.isna(rates.equipped)
    shelters = edition.frame("evidence.shelter_wifi", method="nearest")
    assert len(shelters) == 62
    assert shelters.residents.sum() == pytest.approx(328_215)
    assert shelters.equipped.isna().all()


def test_what_the_file_names_tell_is_known(edition):
    sources = edition.frame("meta.sources").set_index("file_name")
    days = {name.rsplit("/", 1)[-1]: day for name, day in sources.as_of.items()}
    assert days["h27ka13114.shp"].date() == date(2015, 10, 1)
    assert days["tokyo_130001_public_wireless_lan_20240901.csv"].date() == date(2024, 9, 1)
