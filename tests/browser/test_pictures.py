"""The pictures of the READMEs: `EBPM_PICTURES=docs/images pytest tests/browser/test_pictures.py`."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

CHOICE = "measure=density_per_km2&areas=13114003004,13114006004&compare=1"
SUNDAY_EVENING = "time=7-20&distance=500"


@pytest.fixture
def take(page, tmp_path):
    """Take the picture of a page that is ready, and look at its size."""

    def shoot(name):
        page.wait_for_load_state("networkidle")
        picture = Path(os.environ.get("EBPM_PICTURES") or tmp_path) / f"{name}.png"
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture, animations="disabled")
        assert 30_000 < picture.stat().st_size < 400_000

    return shoot


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
