"""Odd editions, and editions that change while a page is open, in a real browser."""

import json
from datetime import date

from playwright.sync_api import expect

from pipelines.build import build


def test_nothing_built_yet_is_said_calmly(page, serve, tmp_path):
    with serve(tmp_path) as url:
        page.goto(url)
        expect(page.locator("section.no-edition")).to_contain_text("ebpm build")


def test_names_from_files_are_text_everywhere(page, serve, tiny_warehouse):
    with serve(tiny_warehouse) as url:
        page.goto(f"{url}/?areas=13114990101,13114990102,13114990201&compare=1&layers=facility")
        expect(page.locator(".st-key-profile")).to_contain_text("<script>alert(1)</script>")
        expect(page.locator(".st-key-profile")).to_contain_text("=cmd()")
        frame = page.locator(".st-key-map iframe").last.content_frame
        for mark in frame.locator("path.ward-facility").all():
            mark.hover(force=True)
            expect(frame.locator(".ward-tooltip")).to_be_visible()
        expect(frame.locator("path.ward-area")).to_have_count(4)


def test_a_place_without_anyone_is_hatched_and_in_the_legend(page, serve, tiny_warehouse):
    with serve(tiny_warehouse) as url:
        page.goto(f"{url}/?measure=wifi_per_10k")
        frame = page.locator(".st-key-map iframe").last.content_frame
        expect(frame.locator(".ward-legend")).to_contain_text("データなし")
        expect(frame.locator('path.ward-area[fill="url(#no-data)"]')).to_have_count(1)


def test_an_open_page_never_fails_during_ten_builds_and_shows_the_new_number(
    page, serve, tiny_data
):
    areas = tiny_data.sample / "areas" / "tiny_areas.geojson"
    shapes = json.loads(areas.read_text("utf-8"))
    build(tiny_data, as_of=date(2026, 4, 1))
    with serve(tiny_data.warehouse) as url:
        page.goto(url)
        expect(page.locator("h1")).to_contain_text("中野区の人口は4,500人")
        for number in range(1, 11):
            shapes["features"][0]["properties"]["JINKO"] = 10_000 * number
            areas.write_text(json.dumps(shapes, ensure_ascii=False), "utf-8")
            build(tiny_data, as_of=date(2026, 4, 1), keep=0)
            # Any choice is one rerun; the sentence has to have the new number after it.
            page.locator(".st-key-layers").get_by_text("避難所").click()
            expect(page.locator("h1")).to_contain_text(
                f"中野区の人口は{10_000 * number + 2_000:,}人"
            )
            assert page.locator("[data-testid=stException]").count() == 0
