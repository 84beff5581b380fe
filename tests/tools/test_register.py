"""The register of initiatives: what the committee paper of March 2021 lists, in our own words."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT / "data" / "facts"
OWN_WORDS = ("目的", "実施内容", "期待される効果（区民）", "期待される効果（庁内）")
MOST_ALIKE = 9
"""Signs in a row that a description may share with the paper: 「データ」, 「区民の」, a name's words."""


def rows_of(name):
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def paper():
    """The committee paper, which is not in the repository.

    EBPM_SEED_DIR names its folder; otherwise shared/seed beside the checkout; otherwise the test is
    skipped.
    """
    named = os.environ.get("EBPM_SEED_DIR")
    beside = (parent / "shared" / "seed" for parent in (ROOT.parent, ROOT.parent.parent))
    folder = Path(named) if named else next(filter(Path.is_dir, beside), Path("nowhere"))
    texts = sorted(folder.glob("*.txt"))
    if not texts:
        pytest.skip("the committee paper is not here (EBPM_SEED_DIR)")
    return texts[0].read_text("utf-8")


@pytest.fixture(scope="module")
def headings(paper):
    """Group and name of every heading of section 3, with whether it is marked as repeated."""
    section = paper.split("\n3 ", 1)[1].split("\n4 ", 1)[0]
    found, group = [], ("", "")
    for line in section.splitlines():
        if heading := re.fullmatch(r"\(([0-9])\) (.+)", line):
            group = (heading[1], heading[2])
        elif heading := re.match(r"([①-⑳]) ?(.+)", line):
            number = str(ord(heading[1]) - ord("①") + 1)
            name = heading[2].replace("※", "")
            found.append((*group, number, name.removesuffix("（再掲）"), name.endswith("（再掲）")))
    return found


def test_the_register_has_the_headings_of_the_paper_in_their_order(headings):
    places = rows_of("nakano_initiative_places")
    ours = [
        (row["区分番号"], row["区分名"], row["番号"], row["掲載名"], row["再掲"] == "有")
        for row in places
    ]
    assert ours == headings


def test_there_are_23_places_of_22_initiatives_in_five_groups():
    places = rows_of("nakano_initiative_places")
    assert {row["計画の版"] for row in places} == {"2021-03"}
    assert Counter(row["区分番号"] for row in places) == {"1": 11, "2": 1, "3": 5, "4": 2, "5": 4}
    assert len({row["区分名"] for row in places}) == 5
    [again] = [row for row in places if row["再掲"] == "有"]
    assert (again["取組ID"], again["区分番号"], again["番号"]) == ("I11", "5", "3")
    first = [row["取組ID"] for row in places if row["再掲"] == "無"]
    assert first == [f"I{number:02}" for number in range(1, 23)]


def test_every_initiative_has_its_name_and_each_description():
    initiatives = rows_of("nakano_initiatives")
    named = {row["取組ID"]: row["掲載名"] for row in rows_of("nakano_initiative_places")}
    assert {row["取組ID"]: row["取組名"] for row in initiatives} == named
    texts = [row[column] for row in initiatives for column in OWN_WORDS]
    assert len(texts) == 88
    assert all(6 <= len(text) <= 60 for text in texts)
    assert len(set(texts)) == len(texts)


def test_no_description_is_the_papers(paper):
    names = {row["取組名"] for row in rows_of("nakano_initiatives")}
    plain = "".join(paper.split())
    for row in rows_of("nakano_initiatives"):
        for column in OWN_WORDS:
            matcher = SequenceMatcher(None, row[column], plain, autojunk=False)
            same = matcher.find_longest_match()
            shared = row[column][same.a : same.a + same.size]
            assert same.size <= MOST_ALIKE or any(shared in name for name in names), shared


def test_the_timetable_plans_the_months_of_the_paper(paper):
    section = paper.split("\n4 ", 1)[1]
    months = {int(month) for month in re.findall(r"([0-9]+)月\t", section)}
    planned = [row for row in rows_of("nakano_plan_timetable") if row["計画終了日"]]
    assert {int(row["計画終了日"][5:7]) for row in planned} == months == {3, 5, 6, 7, 8}


def test_the_timetable_says_what_happened_only_where_it_is_known():
    rows = rows_of("nakano_plan_timetable")
    done = {row["節目ID"]: (row["実績終了日"], row["実績日の細かさ"]) for row in rows}
    assert {name: when for name, when in done.items() if any(when)} == {
        "P2": ("2021-07-21", "日"),
        "P6": ("2021-11-30", "月"),
        "P7": ("2024-02-28", "日"),
    }
    assert {row["取組ID"] for row in rows} == {""}
    assert [row["節目ID"] for row in rows if not row["計画終了日"]] == ["P7"]
    assert all(row["備考"] for row in rows)
    # What became of the others nobody has written down, and a blank must not read as a delay.
    undated = [row for row in rows if not row["実績終了日"]]
    assert {row["節目ID"]: row["進み具合"] for row in undated} == dict.fromkeys(
        ("P1", "P3", "P4", "P5"), "不明"
    )


def test_the_posts_lead_from_2021_to_today_and_name_no_day():
    rows = rows_of("nakano_departments")
    assert [(row["所管課ID"], row["部名"], row["所管課名"], row["後継の所管課ID"]) for row in rows] == [
        ("D01", "企画部", "情報システム課", "D02"),
        ("D02", "総務部", "DX推進室情報システム課", "D03"),
        ("D03", "", "デジタル政策課", ""),
    ]  # fmt: skip
    assert {row["設置日"] + row["廃止日"] for row in rows} == {""}
