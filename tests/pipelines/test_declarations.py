"""Declarations and settings that are wrong: one line that names the file, never a traceback."""

from __future__ import annotations

import pytest

from pipelines.contracts import load_catalogue
from pipelines.declarations import DeclarationError, read_yaml
from pipelines.ingest.declared import read_declared
from pipelines.messages import UserError
from pipelines.ward import load_ward

MERGED = "a: &a {k: v}\n" + "".join(
    f"{name}: &{name} {{<<: [{','.join([f'*{before}'] * 9)}]}}\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [
        "as_of: 2024-02-30", "title: " + "[" * 5_000, "title: " + "[" * 101 + "]" * 101,
        "- " * 30_000 + "x", "title: " + "{a: " * 30_000, "title: " + "9" * 5_000, MERGED,
        "title: a\ntitle: b", 'title: "\\ud800"', "title: !!python/name:os.system", "\ttitle: x",
        "title: a\0b",
    ],
)  # fmt: skip
def test_yaml_that_cannot_be_is_one_line(tmp_path, text):
    path = tmp_path / "source.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(DeclarationError) as caught:
        read_yaml(path)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) <= 300


def test_aliases_are_read(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("a: &a [1, 2]\nb: *a\n", "utf-8")
    assert read_yaml(path) == {"a": [1, 2], "b": [1, 2]}


@pytest.mark.parametrize(
    "value", ["0", "86400", "20240901", "'86400'", "2024-09-01 10:00:00", "true", "2024"]
)
def test_a_number_is_no_date_of_a_source(tiny_data, value):
    path = tiny_data.sample / "stations" / "source.yaml"
    path.write_text(f"as_of: {value}\n", "utf-8")
    contract = load_catalogue(tiny_data.root).contracts["stations"]
    with pytest.raises(UserError, match=r"source\.yaml.*as_of"):
        read_declared(path.with_name("131148_stations.csv"), contract)


@pytest.mark.parametrize("value", ["2024-09-01", "'2024-09-01'"])
def test_a_date_may_be_quoted(tiny_data, value):
    path = tiny_data.sample / "stations" / "source.yaml"
    path.write_text(f"as_of: {value}\n", "utf-8")
    contract = load_catalogue(tiny_data.root).contracts["stations"]
    assert str(read_declared(path.with_name("x.csv"), contract).as_of) == "2024-09-01"


@pytest.mark.parametrize("text", ["resources:", "resources: abc", "resources: [a]", "resources: [{name: a}]", "resources: 3", 'resources: [{schema: "a\\0b"}]'])  # fmt: skip
def test_a_package_that_is_none_is_named(tiny_data, text):
    (tiny_data.root / "datapackage.yaml").write_text(text, "utf-8")
    with pytest.raises(UserError) as caught:
        load_catalogue(tiny_data.root)
    assert str(tiny_data.root) in caught.value.message.en


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("'^[0-9]{6}$'", "'['", "pattern"),
        ("'^[0-9]{6}$'", "'(?!a)'", "look-around"),
        ("repairs: [half_width]", "repairs: [haf_width]", "repairs"),
        ("primaryKey: [municipality_code, access_point_id]", "primaryKey: []", "primaryKey"),
        ("minimum: 122", "minimum: abc", "float"),
        ("required: true, pattern: '^[0-9]{6}$'", "minimum: 5", "minimum"),
        ("fields: [facility_id]}", "fields: [nope]}", "facilities.nope"),
        ("fields: [facility_id]}", "fields: [facility_id, municipality_code]}", "as many"),
        ("resource: facilities", "resource: nowhere", "nowhere"),
        ("field: access_point_id", "field: nope", "nope"),
        ("made_from: [access_point_name", "made_from: [nope", "nope"),
        ("P1Y", "P999999999Y", "rhythm"),
        ("P1Y", "P１Y", "rhythm"),
        ("name: lon", "name: longitude", "lon"),
        ("geometry: point", "geometry: polygon", "area_m2"),
        ("geometry: point", "geometry: point\nknown_files: [{pattern: '[', values: {}}]", "pattern"),
        ("geometry: point", "geometry: point\ncompanion: [メモ]", "companion"),
        ("geometry: point", "geometry: point\ncompanions: [ＳＳ ＩＤ]", "companions: ＳＳ ＩＤ is a column"),
        ("geometry: point", "geometry: point\ncombine: merge", "rows without a place"),
        ("geometry: point", "geometry: point\nneeds_one_of: [note]", "rows without a place"),
        ("geometry: point", "geometry: point\npictures: nope", "nope"),
    ],
)  # fmt: skip
def test_a_contract_that_cannot_work_is_named_before_anything_is_built(tiny_data, old, new, told):
    path = tiny_data.root / "catalog" / "wifi_access_points.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(UserError, match="wifi_access_points") as caught:
        load_catalogue(tiny_data.root)
    assert told in caught.value.message.en


