"""Files of one data set as one list: equal rows once, the later row, conflicts shown; in any order."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contracts import load_catalogue
from pipelines.ingest.dataset import ingest_dataset
from pipelines.ingest.discover import FoundFile, read_sources
from pipelines.ward import load_ward

REPOSITORY = Path(__file__).resolve().parents[3]
CATALOGUE = load_catalogue(REPOSITORY / "data")
WARD = load_ward(REPOSITORY / "data" / "ward.toml")
MILESTONES = "節目ID,取組ID,節目,実績終了日,備考"
VALUES = "指標ID,時点,実績値,報告日,備考"
REPORTS = "取組ID,年度,評価,報告日"


def merged(folder, dataset, files, *, shipped=()):
    """The data set made of (name, header, rows) in that order: its clean rows and its result."""
    folder.mkdir(exist_ok=True)
    sources = []
    for at, (name, header, rows) in enumerate(files):
        path = folder / f"{at}-{name}"
        path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
        found = FoundFile(path, f"inbox/{name}", dataset, shipped=name in shipped)
        sources += read_sources(found, CATALOGUE, first_no=len(sources) + 1)
    with duckdb.connect() as connection:
        connection.execute("ATTACH ':memory:' AS internal; CREATE SCHEMA internal.clean")
        connection.execute("CREATE SCHEMA clean")
        contract = CATALOGUE.contracts[dataset]
        result = ingest_dataset(connection, contract, sources, ward=WARD, ground=None)
        columns = ", ".join(field.name for field in contract.fields)
        # What the rows say and where they stand in their file; numbers of files are left aside.
        rows = connection.sql(f"SELECT {columns}, source_line FROM clean.{dataset}").fetchall()  # noqa: S608
    for count in result.counts:
        kept_out = count.rows_quarantined + count.rows_left_out
        assert count.rows_read == count.rows_loaded + kept_out
    return sorted(rows, key=str), result


def fates(result):
    """(read, loaded, quarantined, left out) of each file."""
    return [
        (one.rows_read, one.rows_loaded, one.rows_quarantined, one.rows_left_out)
        for one in result.counts
    ]


def found(result):
    names = {file.source.source_no: file.source.shown_path for file in result.files}
    return [
        (one.rule, one.severity, names[one.source_no], one.line, one.field, one.value)
        for one in result.findings
    ]


def test_rows_that_say_the_same_are_one_row_and_the_file_says_so(tmp_path):
    files = [
        ("a.csv", MILESTONES, ["I01-1,I01,策定,2021-11-30,", "I01-2,I01,改定,,"]),
        ("b.csv", MILESTONES, ["I01-1,I01,策定,2021/11/30,", "I02-1,I02,検討,,"]),
    ]
    rows, result = merged(tmp_path, "initiative_milestones", files)
    assert [row[0] for row in rows] == ["I01-1", "I01-2", "I02-1"]
    # Which of two files without a date loads the row follows from their content.
    assert sorted(fates(result)) == [(2, 1, 0, 1), (2, 2, 0, 0)]
    assert found(result) == []
    said = [remark.ja for file in result.files for remark in file.source.raw.remarks]
    assert len(said) == 1
    assert said[0].startswith("1行はinbox/")
    assert said[0].endswith(".csvの行と同じなので、1行として数えました")


def test_the_later_file_wins_and_the_earlier_row_stays_to_be_seen(tmp_path):
    files = [
        ("D03_20260401.csv", MILESTONES, ["I01-1,I01,策定,2021-11-30,"]),
        ("D03_20250401.csv", MILESTONES, ["I01-1,I01,策定,,まだ"]),
    ]
    rows, result = merged(tmp_path, "initiative_milestones", files)
    assert [str(row[6]) for row in rows] == ["2021-11-30"]
    assert fates(result) == [(1, 1, 0, 0), (1, 0, 0, 1)]
    assert found(result) == [
        ("superseded", "left_out", "inbox/D03_20250401.csv", 2, "actual_end_on,note", "I01-1: － / まだ")
    ]  # fmt: skip
    assert "inbox/D03_20260401.csv:2" in result.findings[0].message.ja


@pytest.mark.parametrize(
    ("first", "second"),
    [("D03_20260401.csv", "D03_b_20260401.csv"), ("D03.csv", "D03_20260401.csv"), ("a.csv", "b.csv")],
)  # fmt: skip
def test_where_neither_is_later_both_are_held_back_and_name_each_other(tmp_path, first, second):
    files = [
        (first, MILESTONES, ["I01-1,I01,策定,2021-11-30,"]),
        (second, MILESTONES, ["I01-1,I01,策定,2021-12-28,", "I02-1,I02,検討,,"]),
    ]
    rows, result = merged(tmp_path, "initiative_milestones", files)
    assert [row[0] for row in rows] == ["I02-1"]
    assert fates(result) == [(1, 0, 1, 0), (2, 1, 1, 0)]
    assert found(result) == [
        ("conflict", "quarantine", f"inbox/{first}", 2, "actual_end_on", "I01-1: 2021-11-30"),
        ("conflict", "quarantine", f"inbox/{second}", 2, "actual_end_on", "I01-1: 2021-12-28"),
    ]
    assert f"inbox/{second}:2" in result.findings[0].message.ja
    assert f"inbox/{first}:2" in result.findings[1].message.en
    assert "「実績終了日」" in result.findings[0].message.ja


def test_the_wards_own_word_comes_after_what_is_shipped_whatever_the_dates(tmp_path):
    files = [
        ("facts_20260401.csv", MILESTONES, ["P1,,策定,2021-11-30,", "P2,,改定,2024-02-28,"]),
        ("own.csv", MILESTONES, ["P1,,策定,2021-11-22,", "P2,,改定,2024-02-28,"]),
    ]
    rows, result = merged(
        tmp_path, "initiative_milestones", files, shipped={"facts_20260401.csv"}
    )  # fmt: skip
    assert [str(row[6]) for row in rows] == ["2021-11-22", "2024-02-28"]
    assert [one[:3] for one in found(result)] == [
        ("superseded", "left_out", "inbox/facts_20260401.csv")
    ]
    # What both say stands where it was published.
    assert fates(result) == [(2, 1, 0, 1), (2, 1, 0, 1)]


def test_the_report_date_of_a_row_decides_before_the_date_of_its_file(tmp_path):
    files = [
        ("20260601.csv", REPORTS, ["I01,2025,A,2026-05-15"]),
        ("20260501.csv", REPORTS, ["I01,2025,B,2026-05-20"]),
    ]
    rows, result = merged(tmp_path, "initiative_reports", files)
    assert [row[4] for row in rows] == ["B"]
    assert [one[:3] for one in found(result)] == [("superseded", "left_out", "inbox/20260601.csv")]
    # Reported on one day, the later file's row is the later.
    files[1] = ("20260501.csv", REPORTS, ["I01,2025,B,2026-05-15"])
    assert [row[4] for row in merged(tmp_path, "initiative_reports", files)[0]] == ["A"]


def test_two_rows_of_one_file_are_judged_like_those_of_two(tmp_path):
    rows, result = merged(
        tmp_path, "initiative_reports",
        [("one.csv", REPORTS, ["I01,2025,A,2026-05-15", "I01,2025,B,2026-06-01", "I02,2025,C,", "I02,2025,D,"])],
    )  # fmt: skip
    assert [row[4] for row in rows] == ["B"]
    assert [one[0] for one in found(result)] == ["superseded", "conflict", "conflict"]


def test_a_wrong_row_does_not_win_over_a_right_one(tmp_path):
    files = [
        ("20260401.csv", MILESTONES, ["I01-1,I01,策定,いつか,"]),
        ("20250401.csv", MILESTONES, ["I01-1,I01,策定,2021-11-30,"]),
    ]
    rows, result = merged(tmp_path, "initiative_milestones", files)
    assert len(rows) == 1
    assert fates(result) == [(1, 0, 1, 0), (1, 1, 0, 0)]


def test_a_correction_and_two_values_for_one_day_all_stay(tmp_path):
    files = [
        ("a.csv", VALUES, ["K01,2026-03-31,64,2026-05-15,"]),
        ("b.csv", VALUES, ["K01,2026-03-31,66,2026-06-20,"]),
        ("c.csv", VALUES, ["K01,2026-03-31,65,2026-05-15,"]),
        # 64 and 64.0 are one number.
        ("d.csv", VALUES, ["K01,2026-03-31,64.0,2026-05-15,"]),
    ]
    rows, result = merged(tmp_path, "indicator_values", files)
    assert sorted(row[4] for row in rows) == [64.0, 65.0, 66.0]
    assert found(result) == []


def test_a_withheld_value_and_an_unknown_one_are_two_things(tmp_path):
    files = [
        ("a.csv", VALUES, ["K01,2026-03-31,×,2026-05-15,"]),
        ("b.csv", VALUES, ["K01,2026-03-31,…,2026-05-15,"]),
    ]
    _, result = merged(tmp_path, "indicator_values", files)
    assert [one[0] for one in found(result)] == ["conflict", "conflict"]


def test_rows_that_nobody_filled_in_are_passed_over_and_counted(tmp_path):
    header = "指標ID,指標名（参考）,時点,実績値,報告日,備考,前回の値（参考）"
    files = [
        (
            "a.csv",
            header,
            ["K01,件数,,,,,12", "K02,割合,2027-03-31,,,,", "K03,回数,2026-03-31,0,,,"],
        )
    ]
    rows, result = merged(tmp_path, "indicator_values", files)
    assert [(row[1], row[4], row[5]) for row in rows] == [("K03", 0.0, "zero")]
    assert fates(result) == [(3, 1, 0, 2)]
    assert found(result) == []
    [file] = result.files
    assert (file.unknown_columns, file.companions) == ((), ("指標名（参考）", "前回の値（参考）"))
    assert [one.en for one in file.source.raw.remarks] == [
        "rows in which nothing is filled in (2) were passed over: nothing was reported"
    ]


FILES = [
    ("x_20250401.csv", MILESTONES, ["1,I01,策定,,", "2,I01,改定,,", "3,I01,評価,,"]),
    ("y_20260401.csv", MILESTONES, ["1,I01,策定,2021-11-30,", "2,I01,改定,2024-02-29,", "3,I01,評価,,"]),
    ("z_20260401.csv", MILESTONES, ["1,I01,策定,2021-11-30,", "2,I01,改定,2024-03-01,"]),
    ("undated.csv", MILESTONES, ["3,I01,評価,,別", "4,I02,検討,,"]),
]  # fmt: skip


def test_every_order_and_every_name_of_the_files_gives_the_same(tmp_path):
    outcomes = []
    for at, order in enumerate(permutations(FILES)):  # 24 of them
        rows, result = merged(tmp_path / str(at), "initiative_milestones", order)
        said = sorted((one[0], one[2], one[3], one[5]) for one in found(result))
        outcomes.append((rows, said))
    assert [row[0] for row in outcomes[0][0]] == ["1", "4"]
    assert all(outcome == outcomes[0] for outcome in outcomes)


def test_a_key_copied_down_a_column_is_no_matter_of_pairs(tmp_path):
    # 400 million pairs: compared one by one, they fill the memory.
    rows = [f"M1,I01,名{at},," for at in range(20_000)]
    loaded, result = merged(
        tmp_path, "initiative_milestones", [("a.csv", MILESTONES, [*rows, "M2,I01,別,,"])]
    )
    assert [row[0] for row in loaded] == ["M2"]
    assert fates(result) == [(20_001, 1, 20_000, 0)]
    first = next(iter(result.findings))
    assert (first.rule, first.field, first.value) == ("conflict", "milestone_name", "M1: 名0")
    # The first places of others, in their order as text.
    assert "inbox/a.csv:10, inbox/a.csv:100, inbox/a.csv:1000 …" in first.message.ja


def test_a_row_names_the_first_places_of_others_whatever_it_shares_with_them(tmp_path):
    rows = [f"M1,I01,{name},," for name in "甲甲甲甲甲乙丙"]
    _, result = merged(tmp_path, "initiative_milestones", [("a.csv", MILESTONES, rows)])
    places = {one.line: one.message.ja for one in result.findings}
    assert "inbox/a.csv:7, inbox/a.csv:8に" in places[2]
    assert "inbox/a.csv:2, inbox/a.csv:3, inbox/a.csv:4 …に" in places[8]


ROWS = st.lists(
    st.tuples(st.sampled_from("123"), st.sampled_from(["", "2021-11-30", "2024-02-29"])), max_size=4
)
DATES = st.sampled_from(["", "_20240401", "_20250401", "_20260401"])


@settings(max_examples=20)
@given(st.lists(st.tuples(DATES, ROWS), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_any_files_in_another_order_give_the_same_rows(tmp_path_factory, drawn, random):
    files = [
        (f"f{at}{day}.csv", MILESTONES, [f"{key},I01,策定,{end}," for key, end in rows])
        for at, (day, rows) in enumerate(drawn)
        if rows
    ]
    if not files:
        return
    folder = tmp_path_factory.mktemp("drawn")
    rows, result = merged(folder / "a", "initiative_milestones", files)
    random.shuffle(files)
    again, other = merged(folder / "b", "initiative_milestones", files)
    assert rows == again
    assert sorted(map(str, found(result))) == sorted(map(str, found(other)))
    # Every key is loaded once, or it is a conflict.
    keys = {row[0] for row in rows}
    held = {one[5].split(":")[0] for one in found(result) if one[0] == "conflict"}
    assert keys | held == {key for _, drawn_rows in drawn for key, _ in drawn_rows}
    assert not keys & held
