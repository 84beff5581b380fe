"""The logic model as a drawing: well-formed, wrapped, readable in grey, nothing runs in it."""

from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from dashboard.charts.logic_model import (
    Box,
    Link,
    logic_model_image,
    logic_model_svg,
    width,
    wrap,
)

LEVELS = ("活動", "産出", "成果")
SVG = "{http://www.w3.org/2000/svg}"


def drawing(boxes, links):
    return ET.fromstring(logic_model_svg(LEVELS, boxes, links, title="図", summary="要約"))  # noqa: S314 - our own


def texts(root):
    return [one.text for one in root.iter(f"{SVG}text")]


def test_title_and_words_are_there_for_who_cannot_see_it():
    root = drawing([], [])
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "図"
    assert root.find(f"{SVG}desc").text == "要約"


def test_columns_without_a_box_are_left_out_and_boxes_stand_apart():
    boxes = [Box("a", "活動", "研修"), Box("c", "成果", "満足度"), Box("d", "成果", "利用")]
    root = drawing(boxes, [])
    assert texts(root)[:2] == ["活動", "成果"]
    rects = [one for one in root.iter(f"{SVG}rect") if one.get("rx")]
    places = [(float(r.get("x")), float(r.get("y")), float(r.get("height"))) for r in rects]
    assert len({x for x, _y, _h in places}) == 2
    (_x, first, high), (_x2, second, _h2) = places[1:]
    assert second > first + high


def test_a_status_is_words_in_its_box_and_missing_evidence_is_dashed():
    boxes = [Box("a", "活動", "研修", "▼ 遅れ"), Box("b", "産出", "公開"), Box("c", "成果", "利用")]
    root = drawing(boxes, [Link("a", "b", "B"), Link("b", "c")])
    assert "▼ 遅れ" in texts(root)
    assert [text for text in texts(root) if text in {"B", "?"}] == ["B", "?"]
    lines = [one for one in root.iter(f"{SVG}path") if one.get("marker-end")]
    assert [one.get("stroke-dasharray") for one in lines] == [None, "5 4"]


def test_arrows_to_nowhere_and_to_oneself_are_not_drawn():
    root = drawing([Box("a", "活動", "研修")], [Link("a", "gone", "B"), Link("a", "a", "B")])
    assert [one for one in root.iter(f"{SVG}path") if one.get("marker-end")] == []


@pytest.mark.parametrize(
    "links", [[Link("a", "b", "A")], [Link("b", "a", "A")], [Link("a", "c", "A")], [Link("c", "a")]]
)
def test_an_arrow_can_go_down_back_and_past_a_column(links):
    boxes = [
        Box("a", "活動", "一"),
        Box("b", "活動", "二"),
        Box("m", "産出", "三"),
        Box("c", "成果", "四"),
    ]
    assert len(list(drawing(boxes, links).iter(f"{SVG}circle"))) == 1


def test_what_departments_write_is_text():
    hostile = "</text><script>alert(1)</script>"
    root = drawing([Box("a", "活動", hostile, hostile)], [Link("a", "a", hostile)])
    assert not list(root.iter(f"{SVG}script"))
    html = str(
        logic_model_image(logic_model_svg((), [], [], title="t", summary="s"), label='"><b>')
    )
    assert html.startswith("<img ")
    assert "<b>" not in html
    assert "<svg" in unquote(html)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("短い", ("短い",)),
        ("", ()),
        ("一二三四五六七八九十", ("一二三四五", "六七八九十")),
        ("open data portal", ("open data", "portal")),
        ("abcdefghijklmnop", ("abcdefghij", "klmnop")),
    ],
)
def test_text_is_wrapped_by_its_width(text, lines):
    assert wrap(text, letters=10) == lines


def test_a_long_name_ends_in_an_ellipsis_within_its_box():
    lines = wrap("長" * 200, letters=10, most=3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert max(map(width, lines)) <= 10


def test_signs_that_xml_does_not_know_are_left_out():
    root = drawing([Box("a", "活動", "研\x08修\ufffe")], [])
    assert "研修" in texts(root)
