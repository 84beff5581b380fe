"""What a manager sees and does on 取組の進捗状況, in a real browser."""

import re

from playwright.sync_api import expect

OPEN_DATA = "オープン・バイ・デフォルトの考え方に基づくオープンデータの推進"


def test_an_initiative_is_found_opened_and_followed_to_its_rows(page, sample_app):
    page.goto(f"{sample_app}/initiatives")
    expect(page.locator("h1")).to_contain_text("22の取組のうち、遅れは")
    page.get_by_label("さがす").fill("オープンデータ")
    page.get_by_label("さがす").press("Enter")
    expect(page.locator("h1")).to_contain_text("選んだ1の取組のうち")
    page.get_by_role("link", name=OPEN_DATA).click()
    expect(page).to_have_url(re.compile("initiative=I18"))
    expect(page.locator("h1")).to_contain_text(OPEN_DATA)
    expect(page.locator(".st-key-initiatives-part .js-plotly-plot").first).to_be_visible()
    # The link alone gives the same page again.
    page.goto(page.url)
    expect(page.locator("h1")).to_contain_text(OPEN_DATA)
    page.evaluate("window.notLoadedAnew = true")
    row = page.locator("table.indicators tbody tr").first
    name = row.locator("th").inner_text().splitlines()[0]
    row.get_by_role("link", name="元の行").click()
    expect(page).to_have_url(re.compile(r"/data\?dataset=indicator_values&indicator=K\d+$"))
    expect(page.locator(".st-key-rows h2")).to_contain_text(name)
    expect(page.locator("table.rows tbody tr").first).to_contain_text("indicator_values")
    assert page.evaluate("window.notLoadedAnew")


def test_the_first_screen_has_the_answer_the_choices_and_the_portfolio(page, sample_app):
    page.goto(f"{sample_app}/initiatives")
    expect(page.locator("table.matrix")).to_be_visible()
    for part in ("h1", ".st-key-controls", ".st-key-initiatives-sections", "table.matrix thead"):
        box = page.locator(part).bounding_box()
        assert box["y"] + box["height"] <= 720, part
    # One row each: nothing of them is wrapped.
    assert page.locator(".st-key-initiatives-sections").bounding_box()["height"] < 60
    page.get_by_role("radio", name="工程").click()
    expect(page.locator("table.gantt i.late").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/initiatives\?section=schedule$"))
    wide = page.evaluate(
        "[...document.querySelectorAll('table')].filter("
        "t => t.scrollWidth > t.parentElement.clientWidth + 1).length"
    )
    assert wide == 0


def test_a_cell_of_the_portfolio_leads_to_its_list(page, sample_app):
    page.goto(f"{sample_app}/initiatives?lang=en")
    page.locator("table.matrix tbody td b a").first.click()
    expect(page).to_have_url(re.compile("section=list"))
    expect(page.locator("h1")).to_contain_text("initiatives chosen")
