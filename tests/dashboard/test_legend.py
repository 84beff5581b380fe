import re

import pytest

from dashboard.maps.legend import Sign, badges_html, class_rows, legend_html, sign_rows
from dashboard.translation import translator
from dashboard.ward import Measure, MeasureClass

A_MEASURE = Measure("m", "題", "title", "人", "people", 1, "", "", (), (), is_ratio=False)


def rows_of(ward, measure="population", lang="ja"):
    return class_rows(
        ward.classes[("area", measure)],
        ward.measures[measure],
        missing=ward.missing("area", measure),
        lang=lang,
    )


@pytest.mark.parametrize(
    ("values", "classes", "expected"),
    [
        ((5, 5, 5, 5), [(5, 5)], [("5", 4)]),
        ((0, 0, 0, 0), [(0, 0)], [("0", 4)]),
        ((None, None, None, None), [], [("データなし", 4)]),
        ((7, None, None, None), [(7, 7)], [("7", 1), ("データなし", 3)]),
        (
            (1, 2, 3000, None),
            [(1, 2), (3000, 3000)],
            [("3,000", 1), ("1 – 2", 2), ("データなし", 1)],
        ),
    ],
    ids=["equal", "zero", "missing", "one", "some"],
)
def test_the_legend_says_what_is_there(with_values, values, classes, expected):
    rows = rows_of(with_values(values, classes))
    assert [(row.text, row.count) for row in rows] == expected
    assert all(bool(row.colour) == (row.text != "データなし") for row in rows)


def test_the_sample_has_five_classes_of_all_areas(sample_ward):
    rows = rows_of(sample_ward)
    assert len(rows) == 5
    assert sum(row.count for row in rows) == 85


def test_the_legend_is_escaped_and_names_unit_kinds_and_hollow_points():
    row = class_rows([MeasureClass(1, 1.0, 2.0, 3)], A_MEASURE, missing=0, lang="ja")
    html = legend_html(
        row,
        [Sign("facility", 1234, 0), Sign("wifi", 5, 2)],
        title="<b>題</b>",
        unit="人/km²",
        counted="町丁目",
        reference="国勢調査 <2015>",
        _=translator("ja"),
    )
    assert "&lt;b&gt;題&lt;/b&gt;" in html
    text = re.sub("<[^>]+>", " ", html).split()
    assert text == [
        "&lt;b&gt;題&lt;/b&gt;", "国勢調査", "&lt;2015&gt;", "人/km²", "町丁目の数", "1.0", "–", "2.0", "3",
        "公共施設", "1,234", "公衆無線LAN", "5", "白抜き：住所から配置", "2",
    ]  # fmt: skip


def test_signs_count_what_the_map_shows(tiny):
    assert sign_rows(("facility", "wifi"), tiny.points) == (
        Sign("facility", 6, 1),
        Sign("wifi", 4, 0),
    )


def test_no_points_no_signs():
    html = legend_html((), (), title="t", unit="u", counted="c", reference="", _=translator("ja"))
    assert "reference" not in html
    assert "svg" not in html


def test_badges_are_text():
    assert badges_html([("<i>", "a & b")]) == "<p><b>&lt;i&gt;</b><span>a &amp; b</span></p>"
