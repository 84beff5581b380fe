"""A department's workbook: its own initiatives, what is known, and cells for what is not."""

from __future__ import annotations

import csv
from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.datavalidation import DataValidationList

from pipelines.check import check_file
from pipelines.cli import cli
from pipelines.contracts import load_catalogue
from pipelines.forms.department import write_workbook, write_workbooks
from pipelines.ingest.headers import best_matches
from pipelines.messages import UserError
from pipelines.ward import load_ward
from pipelines.warehouse import open_edition

SHEETS = ["説明", "取組", "節目", "指標の実績値", "予算と決算", "所管課評価"]
DATA_SETS = [
    "initiative_milestones", "initiative_budgets", "initiative_reports", "indicator_values",
]  # fmt: skip


@pytest.fixture
def make(reporting_ward, tmp_path):
    def make_one(department="D52", name="D52.xlsx"):
        catalogue = load_catalogue(reporting_ward.root)
        return write_workbook(
            reporting_ward.warehouse, catalogue.contracts, load_ward(reporting_ward.ward_file),
            department, tmp_path / name,
        )  # fmt: skip

    return make_one


def rows_of(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def ask(sheet):
    """The cells to fill in, by the headers of their columns."""
    return [
        sheet.cell(1, cell.column).value
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.fill.fgColor.rgb.endswith("FFF7CC")
    ]


def test_it_has_the_initiatives_that_the_department_leads_today(make):
    book = openpyxl.load_workbook(make())
    assert book.sheetnames == SHEETS
    shown = [row["取組ID（参考）"] for row in rows_of(book["取組"])]
    # I01 was D51's, which D52 followed; I05 is over and still there with what is known of it.
    assert shown == ["I01", "I02", "I05"]
    milestones = [row["節目ID"] for row in rows_of(book["節目"])]
    assert [*milestones[:2], milestones[2][0], *milestones[3:]] == ["I01-1", "I01-2", "x", "I05-1"]
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"n", "s", "d"}
    assert {sheet.sheet_state for sheet in book} == {"visible"}


def test_new_rows_ask_for_what_is_due_next(make):
    book = openpyxl.load_workbook(make())
    values = rows_of(book["指標の実績値"])
    new = [row for row in values if row["実績値"] is None]
    # K01 yearly, last of 31 March 2025; K02 quarterly, last of 31 December; K03 has no rhythm; the
    # initiative of K05 is over.
    assert [(row["指標ID"], row["時点"] and row["時点"].date(), row["前回の値（参考）"]) for row in new] == [
        ("K01", date(2026, 3, 31), 66), ("K02", date(2026, 3, 31), "33.3 / 34.4"),
        ("K03", None, None),
    ]  # fmt: skip
    assert (new[1]["指標名（参考）"], new[1]["単位（参考）"], new[1]["目標値（参考）"]) == (
        "割合",
        "%",
        95.5,
    )
    budgets = [(row["取組ID"], row["年度"], row["当初予算"]) for row in rows_of(book["予算と決算"])]
    assert budgets == [
        ("I01", 2024, 12000), ("I01", 2025, 9000), ("I01", 2026, None), ("I02", 2026, None),
        ("I05", 2022, 500),
    ]  # fmt: skip
    reports = [
        (row["取組ID"], row["年度"], row["評価"], row["所管課ID"])
        for row in rows_of(book["所管課評価"])
    ]
    assert reports == [
        ("I01", 2024, "B", "D51"),
        ("I01", 2025, None, "D52"),
        ("I02", 2025, None, "D52"),
    ]
    assert rows_of(book["所管課評価"])[1]["報告の期限（参考）"].date() == date(2026, 6, 30)


def test_signs_stay_signs_and_blank_stays_blank(make):
    book = openpyxl.load_workbook(make())
    first, second, *_ = rows_of(book["予算と決算"])
    assert (
        first["補正後予算"],
        first["国庫支出金"],
        first["都支出金"],
        first["その他特定財源"],
    ) == ("-", "×", "…", 0)
    assert (second["補正後予算"], second["決算"]) == (None, None)
    # What is not known yet can be filled in; what is known is not asked for again.
    assert ask(book["予算と決算"])[:5] == [
        "補正後予算",
        "決算",
        "国庫支出金",
        "都支出金",
        "その他特定財源",
    ]
    assert "=1+1" in [row["取組名（参考）"] for row in rows_of(book["取組"])]


