"""The lock read for machines elsewhere."""

from pathlib import Path

import pytest

from pipelines.lockfile import (
    PLATFORMS,
    PYTHONS,
    Pin,
    Target,
    make_targets,
    read_lock,
    requirement_lines,
    select_pins,
)
from pipelines.messages import UserError

ROOT = Path(__file__).resolve().parents[2]
A, B, C = "a" * 64, "b" * 64, "c" * 64
LOCK = f"""\
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:{A}
numpy==2.4.6 \\
    --hash=sha256:{A} \\
    --hash=sha256:{B}
tomli==2.0.1 ; python_full_version < '3.12' and platform_machine == 'x86_64' \\
    --hash=sha256:{C}
watchdog==7.1.0 ; sys_platform != 'darwin' \\
    --hash=sha256:{C}
"""


def names(platform: str, python: str) -> list[str]:
    return [pin.name for pin in select_pins(read_lock(LOCK), Target(platform, python))]


def test_a_pin_keeps_its_marker_and_every_hash():
    assert read_lock(LOCK)[:2] == [
        Pin("colorama", "0.4.6", "sys_platform == 'win32'", (A,)),
        Pin("numpy", "2.4.6", "", (A, B)),
    ]


def test_markers_are_those_of_the_machine_elsewhere():
    assert names("linux", "3.11") == ["numpy", "tomli", "watchdog"]
    assert names("linux", "3.12") == ["numpy", "watchdog"]
    # 64-bit Windows calls its machine AMD64.
    assert names("windows", "3.11") == ["colorama", "numpy", "watchdog"]


def test_requirements_have_hashes_and_no_marker():
    assert requirement_lines(read_lock(LOCK)[1:2]) == (
        f"numpy==2.4.6 --hash=sha256:{A} --hash=sha256:{B}\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "-e .\n",
        "--index-url somewhere\n",
        f"    --hash=sha256:{A}\n",
        "numpy>=2\n",
        "numpy==2.4.6\n",
        "numpy==2.4.6 \\\n    --hash=md5:00\n",
    ],
)
def test_a_line_that_is_no_pin_with_a_hash_is_refused(text):
    with pytest.raises(UserError, match=r"requirements\.lock"):
        read_lock(text)


def test_targets_are_each_platform_with_each_python_once():
    made = make_targets(python_versions=["3.11", "3.12", "3.11"], platforms=["linux", "windows"])
    assert [str(target) for target in made] == [
        "linux-py3.11",
        "linux-py3.12",
        "windows-py3.11",
        "windows-py3.12",
    ]


@pytest.mark.parametrize(
    ("python", "platform"), [("3.10", "linux"), ("3.11", "macos"), ("../3.11", "linux")]
)
def test_an_unknown_machine_is_refused_with_what_there_is(python, platform):
    with pytest.raises(UserError, match=r"windows / Python 3\.11"):
        make_targets(python_versions=[python], platforms=[platform])


def test_no_machine_at_all_is_refused():
    with pytest.raises(UserError):
        make_targets(python_versions=[], platforms=["linux"])


def test_pip_is_told_the_machine():
    options = Target("windows", "3.12").pip_options()
    assert options == [
        *("--implementation", "cp", "--python-version", "3.12", "--platform", "win_amd64")
    ]
    assert "manylinux_2_28_x86_64" in Target("linux", "3.12").pip_options()


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_the_project_s_lock_holds_what_every_machine_starts_with(platform, python):
    pins = read_lock((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    chosen = {pin.name for pin in select_pins(pins, Target(platform, python))}
    assert {"duckdb", "setuptools", "shapely", "streamlit", "wheel", "xstatic-leaflet"} <= chosen


def test_the_development_lock_holds_the_runtime_lock_unchanged():
    runtime, development = (
        set(read_lock((ROOT / name).read_text(encoding="utf-8")))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert runtime < development
