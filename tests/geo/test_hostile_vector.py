"""Vector files that try to break the reader: refused with a reason, in bounded memory."""

from __future__ import annotations

import json

import pytest
import shapely

from geo.crs import is_metric
from geo.simplify import to_geojson_text
from geo.vector import VectorFileError, geojson, read_geojson
from geo.vector.dbf import parse_dbf

POINT = {"type": "Point", "coordinates": [139.66, 35.7]}


def text(**changes: object) -> str:
    feature = {"type": "Feature", "geometry": POINT, "properties": {"a": 1}} | changes
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def refused(folder, content: str) -> VectorFileError:
    path = folder / "x.geojson"
    path.write_text(content, "utf-8")
    with pytest.raises(VectorFileError) as caught:
        read_geojson(path)
    return caught.value


@pytest.mark.parametrize("kind", [[], {}, 1, None])
def test_a_type_that_is_no_word_is_refused(tmp_path, kind):
    content = json.dumps({"type": kind, "features": [json.loads(text())["features"][0]]})
    assert refused(tmp_path, content).reason == "not_geojson"


@pytest.mark.parametrize("coordinate", ["1" + "0" * 400, "[" * 600 + "1" + "]" * 600])
def test_coordinates_without_end_are_refused(tmp_path, coordinate):
    assert refused(tmp_path, text().replace("139.66", coordinate)).reason == "not_geojson"


def test_collections_in_collections_are_refused(tmp_path):
    nested = json.dumps(POINT)
    for _ in range(900):
        nested = f'{{"type": "GeometryCollection", "geometries": [{nested}]}}'
    error = refused(tmp_path, text().replace(json.dumps(POINT), nested))
    assert error.reason == "not_geojson"


@pytest.mark.parametrize("twice", ['"a": 2, "a"', '"b": {"c": 1, "c": 2}, "a"'])
def test_a_member_that_stands_twice_is_refused_by_name(tmp_path, twice):
    error = refused(tmp_path, text().replace('"a"', twice))
    assert error.reason == "not_geojson"
    assert "stands twice" in error.detail


def test_names_of_their_own_for_every_feature_do_not_fill_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(geojson, "_MOST_CELLS", 8)
    features = [json.loads(text(properties={f"k{n}": 1}))["features"][0] for n in range(3)]
    content = json.dumps({"type": "FeatureCollection", "features": features})
    assert refused(tmp_path, content).reason == "too_large"


@pytest.mark.parametrize("name", ["+init=epsg:4326", "+proj=longlat +nadgrids=/etc/passwd"])
def test_a_definition_is_no_name_of_a_crs(tmp_path, name):
    crs = json.dumps({"type": "name", "properties": {"name": name}})
    content = text()[:-1] + f', "crs": {crs}}}'
    assert refused(tmp_path, content).reason == "unknown_crs"


def test_a_damaged_field_width_does_not_shift_the_values(official_dbf):
    damaged = bytearray(official_dbf)
    damaged[32 + 16] -= 1
    with pytest.raises(VectorFileError) as caught:
        parse_dbf(bytes(damaged), encoding="cp932")
    assert caught.value.reason == "truncated"


@pytest.fixture
def official_dbf(real_dir):
    return (real_dir / "boundary" / "h27ka13114.dbf").read_bytes()


def test_a_polygon_smaller_than_the_rounding_is_written_in_full():
    drawn = json.loads(to_geojson_text(shapely.box(139.66, 35.7, 139.66 + 1e-8, 35.7 + 1e-8)))
    assert shapely.area(shapely.geometry.shape(drawn)) > 0


@pytest.mark.parametrize(
    ("crs", "metric"),
    [("EPSG:6677", True), ("EPSG:4326", False), ("EPSG:2263", False), ("EPSG:99999", False), ("foo", False)],
)  # fmt: skip
def test_only_projected_metres_are_metric(crs, metric):
    assert is_metric(crs) is metric