def test_lists_hold_the_grades_of_the_ward_and_the_words_of_the_contract(make):
    book = openpyxl.load_workbook(make())
    lists = {
        sheet.title: [one.formula1 for one in sheet.data_validations.dataValidation]
        for sheet in book
    }
    assert lists["所管課評価"] == ['"A,B,C,D"', '"拡充,継続,改善,縮小,廃止"']
    assert lists["節目"] == ['"日,月,四半期,年度"'] * 2 + ['"未着手,実施中,完了,不明"']


def test_untouched_it_loads_what_was_known_and_finds_nothing(make, reporting_ward):
    reports = check_file(make(), reporting_ward, dataset=None)
    assert [one.result.contract.name for one in reports] == DATA_SETS
    counts = [
        (one.count.rows_read, one.count.rows_loaded, one.count.rows_left_out) for one in reports
    ]
    # The rows that nobody filled in report nothing.
    assert counts == [(4, 4, 0), (5, 3, 2), (3, 1, 2), (12, 9, 3)]
    for one in reports:
        assert list(one.result.findings) == []
        assert one.file.unknown_columns == ()
        assert one.file.absent_fields == ()
        assert one.file.proposals == ()


def fill(path):
    book = openpyxl.load_workbook(path)
    for row in book["節目"].iter_rows(min_row=2):
        cells = {book["節目"].cell(1, cell.column).value: cell for cell in row}
        if cells["節目ID"].value == "I01-2":
            cells["実績終了日"].value = date(2026, 3, 20)
    for sheet, new in (
        ("指標の実績値", {"実績値": 71, "報告日": "令和8年5月15日"}),
        ("予算と決算", {"当初予算": 8500}),
        (
            "所管課評価",
            {"評価": "Ａ", "報告日": "2026/5/15", "今後の方向性": "継続", "実績": "できた"},
        ),
    ):
        heads = {cell.value: cell.column for cell in book[sheet][1]}
        for row in range(2, book[sheet].max_row + 1):
            wanted = {"指標の実績値": "K01", "予算と決算": 2026, "所管課評価": "I01"}[sheet]
            keys = [
                book[sheet].cell(row, heads[name]).value
                for name in ("指標ID", "年度", "取組ID")
                if name in heads
            ]
            first = next(iter(new))
            if wanted in keys and book[sheet].cell(row, heads[first]).value is None:
                for name, value in new.items():
                    book[sheet].cell(row, heads[name]).value = value
                break
    book.save(path)
    return path


def stripped(path, tmp_path):
    """As a gateway may leave it: values alone, no lists, no formats, no sheet but those returned."""
    book, bare = openpyxl.load_workbook(path, data_only=True), openpyxl.Workbook()
    bare.remove(bare.worksheets[0])
    for sheet in book.worksheets[2:]:
        sheet.data_validations = DataValidationList()
        plain = bare.create_sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                copy = plain.cell(cell.row, cell.column, cell.value)
                copy.data_type = cell.data_type  # =1+1 is a name here, as it is in the form
    bare.save(tmp_path / "stripped.xlsx")
    return tmp_path / "stripped.xlsx"


@pytest.mark.parametrize("strip", [False, True])
def test_filled_in_it_loads_without_a_warning_also_when_stripped(
    make, reporting_ward, tmp_path, strip
):
    path = fill(make())
    path = stripped(path, tmp_path) if strip else path
    reports = {
        one.result.contract.name: one for one in check_file(path, reporting_ward, dataset=None)
    }
    for one in reports.values():
        assert list(one.result.findings) == []
        assert one.file.unknown_columns == ()
        assert one.count.rows_quarantined == 0
    counts = [
        (reports[name].count.rows_loaded, reports[name].count.rows_left_out) for name in DATA_SETS
    ]
    assert counts == [(4, 0), (4, 1), (2, 1), (10, 2)]
    [new] = [
        row
        for row in reports["initiative_reports"].file.table.to_pylist()
        if row["fiscal_year"] == "2025" and row["grade"]
    ]
    assert (new["grade"], new["reported_on"], new["direction"]) == ("A", "2026-05-15", "継続")


