"""From one version of the plan to the next."""

from __future__ import annotations

import random
from datetime import date

import pytest

from pipelines.evidence.progress.places import Over, Place, derive_changes, find_over, version_from


def place(version, one, name="名", **more):
    return Place(version, one, name, **({"group_no": 1, "place_no": 1} | more))


FIRST = [place("2021-03", one, f"名{one}", place_no=no) for no, one in enumerate("ABCDE", 1)]
SECOND = [
    place("2021-11", "A", " 名Ａ"),
    place("2021-11", "B", "新しい名", place_no=2),
    place("2021-11", "F", "名F", place_no=3),
    Place("2021-11", "C", "名C", change="統合", merged_into_id="A"),
    Place("2021-11", "D", "名D", change="終了"),
]


def test_changes_are_given_or_derived():
    found = derive_changes([*SECOND, *FIRST])
    assert [
        (row.plan_version, row.initiative_id, row.change, row.change_basis) for row in found
    ] == [
        *(("2021-03", one, None, None) for one in "ABCDE"),
        ("2021-11", "A", "継続", "derived"),
        ("2021-11", "B", "改称", "derived"),
        ("2021-11", "F", "新規", "derived"),
        ("2021-11", "C", "統合", "given"),
        ("2021-11", "D", "終了", "given"),
        ("2021-11", "E", "終了", "derived"),
    ]
    gone = found[-1]
    assert (gone.group_no, gone.place_no, gone.name) == (None, None, "名E")


def test_the_order_of_rows_changes_nothing():
    rows = [*FIRST, *SECOND]
    random.Random(131148).shuffle(rows)  # noqa: S311 - an order, not a secret
    assert derive_changes(rows) == derive_changes([*FIRST, *SECOND])


def test_what_has_left_does_not_leave_again():
    third = [place("2024-02", "A"), place("2024-02", "E", "名E")]
    found = [
        row for row in derive_changes([*FIRST, *SECOND, *third]) if row.plan_version == "2024-02"
    ]
    assert [(row.initiative_id, row.change) for row in found] == [
        ("A", "改称"), ("E", "新規"), ("B", "終了"), ("F", "終了"),
    ]  # fmt: skip


def test_a_repeated_entry_is_one_initiative():
    rows = [
        place("2021-03", "A", "組織の設置", group_no=1, place_no=11),
        place("2021-03", "A", "組織の設置（再掲）", group_no=5, place_no=3, repeated=True),
        place("2021-11", "A", "組織の設置", group_no=5, place_no=3),
    ]
    assert [row.change for row in derive_changes(rows)] == [None, None, "継続"]
    # It leaves one group and stays in the other.
    half = [
        *rows[:2],
        place("2021-11", "A", "組織の設置"),
        Place("2021-11", "A", "組織", change="終了"),
    ]
    assert find_over(derive_changes(half), None) is None


def over_of(one, rows, ended=None):
    return find_over([row for row in derive_changes(rows) if row.initiative_id == one], ended)


@pytest.mark.parametrize(
    ("one", "over"),
    [
        ("A", None),
        ("C", Over(date(2021, 11, 1), "merged", "given", "A")),
        ("D", Over(date(2021, 11, 1), "ended", "given")),
        ("E", Over(date(2021, 11, 1), "ended", "derived")),
    ],
)
def test_what_is_over_by_the_plan(one, over):
    assert over_of(one, [*FIRST, *SECOND]) == over


def test_it_is_over_from_its_day_on():
    over = over_of("C", [*FIRST, *SECOND])
    assert not over.at(date(2021, 10, 31))
    assert over.at(date(2021, 11, 1))
    # A year that ended: 令和4年度 lasts to 31 March 2023.
    by_year = over_of("A", [*FIRST, *SECOND], ended=2022)
    assert by_year == Over(date(2023, 4, 1), "ended", "given")
    assert not by_year.at(date(2023, 3, 31))
    # The earlier of the two counts.
    assert over_of("C", [*FIRST, *SECOND], ended=2022).reason == "merged"
    assert over_of("C", [*FIRST, *SECOND], ended=2020) == Over(date(2021, 4, 1), "ended", "given")


def test_what_a_later_version_takes_up_again_is_not_over():
    assert over_of("E", [*FIRST, *SECOND, place("2024-02", "E")]) is None
    # What stays out stays over since it left.
    later = [*FIRST, *SECOND, Place("2024-02", "D", "名D", change="終了")]
    assert over_of("D", later).since_on == date(2021, 11, 1)


def test_the_one_that_takes_others_in_stays():
    rows = [
        *FIRST,
        place("2021-11", "A", change="統合"),
        place("2021-11", "B", change="統合", merged_into_id="B"),
    ]
    assert over_of("A", rows) is None
    assert over_of("B", rows) is None


@pytest.mark.parametrize(
    ("version", "start"),
    [("2021-03", date(2021, 3, 1)), ("2024-02-28", date(2024, 2, 28)), ("2024-02-31", None),
     ("改定版", None), ("2021-13", None), ("", None)],
)  # fmt: skip
def test_when_a_version_began(version, start):
    assert version_from(version) == start


def test_a_version_without_a_date_counts_at_once():
    over = over_of("A", [place("初版", "A"), place("改定版", "B")])
    assert over is None or over.since_on is None
    rows = [place("1版", "A"), place("2版", "B")]
    assert over_of("A", rows).at(date(1900, 1, 1))
