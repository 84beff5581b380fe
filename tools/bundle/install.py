"""Install the dashboard from this folder, without the internet.

    python install.py [FOLDER] [--carry-over OLD_FOLDER]

Checks every file against SHA256SUMS first, copies the project to FOLDER (default: nakano-ebpm in
the home folder, which must not exist yet), makes its .venv from the wheels here, and leaves nothing
behind when a step fails. `--carry-over` copies the inbox and the warehouse of an earlier one.
"""

import sys

# Said before anything that an older Python cannot read.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("Python 3.11 以降が必要です。/ Python 3.11 or newer is needed.")

import argparse
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
CARRIED = ("inbox", "warehouse")


class InstallError(Exception):
    """What went wrong and what to do, in both languages."""


def read_sums(folder: Path) -> dict[str, str]:
    """The files that SHA256SUMS names, with their digests."""
    try:
        text = (folder / "SHA256SUMS").read_text(encoding="utf-8")
    except OSError as error:
        raise InstallError(
            f"SHA256SUMS がありません。フォルダ全体をもう一度コピーしてください。（{error}）\n"
            f"SHA256SUMS is missing. Copy the whole folder again. ({error})"
        ) from error
    return {name: digest for digest, name in (line.split("  ", 1) for line in text.splitlines())}


def check_sums(folder: Path, sums: dict[str, str]) -> None:
    """Raise InstallError when a file is missing or is not as it was made."""
    wrong = []
    for name, digest in sums.items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            wrong.append(name)
    if wrong:
        names = "\n".join(f"    {name}" for name in wrong[:10])
        raise InstallError(
            f"{len(wrong)} 個のファイルが壊れているか、ありません。もう一度コピーしてください。\n"
            f"{len(wrong)} files are damaged or missing. Copy the folder again.\n{names}"
        )


def refuse_used(target: Path) -> None:
    """Raise InstallError unless the folder is new: an installation is never written over."""
    if target.exists():
        raise InstallError(
            f"{target} はすでにあります。別のフォルダ名を指定してください"
            "（更新の手順は 導入手順書.md）。\n"
            f"{target} exists. Name another folder (to update, see 導入手順書.md)."
        )


def copy_project(target: Path, names: list[str]) -> None:
    """Copy the files under source/ that SHA256SUMS names, and no other."""
    for name in names:
        place = target / Path(name).relative_to("source")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(HERE / name, place)


def carry_over(old: Path, target: Path) -> None:
    """Copy what people put in and what was built from it.

    Raises:
        InstallError: `old` is not an installation.
    """
    if not (old / "data" / "ward.toml").is_file():
        raise InstallError(
            f"{old} に以前の導入が見つかりません。\nNo earlier installation was found in {old}."
        )
    for name in CARRIED:
        if (old / "data" / name).is_dir():
            shutil.copytree(old / "data" / name, target / "data" / name, dirs_exist_ok=True)


def install(target: Path, old: Path | None) -> None:
    """Check, copy, set up; a failure takes away what was copied.

    Raises:
        InstallError: a step failed.
    """
    sums = read_sums(HERE)
    print("ファイルを確認しています… / Checking the files…", flush=True)
    check_sums(HERE, sums)
    refuse_used(target)
    whole = False
    try:
        copy_project(target, [name for name in sums if name.startswith("source/")])
        if old is not None:
            carry_over(old, target)
        bootstrap = str(target / "tools" / "bootstrap.py")
        code = subprocess.call([sys.executable, bootstrap, "setup", "--bundle", str(HERE)])
        if code != 0:
            raise InstallError(
                "導入できませんでした。上の表示を確認してください。\n"
                "It could not be installed; see the lines above."
            )
        whole = True
    except OSError as error:
        raise InstallError(
            f"{target} に書き込めませんでした。\nCould not write to {target}.\n    {error}"
        ) from error
    finally:
        if not whole:
            shutil.rmtree(target, ignore_errors=True)


def main() -> int:
    """Install; the exit code is 1 when it could not be done."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path.home() / "nakano-ebpm")
    parser.add_argument("--carry-over", type=Path, metavar="OLD_FOLDER")
    options = parser.parse_args()
    target = options.folder.resolve()
    try:
        install(target, options.carry_over)
    except InstallError as error:
        print(error, file=sys.stderr)
        return 1
    program = Path("Scripts", "ebpm.exe") if os.name == "nt" else Path("bin", "ebpm")
    print(f"\n導入しました。起動: / Installed. To start:\n    {target / '.venv' / program} run")
    return 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        # A console of another code page shows a question mark rather than a traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(main())
