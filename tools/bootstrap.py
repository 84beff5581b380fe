"""Set up .venv and run what `make run`, `make test`, `make lint` and `make bench` ask for.

Only the standard library, because nothing else is there yet. The packages are the ones of the lock,
checked by their hashes; the project itself is installed editable from its checkout. A stamp in
.venv says what it was made from: while that is unchanged, set-up is a file comparison and touches
no network.

    python tools/bootstrap.py run|test|lint|bench [ARGUMENTS]
    python tools/bootstrap.py setup [--dev] [--bundle DIR]      only the set-up

`--bundle DIR` takes the packages from a folder made by `ebpm bundle` instead of the network.
"""

import sys

# Said before anything that an older Python cannot read.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "Python 3.11 以降が必要です。/ Python 3.11 or newer is needed.\n"
        "make run PYTHON=python3.11 / py -3.11 tools\\bootstrap.py run"
    )

import argparse
import contextlib
import hashlib
import importlib.util
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 14)  # those the lock holds wheels for
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}
LINTERS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)
# Side by side only as a whole: for a few tests, starting workers takes longer than it saves.
WHOLE_SUITE = ("--numprocesses=auto", "--dist=loadgroup")


class SetupError(Exception):
    """Set-up could not be done; `ja` and `en` say what happened and what to do."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.ja = ja
        self.en = en


def say(ja: str, en: str) -> None:
    """Tell the person at the terminal, in both languages."""
    print(f"{ja}\n{en}", file=sys.stderr, flush=True)


def check_python(version: tuple[int, int]) -> None:
    """Raise SetupError unless the lock has wheels for this Python."""
    if OLDEST_PYTHON <= version <= NEWEST_PYTHON:
        return
    found, oldest, newest = (".".join(map(str, v)) for v in (version, OLDEST_PYTHON, NEWEST_PYTHON))
    raise SetupError(
        f"Python {oldest}〜{newest} が必要です（今の Python は {found}: {sys.executable}）。"
        f"例: make run PYTHON=python{oldest}",
        f"Python {oldest} to {newest} is needed (this one is {found}: {sys.executable}). "
        f"For example: make run PYTHON=python{oldest}",
    )


def check_venv_module() -> None:
    """Raise SetupError where the Python comes without venv (Debian ships it apart)."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    raise SetupError(
        f"この Python には venv がありません。Debian / Ubuntu では: sudo apt install {package}",
        f"This Python comes without venv. On Debian or Ubuntu: sudo apt install {package}",
    )


def venv_program(venv: Path, name: str) -> Path:
    """Where a virtual environment keeps a program, on this system."""
    return venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name


def wanted_stamp(root: Path) -> dict[str, str]:
    """What an environment made now would be made from."""
    names = ("pyproject.toml", *LOCKS.values())
    stamp = {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in names}
    # A virtual environment knows its own place: moved with its folder, it is broken.
    return {**stamp, "root": str(root)}


