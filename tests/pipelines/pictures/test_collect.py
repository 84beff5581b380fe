"""Whose picture it is: by the register, by its name, or nobody's; what is not shown is said."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from pipelines.build import build
from pipelines.contracts import load_catalogue
from pipelines.ingest.discover import find_inputs, read_inputs
from pipelines.inputs import gather_inputs
from pipelines.messages import UserError
from pipelines.pictures.collect import MAX_BYTES
from pipelines.reports import build_report_text
from pipelines.warehouse import open_edition

AS_OF = date(2026, 4, 1)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/>%s</svg>'


def png(colour="red"):
    file = io.BytesIO()
    Image.new("RGB", (2, 2), colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def build_with(tiny_data):
    def build_it(files, rows, shipped=()):
        for name, content in files.items():
            root = tiny_data.root / "sample" if name in shipped else tiny_data.inbox
            folder = root / "initiatives"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        lines = ["取組ID,取組名,実施イメージ（図）", *rows]
        (tiny_data.inbox / "initiatives" / "list.csv").write_text("\n".join(lines), "utf-8")
        report = build(tiny_data, as_of=AS_OF)
        with open_edition(warehouse=tiny_data.warehouse) as edition:
            return report, edition.arrow("meta.pictures").to_pylist()

    return build_it


def test_pictures_find_their_initiatives_and_the_others_are_named(build_with):
    files = {
        "流れ図.svg": SVG % b"<script>alert(1)</script>",
        "I02.PNG": png(),
        "i03.png": SVG % b"",
        "だれかの図.png": png(),
        "大きい.svg": SVG % (b" " * MAX_BYTES),
        "I06.svg": b'<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg"/>',
        "I07.svg": SVG % b"",
        "I07.png": png(),
        "I08.jpg": b"\xff\xd8\xff\xe0JFIF",
        "I09.svg": (SVG % b"").decode().encode("utf-16"),
    }
    rows = [
        "I01,一,流れ図.svg", "I02,二,", "I03,三,", "I04,四,ない図.png", "I05,五,流れ図.svg", "I06,六,",
        "I07,七,", "I08,八,", "I09,九,",
    ]  # fmt: skip
    report, pictures = build_with(files, rows)
    seen = {
        (one["initiative_id"], one["file_name"].split("/")[-1]): (one["media_type"], one["problem"])
        for one in pictures
    }
    assert seen == {
        ("I01", "流れ図.svg"): ("image/svg+xml", ""),
        ("I02", "I02.PNG"): ("image/png", ""),
        # What it is, is decided by its content.
        ("I03", "i03.png"): ("image/svg+xml", ""),
        ("I04", "ない図.png"): ("", "absent"),
        ("I05", "流れ図.svg"): ("image/svg+xml", ""),
        ("I06", "I06.svg"): ("", "doctype"),
        ("I07", "I07.png"): ("image/png", "taken"),
        ("I08", "I08.jpg"): ("", "damaged"),
        ("I09", "I09.svg"): ("", "encoding"),
        ("I07", "I07.svg"): ("image/svg+xml", "taken"),
        (None, "だれかの図.png"): ("image/png", "unnamed"),
        (None, "大きい.svg"): ("", "too_large"),
    }
    assert {bool(one["content"]) == (one["problem"] == "") for one in pictures} == {True}
    [first] = [one for one in pictures if one["initiative_id"] == "I01"]
    assert (first["cleaned"], first["removed"], first["status"]) == (True, "script", "supplied")
    assert b"script" not in first["content"]
    text = build_report_text(report, "ja")
    assert "図 initiatives/流れ図.svg（I01）から取り除きました: script" in text
    assert "図 initiatives/だれかの図.png は出しません: どの取組の図か分かりません" in text
    assert "図 ない図.png は出しません" in text
    assert report.complete


def test_the_wards_own_picture_goes_before_a_shipped_one(build_with):
    files = {"I01.svg": SVG % b"", "I01.png": png(), "I02.png": png()}
    _, pictures = build_with(files, ["I01,一,", "I02,二,"], shipped={"I01.svg", "I02.png"})
    assert [(one["initiative_id"], one["file_name"], one["problem"]) for one in pictures] == [
        ("I01", "initiatives/I01.png", ""), ("I02", "initiatives/I02.png", ""),
    ]  # fmt: skip


def test_a_picture_is_an_input_of_the_edition(tiny_data):
    picture = tiny_data.inbox / "initiatives" / "I01.png"
    picture.parent.mkdir(parents=True)
    digests = []
    for content in (png(), png(), png("blue")):
        picture.write_bytes(content)
        digests.append(gather_inputs(tiny_data, as_of=AS_OF).digest)
    assert digests[0] == digests[1] != digests[2]


@pytest.mark.parametrize("folder", [".", "stations"])
def test_anywhere_else_a_picture_is_a_file_that_cannot_be_read(tiny_data, folder):
    (tiny_data.inbox / folder).mkdir(parents=True, exist_ok=True)
    (tiny_data.inbox / folder / "I01.png").write_bytes(png())
    catalogue = load_catalogue(tiny_data.root)
    with pytest.raises(UserError, match=r"I01\.png"):
        read_inputs(find_inputs(tiny_data, catalogue), catalogue)


def test_of_what_was_taken_out_only_some_names_are_kept(build_with):
    names = b"".join(b' n%d="1"' % at for at in range(5000))
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"%s/></svg>' % names
    _, [picture] = build_with({"I01.svg": svg}, ["I01,一,"])
    assert len(picture["removed"].split("、")) == 30
