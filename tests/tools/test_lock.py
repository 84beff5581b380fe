"""What may stand in a lock, and what goes into it."""

import tomllib
from pathlib import Path

import pytest

from tools.lock import LockError, check_lines, expand_group, requirements_of

ROOT = Path(__file__).resolve().parents[2]
HASH = "0" * 64


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_hold_pins_and_hashes_only(name):
    check_lines((ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "line",
    [
        "--index-url somewhere",
        "# via something",
        "numpy>=2.4 \\",
        "numpy @ file:///here.whl \\",
        "numpy==2.4.6+local.1 \\",
        "numpy==2.4.6",
        f"    --hash=md5:{HASH}",
        "",
    ],
)
def test_anything_else_is_refused(line):
    good = f"numpy==2.4.6 \\\n    --hash=sha256:{HASH}\n"
    check_lines(good)
    with pytest.raises(LockError, match="line 3"):
        check_lines(f"{good}{line}\n{good}")


def test_groups_include_groups():
    groups = {"test": ["pytest"], "dev": [{"include-group": "test"}, "ruff"]}
    assert expand_group(groups, "dev") == ["pytest", "ruff"]


def test_the_build_backend_is_locked_with_the_runtime_set():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, development = requirements_of(project)
    assert any(line.startswith("setuptools") for line in runtime)
    assert any(line.startswith("streamlit>") for line in runtime)
    assert set(runtime) < set(development)
