"""Which reports are due, and whether rule and department agree."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.evidence.progress.reviews import agrees, due_on, list_due, newest_due


@pytest.mark.parametrize(
    ("months", "day"),
    [
        (0, date(2025, 3, 31)),
        (1, date(2025, 4, 30)),
        (3, date(2025, 6, 30)),
        (11, date(2026, 2, 28)),
    ],
)
def test_a_report_is_due_months_after_the_year_ends(months, day):
    assert due_on(2024, months) == day


def states(at, reported=(), first=2023, **more):
    return {
        row.fiscal_year: row.state
        for row in list_due(reported, first=first, at=at, due_months=3, **more)
    }


def test_the_last_day_is_still_in_time():
    assert states(date(2025, 6, 30)) == {2023: "missing", 2024: "not_due"}
    assert states(date(2025, 7, 1)) == {2023: "missing", 2024: "missing"}
    assert states(date(2025, 7, 1), {2024}) == {2023: "missing", 2024: "reported"}
    # The year that runs asks for nothing, but what is there is there.
    assert states(date(2026, 3, 31), {2025})[2025] == "reported"
    assert states(date(2023, 5, 1)) == {}


def test_an_initiative_reports_the_years_it_lived_to_the_end_of():
    at = date(2026, 4, 1)
    assert states(at, over_since_on=date(2024, 2, 1)) == {}
    assert states(at, over_since_on=date(2024, 4, 1)) == {2023: "missing"}
    assert states(at, {2024}, over_since_on=date(2024, 2, 1)) == {2024: "reported"}


def test_the_newest_that_is_due():
    at = date(2026, 4, 1)
    rows = list_due({2025}, first=2023, at=at, due_months=3)
    assert newest_due(rows, at).fiscal_year == 2024
    assert newest_due(rows[-1:], at) is None
    assert newest_due([], at) is None


@pytest.mark.parametrize(
    ("status", "accepted", "expected"),
    [
        ("on_track", ("achieved", "on_track"), True),
        ("behind", ("achieved", "on_track"), False),
        ("unreported", ("achieved",), None),
        ("undecidable", ("achieved",), None),
        ("behind", None, None),
    ],
)
def test_agreement(status, accepted, expected):
    assert agrees(status, accepted) is expected
