"""Folders and warehouses that tests of several packages use."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from pipelines.build import build
from pipelines.folder import DataFolder

REPOSITORY = Path(__file__).resolve().parent.parent
AS_OF = date(2026, 4, 1)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def tiny_ward() -> Path:
    """The ward of four areas; what to expect of it is in its README.md."""
    return REPOSITORY / "tests" / "fixtures" / "tiny_ward"


@pytest.fixture(scope="session")
def real_dir() -> Path:
    """Official files as published (boundary/, facilities/, wifi/), which are not in the repository.

    EBPM_REAL_DIR names their folder; otherwise shared/real beside the checkout; otherwise the
    test is skipped.
    """
    named = os.environ.get("EBPM_REAL_DIR")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "real"
    if not (folder / "boundary").is_dir():
        pytest.skip("the official files are not here (EBPM_REAL_DIR)")
    return folder


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse built from what is shipped."""
    warehouse = tmp_path_factory.mktemp("sample") / "warehouse"
    inbox = warehouse.parent / "inbox"
    build(DataFolder(REPOSITORY / "data", warehouse, inbox), as_of=AS_OF)
    return warehouse


@pytest.fixture
def tiny_data(tmp_path: Path, tiny_ward: Path) -> DataFolder:
    """The ward of four areas as a data folder that a test may change."""
    root = tmp_path / "data"
    shutil.copytree(REPOSITORY / "data" / "catalog", root / "catalog")
    for name in ("datapackage.yaml", "measures.yaml", "ward.toml"):
        shutil.copy(REPOSITORY / "data" / name, root / name)
    shutil.copytree(tiny_ward / "sample", root / "sample")
    return DataFolder(root)


@pytest.fixture
def tiny_warehouse(tiny_data: DataFolder) -> Path:
    """A warehouse built from the ward of four areas."""
    build(tiny_data, as_of=AS_OF)
    return tiny_data.warehouse
