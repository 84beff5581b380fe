"""The pictures of the READMEs: `EBPM_PICTURES=docs/images pytest tests/browser/test_pictures.py`."""

import os
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from pipelines.build import build
from pipelines.folder import DataFolder

CHOICE = "measure=density_per_km2&areas=13114003004,13114006004&compare=1"
SUNDAY_EVENING = "time=7-20&distance=500"
NOVEMBER = date(2026, 11, 25)
"""The day of which docs/six_questions.ja.md tells the answers."""
QUESTIONS = {
    "behind": ("遅れ", "table.behind"),
    "unreported": ("未報告", "table.data"),
    "departments": ("所管課", "table.departments"),
    "money": ("予算と決算", "table.money"),
    "outlook": ("見通し", "table.outlook"),
    "changes": ("変化", "table.changes"),
}


@pytest.fixture
def take(page, tmp_path):
    """Take the picture of a page that is ready, and look at its size."""

    def shoot(name, *, colours=None, most_bytes=400_000):
        page.wait_for_load_state("networkidle")
        picture = Path(os.environ.get("EBPM_PICTURES") or tmp_path) / f"{name}.png"
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture, animations="disabled")
        if colours:
            with Image.open(picture) as taken:
                taken.convert("RGB").quantize(colours).save(picture, optimize=True)
        assert 15_000 < picture.stat().st_size < most_bytes

    return shoot


@pytest.fixture(scope="session")
def november_app(request, repository, serve, tmp_path_factory):
    """The app on the day the documents tell of; a day that is built for pictures only.

    Without a place for the pictures the edition of the other tests will do: it is one build less.
    """
    if not os.environ.get("EBPM_PICTURES"):
        yield request.getfixturevalue("sample_app")
        return
    warehouse = tmp_path_factory.mktemp("november") / "warehouse"
    build(DataFolder(repository / "data", warehouse, warehouse.parent / "inbox"), as_of=NOVEMBER)
    with serve(warehouse) as url:
        yield url


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_picture_can_be_taken_again(page, sample_app, take, lang):
    page.goto(f"{sample_app}/?{CHOICE}&lang={lang}")
    frame = page.locator(".st-key-map iframe").last.content_frame
    expect(frame.locator("path.ward-area")).to_have_count(85)
    expect(frame.locator(".ward-label-chosen")).to_have_count(2)
    take(f"map_{lang}")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_picture_of_a_sunday_evening_can_be_taken_again(page, sample_app, take, lang):
    page.goto(f"{sample_app}/wifi?{SUNDAY_EVENING}&lang={lang}")
    frame = page.locator("iframe").last.content_frame
    expect(frame.locator("path.ward-area")).to_have_count(85)
    expect(page.locator(".st-key-wifi-figures section")).to_have_count(4)
    take(f"wifi_{lang}")


@pytest.mark.parametrize("section", QUESTIONS)
def test_the_picture_of_a_question_can_be_taken_again(page, november_app, take, section):
    """One click from the first screen: what docs/six_questions.ja.md shows."""
    title, answer = QUESTIONS[section]
    page.goto(f"{november_app}/initiatives")
    page.get_by_role("radio", name=title, exact=True).click()
    expect(page.locator(answer).first).to_be_visible()
    expect(page.locator(".st-key-initiatives-part h2").first).to_contain_text(title)
    page.mouse.move(0, 0)
    take(f"initiatives_{section}", colours=64, most_bytes=150_000)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_picture_of_the_portfolio_can_be_taken_again(page, november_app, take, lang):
    page.goto(f"{november_app}/initiatives?lang={lang}")
    expect(page.locator("table.matrix tbody tr")).to_have_count(5)
    take(f"initiatives_{lang}", colours=64, most_bytes=150_000)
