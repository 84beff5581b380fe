"""The status of an initiative from its parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.evidence.progress.initiative import (
    IndicatorPart,
    MilestonePart,
    Standing,
    decide_standing,
)

STATUSES = ["achieved", "on_track", "watch", "behind", "worse", "unreported", "unset",
            "not_applicable", "undecidable"]  # fmt: skip
STATES = ["done", "late", "running", "start_late", "planned", "undated", "unknown"]


def standing(statuses, states=(), **more):
    indicators = [IndicatorPart(f"K{no}", one) for no, one in enumerate(statuses)]
    milestones = [MilestonePart(f"M{no}", one) for no, one in enumerate(states)]
    return decide_standing(indicators, milestones, **more)


@pytest.mark.parametrize(
    ("statuses", "states", "missing", "expected", "fault"),
    [
        (["achieved", "worse", "behind"], ["late"], True, "worse", "K1"),
        (["achieved", "behind"], ["late"], True, "behind", "K1"),
        (["achieved", "watch"], ["done", "late"], False, "behind", "M1"),
        ([], ["late"], True, "behind", "M0"),
        (["unreported"], ["late"], True, "behind", "M0"),
        (["unreported", "unset"], [], True, "unreported", None),
        (["unreported"], ["running"], True, "unreported", None),
        (["unreported"], [], None, "unreported", None),
        (["unreported"], [], False, "undecidable", "K0"),
        (["unreported", "watch"], [], True, "watch", "K1"),
        ([], [], True, "unreported", None),
        ([], ["planned"], True, "unreported", None),
        ([], ["running"], True, "on_track", "M0"),
        (["watch", "on_track"], [], False, "watch", "K0"),
        (["achieved", "on_track"], ["done"], False, "on_track", "K1"),
        (["achieved"], ["done"], False, "achieved", None),
        (["achieved", "unset"], [], False, "achieved", None),
        (["achieved"], ["done", "running"], False, "on_track", "M1"),
        (["achieved"], ["undated"], False, "on_track", "M0"),
        ([], ["done"], False, "achieved", None),
        ([], ["done", "planned"], False, "on_track", "M1"),
        ([], ["undated"], False, "unset", None),
        (["unset"], ["running"], False, "unset", None),
        (["unset"], [], True, "unset", None),
        (["undecidable", "unset"], ["done"], True, "undecidable", "K0"),
        (["unreported", "undecidable"], [], True, "undecidable", "K1"),
        ([], [], None, "unset", None),
        ([], [], False, "unset", None),
        (["not_applicable"], [], False, "unset", None),
    ],
)
def test_the_order_of_decision(statuses, states, missing, expected, fault):
    found = standing(statuses, states, review_missing=missing)
    assert (found.status, found.part_id) == (expected, fault)


def test_what_is_over_is_not_judged():
    assert standing(["worse"], ["late"], over="merged") == Standing("not_applicable", "merged")


def test_of_equals_the_furthest_behind_is_at_fault():
    indicators = [IndicatorPart("K1", "behind", 0.5), IndicatorPart("K2", "behind", 0.1)]
    assert decide_standing(indicators, []).part_id == "K2"
    milestones = [
        MilestonePart("M1", "late", 10),
        MilestonePart("M2", "late", 90),
        MilestonePart("M3", "late", 90),
    ]
    assert decide_standing([], milestones).part_id == "M2"


PARTS = st.tuples(
    st.lists(st.sampled_from(STATUSES), max_size=5), st.lists(st.sampled_from(STATES), max_size=4)
)


@given(PARTS, st.sampled_from([None, True, False]), st.randoms(use_true_random=False))
def test_the_order_of_parts_changes_nothing(parts, missing, random):
    indicators = [IndicatorPart(f"K{no}", one, no % 2) for no, one in enumerate(parts[0])]
    milestones = [MilestonePart(f"M{no}", one, no % 3) for no, one in enumerate(parts[1])]
    found = decide_standing(indicators, milestones, review_missing=missing)
    random.shuffle(indicators)
    random.shuffle(milestones)
    assert decide_standing(indicators, milestones, review_missing=missing) == found


@given(PARTS)
def test_it_is_never_better_than_its_worst_part(parts):
    statuses, states = parts
    found = standing(statuses, states).status
    if "worse" in statuses:
        assert found == "worse"
    elif "behind" in statuses or "late" in states:
        assert found == "behind"
    elif found == "achieved":
        assert set(states) <= {"done"}
        assert not {"watch", "on_track"} & set(statuses)
