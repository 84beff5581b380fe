"""Editions as the pages read them, and a page opened as a browser would."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.reading import read_ward
from dashboard.ward import Figure, MeasureClass
from pipelines.build import build
from pipelines.warehouse import open_edition

if TYPE_CHECKING:
    from dashboard.ward import Ward

APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"


def ward_of(warehouse: Path) -> Ward:
    with open_edition(warehouse=warehouse) as edition:
        return read_ward(edition)


@pytest.fixture(scope="session")
def sample_ward(sample_warehouse):
    """What is shipped, as the page reads it."""
    return ward_of(sample_warehouse)


@pytest.fixture
def tiny(tiny_warehouse):
    """The ward of four areas, as the page reads it."""
    return ward_of(tiny_warehouse)


@pytest.fixture
def with_values(tiny):
    """The ward of four areas with other populations: None is unknown; `classes` as a build has them."""

    def make(values, classes):
        codes = sorted(tiny.shapes["area"])
        known = [value for value in values if value is not None]
        figures = {
            ("area", code, "population"): Figure(
                value=value,
                rank=None if value is None else 1 + sum(other > value for other in known),
                ranked_of=None if value is None else len(known),
                class_no=next(
                    (
                        no
                        for no, (low, high) in enumerate(classes, 1)
                        if value is not None and low <= value <= high
                    ),
                    None,
                ),
            )
            for code, value in zip(codes, values, strict=True)
        }
        figures["ward", tiny.outline.code, "population"] = Figure(
            value=sum(known) if known else None
        )
        made = tuple(
            MeasureClass(no, low, high, sum(low <= value <= high for value in known))
            for no, (low, high) in enumerate(classes, 1)
        )
        return replace(
            tiny,
            figures={**tiny.figures, **figures},
            classes={**tiny.classes, ("area", "population"): made},
        )

    return make


@pytest.fixture
def equal_warehouse(tiny_data):
    """The ward of four areas, all four alike, no access point in them and nothing else known."""
    path = tiny_data.sample / "areas" / "tiny_areas.geojson"
    areas = json.loads(path.read_text("utf-8"))
    for feature in areas["features"]:
        feature["properties"] |= {"JINKO": 100, "SETAI": 50}
    path.write_text(json.dumps(areas, ensure_ascii=False), "utf-8")
    for dataset in ("facilities", "evacuation_shelters", "stations"):
        shutil.rmtree(tiny_data.sample / dataset)
    # Only the access point outside the ward stays: the map has to say 0.
    wifi = tiny_data.sample / "wifi_access_points" / "131148_public_wireless_lan.csv"
    lines = wifi.read_bytes().splitlines(keepends=True)
    wifi.write_bytes(lines[0] + lines[-1])
    build(tiny_data, as_of=date(2026, 4, 1))
    return tiny_data.warehouse


@pytest.fixture
def opener(monkeypatch):
    """How a page is opened on a warehouse, with the parameters of a URL."""

    def opening(make):
        def run(warehouse: Path, **query: str) -> AppTest:
            monkeypatch.setenv("EBPM_WAREHOUSE", str(warehouse))
            page = make()
            for name, value in query.items():
                page.query_params[name] = value
            return page.run()

        return run

    return opening


@pytest.fixture
def open_page(opener):
    """Run the app, which begins on its first page."""
    return opener(lambda: AppTest.from_file(str(APP), default_timeout=60))


@pytest.fixture
def open_data(opener):
    """Open データ: a test client is always on the first page, so the page is asked for alone."""
    return opener(lambda: AppTest.from_function(_data_alone, default_timeout=60))


@pytest.fixture
def open_wifi(opener):
    """Open 施設Wi-Fi alone."""
    return opener(lambda: AppTest.from_function(_wifi_alone, default_timeout=60))


@pytest.fixture
def open_initiatives(opener):
    """Open 取組の進捗状況 alone."""
    return opener(lambda: AppTest.from_function(_initiatives_alone, default_timeout=60))


def _data_alone():
    from dashboard.views import datasets  # noqa: PLC0415

    datasets.show()


def _wifi_alone():
    from dashboard.views import wifi  # noqa: PLC0415

    wifi.show()


def _initiatives_alone():
    from dashboard.views import initiatives  # noqa: PLC0415

    initiatives.show()
