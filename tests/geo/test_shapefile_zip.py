from __future__ import annotations

import struct
import zipfile
from contextlib import suppress

import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.vector import VectorFileError, VectorTable, read_shapefile_zip

NAMES = ["東町１丁目", "東町２丁目"]
PARTS = (".shp", ".shx", ".dbf", ".prj")


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """Contents of the parts of a tiny Shapefile, by ending."""
    path = tmp_path_factory.mktemp("parts") / "h27ka13114.shp"
    boxes = [shapely.box(lon, 35.70, lon + 0.01, 35.71) for lon in (139.66, 139.67)]
    pyogrio.raw.write(
        path,
        np.array(shapely.to_wkb(boxes), dtype=object),
        [np.array(NAMES, dtype=object)],
        ["S_NAME"],
        geometry_type="Polygon",
        crs="EPSG:4612",
        encoding="cp932",
    )
    return {ending: path.with_suffix(ending).read_bytes() for ending in PARTS}


@pytest.fixture
def pack(parts, tmp_path):
    """Zip the parts as folder/stem.ending, with whatever else is named."""

    def make(stem="A002005212015DDSWC13114/h27ka13114", *, leave_out=(), extra=None, upper=False):
        path = tmp_path / "A002005212015DDSWC13114.zip"
        members = {
            f"{stem}{ending.upper() if upper else ending}": content
            for ending, content in parts.items()
            if ending not in leave_out
        }
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in (members | (extra or {})).items():
                archive.writestr(name, content)
        return path

    return make


def reason(path):
    with pytest.raises(VectorFileError) as caught:
        read_shapefile_zip(path)
    return caught.value.reason


def test_the_zip_as_it_is_handed_out(pack):
    table = read_shapefile_zip(pack())
    assert table.columns == {"S_NAME": NAMES}
    assert (table.crs, table.encoding) == ("EPSG:4612", "cp932")
    assert table.geometry.size == 2


@pytest.mark.parametrize(
    "stem",
    [
        "layer",
        "深い/フォルダ/小地域",
        "../../../layer",
        "/etc/layer",
        "C:\\boundary\\layer",
        "a..b/.x",
    ],
)
def test_names_are_never_paths(pack, stem, tmp_path):
    path = pack(stem)
    before = sorted(tmp_path.parent.rglob("*"))
    assert read_shapefile_zip(path).columns == {"S_NAME": NAMES}
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_other_files_and_capitals_do_no_harm(pack):
    extra = {"README.txt": b"x", "h27ka13114.shp.xml": b"<x/>", "__MACOSX/._h27ka13114.shp": b"x"}
    path = pack("h27ka13114", extra=extra, upper=True)
    assert read_shapefile_zip(path).columns == {"S_NAME": NAMES}


def test_parts_of_another_layer_are_not_taken(pack, parts):
    extra = {"other.dbf": parts[".dbf"], "h27ka13114.prj": b"nonsense"}
    assert read_shapefile_zip(pack(extra=extra)).columns == {"S_NAME": NAMES}


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        (".shp", "bad_archive"),
        (".shx", "missing_part"),
        (".dbf", "missing_part"),
        (".prj", "no_crs"),
    ],
)
def test_a_missing_part(pack, ending, expected):
    assert reason(pack(leave_out=[ending])) == expected


def test_several_layers_are_refused(pack, parts):
    assert reason(pack(extra={"h27ka13113.shp": parts[".shp"]})) == "bad_archive"
    assert reason(pack("layer", extra={"layer.DBF": parts[".dbf"]})) == "bad_archive"


def test_a_bomb_of_one_member(pack):
    bomb = {"layer.dbf": bytes(8 * 1024 * 1024)}
    assert reason(pack("layer", leave_out=[".dbf"], extra=bomb)) == "too_large"


def test_a_bomb_of_many_members(pack):
    assert reason(pack(extra={f"{number}.txt": b"" for number in range(200)})) == "too_large"


def test_more_bytes_than_any_boundary_file(pack, monkeypatch):
    path = pack()
    monkeypatch.setattr("geo.vector.archive.MAX_FILE_BYTES", 600)
    assert reason(path) == "too_large"
    monkeypatch.setattr("geo.vector.table.MAX_FILE_BYTES", 600)
    assert reason(path) == "too_large"


def test_a_compression_that_nobody_uses_here(pack, parts):
    path = pack(leave_out=[".dbf"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("A002005212015DDSWC13114/h27ka13114.dbf", parts[".dbf"])
    assert reason(path) == "bad_archive"


def test_a_size_that_is_a_lie(pack, parts):
    """A member that holds more than its directory entry says is cut there, and found out."""
    path = pack()
    content = bytearray(path.read_bytes())
    size = struct.pack("<I", len(parts[".dbf"]))
    entry = content.rindex(size)
    content[entry : entry + 4] = struct.pack("<I", 1)
    path.write_bytes(content)
    assert reason(path) == "truncated"


def test_an_encrypted_zip(pack):
    path = pack()
    content = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(signature)
        while start >= 0:
            content[start + flags] |= 1
            start = content.find(signature, start + 4)
    path.write_bytes(content)
    assert reason(path) == "bad_archive"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b"KEY_CODE,S_NAME\n", "bad_archive"),
        (b"PK", "bad_archive"),
        (b"PK\x05\x06" + bytes(18), "bad_archive"),
        (b"PK\x03\x04 and then nothing", "truncated"),
    ],
)
def test_what_is_no_zip(tmp_path, content, expected):
    path = tmp_path / "file.zip"
    path.write_bytes(content)
    assert reason(path) == expected


def test_a_zip_cut_anywhere(pack):
    path = pack()
    content = path.read_bytes()
    for length in range(4, len(content), 7):
        path.write_bytes(content[:length])
        assert reason(path) == "truncated", length


@given(changes=st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), max_size=4))
@settings(max_examples=300, deadline=None)
def test_any_damage_is_read_or_refused(parts, changes, tmp_path_factory):
    path = tmp_path_factory.mktemp("zip") / "any.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for ending, content in parts.items():
            archive.writestr(f"layer{ending}", content)
    content = bytearray(path.read_bytes())
    for position, value in changes:
        content[position % len(content)] = value
    path.write_bytes(content)
    with suppress(VectorFileError):
        assert isinstance(read_shapefile_zip(path), VectorTable)


def test_the_official_boundary_as_a_zip(real_dir, official_table, tmp_path):
    path = tmp_path / "A002005212015DDSWC13114.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in (real_dir / "boundary").iterdir():
            archive.write(part, part.name)
    table = read_shapefile_zip(path)
    assert table.columns == official_table.columns
    assert shapely.equals_exact(table.geometry, official_table.geometry, 0).all()
