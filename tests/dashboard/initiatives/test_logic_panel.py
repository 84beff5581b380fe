"""The logic model and the picture of an initiative: what is drawn, and what is said instead."""

import re
from dataclasses import replace

import pytest

from dashboard.components.initiatives.logic_panel import has_model, model_html, picture_html
from dashboard.initiatives.records import Arrow, Picture
from dashboard.translation import translator

JA = translator("ja")


def test_a_logic_model_needs_two_levels_and_an_arrow(shown):
    assert has_model(shown(), "I1")
    assert not has_model(shown(), "I2")
    html = str(model_html(shown(), "I1"))
    assert html.count("data:image/svg+xml,") == 1
    assert "<svg" not in html
    assert "<img src=x" not in html
    assert "C（前後で比べた）" in html


def test_an_arrow_that_nobody_declared_says_so(shown, small, record):
    drawn = record(Arrow, initiative_id="I1", from_node_id="I1:budget", to_node_id="K1")
    page = replace(shown(), found=replace(small, arrows=(*small.arrows, drawn)))
    cells = re.findall("<td>(.*?)</td>", str(model_html(page, "I1")))
    assert cells[2::3] == ["C（前後で比べた）", "宣言されていないつなぎ（システムが補った）"]


def test_a_supplied_picture_is_an_image_and_nothing_else():
    picture = Picture("I1", 'a/"><script>.svg', "image/svg+xml", b"<svg onload='alert(1)'/>")
    html = str(picture_html(picture, "名前", "ja", JA))
    assert html.count("<img") == 1
    assert "data:image/svg+xml;base64," in html
    assert "<script" not in html
    assert "<svg" not in html


@pytest.mark.parametrize(
    ("media_type", "content"), [("image/png", None), ("text/html", b"<script>alert(1)</script>")]
)
def test_what_cannot_be_shown_says_why(media_type, content):
    picture = Picture(
        "I1", "a.png", media_type, content, problem="大きすぎます", problem_en="too big"
    )
    html = str(picture_html(picture, "名前", "ja", JA))
    assert "<img" not in html
    assert "「a.png」は表示できません：大きすぎます" in html
