"""What the tree may hold: no address of one machine, no overgrown file, no name that misleads."""

import re
from pathlib import Path

import pytest

from pipelines.bundle import list_source

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 300
FILES = list_source(ROOT)
TEXT_ENDINGS = {
    *("", ".cfg", ".cmd", ".css", ".csv", ".html", ".js", ".json", ".lock", ".md", ".po", ".py"),
    *(".sh", ".sql", ".toml", ".txt", ".yaml", ".yml"),
}

# Written with one-letter classes, so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(
    r"(?:^|[^\w.)}$*-])(?:[A-Za-z]:)?[/\\]"
    r"(?:h[o]me|r[o]ot|U[s]ers|w[o]rk|f[a]rm|t[m]p[/\\][\w-]+)[/\\][A-Za-z.]",
    re.MULTILINE,
)
INDEX_ADDRESS = re.compile(
    r"https?://[^ \"']*(?:/s[i]mple\b|/py[p]i/|files\.pyth[o]nhosted|artif[a]ctory)",
    re.IGNORECASE,
)
INDEX_OPTION = re.compile(
    r"^\s*--(?:extra-)?(?:index-url|find-links|trusted-host)[ =]", re.MULTILINE
)


def text_of(file: Path) -> str:
    return (ROOT / file).read_text(encoding="utf-8", errors="replace")


TEXTS = [file for file in FILES if file.suffix in TEXT_ENDINGS]
PYTHON = [file for file in FILES if file.suffix == ".py"]


def test_there_is_something_to_look_at():
    assert len(PYTHON) > 20
    assert Path("pyproject.toml") in TEXTS


def test_no_file_names_a_path_of_one_machine():
    found = [
        f"{file}: {match[0]}" for file in TEXTS for match in MACHINE_PATH.finditer(text_of(file))
    ]
    assert found == []


def test_no_file_names_a_package_index():
    found = [f"{f}: {m[0]}" for f in TEXTS for m in INDEX_ADDRESS.finditer(text_of(f))]
    assert found == []
    locks = [Path("requirements.lock"), Path("requirements-dev.lock")]
    assert [file for file in locks if INDEX_OPTION.search(text_of(file))] == []


def test_no_python_file_outgrows_its_reader():
    lengths = {file.as_posix(): text_of(file).count("\n") for file in PYTHON}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_folder_is_called_pages():
    # Streamlit would list its files in the navigation by itself.
    assert [file.as_posix() for file in FILES if "pages" in file.parts[:-1]] == []


def test_no_package_stands_under_tests():
    inits = [file for file in FILES if file.parts[0] == "tests" and file.name == "__init__.py"]
    assert inits == []


@pytest.mark.parametrize("name", ["geo", "data", "pipelines"])
def test_no_child_of_the_dashboard_hides_a_package(name):
    # `streamlit run dashboard/app.py` puts dashboard/ first on sys.path.
    children = {file.parts[1] for file in FILES if file.parts[0] == "dashboard"}
    assert children.isdisjoint({name, f"{name}.py"})
