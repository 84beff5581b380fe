"""The real app as a process, and a real Chromium in which every foreign host is blocked."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

REPOSITORY = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
# Opened at a page's own address, Streamlit first looks for its server below it, then above.
PROBE = re.compile(r"/data/_stcore/(?:health|host-config)$")
# A slow machine is no failing test.
expect.set_options(timeout=20_000)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def raise_loopback() -> None:
    """Bring the loopback up where it is down and we may: in a network namespace of its own."""
    if sys.platform != "linux":
        return
    from fcntl import ioctl  # noqa: PLC0415

    up, set_flags, get_flags = 0x1, 0x8914, 0x8913
    with socket.socket() as handle, suppress(OSError):
        request = struct.pack("16sH14s", b"lo", 0, b"")
        flags = struct.unpack("16sH14s", ioctl(handle, get_flags, request))[1]
        if not flags & up:
            ioctl(handle, set_flags, struct.pack("16sH14s", b"lo", flags | up, b""))


@contextmanager
def serving(warehouse: Path) -> Iterator[str]:
    """The app on a free port, on one warehouse; its address."""
    raise_loopback()
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "streamlit", "run", "dashboard/app.py",
        "--server.address", HOST, "--server.port", str(port), "--browser.serverAddress", HOST,
    ]  # fmt: skip
    environment = {**os.environ, "EBPM_WAREHOUSE": str(warehouse), "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as server:
        try:
            wait_until_up(f"http://{HOST}:{port}", server)
            yield f"http://{HOST}:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            said = server.communicate(timeout=30)[0].decode()
    assert not re.search("Traceback|Errno|getaddrinfo|name resolution", said), said


def wait_until_up(url: str, server: subprocess.Popen[bytes]) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(600):
        with suppress(OSError), direct.open(f"{url}/_stcore/health", timeout=5):
            return
        if server.poll() is not None:
            pytest.fail(f"the app did not start: {server.stdout.read().decode()}")
        time.sleep(0.1)
    pytest.fail("the app did not answer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium of the system; without one the tests are skipped, in CI they fail."""
    if CHROMIUM is None:
        if os.environ.get("EBPM_REQUIRE_BROWSER") == "1":
            pytest.fail("no Chromium on this machine, and EBPM_REQUIRE_BROWSER=1")
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def serve():
    """The app on a warehouse of one's own: `with serve(warehouse) as url`."""
    return serving


@pytest.fixture(scope="session")
def sample_app(sample_warehouse: Path) -> Iterator[str]:
    """The app on what is shipped."""
    with serving(sample_warehouse) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that may only talk to the app, and has to be without an error when the test ends."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, accept_downloads=True)
    troubles: list[str] = []

    def look(url: str) -> bool:
        parts = urlsplit(url)
        ours = parts.scheme in {"data", "blob", "about"} or parts.hostname == HOST
        if not ours:
            troubles.append(f"foreign request: {url}")
        return ours

    context.route(
        "**/*", lambda route: route.continue_() if look(route.request.url) else route.abort()
    )
    context.on("request", lambda request: look(request.url))
    opened = context.new_page()
    opened.on("websocket", lambda websocket: look(websocket.url))
    opened.on("pageerror", lambda error: troubles.append(f"page error: {error}"))
    opened.on("dialog", lambda dialog: troubles.append(f"dialog: {dialog.message}"))
    opened.on(
        "console",
        lambda message: (
            troubles.append(f"console: {message.text}")
            if message.type == "error" and not PROBE.search(message.location["url"])
            else None
        ),
    )
    opened.set_default_timeout(30_000)
    yield opened
    context.close()
    assert troubles == []