@pytest.mark.parametrize(
    "text",
    ["x: 1", "measures: []\nquantities: []", "measures: abc"],
)
def test_measures_that_are_none_are_named(tiny_data, text):
    (tiny_data.root / "measures.yaml").write_text(text, "utf-8")
    with pytest.raises(UserError, match="measures"):
        load_catalogue(tiny_data.root)


@pytest.mark.parametrize("old", ["numerator: population", "dataset: areas"])
def test_a_measure_of_nothing_known_is_named(tiny_data, old):
    path = tiny_data.root / "measures.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, f"{old.split(':')[0]}: nope", 1), "utf-8")
    with pytest.raises(UserError, match="nope"):
        load_catalogue(tiny_data.root)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("EPSG:6677", "EPSG:99999"), ("EPSG:6677", "EPSG:4326"), ("EPSG:6677", "foo"),
        ('"131148"', '"１３１１４８"'), ("8.0", "inf"), ("8.0", "nan"), ("8.0", "1e300"),
        ("8.0", "[" * 100_000), ("8.0", "2024-02-30"), ('"中野区"', '""'),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_are_named(tiny_data, old, new):
    text = tiny_data.ward_file.read_text("utf-8")
    assert old in text
    tiny_data.ward_file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(UserError, match=r"ward\.toml") as caught:
        load_ward(tiny_data.ward_file)
    assert caught.value.message.en.isprintable()


def test_only_the_sources_of_population_count_residents(tiny_data):
    path = tiny_data.root / "measures.yaml"
    text = path.read_text("utf-8")
    old = "{name: facilities, dataset: facilities}"
    assert old in text
    path.write_text(text.replace(old, old.replace("}", ", of_residents: true}")), "utf-8")
    with pytest.raises(UserError, match="of_residents"):
        load_catalogue(tiny_data.root)


def test_a_file_named_in_source_yaml_has_to_be_there(tiny_data):
    path = tiny_data.sample / "stations" / "source.yaml"
    contract = load_catalogue(tiny_data.root).contracts["stations"]
    path.write_text("files:\n  131148_station.csv: {as_of: 2024-09-01}\n", "utf-8")
    with pytest.raises(UserError) as caught:
        read_declared(path.with_name("131148_stations.csv"), contract)
    for text in (caught.value.message.ja, caught.value.message.en):
        assert "131148_station.csv" in text
        assert "131148_stations.csv" in text


def test_a_name_is_the_same_however_its_signs_are_stored(tiny_data):
    folder = tiny_data.sample / "stations"
    contract = load_catalogue(tiny_data.root).contracts["stations"]
    stored = folder / "\u304b\u3099.csv"
    stored.write_text("x", "utf-8")
    (folder / "source.yaml").write_text("files:\n  \u304c.csv: {as_of: 2024-09-01}\n", "utf-8")
    assert str(read_declared(stored, contract).as_of) == "2024-09-01"