@pytest.mark.parametrize("sheet", SHEETS[2:])
def test_a_sheet_saved_as_cp932_csv_loads_the_same(make, reporting_ward, tmp_path, sheet):
    path = fill(make())
    whole = {
        one.file.source.raw.part: one for one in check_file(path, reporting_ward, dataset=None)
    }
    content = openpyxl.load_workbook(path)[sheet]
    single = tmp_path / f"{sheet}.csv"
    with single.open("w", encoding="cp932", newline="") as file:
        for row in content.iter_rows(values_only=True):
            cells = [value.date().isoformat() if hasattr(value, "date") else value for value in row]
            csv.writer(file).writerow("" if cell is None else cell for cell in cells)
    [one] = check_file(single, reporting_ward, dataset=None)
    assert one.file.source.raw.encoding == "cp932"
    assert list(one.result.findings) == []
    ours = one.file.table.drop_columns(["source_no", "source_line"]).to_pylist()
    theirs = whole[sheet].file.table.drop_columns(["source_no", "source_line"]).to_pylist()
    assert ours == theirs


def test_the_sheet_for_reading_is_no_data_set_and_neither_is_the_explanation(make, reporting_ward):
    book = openpyxl.load_workbook(make())
    contracts = load_catalogue(reporting_ward.root).contracts.values()
    for title in SHEETS[:2]:
        for row in book[title].iter_rows(values_only=True):
            assert best_matches([str(cell or "") for cell in row], contracts) == []


def test_codes_keep_their_zeros(make, reporting_ward):
    path = make("007", "007.xlsx")
    reports = check_file(path, reporting_ward, dataset=None)
    [row] = [one for one in reports if one.result.contract.name == "initiative_reports"]
    first = row.file.table.to_pylist()[0]
    assert (first["department_id"], first["achievements"]) == ("007", "=SUM(A1)\n二行目")


@pytest.fixture
def ebpm(reporting_ward, monkeypatch, tmp_path):
    monkeypatch.setenv("EBPM_DATA", str(reporting_ward.root))
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(cli, ["template", *arguments])


def test_the_command_makes_one_workbook_or_all_and_overwrites_none(ebpm, tmp_path):
    assert ebpm("--department", "D52").exit_code == 0
    path = tmp_path / "131148_取組報告_20260401_D52.xlsx"
    before = path.read_bytes()
    again = ebpm("--department", "D52")
    assert (again.exit_code, "上書きはしません" in again.output) == (1, True)
    assert path.read_bytes() == before
    made = ebpm("--every-department", "forms", "--lang", "en")
    assert (made.exit_code, "workbooks made: 3" in made.output) == (0, True)
    names = sorted(one.name for one in (tmp_path / "forms").iterdir())
    assert names == [
        "131148_取組報告_20260401_007.xlsx", "131148_取組報告_20260401_D52.xlsx",
        "131148_取組報告_20260401_所管課未定.xlsx",
    ]  # fmt: skip
    assert ebpm("--every-department", "forms").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2), (["stations", "--department", "D52"], 2), (["--every-department", "x", "--out", "y"], 2),
        (["--department", "D51"], 1), (["--department", "../x"], 1),
    ],
)  # fmt: skip
def test_the_command_says_what_it_cannot_do(ebpm, arguments, code):
    result = ebpm(*arguments)
    assert result.exit_code == code
    if code == 1:
        assert "D52（総務部 けやき課）" in result.output


def test_without_a_register_it_says_what_to_bring(tiny_warehouse, tiny_data, tmp_path):
    ward = load_ward(tiny_data.ward_file)
    with pytest.raises(UserError, match="register of initiatives"):
        write_workbooks(tiny_warehouse, load_catalogue(tiny_data.root).contracts, ward, tmp_path)
    with open_edition(warehouse=tiny_warehouse) as edition:
        assert edition.arrow("clean.initiatives").num_rows == 0
