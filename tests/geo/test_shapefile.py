from __future__ import annotations

from contextlib import suppress
from functools import partial

import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.areas import Areas
from geo.vector import VectorFileError, VectorTable, read_shapefile
from geo.vector.dbf import parse_dbf
from geo.vector.shapefile import PARTS, parse_shapefile

SQUARES = [shapely.box(139.66, 35.70, 139.67, 35.71), shapely.box(139.67, 35.70, 139.68, 35.71)]
NAMES = ["東町１丁目", "上髙田"]


def write_squares(folder, shapes=SQUARES, *, crs="EPSG:4612", encoding="cp932"):
    """Write a Shapefile of two squares, as a public body would: cp932, no .cpg."""
    path = folder / "layer.shp"
    pyogrio.raw.write(
        path,
        np.array(shapely.to_wkb(shapes), dtype=object),
        [np.array(NAMES, dtype=object), np.array([2500, 0])],
        ["S_NAME", "JINKO"],
        geometry_type=shapes[0].geom_type,
        crs=crs,
        encoding=encoding,
    )
    path.with_suffix(".cpg").unlink()
    return path


@pytest.fixture
def write(tmp_path):
    return partial(write_squares, tmp_path)


def reason(path):
    with pytest.raises(VectorFileError) as caught:
        read_shapefile(path)
    return caught.value.reason


@pytest.mark.parametrize("crs", ["EPSG:4612", "EPSG:6668", "EPSG:4326"])
def test_the_systems_of_japan_in_degrees(write, crs):
    table = read_shapefile(write(crs=crs))
    assert table.columns == {"S_NAME": NAMES, "JINKO": ["2500", "0"]}
    assert (table.crs, table.encoding) == (crs, "cp932")
    assert all(
        shape.normalize().equals_exact(square.normalize(), 1e-6)
        for shape, square in zip(table.geometry, SQUARES, strict=True)
    )


def test_a_projected_system_is_brought_to_degrees(write):
    origin = [shapely.Point(0, 0), shapely.Point(100, 0)]
    table = read_shapefile(write(origin, crs="EPSG:6677"))
    assert table.crs == "EPSG:6677"
    assert table.geometry[0].equals_exact(shapely.Point(139 + 50 / 60, 36), 1e-9)


def test_a_system_without_a_code_is_read_by_its_definition(write):
    path = write()
    definition = path.with_suffix(".prj").read_text(encoding="ascii")
    own = definition.replace("D_JGD_2000", "D_Own").replace("GCS_JGD_2000", "Own")
    path.with_suffix(".prj").write_text(own.replace("298.257222101", "298.2"), encoding="ascii")
    table = read_shapefile(path)
    assert table.crs == "Own"
    assert table.geometry[0].equals_exact(SQUARES[0], 1e-3, normalize=True)


@pytest.mark.parametrize("written", ["UTF-8", "utf-8\r\n", "65001", "UTF8"])
def test_a_cpg_names_the_encoding(write, written):
    path = write(encoding="utf-8")
    path.with_suffix(".cpg").write_text(written, encoding="ascii")
    table = read_shapefile(path)
    assert table.columns["S_NAME"] == NAMES
    assert table.encoding == "utf-8"


@pytest.mark.parametrize("written", ["SJIS", "Shift_JIS", "932", "CP932", "ANSI 932"])
def test_every_name_of_the_japanese_code_page_is_the_one_windows_writes(write, written):
    path = write()
    path.with_suffix(".cpg").write_text(written, encoding="ascii")
    table = read_shapefile(path)
    assert table.columns["S_NAME"] == NAMES
    assert table.encoding == "cp932"


def test_endings_in_capitals_are_the_same_parts(write):
    path = write()
    for ending in (".shp", ".shx", ".dbf", ".prj"):
        path.with_suffix(ending).rename(path.with_suffix(ending.upper()))
    assert read_shapefile(path.with_suffix(".SHP")).columns["S_NAME"] == NAMES


def test_records_marked_as_deleted_are_left_out(write):
    path = write()
    dbf = path.with_suffix(".dbf")
    content = bytearray(dbf.read_bytes())
    content[int.from_bytes(content[8:10], "little")] = ord("*")
    dbf.write_bytes(content)
    table = read_shapefile(path)
    assert table.columns == {"S_NAME": NAMES[1:], "JINKO": ["0"]}
    assert table.geometry[0].equals(SQUARES[1])


