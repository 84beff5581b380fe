"""The folder for a machine without the internet; here without a network, so with made-up wheels."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from pipelines import bundle
from pipelines.bundle import build_bundle, list_source, pin_wheels, write_sums
from pipelines.lockfile import Pin
from pipelines.messages import UserError

WHEEL = b"not really a wheel"
DIGEST = hashlib.sha256(WHEEL).hexdigest()
OTHER = "f" * 64
LOCK = f"tiny-ward==1.0 \\\n    --hash=sha256:{OTHER} \\\n    --hash=sha256:{DIGEST}\n"
FILES = {
    "requirements.lock": LOCK,
    "docs/offline_install.ja.md": "# 導入手順書\n\n<!-- targets -->\n",
    "tools/bundle/install.sh": "#!/bin/sh\n",
    "tools/bundle/install.cmd": "@echo off\r\n",
    "tools/bundle/install.py": "",
    "data/sample/stations/a.csv": "station_name,lon,lat\n",
    "data/inbox/facilities/secret.csv": "x\n",
    "data/warehouse/CURRENT": "x\n",
    ".venv/pyvenv.cfg": "x\n",
    "geo/__pycache__/a.pyc": "x\n",
    "nakano_ebpm.egg-info/PKG-INFO": "x\n",
    ".ruff_cache/x": "x\n",
    ".venv-setup.log": "x\n",
    "earlier-bundle/SHA256SUMS": "x\n",
}
SOURCE = sorted(list(FILES)[:6])


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "project"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="")
    return root


@pytest.fixture
def pip_that_works(monkeypatch):
    def download(_wanted: Path, folder: Path, _machine: object) -> None:
        (folder / "tiny_ward-1.0-py3-none-any.whl").write_bytes(WHEEL)

    monkeypatch.setattr(bundle, "_download", download)


def make(project: Path, target: Path, said: list | None = None) -> bundle.BundleReport:
    return build_bundle(
        target,
        python_versions=["3.11"],
        platforms=["linux", "windows"],
        progress=(said if said is not None else []).append,
        root=project,
    )


def test_the_source_is_what_is_not_made_by_running_it(project):
    assert [file.as_posix() for file in list_source(project)] == SOURCE


def test_the_source_of_a_checkout_is_what_git_tracks(project):
    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=project, check=True, capture_output=True)

    git("init")
    git("add", "--force", "requirements.lock", "data/sample", "data/inbox")
    assert [file.as_posix() for file in list_source(project)] == [
        "data/sample/stations/a.csv",
        "requirements.lock",
    ]


@pytest.mark.usefixtures("pip_that_works")
def test_a_bundle_holds_everything_and_says_so(project, tmp_path):
    said = []
    report = make(project, tmp_path / "束", said)
    made = sorted(p.relative_to(report.folder).as_posix() for p in report.folder.rglob("*.*"))
    assert made == sorted(
        [
            "install.cmd",
            "install.py",
            "install.sh",
            "requirements/linux-py3.11.txt",
            "requirements/windows-py3.11.txt",
            *(f"source/{name}" for name in SOURCE),
            "wheels/tiny_ward-1.0-py3-none-any.whl",
            "導入手順書.md",
        ]
    )
    assert (report.targets, report.wheels) == (("linux-py3.11", "windows-py3.11"), 1)
    assert report.source_files == len(SOURCE)
    assert len(said) == 2
    manual = (report.folder / "導入手順書.md").read_text(encoding="utf-8")
    assert "| Windows（64ビット） | Python 3.11 |" in manual


@pytest.mark.usefixtures("pip_that_works")
def test_requirements_name_only_the_wheels_that_are_there(project, tmp_path):
    folder = make(project, tmp_path / "out").folder
    text = (folder / "requirements" / "linux-py3.11.txt").read_text(encoding="utf-8")
    assert text == f"tiny-ward==1.0 --hash=sha256:{DIGEST}\n"


@pytest.mark.usefixtures("pip_that_works")
def test_every_file_is_in_the_sums(project, tmp_path):
    folder = make(project, tmp_path / "out").folder
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert set(listed) == there - {"SHA256SUMS"}
    assert listed["wheels/tiny_ward-1.0-py3-none-any.whl"] == DIGEST


@pytest.mark.usefixtures("pip_that_works")
def test_a_folder_in_use_is_left_alone(project, tmp_path):
    target = tmp_path / "out"
    target.mkdir()
    (target / "mine.txt").write_text("keep")
    with pytest.raises(UserError, match="already in use"):
        make(project, target)
    assert [p.name for p in target.iterdir()] == ["mine.txt"]


@pytest.mark.usefixtures("pip_that_works")
def test_an_empty_folder_may_be_named(project, tmp_path):
    (tmp_path / "out").mkdir()
    assert make(project, tmp_path / "out").wheels == 1


def test_a_failed_download_leaves_nothing_behind(project, tmp_path, monkeypatch):
    monkeypatch.setattr(bundle.sys, "executable", "false")
    with pytest.raises(UserError, match="could not be collected") as caught:
        make(project, tmp_path / "out")
    assert "インターネット" in caught.value.message_ja
    assert [p.name for p in tmp_path.iterdir()] == ["project"]


def test_a_wheel_that_the_lock_does_not_know_is_refused(tmp_path):
    (tmp_path / "tiny_ward-1.0-py3-none-any.whl").write_bytes(b"patched")
    with pytest.raises(UserError, match="not the one"):
        pin_wheels([Pin("tiny-ward", "1.0", "", (DIGEST,))], tmp_path)


def test_a_missing_wheel_is_refused(tmp_path):
    with pytest.raises(UserError, match="tiny-ward"):
        pin_wheels([Pin("tiny-ward", "1.0", "", (DIGEST,))], tmp_path)


def test_sums_read_like_those_of_sha256sum(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "一.txt").write_bytes(b"")
    write_sums(tmp_path)
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert (tmp_path / "SHA256SUMS").read_bytes() == f"{empty}  b/一.txt\n".encode()
