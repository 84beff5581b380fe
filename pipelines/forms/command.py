"""What `ebpm template` does, and what it says of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.check import find_contract
from pipelines.contracts import load_catalogue
from pipelines.forms.department import write_workbook, write_workbooks
from pipelines.messages import Message
from pipelines.template import write_template
from pipelines.ward import load_ward

if TYPE_CHECKING:
    from pipelines.folder import DataFolder


def data_set_form(dataset: str, folder: DataFolder, out: Path | None) -> Message:
    """Write the form of one data set, and say where it is."""
    contract = find_contract(dataset, folder)
    path = out or Path(f"{load_ward(folder.ward_file).municipality.code}_{dataset}.xlsx")
    write_template(contract, path)
    return Message(
        f"{path}: 「{contract.title}」の記入用紙を作りました。記入したら data/inbox/{dataset}/ に置いてください。",
        f"{path}: the form for “{contract.title_en}”; once filled in, put it into data/inbox/{dataset}/.",
    )


def department_forms(
    folder: DataFolder, department: str | None, every: Path | None, out: Path | None
) -> Message:
    """Write the workbook of one department or, into `every`, those of all; say where they are."""
    ward, contracts = load_ward(folder.ward_file), load_catalogue(folder.root).contracts
    if department is not None:
        path = write_workbook(folder.warehouse, contracts, ward, department, out)
        return Message(
            f"{path}: 課の報告用紙を作りました。返ってきたら data/inbox/ に置いてください。",
            f"{path}: the department's workbook; once it is returned, put it into data/inbox/.",
        )
    paths = write_workbooks(folder.warehouse, contracts, ward, every or Path())
    return Message(
        f"{every}: {len(paths)}件の報告用紙を作りました。返ってきたら data/inbox/ に置いてください。",
        f"{every}: workbooks made: {len(paths)}; once they are returned, put them into data/inbox/.",
    )
