"""Files of every form, made where a test needs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from pipelines.contracts import load_catalogue
from pipelines.ingest.read import read_tables

REPOSITORY = Path(__file__).resolve().parents[3]
CATALOGUE = load_catalogue(REPOSITORY / "data")


@pytest.fixture(scope="session")
def catalogue():
    """The contracts that are shipped."""
    return CATALOGUE


@pytest.fixture
def read(tmp_path):
    """Read bytes, text or a file; gives the tables."""

    def one(content, name="list.csv"):
        path = content if isinstance(content, Path) else tmp_path / name
        if isinstance(content, str | bytes):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_tables(path, list(CATALOGUE.contracts.values()))

    return one


@pytest.fixture
def book(tmp_path):
    """Make a book of sheets (name -> rows); `change` gets the workbook before it is saved."""

    def make(sheets, change=None, name="book.xlsx"):
        workbook = Workbook()
        workbook.remove(workbook.active)
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(row)
        if change:
            change(workbook)
        path = tmp_path / name
        workbook.save(path)
        return path

    return make
