"""Folders that tests of every package use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


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
