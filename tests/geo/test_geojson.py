from __future__ import annotations

import json
from contextlib import suppress

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.vector import VectorFileError, VectorTable, read_geojson

POINT = {"type": "Point", "coordinates": [139.66568, 35.70574]}
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[139.6, 35.7], [139.7, 35.7], [139.7, 35.8], [139.6, 35.8], [139.6, 35.7]]],
}


def feature(geometry=POINT, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features, **members):
    return {"type": "FeatureCollection", **members, "features": list(features)}


@pytest.fixture
def read(tmp_path):
    def read_text(document, *, encoding="utf-8"):
        text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
        path = tmp_path / "file.geojson"
        path.write_bytes(text.encode(encoding))
        return read_geojson(path)

    return read_text


@pytest.fixture
def refusal(read):
    def reason(document, **options):
        with pytest.raises(VectorFileError) as caught:
            read(document, **options)
        return caught.value.reason

    return reason


def test_points_and_attributes(read):
    table = read(collection(feature(NO=25747, 名称="緑野中学校"), feature(NO=25748, 名称="")))
    assert table.columns == {"NO": ["25747", "25748"], "名称": ["緑野中学校", ""]}
    assert table.geometry.tolist() == [shapely.Point(139.66568, 35.70574)] * 2
    assert (table.crs, table.encoding) == ("EPSG:4326", "utf-8")


def test_values_stay_as_written(read):
    written = (
        '{"a":1.50,"b":1e3,"c":-0.0,"d":true,"e":[1, 2.50],"f":{"g":"あ"},"h":null,'
        '"i":12345678901234567890}'
    )
    document = json.dumps(feature()).replace('"properties": {}', f'"properties": {written}')
    columns = {name: values[0] for name, values in read(document).columns.items()}
    assert columns == {
        "a": "1.50",
        "b": "1e3",
        "c": "-0.0",
        "d": "true",
        "e": "[1,2.5]",
        "f": '{"g":"あ"}',
        "h": "",
        "i": "12345678901234567890",
    }


def test_an_attribute_that_some_features_lack_is_empty_there(read):
    table = read(collection(feature(a="1"), feature(b="2"), feature() | {"properties": None}))
    assert table.columns == {"a": ["1", "", ""], "b": ["", "2", ""]}


def test_a_feature_without_geometry_keeps_its_place(read):
    table = read(
        collection(feature(None, n=1), feature(n=2), feature({"type": "Point", "coordinates": []}))
    )
    assert [shape is None for shape in table.geometry] == [True, False, True]


def test_a_single_feature_and_a_byte_order_mark(read):
    assert read(feature(SQUARE, n=1), encoding="utf-8-sig").columns == {"n": ["1"]}


def test_heights_are_dropped(read):
    table = read(collection(feature({"type": "Point", "coordinates": [139.6, 35.7, 40]})))
    assert not shapely.has_z(table.geometry).any()


@pytest.mark.parametrize(
    ("name", "crs"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("urn:ogc:def:crs:EPSG::6668", "EPSG:6668"),
        ("EPSG:4612", "EPSG:4612"),
    ],
)
def test_a_named_geographic_system_has_longitude_first(read, name, crs):
    table = read(collection(feature(), crs={"type": "name", "properties": {"name": name}}))
    assert table.crs == crs
    assert table.geometry[0].equals_exact(shapely.Point(139.66568, 35.70574), 1e-6)


