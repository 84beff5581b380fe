"""Imports run one way, and reading an edition costs no web framework."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True
    )


def test_the_contracts_on_imports_are_kept():
    run = run_python("from importlinter.cli import lint_imports; raise SystemExit(lint_imports())")
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("heavy", ["streamlit", "folium", "plotly", "geopandas"])
def test_reading_an_edition_does_not_load(heavy):
    run = run_python(f"import sys, pipelines.warehouse; print({heavy!r} in sys.modules)")
    assert run.stdout.strip() == "False", run.stdout + run.stderr
