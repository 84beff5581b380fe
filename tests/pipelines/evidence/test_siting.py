from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.evidence.siting import Pieces, plan_sites


def pieces_of(rows, candidates, today=0.0):
    return Pieces.of(rows, candidates=candidates, reached_today=today)


def best_by_trying(rows, candidates, n):
    return max(
        sum(persons for persons, reached_by in rows if set(reached_by) & set(chosen))
        for chosen in combinations(candidates, min(n, len(candidates)))
    )


# Candidate 1 overlaps both others, which do not overlap each other: alone it is the best.
NOT_NESTED = [(40, {1, 2}), (40, {1, 3}), (30, {2}), (30, {3}), (5, {1})]


def test_optimal_sets_that_are_not_nested_and_a_greedy_order_that_is():
    plan = plan_sites(pieces_of(NOT_NESTED, [1, 2, 3], today=100), 3)
    assert [set(choice.candidates) for choice in plan.optimum] == [{1}, {2, 3}, {1, 2, 3}]
    assert [choice.reached for choice in plan.optimum] == [185, 240, 245]
    assert [choice.candidates for choice in plan.greedy] == [(1,), (1, 2), (1, 2, 3)]
    assert [choice.reached for choice in plan.greedy] == [185, 215, 245]
    assert plan.greedy[2].added == (85, 30, 30)
    assert [plan.gap(n) for n in (1, 2, 3)] == [0, 25, 0]
    assert any("入れ替わる" in remark.ja for remark in plan.remarks)


def test_ties_are_said():
    plan = plan_sites(pieces_of([(10, {1}), (10, {2}), (3, {3})], [1, 2, 3]), 3)
    assert [choice.ties for choice in plan.optimum] == [True, False, False]
    assert [choice.ties for choice in plan.greedy] == [True, False, False]
    [remark] = plan.remarks
    assert "1か所のとき" in remark.ja
    assert "1 sites" in remark.en


def test_no_candidates():
    plan = plan_sites(pieces_of([(10, {1})], []), 5)
    assert (plan.optimum, plan.greedy) == ((), ())
    assert [remark.en for remark in plan.remarks] == ["There is no candidate; choose some."]


@pytest.mark.parametrize("rows", [[], [(10, set())], [(0.0, {1, 2})]])
def test_when_all_are_reached_or_none_can_be_nothing_is_proposed(rows):
    plan = plan_sites(pieces_of(rows, [1, 2]), 2)
    assert plan.optimum == ()
    assert "From site 1 on" in plan.remarks[0].en


def test_fewer_candidates_than_asked_for_and_one_that_adds_nobody():
    plan = plan_sites(pieces_of([(10, {1, 2}), (5, {2})], [1, 2]), 10)
    assert [choice.candidates for choice in plan.optimum] == [(2,)]
    assert "only 2" in plan.remarks[0].en
    assert "From site 2 on" in plan.remarks[1].en


def test_a_choice_of_candidates_leaves_the_others_out():
    pieces = pieces_of(NOT_NESTED, [2, 3], today=7)
    assert (pieces.reached_by_none, pieces.persons.sum()) == (5, 140)
    assert plan_sites(pieces, 1).optimum[0].reached == 77


def test_the_optimum_reaches_all_with_fewer_sites_than_the_greedy_order():
    # 1 is the best alone, but 2 and 3 together reach everybody.
    rows = [(9, {1, 2}), (9, {1, 3}), (8, {2}), (8, {3})]
    plan = plan_sites(pieces_of(rows, [1, 2, 3]), 3)
    assert [set(choice.candidates) for choice in plan.optimum] == [{1}, {2, 3}]
    assert len(plan.greedy) == 3
    assert [plan.gap(n) for n in (1, 2, 3)] == [0, 8, 0]
    assert "From site 3 on" in plan.remarks[0].en


PERSONS = st.integers(0, 50).map(float)


@st.composite
def small_cases(draw):
    candidates = list(range(1, draw(st.integers(1, 7)) + 1))
    sets = st.sets(st.sampled_from(candidates), max_size=4)
    return draw(st.lists(st.tuples(PERSONS, sets), max_size=14)), candidates


@given(case=small_cases())
@settings(max_examples=60)
def test_the_optimum_is_that_of_trying_all(case):
    rows, candidates = case
    plan = plan_sites(pieces_of(rows, candidates, today=10), 5)
    for n, choice in enumerate(plan.optimum, start=1):
        assert choice.n == len(set(choice.candidates)) == n
        greedy = plan.greedy[n - 1]
        best = best_by_trying(rows, candidates, choice.n)
        assert choice.reached == pytest.approx(10 + best)
        assert sum(choice.added) == pytest.approx(best)
        assert greedy.reached - 10 >= (1 - 1 / np.e) * best - 1e-9
        assert list(choice.added) == sorted(choice.added, reverse=True)
    if len(plan.optimum) < min(5, len(candidates)):
        reached = plan.optimum[-1].reached - 10 if plan.optimum else 0
        assert reached == pytest.approx(best_by_trying(rows, candidates, len(candidates)))


@given(case=small_cases())
@settings(max_examples=30)
def test_ties_are_those_of_trying_all(case):
    rows, candidates = case
    for choice in plan_sites(pieces_of(rows, candidates), 4).optimum:
        added = [
            sum(persons for persons, reached_by in rows if set(reached_by) & set(chosen))
            for chosen in combinations(candidates, choice.n)
        ]
        assert choice.ties == (added.count(max(added)) > 1)
