import pytest

from dashboard.initiatives.filters import chosen, count_statuses, offered, years_of
from dashboard.initiatives.selection import InitiativesSelection


def ids(found, **choice):
    return [one.initiative_id for one in chosen(found, InitiativesSelection(**choice))]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, ["I1", "I2", "I3", "I4"]),
        ({"search": "ai"}, ["I2"]),  # full width in the register
        ({"search": "rpa"}, ["I2"]),  # its name in an earlier version of the plan
        ({"search": "満足"}, ["I1"]),  # one of its indicators
        ({"search": "窓口 課"}, ["I2"]),
        ({"search": "どこにもない"}, []),
        ({"plan_group": "1"}, ["I1", "I2"]),
        ({"plan_group": "none"}, ["I4"]),
        ({"department": "D1"}, ["I1", "I3"]),
        ({"department": "none"}, ["I4"]),
        ({"status": "behind", "department": "D1"}, ["I1"]),
        ({"fiscal_year": "2023"}, ["I1", "I2", "I3", "I4"]),
        ({"fiscal_year": "2024"}, ["I1", "I2", "I3"]),  # the fourth was over
    ],
)
def test_a_filter_leaves_the_others_out(small, choice, expected):
    assert ids(small, **choice) == expected


def test_what_is_offered_is_what_is_there(small):
    found = offered(small, ["2026-03-31-abc"])
    assert found.groups == ("1", "2", "none")
    assert found.departments == ("D1", "D2", "none")
    assert found.fiscal_years == ("2024", "2023")
    assert found.editions == ("2026-03-31-abc",)
    assert years_of(small) == [2024, 2023]


def test_every_status_is_counted_those_of_none_too(small):
    counts = count_statuses(small, tuple(small.overview.values()))
    assert counts["behind"] == 2
    assert counts["watch"] == 0
    assert sum(counts.values()) == 4
