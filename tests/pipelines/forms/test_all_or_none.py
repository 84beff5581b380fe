"""Workbooks for every department: each its own file, all or none, no sign that Excel cannot hold."""

from __future__ import annotations

import openpyxl
import pytest

from pipelines.contracts import load_catalogue
from pipelines.forms.cells import save_new, write_text
from pipelines.forms.department import distinct_names, write_workbooks
from pipelines.messages import Message, UserError
from pipelines.ward import load_ward


def test_two_departments_never_share_a_file():
    assert distinct_names(["a_D_1.xlsx", "a_D_1.xlsx", "A_d_1.xlsx"]) == [
        "a_D_1.xlsx", "a_D_1_2.xlsx", "A_d_1_3.xlsx",
    ]  # fmt: skip


def test_where_one_workbook_cannot_be_written_none_is(reporting_ward, tmp_path, monkeypatch):
    def full_at_the_second(book, path):
        if list(tmp_path.iterdir()):
            raise UserError(Message("空きがありません", "No space left"))
        save_new(book, path)

    monkeypatch.setattr("pipelines.forms.department.save_new", full_at_the_second)
    ward = load_ward(reporting_ward.ward_file)
    contracts = load_catalogue(reporting_ward.root).contracts
    with pytest.raises(UserError, match="No space left"):
        write_workbooks(reporting_ward.warehouse, contracts, ward, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_link_that_leads_nowhere_is_there_already(reporting_ward, tmp_path):
    link = tmp_path / "131148_取組報告_20260401_D52.xlsx"
    link.symlink_to(tmp_path / "nowhere")
    ward, contracts = (
        load_ward(reporting_ward.ward_file),
        load_catalogue(reporting_ward.root).contracts,
    )
    with pytest.raises(UserError, match="there already"):
        write_workbooks(reporting_ward.warehouse, contracts, ward, tmp_path)
    assert list(tmp_path.iterdir()) == [link]


def test_signs_that_no_cell_holds_are_blanks(tmp_path):
    book = openpyxl.Workbook()
    write_text(book.worksheets[0], 1, 1, "総務\x01課")
    save_new(book, tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]["A1"].value == "総務 課"
