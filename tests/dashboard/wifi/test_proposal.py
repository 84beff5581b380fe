"""The proposed sites of a selection: read where the build solved them, else solved by the page."""

from dataclasses import replace

import pytest

from dashboard.translation import translator
from dashboard.wifi import proposal as proposals
from dashboard.wifi.proposal import is_solved, plan_key, proposal, read_proposals
from dashboard.wifi.selection import WifiSelection
from dashboard.wifi.siting_words import added_rows, answer, comparison, counted
from pipelines.warehouse import open_edition

NEXT = WifiSelection(distance="300")
JA = translator("ja")
MOST = 10


@pytest.fixture(scope="module")
def edition(sample_warehouse):
    with open_edition(warehouse=sample_warehouse) as opened:
        yield opened


def read(edition, **chosen):
    selection = replace(NEXT, **chosen)
    return read_proposals(edition, selection, most=MOST), selection


def test_what_the_build_solved_is_what_the_page_would_solve(edition, monkeypatch):
    stored, _selection = read(edition)
    monkeypatch.setattr(proposals, "is_solved", lambda _selection: False)
    solved, _selection = read(edition)
    assert len(stored.steps) == len(solved.steps) == MOST
    for one, other in zip(stored.steps, solved.steps, strict=True):
        for sites in ("optimum", "greedy"):
            names = [site.candidate.number for site in getattr(one, sites)]
            assert names == [site.candidate.number for site in getattr(other, sites)]
        assert one.optimum_reached == pytest.approx(other.optimum_reached, abs=1e-5)
        assert one.gap == pytest.approx(other.gap, abs=1e-5)
    assert [remark.ja for remark in stored.remarks] == [remark.ja for remark in solved.remarks]


def test_reached_is_what_is_reached_today_and_what_each_site_adds(edition):
    found, selection = read(edition, sites="5")
    best = proposal(found, selection)
    assert [site.order for site in best.sites] == [1, 2, 3, 4, 5]
    assert best.reached == pytest.approx(found.today + sum(site.added for site in best.sites))


def test_a_candidate_that_is_left_out_is_never_proposed(edition):
    first = proposal(*read(edition)).sites[0].candidate.number
    found, _selection = read(edition, without=str(first))
    assert found.excluded == 1
    proposed = {
        site.candidate.number
        for step in found.steps
        for site in (*(step.optimum or ()), *(step.greedy or ()))
    }
    assert proposed
    assert first not in proposed


def test_kinds_of_candidates(edition):
    of_kind = {kind: read(edition, candidates=kind)[0] for kind in ("all", "facility", "shelter")}
    every = edition.frame("evidence.siting_candidates")
    free = every[every["measured"] & ~every["already"]]
    assert of_kind["all"].candidates == len(free)
    assert of_kind["facility"].candidates == free["kind"].eq("facility").sum()
    # A shelter that stands in the list of facilities is a shelter too.
    assert of_kind["shelter"].candidates == free["shelter_id"].notna().sum()
    for kind, test in (
        ("facility", lambda one: one.kind == "facility"),
        ("shelter", lambda one: one.is_shelter),
    ):
        sites = [site for step in of_kind[kind].steps for site in step.optimum]
        assert all(test(site.candidate) for site in sites)
        assert of_kind[kind].step(3).optimum_reached <= of_kind["all"].step(3).optimum_reached + 1e-6  # fmt: skip


def test_no_candidate_left_is_said_in_words(edition):
    numbers = edition.frame("evidence.siting_candidates")["candidate_no"]
    found, selection = read(edition, without=",".join(map(str, numbers)))
    assert found.candidates == 0
    assert found.steps == ()
    assert [remark.ja for remark in found.remarks] == ["候補がありません。候補を選んでください。"]
    best = proposal(found, selection)
    assert (best.sites, best.reached) == ((), found.today)
    assert "候補を加えても増えません" in answer(found, selection, JA)
    assert comparison(found, selection, JA) == ""


def test_more_sites_than_there_are_candidates(edition):
    numbers = [one.number for one in proposals.candidates_offered(edition)]
    left = ",".join(map(str, numbers[2:]))
    found, selection = read(edition, without=left, sites="10")
    assert len(proposal(found, selection).sites) == len(found.steps) <= 2
    assert any("2か所だけ" in remark.ja for remark in found.remarks)


def test_where_nothing_is_reached_nothing_is_proposed(tiny_warehouse):
    with open_edition(warehouse=tiny_warehouse) as opened:
        pieces = opened.frame("evidence.siting_pieces")
        found, selection = read(opened)
    assert (found.today is None) == pieces.empty
    assert found.steps or not proposal(found, selection).sites


def test_the_solution_depends_on_candidates_and_not_on_how_many():
    assert plan_key(replace(NEXT, sites="7")) == plan_key(NEXT)
    assert plan_key(replace(NEXT, distance="500")) != plan_key(NEXT)
    assert is_solved(NEXT)
    assert not is_solved(replace(NEXT, without="3"))


def test_sentences(edition):
    found, selection = read(edition)
    assert answer(found, selection, JA).startswith(
        "300m以内（直線距離）に住む住民は、いま328,215人のうち"
    )
    assert "最適な3か所を加えると" in answer(found, selection, JA)
    assert "すでに整備済み" in counted(found, selection, JA)
    english = replace(selection, lang="en")
    assert "of 328,215 people" in answer(found, english, translator("en"))


def test_the_table_of_steps_has_every_number_of_sites(edition):
    found, _selection = read(edition)
    header, *rows = added_rows(found, JA)
    assert [row[0] for row in rows] == list(range(1, MOST + 1))
    assert {len(row) for row in rows} == {len(header)}
