import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.initiatives.selection import (
    LONGEST_SEARCH,
    InitiativesAllowed,
    InitiativesSelection,
    clean_search,
    initiatives_address,
    initiatives_query,
    parse_initiatives,
)

ALLOWED = InitiativesAllowed(
    initiatives=frozenset({"I07"}),
    groups=("1", "none"),
    departments=("D03", "none"),
    fiscal_years=("2025", "2024"),
    editions=("2026-03-31-abc",),
)
CHOSEN = InitiativesSelection(
    section="list", by="department", search="オープン データ", plan_group="none",
    department="none", status="behind", fiscal_year="2024", since="2026-03-31-abc",
    initiative="I07", lang="en",
)  # fmt: skip


@pytest.mark.parametrize("selection", [InitiativesSelection(), CHOSEN])
def test_a_selection_comes_back_from_its_url(selection):
    assert parse_initiatives(initiatives_query(selection), ALLOWED) == (selection, ())


def test_the_default_has_no_parameters():
    assert initiatives_address(InitiativesSelection()) == "initiatives"
    assert (
        initiatives_address(InitiativesSelection(initiative="I07")) == "initiatives?initiative=I07"
    )


def test_what_the_edition_does_not_have_is_named_and_left_out():
    query = {
        "section": "secrets", "by": "person", "plan_group": "9", "department": "'; drop",
        "status": "purple", "fiscal_year": "1999", "since": "../other", "initiative": "I99",
        "foreign": "kept",
    }  # fmt: skip
    selection, unknown = parse_initiatives(query, ALLOWED)
    assert selection == InitiativesSelection()
    assert unknown == (
        "section", "by", "plan_group", "department", "status", "fiscal_year", "since", "initiative",
    )  # fmt: skip


@given(st.text())
def test_a_search_is_cut_and_has_nothing_that_cannot_be_seen(text):
    cleaned = clean_search(text)
    assert len(cleaned) <= LONGEST_SEARCH
    assert cleaned.isprintable()
    assert clean_search(cleaned) == cleaned


def test_only_what_leaves_initiatives_out_is_a_filter():
    assert not InitiativesSelection(section="list", by="department", lang="en").filtered
    assert InitiativesSelection(search="x").filtered
    assert CHOSEN.with_choice("status", None).status == ""
