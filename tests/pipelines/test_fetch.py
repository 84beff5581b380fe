"""Fetching against a server on this machine: whole, broken off, refused, the wrong thing."""

from __future__ import annotations

import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from zipfile import ZipFile

import numpy as np
import pyogrio
import pytest
import shapely

from pipelines.build import build
from pipelines.fetch import fetch_boundary
from pipelines.messages import UserError
from pipelines.warehouse import open_edition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def boundary_zip(folder: Path, code: str) -> bytes:
    """A zip as e-Stat hands it out, of two square areas."""
    squares = [shapely.box(139.66 + 0.01 * at, 35.70, 139.67 + 0.01 * at, 35.71) for at in (0, 1)]
    area_m2 = [1_004_000.0] * 2
    columns = {
        "KEY_CODE": [f"{code}990101", f"{code}990102"],
        "CITY_NAME": ["中野区"] * 2,
        "S_NAME": ["東町１丁目", "東町２丁目"],
        "AREA": area_m2,
        "JINKO": [100, 200],
        "SETAI": [50, 100],
    }
    pyogrio.raw.write(
        folder / "r2ka.shp",
        geometry=shapely.to_wkb(np.array(squares)),
        field_data=[np.array(values) for values in columns.values()],
        fields=list(columns),
        geometry_type="Polygon",
        crs="EPSG:6668",
        encoding="cp932",
    )
    target = folder / "made.zip"
    with ZipFile(target, "w") as archive:
        for ending in (".shp", ".shx", ".dbf", ".prj"):
            archive.write(folder / f"r2ka{ending}", f"r2ka13114{ending}")
    return target.read_bytes()


class Server:
    """Answers each request with the next of `answers`: (status, body, announced length)."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, bytes, int | None]] = []
        self.requests: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.requests.append(self.path)
                status, body, announced = outer.answers.pop(0)
                self.send_response(status)
                self.send_header("Content-Length", str(announced or len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}/data?code={{code}}"


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    thread = threading.Thread(target=one.http.serve_forever, daemon=True)
    thread.start()
    yield one
    one.http.shutdown()
    one.http.server_close()
    thread.join()


@pytest.fixture
def fetch(server, tiny_data):
    return lambda: fetch_boundary(tiny_data, address=server.address, backoff_seconds=0.01)


def test_the_boundary_of_the_wards_code_comes_into_the_inbox_and_builds(
    server, fetch, tiny_data, tmp_path
):
    server.answers = [(200, boundary_zip(tmp_path, "13114"), None)]
    fetched = fetch()
    assert server.requests == ["/data?code=13114"]
    assert fetched.areas == 2
    report = build(tiny_data, as_of=date(2026, 4, 1))
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        areas = edition.frame("clean.areas")
        assert areas.population.sum() == 300
        assert set(areas.boundary_id) == {"census-2020"}
        source = edition.frame("meta.sources", dataset="areas").iloc[0]
        assert (source.status, source.as_of.date()) == ("official", date(2020, 10, 1))


def test_a_server_that_is_busy_is_asked_again(server, fetch, tmp_path):
    server.answers = [
        (503, b"", None),
        (503, b"", None),
        (200, boundary_zip(tmp_path, "13114"), None),
    ]
    assert fetch().areas == 2
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    "answer",
    [
        (404, b"no", None),
        (200, b"<html>maintenance</html>", None),
        (200, b"PK\x03\x04 half", None),
        (200, b"PK\x03\x04 half", 5000),
    ],
)
def test_what_is_not_whole_never_reaches_the_inbox(server, fetch, tiny_data, answer):
    server.answers = [answer] * 9
    with pytest.raises(UserError, match="could not be fetched"):
        fetch()
    assert list((tiny_data.inbox / "areas").iterdir()) == []


def test_another_municipality_is_refused_and_the_file_there_stays(
    server, fetch, tiny_data, tmp_path
):
    server.answers = [(200, boundary_zip(tmp_path, "13115"), None)]
    kept = tiny_data.inbox / "areas" / "r2ka13114.zip"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"before")
    with pytest.raises(UserError, match="13114"):
        fetch()
    assert kept.read_bytes() == b"before"


def test_no_server_at_all_is_said_in_words(tiny_data):
    with pytest.raises(UserError, match="as it was"):
        fetch_boundary(tiny_data, address="http://127.0.0.1:9/{code}", backoff_seconds=0.01)
