"""The form: what is filled in loads without a warning, also when lists and comments are lost."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from pipelines.check import check_file
from pipelines.cli import cli
from pipelines.contracts import load_catalogue
from pipelines.template import EXAMPLE_MARK, example_row, make_template

REPOSITORY = Path(__file__).resolve().parents[2]
CONTRACTS = load_catalogue(REPOSITORY / "data").contracts
FORMS = [name for name, contract in CONTRACTS.items() if contract.geometry != "polygon"]


def filled(contract, path, rows):
    """The form with rows below its example, as Excel would save it."""
    book = make_template(contract)
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("dataset", FORMS)
def test_what_is_filled_in_loads_without_a_warning(tiny_data, tmp_path, dataset):
    contract = CONTRACTS[dataset]
    path = filled(contract, tmp_path / "form.xlsx", [example_row(contract)])
    # The tiny ward has no 中野１丁目; the row is about the columns, not about the place.
    [report] = check_file(path, tiny_data, dataset=None)
    assert report.result.contract.name == dataset
    assert (report.count.rows_read, report.count.rows_loaded) == (1, 1)
    assert {one.rule for one in report.result.findings} <= {"area_unknown"}
    assert report.file.unknown_columns == ()
    assert report.file.absent_fields == ()
    assert [note.text[:3] for note in report.file.source.raw.notes] == [EXAMPLE_MARK]


@pytest.mark.parametrize("dataset", FORMS)
def test_a_form_has_no_formula_and_nothing_hidden(dataset):
    book = make_template(CONTRACTS[dataset])
    assert len(book.worksheets) == 2
    for sheet in book.worksheets:
        assert sheet.sheet_state == "visible"
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert cells
        assert {cell.data_type for cell in cells} == {"s"}


def test_a_form_explains_its_columns_and_offers_what_can_be_chosen(tmp_path):
    contract = CONTRACTS["initiative_reports"]
    path = tmp_path / "form.xlsx"
    make_template(contract).save(path)
    form, explained = openpyxl.load_workbook(path).worksheets
    titles = [cell.value for cell in form[1]]
    assert titles[:5] == ["取組ID", "年度", "所管課ID", "報告日", "評価"]
    assert [cell.value for cell in form[2]][:5] == ["記入例 I01", "2025", "D01", "2026-05-15", "B"]
    [choice] = form.data_validations.dataValidation
    assert choice.formula1 == '"拡充,継続,改善,縮小,廃止"'
    assert str(choice.sqref).startswith("H3:")
    assert "必須 / required" in form["A1"].comment.text
    assert explained.title == "説明"
    table = {row[0]: row[1:] for row in explained.iter_rows(min_row=8, values_only=True)}
    assert table["年度"][:4] == ("Fiscal year", "必須", "整数 / whole number", "年度")
    assert table["今後の方向性"][4].startswith("拡充 (expand)・継続 (continue)")


def test_codes_keep_their_leading_zeros(tiny_data, tmp_path):
    contract = CONTRACTS["departments"]
    row = ["007", "情報政策課", *[""] * (len(contract.read_fields) - 2)]
    path = filled(contract, tmp_path / "form.xlsx", [row])
    [report] = check_file(path, tiny_data, dataset=None)
    assert report.file.table["department_id"].to_pylist() == ["007"]


@pytest.fixture
def ebpm(tiny_data, monkeypatch, tmp_path):
    monkeypatch.setenv("EBPM_DATA", str(tiny_data.root))
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(cli, ["template", *arguments])


def test_the_command_names_its_file_and_overwrites_nothing(ebpm, tmp_path):
    assert ebpm("stations").exit_code == 0
    path = tmp_path / "131148_stations.xlsx"
    before = path.read_bytes()
    again = ebpm("stations")
    assert again.exit_code == 1
    assert "上書きはしません" in again.output
    assert path.read_bytes() == before
    assert ebpm("stations", "--out", "other.xlsx", "--lang", "en").exit_code == 0


def test_the_command_says_what_it_cannot_do(ebpm):
    unknown = ebpm("no_such_data")
    assert (unknown.exit_code, "stations" in unknown.output) == (1, True)
    shapes = ebpm("areas")
    assert (shapes.exit_code, "境界のファイル" in shapes.output) == (1, True)
    nowhere = ebpm("stations", "--out", "no_such_folder/form.xlsx")
    assert (nowhere.exit_code, "書けません" in nowhere.output) == (1, True)
