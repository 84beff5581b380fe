"""Workbooks sent out, returned and merged: nothing is lost, and every order gives the same edition."""

from __future__ import annotations

import shutil
from datetime import date

import openpyxl
import pytest

from pipelines.build import build
from pipelines.contracts import load_catalogue
from pipelines.folder import DataFolder
from pipelines.forms.department import write_workbooks
from pipelines.ingest.discover import find_inputs, read_inputs
from pipelines.reports import build_report_text
from pipelines.status import status_text
from pipelines.ward import load_ward
from pipelines.warehouse import open_edition

AS_OF = date(2026, 4, 1)
REPORTING = (
    "initiative_milestones", "indicator_values", "initiative_budgets", "initiative_reports",
)  # fmt: skip


@pytest.fixture(scope="session")
def workbooks(reporting_ward, tmp_path_factory):
    """The workbooks of every department, as they are sent out."""
    contracts = load_catalogue(reporting_ward.root).contracts
    ward, folder = load_ward(reporting_ward.ward_file), tmp_path_factory.mktemp("sent")
    return write_workbooks(reporting_ward.warehouse, contracts, ward, folder)


def clean_rows(warehouse):
    """Every column that a file gives or that is made of it, of the data sets that are reported.

    Left aside are `source_no`, `source_line` and `extras`: where a row stands in its file.
    """
    with open_edition(warehouse=warehouse) as edition:
        return {
            table: sorted(
                (
                    {
                        name: value
                        for name, value in row.items()
                        if name not in {"source_no", "source_line", "extras"}
                    }
                    for row in edition.arrow(f"clean.{table}").to_pylist()
                ),
                key=str,
            )
            for table in REPORTING
        }


def test_returned_untouched_they_give_the_same_rows(reporting_ward, workbooks, other_inbox):
    for path in workbooks:
        shutil.copy(path, other_inbox.inbox)
    report = build(other_inbox, as_of=AS_OF)
    before, after = clean_rows(reporting_ward.warehouse), clean_rows(other_inbox.warehouse)
    assert {table: len(rows) for table, rows in before.items()} == {
        "initiative_milestones": 6, "indicator_values": 10, "initiative_budgets": 3,
        "initiative_reports": 2,
    }  # fmt: skip
    for table in REPORTING:
        assert after[table] == before[table], table
    assert report.quarantined == 0
    # The register is shipped and stays; the sheet 取組 is not read as one.
    assert "I05" in {row["initiative_id"] for row in after["initiative_milestones"]}
    with open_edition(warehouse=other_inbox.warehouse) as edition:
        assert edition.arrow("clean.initiatives").num_rows == 5
        values = edition.frame("clean.indicator_values", indicator_id="K01")
        # The correction and what it corrected.
        assert sorted(values[values.measured_on == "2025-03-31"].measured_value) == [64.5, 66.0]
        sources = edition.frame("meta.sources", dataset="initiative_milestones")
        assert set(sources.status) == {"supplied", "official"}
        # The newest of merged files dates them all, and one that says nothing new is no mistake.
        [dated] = edition.frame("meta.datasets", dataset="initiative_milestones").as_of
        assert dated.date() == AS_OF
    assert "使っていないファイル" not in status_text(other_inbox, as_of=AS_OF, lang="ja")


@pytest.mark.parametrize("folder", [".", "initiatives"])
def test_a_workbook_is_recognised_sheet_by_sheet_where_initiatives_lie(
    workbooks, other_inbox, folder
):
    [path] = [one for one in workbooks if "D52" in one.name]
    (other_inbox.inbox / folder).mkdir(exist_ok=True)
    shutil.copy(path, other_inbox.inbox / folder)
    catalogue = load_catalogue(other_inbox.root)
    sources = read_inputs(find_inputs(other_inbox, catalogue), catalogue)
    own = [one for one in sources if one.path.name == path.name]
    assert sorted(one.contract.name for one in own) == sorted(REPORTING)
    # The plan's own timetable is a shipped fact, and stays.
    assert [one.declared.status for one in sources if one.contract.name == REPORTING[0]] == [
        "supplied", "official",
    ]  # fmt: skip
    assert "initiatives" in {one.contract.name for one in sources if one.shipped}


