"""Files spoiled at random: never a traceback, a hang or a lost row, whatever they hold."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.fuzz import mutations
from tests.fuzz.judge import LIMITS, check


@pytest.fixture
def place(tmp_path):
    """Put files (name -> content) where a check finds them; gives the first."""

    def put(parts):
        for old in tmp_path.iterdir():
            old.unlink()
        for name, content in parts.items():
            (tmp_path / name).write_bytes(content)
        return tmp_path / next(iter(parts))

    return put


PUBLISHED = {}
CORE = b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'


def as_published(name, content, place, folder):
    """(rows read, rows loaded) of a file as it is."""
    if name not in PUBLISHED:
        PUBLISHED[name] = check("as published", place({name: content}), folder)
    return PUBLISHED[name]


def plain_tables(texts, place, folder):
    """Files of a header and rows alone: there a column added is one more cell of every row."""
    plain = []
    for name, content in sorted(texts.items()):
        rows, read = mutations.rows_of(content), as_published(name, content, place, folder)
        if read and read[0] == len(rows) - 1 and len({len(row) for row in rows}) == 1:
            plain.append(name)
    return plain


def book(rows):
    """An Excel book of one sheet; what a cell cannot hold is left out of it."""
    workbook = Workbook()
    for row in rows:
        kept = ["".join(sign for sign in cell if sign.isprintable()) for cell in row]
        workbook.active.append([cell[:32_000] for cell in kept])
    stream = BytesIO()
    workbook.save(stream)
    # A book holds the time of its making, twice: what is drawn must not hang on it.
    members = mutations.unzipped(stream.getvalue())
    return mutations.zipped(members | {"docProps/core.xml": CORE})


@LIMITS
@given(data=st.data())
def test_text_with_damaged_bytes(texts, tiny_folder, place, data):
    name = data.draw(st.sampled_from(sorted(texts)))
    content = data.draw(mutations.damaged_bytes(texts[name]))
    check("CSV, bytes", place({name: content}), tiny_folder)


@LIMITS
@given(data=st.data())
def test_text_with_a_damaged_table(texts, tiny_folder, place, data):
    name = data.draw(st.sampled_from(sorted(texts)))
    content = data.draw(mutations.damaged_table(mutations.rows_of(texts[name])))
    given_name = data.draw(st.sampled_from([name, "list.csv", "list.txt", "一覧"]))
    check("CSV, table", place({given_name: content}), tiny_folder)


@LIMITS
@given(data=st.data())
def test_damaged_features(features, tiny_folder, place, data):
    name = data.draw(st.sampled_from(sorted(features)))
    spoil = data.draw(st.sampled_from([mutations.damaged_bytes, mutations.damaged_json]))
    check("GeoJSON", place({name: data.draw(spoil(features[name]))}), tiny_folder)


@LIMITS
@given(data=st.data())
def test_damaged_shapefiles_and_zips_of_them(shapefiles, tiny_folder, place, data):
    parts = data.draw(mutations.damaged_parts(data.draw(st.sampled_from(shapefiles))))
    if data.draw(st.booleans()):
        archive = mutations.zipped(parts)
        if data.draw(st.booleans()):
            archive = data.draw(mutations.damaged_bytes(archive))
        check("zip", place({"A002005212015DDSWC13114.zip": archive}), tiny_folder)
        return
    first = sorted(parts, key=lambda name: not name.endswith(".shp"))
    check("Shapefile", place({name: parts[name] for name in first}), tiny_folder)


@LIMITS
@given(data=st.data())
def test_damaged_books(texts, tiny_folder, place, data):
    name = data.draw(st.sampled_from(sorted(texts)))
    rows = mutations.rows_of(texts[name])[:30]
    kind = data.draw(st.sampled_from(["cells", "members", "bytes"]))
    if kind == "cells":
        content = book(mutations.damaged_rows(data.draw, rows))
    elif kind == "bytes":
        content = data.draw(mutations.damaged_bytes(book(rows)))
    else:
        content = mutations.zipped(
            data.draw(mutations.damaged_parts(mutations.unzipped(book(rows))))
        )
    check("Excel", place({f"{name}.xlsx": content}), tiny_folder)


@LIMITS
@given(data=st.data())
def test_zips_of_tables(texts, tiny_folder, place, data):
    names = data.draw(st.lists(st.sampled_from(sorted(texts)), min_size=1, max_size=3, unique=True))
    parts = data.draw(mutations.damaged_parts({name: texts[name] for name in names}))
    check("zip", place({"files.zip": mutations.zipped(parts)}), tiny_folder)


@LIMITS
@given(data=st.data())
def test_a_harmless_change_loses_no_row(texts, tiny_folder, place, data):
    name = data.draw(st.sampled_from(plain_tables(texts, place, tiny_folder)))
    before = as_published(name, texts[name], place, tiny_folder)
    rows = mutations.rows_of(texts[name])
    if data.draw(st.booleans()):
        content, shown = data.draw(mutations.harmless_table(rows)), name
    else:
        content, shown = book(mutations.harmless_rows(data.draw, rows)), f"{name[:-4]}.xlsx"
    if data.draw(st.booleans()):
        content, shown = mutations.zipped({shown: content}), f"{shown[:-4]}.zip"
    assert check("harmless", place({shown: content}), tiny_folder) == before, rows[0]


@LIMITS
@given(data=st.data())
def test_harmless_features_lose_no_row(features, tiny_folder, place, data):
    name = data.draw(st.sampled_from(sorted(features)))
    before = as_published(name, features[name], place, tiny_folder)
    document = json.loads(mutations.decode(features[name]))
    note = data.draw(st.sampled_from(["", "あ", "x", None, 1]))
    order = data.draw(st.permutations(sorted(document["features"][0]["properties"])))
    for feature in document["features"]:
        properties = {key: feature["properties"].get(key) for key in order}
        feature["properties"] = {"メモ": note, **properties}
    text = json.dumps(
        document,
        ensure_ascii=data.draw(st.booleans()),
        indent=data.draw(st.sampled_from([None, 2])),
    )
    content = text.encode(data.draw(st.sampled_from(["utf-8", "utf-8-sig"])))
    assert check("harmless", place({name: content}), tiny_folder) == before
