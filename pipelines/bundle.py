"""`ebpm bundle`: one folder with everything to install on a machine without the internet.

    導入手順書.md  install.sh  install.cmd  install.py  SHA256SUMS
    requirements/  one file a platform and Python, with the hashes of the wheels beside it
    wheels/        the runtime packages, for all of them
    source/        the project as it stands here, with the sample, without what the ward dropped in

The folder is made beside its place and renamed when it is whole, so a half one never looks whole.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name, parse_wheel_filename

from pipelines.lockfile import (
    Pin,
    Target,
    make_targets,
    read_lock,
    requirement_lines,
    select_pins,
)
from pipelines.messages import Message, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SUMS = "SHA256SUMS"
INSTALLERS = ("install.sh", "install.cmd", "install.py")
MANUAL = "導入手順書.md"
TARGETS_MARK = "<!-- targets -->"

_ROOT = Path(__file__).resolve().parent.parent
_TRIES = 3
_NEVER = (Path("data/inbox"), Path("data/warehouse"))
_MADE_HERE = frozenset({".git", ".venv", "__pycache__", "bench-results"})
_MADE_HERE_ENDINGS = (".egg-info", "_cache")


@dataclass(frozen=True, slots=True)
class BundleReport:
    """What was made."""

    folder: Path
    targets: tuple[str, ...]
    wheels: int
    source_files: int
    size_bytes: int


def build_bundle(
    target: Path,
    *,
    python_versions: Sequence[str],
    platforms: Sequence[str],
    progress: Callable[[Message], None],
    root: Path = _ROOT,
) -> BundleReport:
    """Make the folder `target`; needs the network (pip downloads the wheels).

    Args:
        target: A folder that does not exist yet, or is empty.
        python_versions: Such as ("3.11", "3.12"); see `lockfile.PYTHONS`.
        platforms: Of "linux" (x86_64, glibc 2.28 or newer) and "windows" (64-bit).
        progress: Called with one message before each step.
        root: The checkout to bundle.

    Raises:
        UserError: the folder is in use, the choice is unknown, or a package could not be had.
    """
    target = target.resolve()
    targets = make_targets(python_versions=python_versions, platforms=platforms)
    _refuse_used(target)
    work = target.parent / f".{target.name}.building-{os.getpid()}"
    try:
        files = list_source(root)
        work.mkdir(parents=True)
        _copy_source(root, files, work)
        pins = read_lock((root / "requirements.lock").read_text(encoding="utf-8"))
        for number, machine in enumerate(targets, start=1):
            progress(_collecting(machine, number, len(targets)))
            _collect_wheels(work, machine, select_pins(pins, machine))
        _write_front(root, work, targets)
        write_sums(work)
        report = _measure(work, target, targets, files)
        if target.exists():
            target.rmdir()
        work.replace(target)
    except OSError as error:
        raise _cannot_write(target, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return report


def list_source(root: Path) -> list[Path]:
    """The project's files, relative to `root` and sorted.

    In a git checkout those that git tracks; elsewhere (a project installed from a bundle) every
    file that is not made by running or setting it up. Never the inbox, never the warehouse.
    """
    files = _tracked(root) or sorted(_walk(root, root))
    return [file for file in files if not any(file.is_relative_to(never) for never in _NEVER)]


def _tracked(root: Path) -> list[Path]:
    git = shutil.which("git")
    if git is None or not (root / ".git").exists():
        return []
    run = subprocess.run(  # noqa: S603  (git, with fixed arguments)
        [git, "ls-files", "-z"], cwd=root, check=False, capture_output=True
    )
    names = run.stdout.decode("utf-8").split("\0")
    return sorted(Path(name) for name in names if name and (root / name).is_file())


def _walk(folder: Path, root: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name in _MADE_HERE or entry.name.endswith(_MADE_HERE_ENDINGS):
            continue
        if entry.is_file() and not entry.name.startswith(".venv-setup"):
            yield entry.relative_to(root)
        elif entry.is_dir() and not (entry / SUMS).exists() and ".building-" not in entry.name:
            yield from _walk(entry, root)


def _copy_source(root: Path, files: list[Path], work: Path) -> None:
    for file in files:
        place = work / "source" / file
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / file, place)


def _collect_wheels(work: Path, machine: Target, pins: list[Pin]) -> None:
    """Download the wheels of one machine and write the requirements file that names them."""
    folder = work / "downloads" / str(machine)
    folder.mkdir(parents=True)
    wanted = folder.with_suffix(".txt")
    wanted.write_text(requirement_lines(pins), encoding="utf-8")
    _download(wanted, folder, machine)
    text = requirement_lines(pin_wheels(pins, folder))
    (work / "requirements").mkdir(exist_ok=True)
    (work / "requirements" / f"{machine}.txt").write_text(text, encoding="utf-8", newline="\n")
    (work / "wheels").mkdir(exist_ok=True)
    for wheel in folder.iterdir():
        wheel.replace(work / "wheels" / wheel.name)
    shutil.rmtree(work / "downloads")


def _download(wanted: Path, folder: Path, machine: Target) -> None:
    command = [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--retries", "2"),
        *("--disable-pip-version-check", "--no-deps", "--require-hashes", "--only-binary=:all:"),
        *machine.pip_options(),
        *("--dest", str(folder), "--requirement", str(wanted)),
    ]
    said = ""
    for _ in range(_TRIES):
        run = subprocess.run(  # noqa: S603  (pip, with arguments made above)
            command, check=False, capture_output=True, text=True, errors="replace"
        )
        if run.returncode == 0:
            return
        said = run.stderr.strip()
    raise _no_packages(machine, said)


def pin_wheels(pins: Sequence[Pin], folder: Path) -> list[Pin]:
    """The pins with the one hash that its wheel in `folder` has.

    Raises:
        UserError: a pin has no wheel there, or one that the lock does not know.
    """
    wheels: dict[tuple[str, str], str] = {}
    for path in folder.glob("*.whl"):
        name, version, *_ = parse_wheel_filename(path.name)
        wheels[canonicalize_name(name), str(version)] = sha256_of(path)
    found = []
    for pin in pins:
        digest = wheels.get((canonicalize_name(pin.name), pin.version))
        if digest not in pin.sha256:
            raise _wrong_wheel(pin)
        found.append(Pin(pin.name, pin.version, "", (digest,)))
    return found


def _write_front(root: Path, work: Path, targets: list[Target]) -> None:
    """The installers and the manual, where they are seen first."""
    for name in INSTALLERS:
        shutil.copy2(root / "tools" / "bundle" / name, work / name)
    manual = (root / "docs" / "offline_install.ja.md").read_text(encoding="utf-8")
    names = {"linux": "Linux（x86_64、glibc 2.28 以上）", "windows": "Windows（64ビット）"}
    rows = [f"| {names[t.platform]} | Python {t.python} |" for t in targets]
    table = "\n".join(["| OS | Python |", "|---|---|", *rows])
    (work / MANUAL).write_text(manual.replace(TARGETS_MARK, table), encoding="utf-8", newline="\n")


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS over every other file in the folder, as `sha256sum --check` reads it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{sha256_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def _measure(work: Path, target: Path, targets: list[Target], files: list[Path]) -> BundleReport:
    return BundleReport(
        folder=target,
        targets=tuple(str(machine) for machine in targets),
        wheels=len(list((work / "wheels").iterdir())),
        source_files=len(files),
        size_bytes=sum(path.stat().st_size for path in work.rglob("*") if path.is_file()),
    )


def _refuse_used(target: Path) -> None:
    if target.is_dir() and not any(target.iterdir()):
        return
    if target.exists():
        raise UserError(
            Message(
                f"{target} はすでに使われています。新しいフォルダ名を指定してください。",
                f"{target} is already in use. Name a new folder.",
            )
        )


def _collecting(machine: Target, number: int, total: int) -> Message:
    return Message(
        f"{machine} 用のパッケージを集めています（{number}/{total}）",
        f"Collecting the packages for {machine} ({number}/{total})",
    )


def _no_packages(machine: Target, said: str) -> UserError:
    telling = [line for line in said.splitlines() if "WARNING: Retrying" not in line]
    tail = "\n".join(f"    {line}" for line in telling[-6:])
    return UserError(
        Message(
            f"{machine} 用のパッケージを集められませんでした（{_TRIES}回試行）。"
            "インターネットに接続できる端末か、プロキシの設定（pip config）を確認して、"
            "もう一度実行してください。",
            f"The packages for {machine} could not be collected ({_TRIES} tries). Check that this "
            "machine reaches the internet, or its proxy setting (pip config), and run it again. "
            f"pip said:\n{tail}",
        )
    )


def _wrong_wheel(pin: Pin) -> UserError:
    return UserError(
        Message(
            f"{pin.name} {pin.version} のパッケージが requirements.lock のものと一致しません。"
            "もう一度実行してください。",
            f"The package {pin.name} {pin.version} is not the one in requirements.lock. "
            "Run it again.",
        )
    )


def _cannot_write(target: Path, error: OSError) -> UserError:
    return UserError(
        Message(
            f"{target} を作れませんでした（{error}）。空き容量と書き込み権限を確認してください。",
            f"{target} could not be made ({error}). Check the free space and the permissions.",
        )
    )