def many(folder, count):
    """A ward of so many departments, each with an initiative, a milestone and an indicator."""
    folder.mkdir()
    lists = {
        "departments": ["所管課ID,所管課名", *(f"D{n},課{n}" for n in range(count))],
        "initiatives": ["取組ID,取組名,所管課ID", *(f"I{n},取組{n},D{n}" for n in range(count))],
        "indicators": [
            "指標ID,指標名,取組ID,単位,望ましい方向,基準値,基準時点,報告の周期",
            *(f"K{n},指標{n},I{n},件,増加,1,2024-03-31,毎年" for n in range(count)),
        ],
        "initiative_milestones": [
            "節目ID,取組ID,節目,計画終了日", *(f"M{n},I{n},節目{n},2025-03-31" for n in range(count))
        ],
    }  # fmt: skip
    for name, lines in lists.items():
        (folder / name).mkdir()
        (folder / name / "list.csv").write_text("\n".join(lines), "utf-8")


def test_twenty_departments_return_theirs_and_one_says_it_twice(reporting_ward, tmp_path):
    many(tmp_path / "inbox", 20)
    folder = DataFolder(reporting_ward.root, tmp_path / "warehouse", tmp_path / "inbox")
    build(folder, as_of=AS_OF)
    contracts, ward = load_catalogue(folder.root).contracts, load_ward(folder.ward_file)
    sent = write_workbooks(folder.warehouse, contracts, ward, tmp_path / "sent")
    assert len(sent) == 20
    for at, path in enumerate(sent):
        book = openpyxl.load_workbook(path)
        [row] = [row for row in book["指標の実績値"].iter_rows(min_row=2) if row[0].value]
        heads = [cell.value for cell in book["指標の実績値"][1]]
        row[heads.index("実績値")].value = at
        milestones = [cell.value for cell in book["節目"][1]]
        book["節目"].cell(2, milestones.index("実績終了日") + 1).value = date(2025, 3, at + 1)
        book.save(folder.inbox / path.name)
        if at == 7:  # returned again with another date, and the file's name as it was
            book["節目"].cell(2, milestones.index("実績終了日") + 1).value = date(2025, 3, 30)
            row[heads.index("実績値")].value = 99
            book.save(folder.inbox / f"もう一度 {path.name}")
    shutil.rmtree(folder.inbox / "initiative_milestones")
    report = build(folder, as_of=date(2026, 5, 20))
    with open_edition(warehouse=folder.warehouse) as edition:
        milestones = edition.frame("clean.initiative_milestones")
        values = edition.frame("clean.indicator_values")
        findings = edition.frame("meta.findings", rule="conflict")
    assert (
        len(milestones[milestones.actual_end_on.notna() & milestones.initiative_id.notna()]) == 19
    )
    # Two values of one day are both there, for the page to show; nobody has decided.
    assert sorted(values.measured_value) == [*range(20), 99]
    assert len(values[values.measured_value.isin([7, 99])].source_no.unique()) == 2
    assert sorted(findings.file_name.str.contains("もう一度")) == [False, True]
    assert "取込保留" in build_report_text(report, "ja")
    assert report.quarantined == 2, build_report_text(report, "ja")


def without_sources(warehouse):
    """Every table of `clean` and `evidence`, without where its rows stand in which file."""
    left_aside = {"source_no", "source_line", "extras"}
    with open_edition(warehouse=warehouse) as edition:
        return {
            table: sorted(
                str({name: value for name, value in row.items() if name not in left_aside})
                for row in edition.arrow(table).to_pylist()
            )
            for table in edition.tables()
            if table.startswith(("clean.", "evidence."))
        }


def test_the_files_in_another_order_give_the_same_edition(reporting_ward, workbooks, tmp_path):
    def build_named(root, names):
        folder = DataFolder(reporting_ward.root, root / "warehouse", root / "inbox")
        folder.inbox.mkdir(parents=True)
        for name, path in names:
            shutil.copy(path, folder.inbox / name)
        build(folder, as_of=AS_OF)
        return without_sources(folder.warehouse)

    # Last year's list lies beside them: it says the same, and two values of one day among it.
    lists = [
        reporting_ward.inbox / name / "list.csv"
        for name in ("indicator_values", "initiative_reports")
    ]
    files = [*workbooks, *lists]
    first = build_named(tmp_path / "a", [(f"{at}-{one.name}", one) for at, one in enumerate(files)])
    again = build_named(
        tmp_path / "b", [(f"{9 - at}-{one.name}", one) for at, one in enumerate(files)]
    )
    assert first.keys() == again.keys()
    for table in first:
        assert first[table] == again[table], table
    assert len(first["evidence.value_conflicts"]) == 2
