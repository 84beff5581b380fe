"""A warehouse that is damaged, full or not one's own: nothing half done, and words for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date, timedelta

import pytest

from pipelines.build import build
from pipelines.editions import read_log_names
from pipelines.messages import UserError
from pipelines.warehouse import EditionError, current_edition_name, edition_names, open_edition

DAY = date(2026, 4, 1)
NEXT = date(2026, 4, 2)


@pytest.mark.parametrize("content", ["a" * 5_000, "a\0b.duckdb", "a\nb", "../../etc/passwd", "/etc/passwd", "", ".duckdb", "\x1b[31m"])  # fmt: skip
def test_a_pointer_to_anything_is_an_edition_error_and_the_next_build_mends_it(tiny_data, content):
    build(tiny_data, as_of=DAY)
    (tiny_data.warehouse / "CURRENT").write_text(content, "utf-8")
    with pytest.raises(EditionError) as caught:
        open_edition(warehouse=tiny_data.warehouse)
    assert caught.value.message.en.isprintable()
    report = build(tiny_data, as_of=DAY)
    assert current_edition_name(tiny_data.warehouse) == report.edition


def test_a_name_without_end_is_not_found(tiny_warehouse):
    with pytest.raises(EditionError, match="not found"):
        open_edition("a" * 5_000, warehouse=tiny_warehouse)


@pytest.mark.parametrize("name", ["CURRENT", "log.jsonl"])
def test_a_folder_in_the_place_of_a_file_changes_nothing(tiny_data, name):
    first = build(tiny_data, as_of=DAY).edition
    (tiny_data.warehouse / name).unlink()
    (tiny_data.warehouse / name).mkdir()
    with pytest.raises(UserError, match="cannot be written"):
        build(tiny_data, as_of=NEXT)
    assert edition_names(tiny_data.warehouse) == [first]
    assert not list(tiny_data.warehouse.glob(".CURRENT*"))
    if name == "CURRENT":
        assert read_log_names(tiny_data.warehouse) == [first]
    else:
        assert current_edition_name(tiny_data.warehouse) == first


def test_a_log_that_is_no_text_does_not_stop_a_build(tiny_data):
    build(tiny_data, as_of=DAY)
    (tiny_data.warehouse / "log.jsonl").write_bytes(bytes(range(256)))
    report = build(tiny_data, as_of=NEXT)
    assert current_edition_name(tiny_data.warehouse) == report.edition


def test_only_editions_are_cleared_away(tiny_data):
    copy = tiny_data.warehouse / "backup.duckdb"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(b"mine")
    for day in range(3):
        build(tiny_data, as_of=DAY + timedelta(days=day), keep=0)
    assert copy.read_bytes() == b"mine"
    assert len(edition_names(tiny_data.warehouse)) == 2


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
from pipelines.cli import main
main()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="no limit of file sizes here")
@pytest.mark.parametrize("size", [100_000, 1_000_000, 3_000_000, 5_000_000])
def test_a_disk_that_fills_up_leaves_the_edition_before_and_nothing_else(tiny_data, size):
    """DuckDB closes without a word where it could not write everything."""
    first = build(tiny_data, as_of=DAY).edition
    before = sorted(path.name for path in tiny_data.warehouse.iterdir())
    arguments = ["build", "--data", str(tiny_data.root), "--as-of", NEXT.isoformat()]
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(size), *arguments],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tiny_data.warehouse.iterdir()) == before
    with open_edition(warehouse=tiny_data.warehouse) as edition:
        assert edition.name == first
