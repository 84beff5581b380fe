"""Zips and GeoPackages: what is in them, within bounds, under names of our own."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile

import geopandas
import pytest
from shapely.geometry import Point, box

from pipelines.ingest.unreadable import UnreadableFileError

WIFI = "市区町村コード,名称,住所\n131148,区役所,中野4\n"
STATIONS = "駅名,経度,緯度\n中野,139.666,35.706\n"
SHELTER = json.dumps({
    "type": "FeatureCollection",
    "features": [{
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [139.66, 35.7]},
        "properties": {"共通ID": "E1", "施設・場所名": "学校", "住所": "東京都中野区中野1-1", "受入対象者": ""},
    }],
}, ensure_ascii=False)  # fmt: skip


def packed(members, compression=zipfile.ZIP_DEFLATED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def refused(read, content, name="list.zip"):
    with pytest.raises(UnreadableFileError) as caught:
        read(content, name)
    return caught.value


def test_one_table_among_other_files(read):
    [table] = read(
        packed({
            "資料/": b"", "資料/公衆無線LAN.csv": WIFI.encode("cp932"), "資料/読んでください.txt": "拝啓",
            "写真.png": b"\x89PNG\r\n\x1a\n\0", "__MACOSX/._a.csv": WIFI, ".DS_Store": b"\0",
        })
    )  # fmt: skip
    assert (table.contract.name, table.raw.rows) == ("wifi_access_points", 1)
    assert table.raw.part == "資料/公衆無線LAN.csv"
    assert table.raw.remarks[0].ja == "読まなかった中のファイル: 資料/読んでください.txt、写真.png"


def test_one_table_of_each_data_set_in_any_form(read, book):
    sheet = book({"一覧": [["市区町村コード", "名称", "住所"], ["131148", "区役所", "中野4"]]})
    tables = read(
        packed(
            {
                "a.geojson": SHELTER,
                "駅.tsv": STATIONS.replace(",", "\t"),
                "無線LAN": sheet.read_bytes(),
            }
        )
    )
    found = {table.raw.part: (table.contract.name, table.raw.layout) for table in tables}
    assert found["a.geojson"] == ("evacuation_shelters", "geojson")
    assert found["駅.tsv"] == ("stations", "tsv")
    assert found["無線LAN#一覧"] == ("wifi_access_points", "xlsx")


def test_two_tables_of_one_data_set_are_not_chosen_from(read):
    error = refused(read, packed({"古い駅.csv": STATIONS, "新しい駅.csv": STATIONS}))
    assert error.reason == "several"
    assert "古い駅.csv、新しい駅.csv" in error.message.ja


def test_names_in_a_zip_are_never_paths(read, tmp_path):
    [table] = read(packed({"../../evil/駅.csv": STATIONS}))
    assert table.contract.name == "stations"
    assert not (tmp_path.parent / "evil").exists()
    [table] = read(packed({str(tmp_path / "absolute.csv"): STATIONS}))
    assert not (tmp_path / "absolute.csv").exists()


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({}, "bad_archive"),
        ({"letter.txt": "拝啓"}, "no_kind"),
        ({"empty.csv": ""}, "empty"),
        ({"inner.zip": packed({"駅.csv": STATIONS})}, "nested"),
        ({"駅.csv": STATIONS, "cut.json": SHELTER[:-9]}, "truncated"),
        ({"駅.csv": STATIONS, "alone.dbf": b"x"}, "missing_part"),
        ({"駅.csv": STATIONS, "zeros.bin": b"\0" * 3_000_000}, "too_large"),
        ({f"{n}.csv": "x" for n in range(300)}, "too_large"),
        ({f"{n}.csv": "x" for n in range(2_100)}, "too_large"),
    ],
)
def test_a_zip_that_cannot_be_used_is_refused(read, members, reason):
    assert refused(read, packed(members)).reason == reason


def test_a_zip_that_is_damaged_or_locked_is_refused(read):
    content = packed({"駅.csv": STATIONS}, zipfile.ZIP_STORED)
    assert refused(read, content[:-30]).reason == "truncated"
    other = content.replace("中野,".encode(), "上野,".encode())
    assert refused(read, other).reason == "truncated"
    locked = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + at] |= 1
    assert refused(read, bytes(locked)).reason == "password"


def test_a_shapefile_beside_a_table_in_a_zip(read, tmp_path):
    folder = tmp_path / "shapes"
    folder.mkdir()
    frame = geopandas.GeoDataFrame(
        {"N02_005": ["中野"]}, geometry=[Point(139.666, 35.706)], crs="EPSG:6668"
    )
    frame.to_file(folder / "N02.shp", encoding="cp932")
    members = {path.name: path.read_bytes() for path in folder.iterdir()}
    [alone] = read(packed(members))
    assert (alone.contract.name, alone.raw.layout) == ("stations", "shapefile-zip")
    both = read(packed({**members, "公衆無線LAN.csv": WIFI}))
    assert {table.raw.part: table.raw.layout for table in both} == {
        "N02.shp": "shapefile",
        "公衆無線LAN.csv": "csv",
    }


@pytest.fixture
def package(tmp_path):
    """A GeoPackage of the layers given as frames."""

    def make(**layers):
        path = tmp_path / "layers.gpkg"
        for name, frame in layers.items():
            frame.to_file(path, layer=name, driver="GPKG")
        return path

    return make


def stations(crs="EPSG:6668"):
    return geopandas.GeoDataFrame(
        {
            "駅名": ["中野", "東中野"],
            "番号": [1, None],
            "距離": [1.5, 2.0],
            "開業": ["1889-04-11", None],
        },
        geometry=[Point(139.666, 35.706), None],
        crs=crs,
    ).astype({"番号": "Int64", "開業": "datetime64[ms]"})


def test_a_geopackage_keeps_whole_numbers_whole_and_dates_as_dates(read, package):
    [table] = read(package(stations=stations()))
    raw = table.raw
    assert (table.contract.name, raw.layout, raw.rows, raw.part) == (
        "stations",
        "geopackage",
        2,
        "",
    )
    values = dict(zip(raw.header, (column.to_pylist() for column in raw.columns), strict=True))
    assert values["番号"] == ["1", ""]
    assert values["距離"] == ["1.5", "2.0"]
    assert [value[:10] for value in values["開業"]] == ["1889-04-11", ""]
    assert raw.geometry[0].x == pytest.approx(139.666)
    assert raw.geometry[1] is None


def test_the_layer_whose_columns_fit_is_read_and_the_others_are_named(read, package):
    roads = geopandas.GeoDataFrame({"幅員": [4]}, geometry=[Point(139.6, 35.7)], crs="EPSG:4326")
    path = package(roads=roads, stations=stations())
    path = path.rename(path.with_suffix(".csv"))
    [table] = read(path)
    assert (table.raw.part, table.raw.remarks[0].ja) == ("stations", "読まなかったレイヤー: roads")


def test_geopackages_that_cannot_be_used_are_refused(read, package):
    assert refused(read, package(a=stations(), b=stations())).reason == "several"
    abroad = geopandas.GeoDataFrame({"駅名": ["X"]}, geometry=[Point(2.3, 48.8)], crs="EPSG:4326")
    for frame, reason in (
        (abroad, "outside_japan"),
        (geopandas.GeoDataFrame({"x": [1]}, geometry=[box(139, 35, 140, 36)], crs=4326), "no_kind"),
    ):
        path = package(only=frame)
        assert refused(read, path).reason in {reason, "several"}
        path.unlink()


def test_a_database_that_is_no_geopackage_and_a_cut_one_are_refused(read, package, tmp_path):
    plain = tmp_path / "plain.sqlite"
    with sqlite3.connect(plain) as connection:
        connection.execute("CREATE TABLE stations (駅名 TEXT)")
    connection.close()
    assert refused(read, plain).reason in {"no_geometry", "truncated"}
    whole = package(stations=stations()).read_bytes()
    for end in (100, 5_000, len(whole) // 2):
        assert refused(read, whole[:end], "cut.gpkg").reason in {"truncated", "no_geometry"}
