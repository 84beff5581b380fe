"""What changed between two points of view: every kind, both ways, and nothing where nothing did."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from pipelines.evidence.progress.snapshots import (
    NEEDED,
    Change,
    Snapshot,
    find_changes,
    take_snapshot,
)

MARCH = date(2025, 3, 31)


def indicator(status="watch", **given):
    return {
        "indicator_id": "K1", "initiative_id": "I1", "status": status, "target_value": 100.0,
        "target_fiscal_year": 2027, "value": 40.0, "measured_on": MARCH, "period": "2024", **given,
    }  # fmt: skip


def milestone(state="planned", **given):
    return {
        "milestone_id": "M1", "initiative_id": "I1", "milestone_name": "開始",
        "planned_end_on": MARCH, "state": state, "state_before": None, **given,
    }  # fmt: skip


BEFORE = Snapshot(
    initiatives={
        "I1": {"initiative_id": "I1", "initiative_name": "一", "department_id": "D1",
               "department_name": "課"},
    },
    statuses={"I1": {"initiative_id": "I1", "status": "watch"}},
    indicators={"K1": indicator()},
    milestones={"M1": milestone()},
)  # fmt: skip


def test_nothing_changed_is_no_row():
    assert find_changes(BEFORE, BEFORE) == []


def test_a_status_that_got_worse_or_better_or_neither():
    after = replace(BEFORE, statuses={"I1": {"status": "behind"}})
    [worse] = find_changes(BEFORE, after)
    assert worse == Change("initiative_status", "I1", None, "watch", "behind")
    assert worse.tendency == "worse"
    [better] = find_changes(after, BEFORE)
    assert better.tendency == "better"
    silent = replace(BEFORE, statuses={"I1": {"status": "unreported"}})
    assert find_changes(BEFORE, silent)[0].tendency is None


@pytest.mark.parametrize(
    ("given", "kind", "before", "after"),
    [
        ({"value": 50.0, "measured_on": date(2026, 3, 31), "period": "2025"}, "value_new", 40, 50),
        ({"value": 41.0}, "value_corrected", 40, 41),
        ({"target_value": 120.0}, "target", 100, 120),
        ({"target_fiscal_year": 2028}, "target", 100, 100),
        ({"status": "behind"}, "indicator_status", "watch", "behind"),
        ({"value": None}, "value_corrected", 40, None),
    ],
)
def test_what_changes_of_an_indicator(given, kind, before, after):
    [found] = find_changes(BEFORE, replace(BEFORE, indicators={"K1": indicator(**given)}))
    assert (found.kind, found.before, found.after) == (kind, before, after)


def test_a_target_put_off_has_both_ends():
    later = replace(BEFORE, indicators={"K1": indicator(target_fiscal_year=2028)})
    [found] = find_changes(BEFORE, later)
    assert (found.before_on, found.after_on) == (date(2028, 3, 31), date(2029, 3, 31))


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"state": "late"}, "milestone_state"),
        ({"planned_end_on": date(2026, 3, 31)}, "milestone_replanned"),
        ({"planned_end_on": None}, "milestone_replanned"),
    ],
)
def test_what_changes_of_a_milestone(given, kind):
    [found] = find_changes(BEFORE, replace(BEFORE, milestones={"M1": milestone(**given)}))
    assert (found.kind, found.part_id) == (kind, "M1")


def test_what_is_new_and_what_is_gone():
    empty = Snapshot(initiatives={}, statuses={}, indicators={}, milestones={})
    assert [one.kind for one in find_changes(empty, BEFORE)] == [
        "initiative_new", "milestone_new", "indicator_new",
    ]  # fmt: skip
    gone = find_changes(BEFORE, empty)
    assert [one.kind for one in gone] == ["initiative_gone", "milestone_gone", "indicator_gone"]
    assert [one.before for one in gone] == ["一", "開始", "watch"]
    assert all(one.after is None for one in gone)


def test_another_department_is_told_by_name():
    other = {**BEFORE.initiatives["I1"], "department_id": None, "department_name": None}
    [found] = find_changes(BEFORE, replace(BEFORE, initiatives={"I1": other}))
    assert (found.kind, found.before, found.after) == ("department", "課", None)


def frames(**rows):
    return {
        name: pd.DataFrame(rows.get(name, []), columns=list(columns))
        for name, columns in NEEDED.items()
    }


def test_one_edition_is_both_its_own_day_and_the_fiscal_years_end_before():
    statuses = [
        {"is_current": current, "initiative_id": "I1", "status": status}
        for current, status in ((True, "behind"), (False, "watch"))
    ]
    made = frames(
        initiative_status=statuses,
        milestones=[milestone("done", state_before="late", planned_end_on=pd.Timestamp(MARCH))],
    )
    before, after = take_snapshot(made, current=False), take_snapshot(made)
    assert after.milestones["M1"]["planned_end_on"] == MARCH
    assert [(one.kind, one.before, one.after) for one in find_changes(before, after)] == [
        ("initiative_status", "watch", "behind"),
        ("milestone_state", "late", "done"),
    ]


def test_what_an_edition_does_not_have_is_a_key_error():
    with pytest.raises(KeyError):
        take_snapshot({})
    with pytest.raises(KeyError):
        take_snapshot({name: pd.DataFrame() for name in NEEDED})