def test_a_projected_system_is_brought_to_degrees(read):
    origin = {"type": "Point", "coordinates": [0, 0]}
    member = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::6677"}}
    table = read(collection(feature(origin), crs=member))
    assert table.geometry[0].equals_exact(shapely.Point(139 + 50 / 60, 36), 1e-9)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        (collection(), "empty"),
        ("<html>not found</html>", "not_geojson"),
        ("[1, 2]", "not_geojson"),
        ("{}", "not_geojson"),
        ('{"type":"Topology","objects":{}}', "not_geojson"),
        ('{"type":"FeatureCollection"}', "not_geojson"),
        ('{"type":"FeatureCollection","features":{}}', "not_geojson"),
        (collection(None), "not_geojson"),
        (collection(POINT), "not_geojson"),
        (collection(feature() | {"properties": [1]}), "not_geojson"),
        (collection(feature({"type": "Spline"})), "not_geojson"),
        (collection(feature({"type": "Point", "coordinates": ["a", "b"]})), "not_geojson"),
        (collection(feature({"type": "Point", "coordinates": None})), "no_geometry"),
        (collection(feature({"type": "Polygon", "coordinates": [[[139, 35]]]})), "not_geojson"),
        (collection(feature("POINT (139 35)")), "not_geojson"),
        ('{"type":"FeatureCollection","features":[NaN]}', "not_geojson"),
        ('{"type" "FeatureCollection"}', "not_geojson"),
        ('{"a":' * 100_000, "not_geojson"),
        ('{"n":' + "1" * 5000 + "}", "not_geojson"),
        (collection(feature(None), feature(None)), "no_geometry"),
        (collection(feature(), crs=None), "no_crs"),
        (collection(feature(), crs={"type": "link", "properties": {"href": "x"}}), "unknown_crs"),
        (collection(feature(), crs={"properties": {"name": "EPSG:999999"}}), "unknown_crs"),
        (collection(feature(), crs="EPSG:4326"), "unknown_crs"),
        (collection(feature({"type": "Point", "coordinates": [35.7, 139.7]})), "outside_japan"),
        (collection(feature({"type": "Point", "coordinates": [0, 0]})), "outside_japan"),
        (
            '{"type":"Feature","geometry":{"type":"Point","coordinates":[1e999,35]}}',
            "outside_japan",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_reason(refusal, document, reason):
    assert refusal(document) == reason


def test_a_refusal_says_where(read):
    away = feature({"type": "Point", "coordinates": [35.7, 139.7]})
    with pytest.raises(VectorFileError, match=r"outside_japan: feature 2: lon 35.7, lat 139.7"):
        read(collection(feature(), away))


def test_a_file_in_another_encoding_is_refused(refusal):
    assert refusal(collection(feature(名称="中野")), encoding="cp932") == "encoding"
    assert refusal(collection(feature()), encoding="utf-16") == "encoding"


def test_a_file_cut_anywhere_is_truncated(tmp_path):
    document = collection(feature(名称='中野 "サンプラザ" [}', NO=1.5, ok=True), feature(SQUARE))
    content = json.dumps(document, ensure_ascii=False).encode()
    path = tmp_path / "cut.geojson"
    for length in range(1, len(content)):
        path.write_bytes(content[:length])
        with pytest.raises(VectorFileError) as caught:
            read_geojson(path)
        assert caught.value.reason == "truncated", length


def test_a_file_beyond_all_measure_is_refused_unread(refusal, monkeypatch):
    monkeypatch.setattr("geo.vector.table.MAX_FILE_BYTES", 10)
    assert refusal(collection(feature())) == "too_large"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    geometry=JSON
    | st.fixed_dictionaries(
        {
            "type": st.sampled_from(
                ["Point", "LineString", "Polygon", "MultiPolygon", "GeometryCollection"]
            ),
            "coordinates": JSON,
            "geometries": JSON,
        }
    ),
    properties=JSON,
    crs=JSON,
)
@settings(max_examples=300, deadline=None)
def test_any_json_is_read_or_refused(geometry, properties, crs, tmp_path_factory):
    path = tmp_path_factory.mktemp("json") / "any.geojson"
    member = {"type": "Feature", "geometry": geometry, "properties": properties}
    path.write_text(json.dumps(collection(member, feature(), crs=crs)), encoding="utf-8")
    with suppress(VectorFileError):
        assert isinstance(read_geojson(path), VectorTable)


def test_the_official_shelter_file(real_dir):
    table = read_geojson(real_dir / "facilities" / "gsi_shiteihinanjo_131148.geojson")
    assert len(table.geometry) == 62
    assert table.columns["NO"][0] == "25747"
    assert set(table.columns["受入対象者"]) == {""}