def is_ready(root: Path, wanted_set: str) -> bool:
    """Whether .venv is whole and holds the wanted set (the development set holds both)."""
    try:
        stamp = json.loads((root / ".venv" / "ebpm-stamp.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return (
        stamp in [{**wanted_stamp(root), "set": name} for name in (wanted_set, "dev")]
        and venv_program(root / ".venv", "python").exists()
    )


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold a lock file, so that `make run` and `make test` side by side do not set up at once."""
    with path.open("a+b") as handle:
        # Two branches that mypy can tell apart; the system lets go of the lock when we end.
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  (there only on Windows)

            while True:
                handle.seek(0)
                try:
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:  # it gives up after ten seconds; the other set-up takes longer
                    continue
        else:
            import fcntl  # noqa: PLC0415  (not there on Windows)

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def run_step(command: list[str], log: Path, *, what_ja: str, what_en: str) -> None:
    """Run one step of the set-up with its output in a log.

    Raises:
        SetupError: the step failed; the message ends with the last lines it said.
    """
    elsewhere = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX")
    environment = {k: v for k, v in os.environ.items() if k not in elsewhere}
    environment.update(PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")
    with log.open("wb") as output:
        code = subprocess.call(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    if code != 0:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        telling = [line for line in lines if "WARNING: Retrying" not in line]
        tail = "\n".join(f"    {line}" for line in telling[-12:])
        raise SetupError(f"{what_ja}\n{tail}", what_en)


def make_venv(root: Path, log: Path) -> None:
    """Make .venv, or make it anew when it is of a Python the lock does not know."""
    venv = root / ".venv"
    python = venv_program(venv, "python")
    probe = "import sys, pip; sys.exit(not %r <= sys.version_info[:2] <= %r)"
    usable = python.exists() and not subprocess.call(
        [str(python), "-c", probe % (OLDEST_PYTHON, NEWEST_PYTHON)], stderr=subprocess.DEVNULL
    )
    if usable:
        return
    run_step(
        [sys.executable, "-m", "venv", "--clear", str(venv)],
        log,
        what_ja=f"仮想環境 {venv} を作れませんでした。",
        what_en="The virtual environment could not be made; the lines above say why.",
    )


def install_commands(root: Path, wanted_set: str, bundle: Path | None) -> list[list[str]]:
    """The two pip calls: the locked packages by hash, then this checkout without any."""
    pip = [str(venv_program(root / ".venv", "python")), "-m", "pip", "install", "--no-input"]
    if bundle is None:
        source = ["--only-binary=:all:", "-r", str(root / LOCKS[wanted_set])]
    else:
        pip.append("--no-index")
        source = ["--find-links", str(bundle / "wheels"), "-r", str(bundle_requirements(bundle))]
    return [
        [*pip, "--no-deps", "--require-hashes", *source],
        [*pip, "--no-deps", "--no-build-isolation", "-e", str(root)],
    ]


def bundle_requirements(bundle: Path) -> Path:
    """The list of wheels in a bundle for this machine.

    Raises:
        SetupError: the bundle was made for other systems or Pythons.
    """
    system = "windows" if os.name == "nt" else "linux"
    name = "{}-py{}.{}.txt".format(system, *sys.version_info[:2])
    path = bundle / "requirements" / name
    if not path.is_file():
        found = "、".join(sorted(p.stem for p in path.parent.glob("*.txt"))) or "-"
        raise SetupError(
            f"この導入用フォルダは {path.stem} に対応していません（対応: {found}）。",
            f"This bundle was not made for {path.stem} (it was made for: {found}).",
        )
    return path


def set_up(root: Path, wanted_set: str, *, bundle: Path | None = None) -> None:
    """Bring .venv to the locked state, if it is not there already.

    Raises:
        SetupError: it could not be done; nothing that was ready before is called ready.
    """
    if is_ready(root, wanted_set):
        return
    check_python(sys.version_info[:2])
    check_venv_module()
    with one_at_a_time(root / ".venv-setup.lock"):
        if is_ready(root, wanted_set):
            return
        stamp_file = root / ".venv" / "ebpm-stamp.json"
        stamp_file.unlink(missing_ok=True)
        say(
            "準備をしています（初回は数分かかります）…",
            "Setting up (a few minutes the first time)…",
        )
        log = root / ".venv-setup.log"
        make_venv(root, log)
        for command in install_commands(root, wanted_set, bundle):
            run_step(
                command,
                log,
                what_ja="パッケージを導入できませんでした。インターネットに出られない端末では、"
                "出られる端末で「ebpm bundle」を作って持ち込みます（README「オフライン導入」）。",
                what_en="The packages could not be installed; the lines above say why. On a "
                "machine without the internet, bring a bundle made with `ebpm bundle` "
                "(README, 'Without the internet').",
            )
        stamp = {**wanted_stamp(root), "set": wanted_set}
        stamp_file.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
        log.unlink(missing_ok=True)


def programs(root: Path, task: str, arguments: list[str]) -> list[list[str]]:
    """The command lines of a task."""
    venv = root / ".venv"
    python = str(venv_program(venv, "python"))
    if task == "run":
        return [[str(venv_program(venv, "ebpm")), "run", *arguments]]
    if task == "test":
        return [[python, "-m", "pytest", *(arguments or WHOLE_SUITE)]]
    if task == "bench":
        return [[python, str(Path("tests", "bench")), *arguments]]
    return [[str(venv_program(venv, name)), *rest] for name, *rest in LINTERS]


def hand_over(commands: list[list[str]], root: Path) -> int:
    """Run the commands of a task; the exit code is the first that is not 0."""
    os.chdir(root)
    if len(commands) == 1 and os.name != "nt":
        # The task takes this process over: signals and the terminal are its own.
        os.execv(commands[0][0], commands[0])  # noqa: S606
    codes = [subprocess.call(command) for command in commands]
    return next((code for code in codes if code), 0)


def parse_setup(arguments: list[str]) -> argparse.Namespace:
    """The options of `setup`."""
    parser = argparse.ArgumentParser(prog="bootstrap.py setup")
    parser.add_argument("--dev", action="store_true", help="the development set as well")
    parser.add_argument("--bundle", type=Path, help="a folder made by `ebpm bundle`")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Set up, then do the task; the exit code is the task's, or 1 without set-up, 2 for usage."""
    task, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if task not in {"run", "test", "lint", "bench", "setup"}:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        if task == "setup":
            options = parse_setup(rest)
            set_up(ROOT, "dev" if options.dev else "runtime", bundle=options.bundle)
            return 0
        set_up(ROOT, "runtime" if task == "run" else "dev")
        return hand_over(programs(ROOT, task, rest), ROOT)
    except SetupError as error:
        say(error.ja, error.en)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        # A console of another code page shows a question mark rather than a traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