def test_text_is_to_the_letter_and_padding_is_not_text():
    fields = b"".join(
        name.ljust(11, b"\0") + kind + bytes(4) + bytes([width, 3]) + bytes(14)
        for name, kind, width in ((b"AREA", b"N", 10), (b"NAME", b"C", 6), (b"FLAG", b"C", 4))
    )
    header = 32 + len(fields) + 1
    rows = b"  91167.400 a b  \0\0\0\0" + b" ***********      -  "
    counts = (2).to_bytes(4, "little") + header.to_bytes(2, "little") + (21).to_bytes(2, "little")
    content = b"\x03\x5f\x07\x1a" + counts + bytes(20) + fields + b"\r" + rows + b"\x1a"
    table = parse_dbf(content, encoding="cp932")
    assert table.columns == {
        "AREA": ["91167.400", "**********"],
        "NAME": ["a b", "*"],
        "FLAG": ["", "-"],
    }


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        (".shp", "missing_part"),
        (".shx", "missing_part"),
        (".dbf", "missing_part"),
        (".prj", "no_crs"),
    ],
)
def test_a_missing_part_is_named(write, ending, expected):
    path = write()
    path.with_suffix(ending).unlink()
    assert reason(path) == expected


@pytest.mark.parametrize("ending", [".shp", ".shx", ".dbf", ".prj"])
def test_an_empty_part(write, ending):
    path = write()
    path.with_suffix(ending).write_bytes(b"")
    assert reason(path) == "empty"


@pytest.mark.parametrize("ending", [".shp", ".shx", ".dbf"])
def test_a_part_cut_anywhere_is_truncated(write, ending):
    path = write()
    part = path.with_suffix(ending)
    content = part.read_bytes()
    # A .dbf ends in a sign that nothing needs.
    for length in range(1, len(content) - (ending == ".dbf")):
        part.write_bytes(content[:length])
        assert reason(path) == "truncated", length


def test_parts_of_different_length_do_not_belong_together(write):
    path = write()
    table = path.with_suffix(".dbf")
    content = bytearray(table.read_bytes())
    content[4] = 1
    table.write_bytes(content)
    with pytest.raises(VectorFileError, match=r"truncated: .shp 2, .dbf 1 records"):
        read_shapefile(path)


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("nonsense", "unknown_crs"),
        ('LOCAL_CS["somewhere"]', "unknown_crs"),
        ("\0\xff", "unknown_crs"),
    ],
)
def test_a_system_nobody_knows(write, definition, expected):
    path = write()
    path.with_suffix(".prj").write_text(definition, encoding="latin-1")
    assert reason(path) == expected


def test_attributes_in_another_encoding_are_refused(write):
    path = write(encoding="utf-8")
    path.with_suffix(".cpg").write_text("ascii", encoding="ascii")
    assert reason(path) == "encoding"
    path.with_suffix(".cpg").write_text("klingon", encoding="ascii")
    assert reason(path) == "encoding"


def test_somewhere_else_on_earth(write):
    assert reason(write([shapely.box(0, 0, 1, 1), SQUARES[1]])) == "outside_japan"
    swapped = shapely.box(35.70, 139.66, 35.71, 139.67)
    assert reason(write([SQUARES[0], swapped])) == "outside_japan"


def test_no_records_and_no_shapes(write):
    path = write([SQUARES[0], None])
    assert [shape is None for shape in read_shapefile(path).geometry] == [False, True]
    dbf = path.with_suffix(".dbf")
    content = bytearray(dbf.read_bytes())
    header, width = (
        int.from_bytes(content[8:10], "little"),
        int.from_bytes(content[10:12], "little"),
    )
    content[header] = content[header + width] = ord("*")
    dbf.write_bytes(content)
    assert reason(path) == "empty"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = write_squares(tmp_path_factory.mktemp("whole"))
    return {end: path.with_suffix(end).read_bytes() for end in PARTS if end != ".cpg"}


@given(
    ending=st.sampled_from([".shp", ".shx", ".dbf", ".prj"]),
    changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=4),
)
@settings(max_examples=300, deadline=None)
def test_any_damage_is_read_or_refused(whole, ending, changes):
    content = bytearray(whole[ending])
    for position, value in changes:
        content[position % len(content)] = value
    with suppress(VectorFileError):
        assert isinstance(parse_shapefile(whole | {ending: bytes(content)}), VectorTable)


def test_the_official_boundary(official_table):
    table = official_table
    assert (table.crs, table.encoding) == ("EPSG:4612", "cp932")
    assert len(table.geometry) == 85
    assert table.columns["S_NAME"][0] == "南台１丁目"
    assert table.columns["AREA"][0] == "91167.401"
    assert sum(int(count) for count in table.columns["JINKO"]) == 328_215
    assert sum(int(count) for count in table.columns["SETAI"]) == 196_132
    areas = Areas.from_arrays(table.columns["KEY_CODE"], table.geometry)
    assert areas.codes.size == 85
    assert areas.repaired == ()


def test_the_official_boundary_is_what_geopandas_reads(official_table, real_dir):
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.read_file(real_dir / "boundary" / "h27ka13114.shp", encoding="cp932")
    assert frame["S_NAME"].tolist() == official_table.columns["S_NAME"]
    assert frame["JINKO"].tolist() == [int(count) for count in official_table.columns["JINKO"]]
    same = frame.geometry.to_crs(4326).geom_equals_exact(
        geopandas.GeoSeries(official_table.geometry, crs=4326), 1e-9
    )
    assert same.all()
