"""What a visitor sees and does on 施設Wi-Fi, in a real browser."""

import csv
import io
import re
import shutil
from datetime import date

import pytest
from playwright.sync_api import expect

from pipelines.build import build
from pipelines.folder import DataFolder

NUMABUKURO_1 = "13114009001"
FILES = {
    "areas": ("boundary/*",),
    "facilities": ("facilities/nakano_*.csv",),
    "evacuation_shelters": ("facilities/gsi_*.geojson",),
    "wifi_access_points": ("wifi/tokyo_*.csv", "wifi/yaizu_*.csv"),
}


def test_the_first_screen_answers_and_has_the_map(map_page, sample_app):
    map_page.open(f"{sample_app}/wifi")
    page = map_page.page
    expect(page.locator("h1")).to_contain_text("29か所のうち19か所（65.5%）")
    expect(map_page.areas).to_have_count(85)
    expect(map_page.frame.locator("path.ward-circle")).to_have_count(24)
    expect(map_page.frame.locator("path.ward-facility")).to_have_count(29)
    legend = map_page.legend()
    assert "300m以内に住む割合" in legend
    assert "国勢調査 2015年10月1日" in legend
    badges = map_page.frame.locator(".ward-badges").inner_text()
    assert "模式図" in badges
    assert "デモ用・架空" in badges
    # All of it without scrolling, at the smallest screen.
    for part in ("h1", ".st-key-controls", ".st-key-map iframe", ".figures"):
        box = page.locator(part).last.bounding_box()
        assert box["y"] + box["height"] <= 720, part


def test_an_hour_changes_the_answer_the_map_and_the_url(map_page, sample_app):
    map_page.open(f"{sample_app}/wifi?time=7-12")
    page = map_page.page
    page.locator(".st-key-wifi-hour input").click()
    page.get_by_role("option", name="20時").click()
    expect(page.locator("h1")).to_contain_text("日曜20時に使える所から直線300m以内")
    expect(page).to_have_url(re.compile(r"/wifi\?time=7-20$"))
    expect(map_page.frame.locator("path.ward-circle")).to_have_count(8)


def test_a_click_on_the_map_chooses_an_area_and_a_link_takes_it_back(map_page, sample_app):
    map_page.open(f"{sample_app}/wifi")
    map_page.click_area("沼袋1丁目")
    figures = map_page.page.locator(".st-key-wifi-figures")
    expect(figures).to_contain_text("3,418人")
    expect(map_page.page).to_have_url(re.compile(f"place={NUMABUKURO_1}$"))
    figures.get_by_role("link", name="選択をはずす").click()
    expect(figures).to_contain_text("最も低い5つの町丁目")


def test_the_next_three_sites_stand_on_the_map_and_in_the_list(map_page, sample_app):
    map_page.open(f"{sample_app}/wifi?map=next&section=next")
    expect(map_page.frame.locator(".ward-number")).to_have_text(["1", "2", "3"])
    table = map_page.page.locator(".st-key-wifi-part table").first.locator("tbody tr")
    expect(table).to_have_count(3)
    expect(table.first).to_contain_text("新井区民活動センター")


def test_shelters_without_are_ranked_and_taken_along(map_page, sample_app):
    map_page.open(f"{sample_app}/wifi?map=shelters&section=shelters")
    page = map_page.page
    expect(map_page.frame.locator("path.ward-shelter")).to_have_count(62)
    expect(page.get_by_text("直線最寄り（指定ではない）").first).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("button", name=re.compile("CSV")).click()
    text = started.value.path().read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert sum(row["公衆無線LAN"] == "なし" for row in rows) == 2 * 38


def test_a_figure_leads_to_its_rows_without_loading_the_page_anew(page, sample_app):
    page.goto(f"{sample_app}/wifi?lang=en")
    page.evaluate("window.notLoadedAnew = true")
    figure = page.locator(".figures section").filter(has_text="Shelters without Wi-Fi")
    figure.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/data\?dataset=evacuation_shelters&lang=en$"))
    expect(page.locator(".st-key-rows h2")).to_contain_text("62")
    assert page.evaluate("window.notLoadedAnew")


@pytest.fixture(scope="module")
def real_warehouse(real_dir, repository, tmp_path_factory):
    """The published files in the inbox."""
    root = tmp_path_factory.mktemp("real")
    for dataset, patterns in FILES.items():
        target = root / "inbox" / dataset
        target.mkdir(parents=True)
        for pattern in patterns:
            for path in real_dir.glob(pattern):
                shutil.copyfile(path, target / path.name)
    build(
        DataFolder(repository / "data", root / "warehouse", root / "inbox"), as_of=date(2026, 4, 1)
    )
    return root / "warehouse"


def test_real_files_without_the_wards_own_list_say_so(map_page, serve, real_warehouse):
    with serve(real_warehouse) as url:
        map_page.open(f"{url}/wifi")
        headline = map_page.page.locator("h1")
        expect(headline).to_contain_text("区有施設の整備率は、まだデータがありません。")
        expect(headline).to_contain_text("区内のアクセスポイントの一覧がまだないため")
        expect(map_page.areas).to_have_count(85)
        assert "模式図" not in map_page.frame.locator(".ward-badges").inner_text()
        map_page.open(f"{url}/wifi?map=next&section=next")
        expect(map_page.frame.locator(".ward-number")).to_have_count(3)
