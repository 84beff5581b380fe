"""An SVG that a department sends: what draws stays, what acts or leaves the file is gone."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from pipelines.pictures.refused import RefusedPictureError
from pipelines.pictures.svg import MAX_SHAPES, clean_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
RECT = '<rect width="1" height="1"/>'


def clean(inside, head=HEAD):
    return clean_svg(f"{head}{inside}</svg>".encode())


def test_what_draws_stays():
    inside = (
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#00f"/></linearGradient></defs>'
        "<style>.a{fill:url(#g)}</style>"
        '<g transform="translate(1 2)"><path class="a" d="M0 0L1 1" style="stroke:#000;fill:url(\'#g\')"/></g>'
        '<text x="1" y="2" font-family="IPAexゴシック">申請 &lt;窓口&gt;<tspan dy="1">改行</tspan>後</text>'
        '<use xlink:href="#g"/>'
    )
    made = clean(inside)
    assert made.removed == {}
    root = ET.fromstring(made.content)  # noqa: S314 - our own
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    [text] = root.iter("{http://www.w3.org/2000/svg}text")
    assert "".join(text.itertext()) == "申請 <窓口>改行後"
    [use] = root.iter("{http://www.w3.org/2000/svg}use")
    assert use.attrib == {"href": "#g"}
    [path] = root.iter("{http://www.w3.org/2000/svg}path")
    assert path.get("style") == "stroke:#000;fill:url('#g')"


@pytest.mark.parametrize(
    ("inside", "gone"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<script href="http://evil.example/x.js"/>', "script"),
        ('<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>', "script"),
        ("<SCRIPT>alert(1)</SCRIPT>", "SCRIPT"),
        ('<rect width="1" height="1" onclick="alert(1)"/>', "@onclick"),
        ('<rect width="1" height="1" ONLOAD="alert(1)"/>', "@ONLOAD"),
        ('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>', "foreignObject"),
        ('<image href="http://evil.example/x.png"/>', "image"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "image"),
        ('<use href="http://evil.example/x.svg#a"/>', "@href"),
        ('<use xlink:href="data:image/svg+xml,x#a"/>', "@href"),
        ('<a href="javascript:alert(1)"><rect width="1" height="1"/></a>', "@href"),
        ('<a xlink:href="#ok"><set attributeName="href" to="javascript:alert(1)"/></a>', "set"),
        ('<animate attributeName="href" values="javascript:alert(1)"/>', "animate"),
        ('<animateTransform attributeName="transform"/>', "animateTransform"),
        ("<style>@import 'http://evil.example/x.css';</style>", "style"),
        ("<style>.a{background:url(http://evil.example/x)}</style>", "style"),
        (r"<style>.a{fill:\75rl(http://evil.example)}</style>", "style"),
        ("<style>.a{fill:u/**/rl(x)}</style>", "style"),
        ('<rect width="1" height="1" style="fill:url(http://evil.example/x)"/>', "@style"),
        ('<rect width="1" height="1" style="background:url(//evil.example)"/>', "@style"),
        ('<rect width="1" height="1" fill="url(http://evil.example/#x)"/>', "@fill"),
        ('<rect width="1" height="1" fill="URL( \'//evil.example/#x\' )"/>', "@fill"),
        ('<rect width="1" height="1" filter="url(#f)"/>', "@filter"),
        ('<iframe src="http://evil.example"/>', "iframe"),
        ("<metadata>x</metadata>", "metadata"),
        ('<feImage href="http://evil.example/x"/>', "feImage"),
        ('<handler type="application/ecmascript">x</handler>', "handler"),
    ],
)  # fmt: skip
def test_what_acts_or_leaves_the_file_is_taken_out_and_named(inside, gone):
    made = clean(inside + RECT)
    assert gone in made.removed
    text = made.content.decode().casefold()
    for sign in (
        "script",
        "evil.example",
        "onclick",
        "onload",
        "data:",
        "import",
        "iframe",
        "foreign",
    ):
        assert sign not in text
    assert "<rect" in text


def test_what_a_drawing_program_notes_for_itself_goes_without_a_word():
    made = clean(
        '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/x" pagecolor="#fff"/>'
        '<g xmlns:inkscape="http://www.inkscape.org/x" inkscape:label="層1"><rect width="1" height="1"/></g>'
    )
    assert made.removed == {}
    assert b"inkscape" not in made.content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "damaged"),
        (b"GIF89a", "damaged"),
        (b"<html><svg/></html>", "damaged"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><rect>', "damaged"),
        (b"<svg><rect/></svg>", "damaged"),
        (f"{HEAD}<script/></svg>".encode(), "nothing_left"),
        (f"{HEAD}<title>x</title></svg>".encode(), "nothing_left"),
        (b'<!DOCTYPE svg [<!ENTITY a "aa">]>' + HEAD.encode() + b"&a;</svg>", "doctype"),
        (b'<!doctype svg SYSTEM "file:///etc/passwd">' + HEAD.encode() + b"</svg>", "doctype"),
        (f"{HEAD}{RECT}</svg>".encode("utf-16"), "encoding"),
        (f"{HEAD}<text>申請</text></svg>".encode("cp932"), "encoding"),
        (f"{HEAD}{RECT}&undeclared;</svg>".encode(), "damaged"),
    ],
)
def test_what_is_no_picture_is_refused(content, reason):
    with pytest.raises(RefusedPictureError) as caught:
        clean_svg(content)
    assert caught.value.reason == reason


def test_a_declared_encoding_changes_nothing():
    made = clean_svg(b'<?xml version="1.0" encoding="utf-16"?>' + f"{HEAD}{RECT}</svg>".encode())
    assert b"<rect" in made.content


@pytest.mark.parametrize(
    "inside",
    [
        "<g>" * 100 + RECT + "</g>" * 100,
        RECT * (MAX_SHAPES + 1),
        '<g id="a"><use href="#a"/></g>' + RECT,
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>' + RECT,
        f'<g id="l0">{RECT}</g>'
        + "".join(f'<g id="l{n}">{f"""<use href="#l{n - 1}"/>""" * 10}</g>' for n in range(1, 9)),
    ],
)
def test_what_a_browser_would_draw_without_end_is_refused(inside):
    with pytest.raises(RefusedPictureError) as caught:
        clean(inside)
    assert caught.value.reason == "too_complex"


def test_markers_on_the_lines_of_markers_are_taken_out():
    made = clean(
        '<marker id="m"><path d="M0 0L1 1" marker-mid="url(#m)"/></marker>'
        '<path d="M0 0L1 1" marker-end="url(#m)"/>'
    )
    assert made.removed == {"@marker-mid": 1}


CLIPS = "".join(
    f'<clipPath id="c{n}">{f"""<rect width="1" height="1" CLIPPED{n - 1}/>""" * 10}</clipPath>'
    for n in range(1, 9)
)


@pytest.mark.parametrize("how", ["attribute", "style", "class", "use"])
def test_clips_of_clips_count_as_often_as_they_are_drawn(how):
    """A browser draws what clips anew for everything that it clips: here 100 million times."""
    written = {
        "attribute": 'clip-path="url(#c{n})"',
        "style": """style="clip-path: url('#c{n}')" """,
        "class": 'class="k{n}"',
        "use": 'clip-path="url(#c{n})"',
    }[how]
    inside = CLIPS
    for n in range(8):
        inside = inside.replace(f"CLIPPED{n}", written.format(n=n))
    sheet = "".join(f".k{n},.x{n}{{clip-path:url(#c{n});}}" for n in range(9))
    if how == "class":
        inside = f"<style>{sheet}</style>{inside}"
    if how == "use":
        inside = f'<g id="g">{inside}</g><use href="#g"/>'
    with pytest.raises(RefusedPictureError) as caught:
        clean(f'{inside}<rect width="1" height="1" {written.format(n=8)}/>')
    assert caught.value.reason == "too_complex"


def test_clips_as_drawing_programs_write_them_stay():
    made = clean(
        '<style>.a,.b{fill:none;}.c{clip-path:url(#p);}</style><clipPath id="p"><rect class="a"'
        ' width="1" height="1"/></clipPath><g class="c"><path d="M0 0L1 1"/></g>'
    )
    assert (made.removed, made.content.count(b"clip-path:url(#p)")) == ({}, 1)


def test_a_sheet_that_clips_more_than_classes_is_taken_out():
    made = clean(
        f'<style>rect{{clip-path:url(#p)}}</style><clipPath id="p">{RECT}</clipPath>{RECT}'
    )
    assert made.removed == {"style": 1}
