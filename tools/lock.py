"""Write requirements.lock and requirements-dev.lock from pyproject.toml (needs `uv`).

Both are universal (Linux, Windows, macOS; every Python that `requires-python` allows), hashed, and
name neither an index nor a folder: what a machine's own configuration adds is kept out, because uv
is run in an empty folder with `--no-config` and without its environment variables. The development
set is resolved under the runtime set as a constraint, so the two never disagree on a version.

    python tools/lock.py              the newest versions that fit
    python tools/lock.py --keep      only what pyproject.toml forces to change
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = ROOT / "requirements.lock"
DEVELOPMENT = ROOT / "requirements-dev.lock"
OLDEST_PYTHON = "3.11"

PIN = re.compile(r"[a-z0-9][a-z0-9.-]*==[0-9A-Za-z.!]+( ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


class LockError(Exception):
    """The lock could not be made, or is not of the form that may be committed."""


def expand_group(groups: dict[str, list[Any]], name: str) -> list[str]:
    """Requirements of a dependency group (PEP 735), with the groups it includes."""
    found: list[str] = []
    for entry in groups[name]:
        if isinstance(entry, str):
            found.append(entry)
        else:
            found.extend(expand_group(groups, entry["include-group"]))
    return found


def requirements_of(project: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The runtime set and the development set of a pyproject.toml, each with the build backend."""
    runtime = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    return runtime, [*runtime, *expand_group(project["dependency-groups"], "dev")]


def check_lines(text: str) -> None:
    """Raise LockError for any line that is neither a pin nor a hash: an address, a path, a URL."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not (PIN.fullmatch(line) or HASH.fullmatch(line)):
            raise LockError(f"line {number} may not be committed: {line!r}")


def resolve(requirements: list[str], *, constraint: Path | None, keep: Path | None) -> str:
    """Ask uv for the pinned and hashed set.

    Args:
        requirements: PEP 508 requirements.
        constraint: A lock whose versions are binding.
        keep: A lock whose versions are preferred, or None for the newest.

    Raises:
        LockError: uv is missing or found no set of versions.
    """
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv is None:
        raise LockError("uv is not installed: python -m pip install uv")
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder, "answer.lock")
        if keep is not None:
            shutil.copyfile(keep, answer)
        command = [
            *(uv, "pip", "compile", "-", "--quiet", "--no-config", "--universal"),
            *("--python-version", OLDEST_PYTHON, "--fork-strategy", "fewest"),
            *("--generate-hashes", "--no-header", "--no-annotate", "--output-file", str(answer)),
            *(("--constraint", str(constraint)) if constraint else ()),
        ]
        run = subprocess.run(
            command,
            input="\n".join(requirements),
            env={k: v for k, v in os.environ.items() if not k.startswith("UV_")},
            cwd=folder,
            check=False,
            capture_output=True,
            text=True,
        )
        if run.returncode != 0:
            raise LockError(run.stderr.strip())
        text = answer.read_text(encoding="utf-8")
    check_lines(text)
    return text


def main() -> int:
    """Write both locks; the exit code is 1 when one could not be made."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--keep", action="store_true", help="prefer the versions locked now")
    keep = parser.parse_args().keep
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, development = requirements_of(project)
    try:
        text = resolve(runtime, constraint=None, keep=RUNTIME if keep else None)
        RUNTIME.write_text(text, encoding="utf-8", newline="\n")
        text = resolve(development, constraint=RUNTIME, keep=DEVELOPMENT if keep else None)
        DEVELOPMENT.write_text(text, encoding="utf-8", newline="\n")
    except LockError as error:
        print(error, file=sys.stderr)
        return 1
    for path in (RUNTIME, DEVELOPMENT):
        pins = path.read_text(encoding="utf-8").count("==")
        print(f"{path.name}: {pins} requirement lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
