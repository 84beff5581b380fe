"""The real app as a process, and a real Chromium in which every foreign host is blocked."""

from __future__ import annotations

import io
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
from PIL import Image
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

REPOSITORY = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
# The first page of a fresh server imports everything; on a busy machine that takes its time.
expect.set_options(timeout=20_000)
# Opened at a page's own address, Streamlit first looks for its server below it, then above. No
# setting of the server changes that order, and an answer there would make /data the app's root.
PROBE = re.compile(r"/(?:data|initiatives|wifi)/_stcore/(?:health|host-config)$")
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


class MapPage:
    """The page and the frame of its map, spoken of as a visitor would."""

    def __init__(self, page):
        self.page = page
        # While one map takes the place of another, both stand there for a moment.
        self.frame = page.locator(".st-key-map iframe").last.content_frame

    def open(self, address):
        self.page.goto(address)
        self.settle()
        return self

    def settle(self):
        """Wait until the map shows the legend of the measure that the page speaks of."""
        self.frame.locator(".ward-legend h2").wait_for()
        expect(self.frame.locator(".ward-area").first).to_be_visible()

    def wait_for(self, expression):
        """Wait until an expression holds in the frame of the map."""
        iframe = self.page.locator(".st-key-map iframe").last.element_handle()
        iframe.content_frame().wait_for_function(expression, timeout=10_000)

    @property
    def areas(self):
        return self.frame.locator("path.ward-area")

    def legend(self):
        return self.frame.locator(".ward-legend").inner_text()

    def headline(self):
        return self.page.locator("h1").inner_text()

    def click_area(self, name):
        """Click the area whose tooltip begins with `name`, where nothing lies above it."""
        self.wait_until_still()
        at = self.frame.locator("#map_div").evaluate(
            """(box, name) => {
                let found = null;
                map.eachLayer((layer) => {
                    const row = layer.feature?.properties.row;
                    if (!row || row[0] !== name || found) return;
                    const { left, right, top, bottom } = layer.getElement().getBoundingClientRect();
                    for (let y = top + 1; y < bottom && !found; y += 2)
                        for (let x = left + 1; x < right && !found; x += 2)
                            if (document.elementFromPoint(x, y) === layer.getElement()) found = [x, y];
                });
                return found;
            }""",
            name,
        )
        self.frame.locator("#map_div").click(position={"x": at[0], "y": at[1]})

    def wait_until_still(self):
        """Wait until the page has run to its end and the map stands where it will stay.

        A click on a map that is about to be fitted, or taken out for another, is lost.
        """
        expect(self.page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning"
        )
        self.wait_for(
            """() => new Promise((still) => {
                const where = () => JSON.stringify([
                    map.getZoom(), map.getCenter(), map.getSize(), map._animatingZoom,
                    document.querySelectorAll("path").length,
                    document.querySelector("path.ward-area")?.getBoundingClientRect(),
                ]);
                const before = where();
                setTimeout(() => still(where() === before), 200);
            })"""
        )

    def painted(self):
        """The colours of the map's pixels, counted."""
        picture = Image.open(io.BytesIO(self.page.locator(".st-key-map").screenshot())).convert(
            "RGB"
        )
        return {
            colour: count for count, colour in picture.getcolors(picture.width * picture.height)
        }


@pytest.fixture
def map_page(page):
    return MapPage(page)
