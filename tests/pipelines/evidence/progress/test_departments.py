"""Who answers today: chains with a circle, a gap, an end, and a successor not yet there."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.evidence.progress.departments import Department, Succession, follow_successors

AT = date(2026, 4, 1)


def today(first, *posts, at=AT):
    return follow_successors(first, {post.department_id: post for post in posts}, at)


def test_the_official_chain_without_dates_leads_to_its_end():
    posts = [
        Department("D01", None, None, "D02"),
        Department("D02", None, None, "D03"),
        Department("D03"),
    ]
    assert today("D01", *posts) == Succession("D03", ("D01", "D02", "D03"))
    assert today("D03", *posts) == Succession("D03", ("D03",))


@pytest.mark.parametrize(
    ("until", "start", "expected"),
    [
        # The last day is still its own; the day after is the successor's.
        (date(2026, 4, 1), date(2026, 4, 2), Succession("A", ("A",), "successor_later")),
        (date(2026, 3, 31), date(2026, 4, 1), Succession("B", ("A", "B"))),
        # Nobody answers while the gap lasts; afterwards it is only to be said.
        (date(2026, 3, 30), date(2026, 4, 2), Succession(None, ("A",), "successor_not_yet")),
        (date(2026, 3, 30), date(2026, 4, 1), Succession("B", ("A", "B"), "gap")),
        # Dates that are not written do not stand in the way.
        (None, date(2026, 4, 2), Succession("A", ("A",), "successor_later")),
        (None, date(2026, 4, 1), Succession("B", ("A", "B"))),
        (date(2026, 3, 31), None, Succession("B", ("A", "B"))),
        (date(2026, 4, 1), None, Succession("A", ("A",), "successor_later")),
    ],
)
def test_a_successor_takes_over_on_its_day(until, start, expected):
    assert today("A", Department("A", None, until, "B"), Department("B", start)) == expected


@pytest.mark.parametrize(
    ("first", "posts", "expected"),
    [
        ("A", [Department("A", None, None, "B"), Department("B", None, None, "A")],
         Succession(None, ("A", "B", "A"), "circle")),
        ("A", [Department("A", None, None, "A")], Succession(None, ("A", "A"), "circle")),
        ("A", [Department("A", None, date(2026, 3, 31))], Succession(None, ("A",), "ended")),
        ("A", [Department("A", None, date(2026, 4, 1))], Succession("A", ("A",))),
        ("A", [Department("A", date(2026, 4, 2))], Succession(None, ("A",), "not_yet")),
        ("A", [Department("A", None, None, "B")], Succession(None, ("A", "B"), "unknown")),
        ("A", [], Succession(None, ("A",), "unknown")),
    ],
)  # fmt: skip
def test_where_nobody_is_found_the_remark_says_why(first, posts, expected):
    assert today(first, *posts) == expected
