"""What a visitor sees and does on 地図, in a real browser."""

import csv
import io
import json
import re

from PIL import ImageColor
from playwright.sync_api import expect

from dashboard.maps.palette import class_colours

HONCHO_4 = "13114003004"


def test_85_areas_are_painted_in_the_colours_of_the_legend(map_page, sample_app):
    map_page.open(sample_app)
    expect(map_page.areas).to_have_count(85)
    pixels = map_page.painted()
    for colour in class_colours(5):
        assert pixels.get(ImageColor.getrgb(colour), 0) > 3000
    for text in ("人口", "5,095 – 6,953", "公共施設", "避難所"):
        assert text in map_page.legend()
    badges = map_page.frame.locator(".ward-badges").inner_text()
    assert "模式図" in badges
    assert "更新が古い" in badges


def test_answer_controls_map_legend_and_profile_fit_one_screen(map_page, sample_app):
    map_page.open(sample_app)
    for part in ("h1", ".st-key-controls", ".st-key-map", ".st-key-profile"):
        box = map_page.page.locator(part).bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 720
    legend = map_page.frame.locator(".ward-legend").bounding_box()
    assert legend["y"] + legend["height"] <= 720


def test_a_click_opens_the_profile_and_the_link_shows_it_again(map_page, sample_app):
    map_page.open(sample_app)
    map_page.click_area("本町4丁目")
    profile = map_page.page.locator(".st-key-profile")
    expect(profile).to_contain_text("6,953人")
    expect(profile).to_contain_text("85町丁目中1位")
    expect(map_page.page).to_have_url(re.compile(f"areas={HONCHO_4}$"))
    expect(map_page.frame.locator(".ward-label-chosen")).to_have_text("本町4丁目")
    seen = profile.inner_text()
    map_page.page.reload()
    map_page.settle()
    expect(profile).to_contain_text("6,953人")
    assert profile.inner_text() == seen


def test_an_area_can_be_chosen_again_after_it_was_let_go(map_page, sample_app):
    map_page.open(sample_app)
    for _ in range(2):
        map_page.click_area("野方1丁目")
        expect(map_page.page).to_have_url(re.compile("areas=13114014001$"))
        map_page.page.get_by_text("選択をはずす").click()
        expect(map_page.page).not_to_have_url(re.compile("areas"))


def test_areas_side_by_side(map_page, sample_app):
    map_page.open(f"{sample_app}/?areas=13114014001")
    map_page.page.get_by_text("並べて比べる").click()
    expect(map_page.page).to_have_url(re.compile("compare=1"))
    map_page.click_area("中央1丁目")
    heads = map_page.page.locator("table.compared thead th")
    expect(heads).to_have_count(4)
    expect(heads.nth(1)).to_contain_text("野方1丁目")
    expect(heads.nth(2)).to_contain_text("中央1丁目")
    expect(map_page.frame.locator("path.ward-chosen")).to_have_count(2)


def test_another_measure_and_another_level(map_page, sample_app):
    map_page.open(sample_app)
    choose(map_page.page, "指標", "人口密度")
    expect(map_page.page.locator("h1")).to_contain_text("中野区の人口密度は")
    expect(map_page.frame.locator(".ward-legend h2")).to_have_text("人口密度")
    expect(map_page.page).to_have_title("人口密度｜中野区の地図")
    map_page.page.locator(".st-key-level").get_by_text("町", exact=True).click()
    expect(map_page.areas).to_have_count(19)
    expect(map_page.page).to_have_url(re.compile("measure=density_per_km2&level=town"))


def choose(page, label, option):
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_english_at_a_switch(map_page, sample_app):
    map_page.open(sample_app)
    assert map_page.page.evaluate("document.documentElement.lang") == "ja"
    map_page.page.get_by_role("button", name="English").click()
    expect(map_page.page.locator("h1")).to_contain_text("Population in Nakano Ward: 328,215 people")
    expect(map_page.frame.locator(".ward-legend h2")).to_have_text("Population")
    expect(map_page.page).to_have_url(re.compile("lang=en$"))
    assert map_page.page.evaluate("document.documentElement.lang") == "en"
    map_page.page.get_by_role("button", name="日本語").click()
    expect(map_page.page.locator("h1")).to_contain_text("中野区の人口は")


def test_the_search_finds_by_name_and_by_address(map_page, sample_app):
    map_page.open(sample_app)
    search = map_page.page.get_by_role("combobox", name="さがす")
    search.click()
    search.fill("上鷺宮小学校（公共")
    search.press("Enter")
    expect(map_page.frame.locator("path.ward-found")).to_have_count(1)
    expect(map_page.page.locator(".st-key-profile")).to_contain_text("上鷺宮")
    search.click()
    search.fill("本町四丁目1番地")
    search.press("Enter")
    expect(map_page.page).to_have_url(re.compile(f"areas={HONCHO_4}$"))
    search.click()
    search.fill("どこにもない場所")
    search.press("Enter")
    expect(map_page.page.locator("p.notice")).to_contain_text("どこにもない場所")


