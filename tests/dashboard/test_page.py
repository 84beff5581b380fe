"""The page as it is sent to a browser, without one."""

import pytest

from dashboard.components.controls import NOT_FOUND, after_search
from dashboard.selection import LEVELS, Selection


def shown(page):
    """All HTML of a page."""
    assert not page.exception
    return "\n".join(element.proto.body for element in page.get("html"))


def query(page):
    """The parameters of the page's URL."""
    values = {name: page.query_params[name] for name in page.query_params}
    return {k: v if isinstance(v, str) else v[0] for k, v in values.items()}


def test_the_sample_answers_in_one_sentence(open_page, sample_warehouse):
    html = shown(open_page(sample_warehouse))
    assert (
        "<h1>中野区の人口は328,215人（国勢調査 2015年10月1日）。"
        "最大は本町4丁目（6,953人）、最小は南台1丁目（1,290人）です。</h1>"
    ) in html
    for text in ("模式図", "時点不明", "総務省統計局", "更新が古い", "データの更新日 2026年4月1日"):
        assert text in html


def test_english_at_a_switch(open_page, sample_warehouse):
    page = open_page(sample_warehouse)
    page.button(key="go-en-screen").click().run()
    assert query(page) == {"lang": "en"}
    html = shown(page)
    assert "Population in Nakano Ward: 328,215 people (census, 1 October 2015)." in html
    assert "schematic map" in html


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_measure_has_its_page(open_page, tiny_warehouse, level, lang):
    page = open_page(tiny_warehouse, level=level, lang=lang)
    for measure in page.selectbox(key="measure").options:
        shown(page.selectbox(key="measure").set_value(measure).run())


def test_the_profile_of_an_area_has_values_ranks_and_places(open_page, tiny_warehouse):
    html = shown(open_page(tiny_warehouse, areas="13114990101"))
    for text in ("2,500人", "4町丁目中1位", "4,500人", "10,000人/km²"):
        assert text in html


def test_names_from_files_are_text(open_page, tiny_warehouse, tiny):
    named = [
        p for p in tiny.points["facility"] if p.name in ("<script>alert(1)</script>", "=cmd()")
    ]
    codes = ",".join(dict.fromkeys(point.area_code for point in named))
    html = shown(open_page(tiny_warehouse, areas=codes, compare="1", found=named[0].key))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "=cmd()" in html
    assert "<script>alert" not in html


def test_three_areas_side_by_side(open_page, tiny_warehouse):
    codes = "13114990101,13114990102,13114990202"
    html = shown(open_page(tiny_warehouse, areas=codes, compare="1"))
    assert "compared" in html
    assert html.count("4町丁目中2位（同順位2）") >= 1
    assert "データなし" in html


def test_choices_are_in_the_url_and_come_back_from_it(open_page, sample_warehouse):
    page = open_page(sample_warehouse)
    page.selectbox(key="measure").set_value("households").run()
    page.button_group(key="level").set_value("town").run()
    page.button_group(key="layers").set_value(["wifi"]).run()
    wanted = {"measure": "households", "level": "town", "layers": "wifi"}
    assert query(page) == wanted
    again = open_page(sample_warehouse, **wanted)
    assert again.selectbox(key="measure").value == "households"
    assert shown(again) == shown(page)


@pytest.mark.parametrize("typed", ["本町四丁目", "東京都中野区本町4-99-1"])
def test_the_search_chooses_an_area(sample_ward, typed):
    found = after_search(sample_ward, Selection(measure="population"), typed)
    assert found.areas == ("13114003004",)
    at_towns = after_search(sample_ward, Selection(measure="population", level="town"), typed)
    assert at_towns.areas == ("131140030",)


def test_the_search_marks_a_point(open_page, sample_warehouse):
    page = open_page(sample_warehouse, layers="none")
    label = next(text for text in page.selectbox(key="search").options if text.startswith("新中野"))
    page.selectbox(key="search").set_value(label).run()
    assert query(page) == {"layers": "station", "areas": "13114003004", "found": "station:新中野"}
    assert page.selectbox(key="search").value == label
    assert '<th scope="col">本町4丁目' in shown(page)


def test_what_was_not_found_is_told_once(open_page, sample_warehouse, sample_ward):
    assert after_search(sample_ward, Selection(measure="population"), "<b>どこにもない") is None
    page = open_page(sample_warehouse)
    page.session_state[NOT_FOUND] = "<b>どこにもない"
    assert "「&lt;b&gt;どこにもない」は見つかりませんでした。" in shown(page.run())
    assert "見つかりませんでした" not in shown(page.run())


def test_a_link_that_is_not_understood_is_told_calmly(open_page, sample_warehouse):
    html = shown(open_page(sample_warehouse, measure="bogus", areas="1,13114003004", embed="true"))
    assert "既定の表示にしました：指標・選んだ地域" in html
    assert "本町4丁目" in html


def test_clearing_and_comparing(open_page, sample_warehouse):
    page = open_page(sample_warehouse, areas="13114003004")
    page.toggle(key="compare").set_value(True).run()
    assert query(page) == {"areas": "13114003004", "compare": "1"}
    page.button(key="clear").click().run()
    assert query(page) == {"compare": "1"}


def test_the_print_view_has_no_controls(open_page, sample_warehouse):
    page = open_page(sample_warehouse, view="print")
    html = shown(page)
    assert "<h1>中野区の人口は" in html
    assert "出典" in html
    assert not page.selectbox
    assert [button.label for button in page.button] == ["← 画面の表示に戻る"]


def test_all_values_equal(open_page, equal_warehouse):
    html = shown(open_page(equal_warehouse))
    assert "どこも同じ100人です" in html
    zero = shown(
        open_page(equal_warehouse, measure="wifi_access_points", layers="wifi", areas="13114990101")
    )
    assert "中野区の公衆無線LANは0か所" in zero


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_nothing_built_yet(open_page, tmp_path, lang):
    html = shown(open_page(tmp_path / "none", lang=lang))
    assert "ebpm build" in html
    assert "No edition has been built yet" in html


def test_an_edition_that_cannot_be_read(open_page, tmp_path):
    (tmp_path / "broken.duckdb").write_bytes(b"not a database")
    (tmp_path / "CURRENT").write_text("broken.duckdb\n", "utf-8")
    html = shown(open_page(tmp_path))
    assert "データの版を読めません" in html
