"""Folders and warehouses that tests of several packages use."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import hypothesis
import pytest

from pipelines.build import build
from pipelines.folder import DataFolder

# A slow machine is no failing test.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

REPOSITORY = Path(__file__).resolve().parent.parent
AS_OF = date(2026, 4, 1)

BROWSER_TESTS = REPOSITORY / "tests" / "browser"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Which tests stay together where several processes share the work: those of a file, whose
    fixtures are made once, and all that drive a browser, which must not compete with each other.
    """
    if not config.pluginmanager.hasplugin("xdist"):
        return
    for item in items:
        path = BROWSER_TESTS if item.path.is_relative_to(BROWSER_TESTS) else item.path
        item.add_marker(pytest.mark.xdist_group(str(path)))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def tiny_ward() -> Path:
    """The ward of four areas; what to expect of it is in its README.md."""
    return REPOSITORY / "tests" / "fixtures" / "tiny_ward"


@pytest.fixture(scope="session")
def real_dir() -> Path:
    """Official files as published (boundary/, facilities/, wifi/), which are not in the repository.

    EBPM_REAL_DIR names their folder; otherwise shared/real beside the checkout; otherwise the
    test is skipped.
    """
    named = os.environ.get("EBPM_REAL_DIR")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "real"
    if not (folder / "boundary").is_dir():
        pytest.skip("the official files are not here (EBPM_REAL_DIR)")
    return folder


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse built from what is shipped."""
    warehouse = tmp_path_factory.mktemp("sample") / "warehouse"
    inbox = warehouse.parent / "inbox"
    build(DataFolder(REPOSITORY / "data", warehouse, inbox), as_of=AS_OF)
    return warehouse


@pytest.fixture
def tiny_data(tmp_path: Path, tiny_ward: Path) -> DataFolder:
    """The ward of four areas as a data folder that a test may change."""
    root = tmp_path / "data"
    shutil.copytree(REPOSITORY / "data" / "catalog", root / "catalog")
    for name in ("datapackage.yaml", "measures.yaml", "ward.toml"):
        shutil.copy(REPOSITORY / "data" / name, root / name)
    shutil.copytree(tiny_ward / "sample", root / "sample")
    return DataFolder(root)


@pytest.fixture
def troubled_data(tiny_data: DataFolder) -> DataFolder:
    """The ward of four areas with files of its own that are not all right.

    wifi: 5 rows read = 1 loaded + 4 quarantined (a formula and a tag as values among them), and a
    column that nobody knows. merchants: 3 rows read = 2 loaded + 1 quarantined, all internal.
    stations: one correction.
    """
    wifi = tiny_data.inbox / "wifi_access_points"
    wifi.mkdir(parents=True)
    rows = [
        "都道府県コード又は市区町村コード,NO,名称,住所,緯度,経度,SSID,最終確認日,なぞの列",
        "131148,１,駅前,東京都中野区東町1-2-3,,,DEMO,2024/9/1,",
        "131148,2,,中野区東町1-1,,,S,,",
        "131148,3,名,中野区東町1-1,=1+1,139.6,S,,",
        "131148,4,名,中野区東町1-1,,,S,<script>alert(2)</script>,",
        f"131148,5,名,中野区東町1-1,,,S,{'とても長い値' * 40},",
    ]
    (wifi / "公衆無線LAN一覧.csv").write_bytes("\r\n".join(rows).encode("cp932"))
    merchants = tiny_data.inbox / "cashless_merchants"
    merchants.mkdir()
    (merchants / "加盟店.csv").write_text(
        "店舗ID,店舗名,所在地,市区町村\nM1,ひみつ商店,東京都中野区東町1-2-3,中野区\n"
        "M2,ないしょ食堂,東京都中野区東町1-2-4,中野区\nM1,かくれ酒場,東京都中野区東町1-2-5,中野区\n",
        "utf-8",
    )
    corrections = tiny_data.root / "corrections"
    corrections.mkdir(exist_ok=True)
    (corrections / "stations.yaml").write_text(
        "corrections:\n"
        "- {id: 駅-1, dataset: stations, key: {station_name: 小町}, field: station_name,\n"
        "   expected: 小町, value: 小町駅, reason: 看板と違う, decided_by: 企画課長,\n"
        "   decided_on: 2026-03-01}\n",
        "utf-8",
    )
    return tiny_data


@pytest.fixture
def troubled_warehouse(troubled_data: DataFolder) -> Path:
    """A warehouse built from files that are not all right."""
    build(troubled_data, as_of=AS_OF)
    return troubled_data.warehouse


@pytest.fixture
def tiny_warehouse(tiny_data: DataFolder) -> Path:
    """A warehouse built from the ward of four areas."""
    build(tiny_data, as_of=AS_OF)
    return tiny_data.warehouse