def test_layers_switch_on_and_off(map_page, sample_app):
    map_page.open(sample_app)
    shelters = map_page.frame.locator("path.ward-shelter")
    expect(shelters).to_have_count(62)
    map_page.page.locator(".st-key-layers").get_by_text("避難所").click()
    expect(shelters).to_have_count(0)
    map_page.page.locator(".st-key-layers").get_by_text("公衆無線LAN").click()
    expect(map_page.frame.locator("path.ward-wifi")).to_have_count(24)
    expect(map_page.frame.locator(".ward-badges")).to_contain_text("デモ用・架空")
    expect(map_page.page).to_have_url(re.compile("layers=facility%2Cwifi%2Cstation$"))


def test_the_print_view_is_one_a4_page_without_controls(map_page, sample_app):
    map_page.open(f"{sample_app}/?view=print&areas={HONCHO_4}&layers=facility,shelter,wifi,station")
    expect(map_page.areas).to_have_count(85)
    assert map_page.page.get_by_role("combobox").count() == 0
    expect(map_page.page.locator("table.sources")).to_contain_text("総務省統計局")
    map_page.page.emulate_media(media="print")
    expect(map_page.page.locator(".st-key-print-bar")).to_be_hidden()
    paper = map_page.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
    width, height = map(float, re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper).groups())
    assert (round(width), round(height)) == (842, 595)  # A4 landscape, in points
    map_page.page.emulate_media(media="screen")
    map_page.page.get_by_text("← 画面の表示に戻る").click()
    expect(map_page.page.get_by_role("combobox", name="指標")).to_be_visible()


def test_what_is_shown_can_be_taken_away(map_page, sample_app):
    map_page.open(f"{sample_app}/?measure=density_per_km2")
    rows = list(
        csv.reader(io.StringIO(download(map_page.page, "町丁目の表（CSV）").decode("utf-8-sig")))
    )
    assert len(rows) == 1 + 1 + 85
    assert rows[1][1] == "中野区"
    points = download(map_page.page, "地点の表（CSV）")
    assert points.startswith(b"\xef\xbb\xbf")
    collection = json.loads(download(map_page.page, "地図（GeoJSON）"))
    assert len([f for f in collection["features"] if "code" in f["properties"]]) == 85


def download(page, label):
    with page.expect_download() as started:
        page.get_by_role("button", name=label).click()
    return started.value.path().read_bytes()


def test_a_tooltip_says_what_lies_under_the_pointer(map_page, sample_app):
    map_page.open(sample_app)
    map_page.frame.locator("path.ward-facility").first.hover(force=True)
    expect(map_page.frame.locator(".ward-tooltip")).to_be_visible()


def test_the_way_back_of_the_browser_leads_back(map_page, sample_app):
    map_page.open(sample_app)
    choose(map_page.page, "指標", "世帯数")
    expect(map_page.page.locator("h1")).to_contain_text("中野区の世帯数は")
    map_page.page.go_back()
    expect(map_page.page.locator("h1")).to_contain_text("中野区の人口は")


FAR_LABELS = """() => {
    const far = [];
    let labels = 0;
    map.eachLayer((layer) => {
        if (!layer.getTooltip?.()?.options.permanent || !layer.getElement?.()) return;
        labels += 1;
        const a = layer.getElement().getBoundingClientRect();
        const b = layer.getTooltip().getElement().getBoundingClientRect();
        const gap = (low, high, other) => Math.max(low - other, other - high, 0);
        const x = (a.left + a.right) / 2, y = (a.top + a.bottom) / 2;
        const distance = Math.hypot(gap(b.left, b.right, x), gap(b.top, b.bottom, y));
        if (distance > 15) far.push(layer.getTooltip().getElement().textContent);
    });
    return [labels, far];
}"""


SMALLER_LABELS = """(box) => {
    const late = document.createElement("style");
    late.textContent = ".ward-label { font-size: 6px !important; }";
    document.head.append(late);
}"""


def test_every_station_name_stands_beside_its_station(map_page, sample_app):
    map_page.open(sample_app)
    map_page.wait_for(f"({FAR_LABELS})().join() === '13,'")


def test_station_names_are_placed_anew_when_their_style_arrives_late(map_page, sample_app):
    """A font or a style sheet can come after the labels were measured; no other event tells."""
    map_page.open(sample_app)
    map_page.wait_for(f"({FAR_LABELS})().join() === '13,'")
    map_page.frame.locator("#map_div").evaluate(SMALLER_LABELS)
    map_page.wait_for(f"({FAR_LABELS})().join() === '13,'")
