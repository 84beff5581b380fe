"""The set-up: what it would run, and when it runs nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path):
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text(name)
    python = bootstrap.venv_program(tmp_path / ".venv", "python")
    python.parent.mkdir(parents=True)
    python.touch()
    return tmp_path


def stamp(checkout: Path, wanted_set: str) -> None:
    made = {**bootstrap.wanted_stamp(checkout), "set": wanted_set}
    (checkout / ".venv" / "ebpm-stamp.json").write_text(json.dumps(made))


@pytest.mark.parametrize(
    ("made", "wanted", "ready"),
    [
        ("runtime", "runtime", True),
        ("runtime", "dev", False),
        ("dev", "dev", True),
        ("dev", "runtime", True),
    ],
)
def test_the_development_set_holds_both(checkout, made, wanted, ready):
    stamp(checkout, made)
    assert bootstrap.is_ready(checkout, wanted) is ready


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.lock", "requirements-dev.lock"])
def test_a_changed_lock_or_project_is_set_up_again(checkout, name):
    stamp(checkout, "dev")
    (checkout / name).write_text("changed")
    assert not bootstrap.is_ready(checkout, "dev")


def test_a_folder_that_was_moved_is_set_up_again(checkout):
    stamp(checkout, "dev")
    moved = checkout.rename(checkout.with_name("moved"))
    assert not bootstrap.is_ready(moved, "dev")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"set": ["dev"]}', '{"set": "dev"}'])
def test_a_stamp_that_is_not_whole_is_no_stamp(checkout, text):
    (checkout / ".venv" / "ebpm-stamp.json").write_text(text)
    assert not bootstrap.is_ready(checkout, "dev")


def test_what_is_ready_is_not_touched(checkout, monkeypatch):
    stamp(checkout, "dev")
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda *_: pytest.fail("ran something"))
    bootstrap.set_up(checkout, "dev")


def test_a_failed_step_leaves_no_stamp_and_says_why(checkout, monkeypatch):
    stamp(checkout, "runtime")
    failing = [[sys.executable, "-c", "raise SystemExit('no route to host')"]]
    monkeypatch.setattr(bootstrap, "make_venv", lambda *_: None)
    monkeypatch.setattr(bootstrap, "install_commands", lambda *_: failing)
    with pytest.raises(bootstrap.SetupError, match="ebpm bundle") as caught:
        bootstrap.set_up(checkout, "dev")
    assert "no route to host" in caught.value.ja
    assert not (checkout / ".venv" / "ebpm-stamp.json").exists()


def test_the_locked_packages_come_by_hash_and_the_project_without_any(checkout):
    locked, project = bootstrap.install_commands(checkout, "runtime", None)
    assert {"--require-hashes", "--no-deps", "--only-binary=:all:"} <= set(locked)
    assert locked[-1] == str(checkout / "requirements.lock")
    assert project[-4:] == ["--no-deps", "--no-build-isolation", "-e", str(checkout)]


def test_from_a_bundle_no_index_is_asked(checkout, monkeypatch):
    monkeypatch.setattr(bootstrap, "bundle_requirements", lambda folder: folder / "here.txt")
    for command in bootstrap.install_commands(checkout, "runtime", Path("bundle")):
        assert "--no-index" in command


def test_a_bundle_for_other_machines_says_which(tmp_path):
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "linux-py2.7.txt").touch()
    with pytest.raises(bootstrap.SetupError, match=r"linux-py2\.7"):
        bootstrap.bundle_requirements(tmp_path)


@pytest.mark.parametrize("version", [(3, 10), (3, 15), (2, 7)])
def test_a_python_without_locked_wheels_is_refused(version):
    with pytest.raises(bootstrap.SetupError, match=r"Python 3\.11 to 3\.14 is needed"):
        bootstrap.check_python(version)


def test_without_venv_the_package_to_install_is_named(monkeypatch):
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(bootstrap.SetupError, match=r"sudo apt install python3\.\d+-venv"):
        bootstrap.check_venv_module()


def test_arguments_go_through(tmp_path):
    (test,) = bootstrap.programs(tmp_path, "test", ["-k", "areas or shapes"])
    assert test[1:] == ["-m", "pytest", "-k", "areas or shapes"]
    (run,) = bootstrap.programs(tmp_path, "run", ["--port", "9000"])
    assert run[1:] == ["run", "--port", "9000"]


def test_lint_goes_on_after_a_failure_and_ends_with_it(monkeypatch, tmp_path):
    codes = iter([0, 3, 0])
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda _: next(codes))
    monkeypatch.chdir(tmp_path)
    assert bootstrap.hand_over([["a"], ["b"], ["c"]], tmp_path) == 3
    assert list(codes) == []


@pytest.mark.parametrize("arguments", [[], ["serve"], ["--help"]])
def test_wrong_usage_is_told_and_ends_with_2(arguments, capsys):
    assert bootstrap.main(arguments) == 2
    assert "run|test|lint|bench" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="make is for the other systems")
def test_make_takes_a_python_that_the_lock_knows():
    run = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "test", "ARGS=-k areas"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert run.stdout.strip().endswith("tools/bootstrap.py test -k areas")


def test_make_on_windows_has_its_line_ends():
    text = (ROOT / "make.cmd").read_bytes()
    assert text.count(b"\r\n") == text.count(b"\n")
    assert text.isascii()
