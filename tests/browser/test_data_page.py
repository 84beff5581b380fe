"""What a visitor sees and does on データ, in a real browser."""

import io
import re

import openpyxl
from playwright.sync_api import expect

HONCHO_4 = "13114003004"


def workbook(page, label):
    with page.expect_download() as started:
        page.get_by_role("button", name=label).click()
    return openpyxl.load_workbook(io.BytesIO(started.value.path().read_bytes()))


def test_the_page_is_one_click_away_and_the_map_one_click_back(page, sample_app):
    page.goto(f"{sample_app}/?lang=en")
    page.get_by_role("link", name="Data").first.click()
    expect(page.locator("h1")).to_contain_text("Data sets: 21, rows: 9,606")
    expect(page).to_have_url(re.compile(r"/data\?lang=en$"))
    page.get_by_role("link", name="Map").click()
    expect(page.locator("h1")).to_contain_text("Population in Nakano Ward")
    expect(page.locator(".st-key-map iframe").last).to_be_visible()


def test_counts_switch_and_what_is_missing(page, sample_app):
    page.goto(f"{sample_app}/data")
    expect(page.locator("h1")).to_have_text(
        "21種類のデータ・9,606行（2026年4月1日時点の版）。取込保留は0行。注意は112件。"
        "更新が古いデータ 1種類。"
    )
    expect(page.locator(".st-key-holdings table").first.locator("tbody tr")).to_have_count(21)
    expect(page.locator(".st-key-files tbody tr")).to_have_count(27)
    bring = page.locator(".st-key-holdings details").first
    expect(bring.locator("table")).to_be_hidden()
    bring.locator("summary").click()
    expect(bring.locator("tbody tr")).to_have_count(3)
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_contain_text("Data sets: 21, rows: 9,606")
    expect(page).to_have_url(re.compile(r"lang=en$"))


def test_from_a_figure_to_the_rows_and_the_file_behind_it(page, sample_app):
    page.goto(f"{sample_app}/?areas={HONCHO_4}")
    page.evaluate("window.notLoadedAnew = true")
    row = page.locator(".st-key-profile tbody tr").filter(has_text="避難所").first
    row.get_by_role("link", name="元の行").first.click()
    expect(page).to_have_url(
        re.compile(
            f"/data\\?dataset=evacuation_shelters&place={HONCHO_4}&measure=evacuation_shelters$"
        )
    )
    rows = page.locator(".st-key-rows")
    expect(rows.locator("h2")).to_contain_text("本町4丁目の避難所 1か所 の元の行")
    expect(rows.locator("tbody tr")).to_have_count(1)
    expect(rows.locator("tbody td").first).to_have_text("131148_shiteihinanjo.geojson")
    expect(rows.locator("tbody tr")).to_contain_text("区立中野本郷小学校")
    taken = list(workbook(page, "元の行（Excel）").active.values)
    assert taken[-1][0] == "evacuation_shelters/131148_shiteihinanjo.geojson"
    assert "区立中野本郷小学校" in taken[-1]
    rows.get_by_role("link", name="場所で絞らずに見る").click()
    expect(rows.locator("h2")).to_contain_text("避難所の元の行62行")
    page.get_by_role("link", name="← すべてのデータ").click()
    expect(page.locator("h1")).to_contain_text("21種類のデータ")
    for _ in range(3):
        page.go_back()
    expect(page.locator("h1")).to_contain_text("中野区の人口は")
    expect(page.locator(".st-key-map iframe").last).to_be_visible()
    assert page.evaluate("window.notLoadedAnew")


def test_a_department_gets_its_rows_as_excel(page, serve, troubled_warehouse):
    with serve(troubled_warehouse) as url:
        page.goto(f"{url}/data")
        expect(page.locator("h1")).to_contain_text("取込保留は5行。")
        expect(page.locator(".st-key-findings")).to_contain_text("<script>alert(2)</script>")
        expect(page.locator(".st-key-findings")).to_contain_text("（非公開）")
        page.get_by_role("combobox", name="データ").click()
        page.get_by_role("option", name="公衆無線LANアクセスポイント").click()
        expect(page).to_have_url(re.compile("dataset=wifi_access_points$"))
        expect(page.locator(".st-key-findings tbody tr")).to_have_count(4)
        book = workbook(page, "担当課に渡す表（Excel）")
        assert book.sheetnames == ["取込保留", "注意", "除外"]
        values = [cell for row in book["取込保留"].values for cell in row]
        assert {"=1+1", "<script>alert(2)</script>"} <= set(values)
        # Nothing of the page is wider than the window; wide tables scroll in their own frame.
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_nothing_built_yet_is_said_calmly(page, serve, tmp_path):
    with serve(tmp_path) as url:
        page.goto(f"{url}/data")
        expect(page.locator("section.no-edition")).to_contain_text("ebpm build")
