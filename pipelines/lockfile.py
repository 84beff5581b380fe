"""The lock read for another machine: which pins a Linux or a Windows with a given Python needs.

pip evaluates the markers of a requirements file for the machine it runs on. A bundle is made here
for machines elsewhere, so the markers are evaluated here, for each of them (PEP 508, PEP 425).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.markers import Marker

from pipelines.messages import Message, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = ("linux", "windows")

_PIN = re.compile(r"(?P<name>[a-z0-9.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))? ?\\?")
_HASH = re.compile(r"--hash=sha256:(?P<digest>[0-9a-f]{64}) ?\\?")

# glibc 2.28 is RHEL 8, Debian 10 and Ubuntu 20.04; pip takes each tag by its own name.
_LINUX_TAGS = (
    *(f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)),
    *("manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"),
)
_WINDOWS_TAGS = ("win_amd64",)

_MARKERS: Mapping[str, Mapping[str, str]] = {
    "linux": {
        "os_name": "posix",
        "platform_machine": "x86_64",
        "platform_system": "Linux",
        "sys_platform": "linux",
    },
    "windows": {
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_system": "Windows",
        "sys_platform": "win32",
    },
}


@dataclass(frozen=True, slots=True)
class Pin:
    """One line of the lock: a version, the hashes of its files, and where it is needed."""

    name: str
    version: str
    marker: str
    sha256: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A machine that the bundle is for: CPython `python` on 64-bit `platform`."""

    platform: str
    python: str

    def __str__(self) -> str:
        """The name of its requirements file, such as linux-py3.11."""
        return f"{self.platform}-py{self.python}"

    def marker_environment(self) -> dict[str, str]:
        """The values of PEP 508's environment markers on that machine."""
        return {
            **_MARKERS[self.platform],
            "implementation_name": "cpython",
            "implementation_version": f"{self.python}.0",
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_version": "",
            "python_full_version": f"{self.python}.0",
            "python_version": self.python,
            "extra": "",
        }

    def pip_options(self) -> list[str]:
        """What tells `pip download` to choose wheels for that machine."""
        tags = _LINUX_TAGS if self.platform == "linux" else _WINDOWS_TAGS
        platforms = [option for tag in tags for option in ("--platform", tag)]
        return ["--implementation", "cp", "--python-version", self.python, *platforms]


def make_targets(*, python_versions: Iterable[str], platforms: Iterable[str]) -> list[Target]:
    """Every platform with every Python, each once, in the order given.

    Raises:
        UserError: a platform or a Python that the lock was not made for, or none at all.
    """
    targets: dict[Target, None] = {}
    for platform in platforms:
        for python in python_versions:
            if platform not in PLATFORMS or python not in PYTHONS:
                raise _unknown_target(f"{platform} / Python {python}")
            targets[Target(platform, python)] = None
    if not targets:
        raise _unknown_target("-")
    return list(targets)


def _unknown_target(given: str) -> UserError:
    known = f"{', '.join(PLATFORMS)} / Python {', '.join(PYTHONS)}"
    return UserError(
        Message(
            f"{given} 向けの導入用フォルダは作れません。選べるもの: {known}",
            f"A bundle for {given} cannot be made. It can be: {known}",
        )
    )


def read_lock(text: str) -> list[Pin]:
    """The pins of a hashed lock, in its order.

    Raises:
        UserError: a line is neither a pin nor a hash, or a pin has no hash.
    """
    pins: list[Pin] = []
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if found := _HASH.fullmatch(stripped):
            if not pins:
                raise _bad_line(number, line)
            last = pins.pop()
            pins.append(Pin(last.name, last.version, last.marker, (*last.sha256, found["digest"])))
        elif found := _PIN.fullmatch(stripped):
            pins.append(Pin(found["name"], found["version"], found["marker"] or "", ()))
        elif stripped:
            raise _bad_line(number, line)
    for pin in pins:
        if not pin.sha256:
            raise _bad_line(0, f"{pin.name}=={pin.version}")
    return pins


def _bad_line(number: int, line: str) -> UserError:
    return UserError(
        Message(
            f"requirements.lock の {number} 行目を読めません: {line.strip()}。"
            "git で元に戻してください。",
            f"requirements.lock, line {number} cannot be read: {line.strip()}. "
            "Restore it from git.",
        )
    )


def select_pins(pins: Sequence[Pin], target: Target) -> list[Pin]:
    """The pins that a machine needs: those without a marker, and those whose marker holds."""
    environment = target.marker_environment()
    return [pin for pin in pins if not pin.marker or Marker(pin.marker).evaluate(environment)]


def requirement_lines(pins: Iterable[Pin]) -> str:
    """A requirements file for `pip --require-hashes`, without markers."""
    return "".join(
        f"{pin.name}=={pin.version} {' '.join(f'--hash=sha256:{h}' for h in pin.sha256)}\n"
        for pin in pins
    )
