"""The installer inside a bundle; the set-up itself is replaced by a script that succeeds or not."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "tools" / "bundle"


@pytest.fixture
def bundle(tmp_path):
    folder = tmp_path / "bundle"
    files = {
        "install.py": (TOOLS / "install.py").read_text(encoding="utf-8"),
        "source/tools/bootstrap.py": "import sys; sys.exit(0)\n",
        "source/data/ward.toml": "",
        "wheels/a.whl": "wheel",
    }
    lines = []
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        lines.append(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n")
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
    return folder


def install(bundle: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, bundle / "install.py", *arguments],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
    )


def rewrite(bundle: Path, name: str, text: str) -> None:
    """Change a file together with its line in SHA256SUMS."""
    old = hashlib.sha256((bundle / name).read_bytes()).hexdigest()
    (bundle / name).write_text(text, encoding="utf-8")
    sums = (bundle / "SHA256SUMS").read_text(encoding="utf-8")
    new = hashlib.sha256(text.encode()).hexdigest()
    (bundle / "SHA256SUMS").write_text(sums.replace(old, new), encoding="utf-8")


def test_it_copies_the_project_and_says_how_to_start(bundle, tmp_path):
    run = install(bundle, tmp_path / "ward")
    assert run.returncode == 0, run.stderr
    assert str(tmp_path / "ward" / ".venv") in run.stdout
    assert (tmp_path / "ward" / "data" / "ward.toml").is_file()


def test_the_set_up_is_told_where_the_wheels_are(bundle, tmp_path):
    said = tmp_path / "said"
    script = f"import pathlib, sys; pathlib.Path({str(said)!r}).write_text(' '.join(sys.argv[1:]))"
    rewrite(bundle, "source/tools/bootstrap.py", script)
    assert install(bundle, tmp_path / "ward").returncode == 0
    assert said.read_text() == f"setup --bundle {bundle}"


@pytest.mark.parametrize("name", ["wheels/a.whl", "source/data/ward.toml"])
def test_a_damaged_file_stops_it_before_anything_is_written(bundle, tmp_path, name):
    (bundle / name).write_text("damaged")
    run = install(bundle, tmp_path / "ward")
    assert run.returncode == 1
    assert name in run.stderr
    assert not (tmp_path / "ward").exists()


def test_missing_sums_stop_it(bundle, tmp_path):
    (bundle / "SHA256SUMS").unlink()
    run = install(bundle, tmp_path / "ward")
    assert run.returncode == 1
    assert "SHA256SUMS" in run.stderr


def test_a_file_that_was_put_in_later_is_not_installed(bundle, tmp_path):
    (bundle / "source" / "extra.py").write_text("")
    assert install(bundle, tmp_path / "ward").returncode == 0
    assert not (tmp_path / "ward" / "extra.py").exists()


def test_an_existing_folder_is_left_alone(bundle, tmp_path):
    (tmp_path / "ward").mkdir()
    run = install(bundle, tmp_path / "ward")
    assert run.returncode == 1
    assert list((tmp_path / "ward").iterdir()) == []


def test_a_failed_set_up_leaves_nothing_behind(bundle, tmp_path):
    rewrite(bundle, "source/tools/bootstrap.py", "import sys; sys.exit(1)\n")
    run = install(bundle, tmp_path / "ward")
    assert run.returncode == 1
    assert "導入できませんでした" in run.stderr
    assert not (tmp_path / "ward").exists()


def test_an_update_takes_the_inbox_and_the_warehouse_along(bundle, tmp_path):
    old = tmp_path / "old"
    assert install(bundle, old).returncode == 0
    (old / "data" / "inbox" / "facilities").mkdir(parents=True)
    (old / "data" / "inbox" / "facilities" / "区.csv").write_text("x")
    assert install(bundle, tmp_path / "new", "--carry-over", old).returncode == 0
    assert (tmp_path / "new" / "data" / "inbox" / "facilities" / "区.csv").read_text() == "x"


def test_an_update_from_a_folder_that_is_no_installation_is_refused(bundle, tmp_path):
    run = install(bundle, tmp_path / "new", "--carry-over", tmp_path)
    assert run.returncode == 1
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_the_shell_script_says_which_pythons_it_has_packages_for(bundle):
    (bundle / "install.sh").write_bytes((TOOLS / "install.sh").read_bytes())
    (bundle / "requirements").mkdir()
    (bundle / "requirements" / "linux-py3.99.txt").write_text("")
    run = subprocess.run(["sh", bundle / "install.sh"], check=False, capture_output=True, text=True)
    assert run.returncode == 1
    assert "linux-py3.99.txt" in run.stderr


def test_the_windows_script_has_the_line_ends_of_windows():
    text = (TOOLS / "install.cmd").read_bytes()
    assert text.count(b"\r\n") == text.count(b"\n")
    assert text.isascii()
