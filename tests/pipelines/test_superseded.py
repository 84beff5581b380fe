"""Files that a newer one of their data set wins over: named, with the reason."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from pipelines.build import build
from pipelines.reports import build_report_text
from pipelines.status import status_text

NEWEST = "areas_20250101.geojson"


@pytest.mark.parametrize(
    ("older", "told"),
    [("areas_20240101.geojson", "2024-01-01"), ("areas.geojson", "source.yaml")],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_older_or_undated_file_is_named(tiny_data, older, told, lang):
    folder = tiny_data.inbox / "areas"
    folder.mkdir(parents=True)
    for name in (older, NEWEST):
        shutil.copyfile(tiny_data.sample / "areas" / "tiny_areas.geojson", folder / name)
    report = build(tiny_data, as_of=date(2026, 4, 1))
    assert [source.path.name for source in report.superseded] == [older]
    [line] = [
        one for one in build_report_text(report, lang).splitlines() if f"areas/{older} " in one
    ]
    assert told in line
    assert NEWEST in line
    shown = status_text(tiny_data, as_of=date(2026, 4, 1), lang=lang)
    assert [one for one in shown.splitlines() if older in one and NEWEST not in one]
