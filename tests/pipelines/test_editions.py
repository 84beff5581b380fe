from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import date, timedelta

import duckdb
import pytest
from filelock import FileLock

from pipelines import build as build_module
from pipelines.build import build
from pipelines.editions import build_lock, read_log_names, remove_old
from pipelines.messages import UserError
from pipelines.warehouse import (
    EditionError,
    current_edition_name,
    edition_names,
    open_edition,
)

DAY = date(2026, 4, 1)


def test_without_an_edition_the_reader_is_told_what_to_do(tmp_path):
    with pytest.raises(EditionError) as caught:
        open_edition(warehouse=tmp_path)
    assert "ebpm build" in caught.value.message_ja
    assert "ebpm build" in caught.value.message_en


@pytest.mark.parametrize("content", [b"", b"garbage", b"\0" * 5000])
def test_an_edition_that_is_no_database_is_an_edition_error(tiny_warehouse, content):
    name = current_edition_name(tiny_warehouse)
    (tiny_warehouse / f"{name}.duckdb").write_bytes(content)
    with pytest.raises(EditionError, match="cannot be read"):
        open_edition(warehouse=tiny_warehouse)


def test_a_database_that_is_no_edition_is_an_edition_error(tmp_path):
    with duckdb.connect(str(tmp_path / "2026-04-01-abc.duckdb")) as connection:
        connection.execute("CREATE TABLE t AS SELECT 1")
    with pytest.raises(EditionError):
        open_edition("2026-04-01-abc", warehouse=tmp_path)


@pytest.mark.parametrize("name", ["../secret", "a/b", "..", ".hidden", "2020-01-01-nothing"])
def test_a_name_never_leads_out_of_the_warehouse(tiny_warehouse, name):
    with pytest.raises(EditionError, match="not found"):
        open_edition(name, warehouse=tiny_warehouse)


def test_frames_take_bound_values_and_known_names_only(tiny_warehouse):
    with open_edition(warehouse=tiny_warehouse) as edition:
        assert len(edition.frame("mart.shapes", level="area")) == 4
        assert edition.frame("mart.shapes", level="' OR 1=1 --").empty
        with pytest.raises(KeyError):
            edition.frame("mart.shapes; DROP TABLE x")
        with pytest.raises(KeyError):
            edition.frame("mart.shapes", **{"level = level OR code": "x"})
        assert "clean.areas" in edition.tables()


def test_many_threads_read_one_edition_without_mixing_rows(tiny_warehouse):
    wrong = []
    with open_edition(warehouse=tiny_warehouse) as edition:

        def read(level: str) -> None:
            seen = [set(edition.frame("mart.measures", level=level).level) for _ in range(30)]
            wrong.extend(levels for levels in seen if levels != {level})

        threads = [threading.Thread(target=read, args=(level,)) for level in ("area", "town") * 4]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_a_second_build_waits_for_the_first_and_says_so(tiny_data, monkeypatch):
    monkeypatch.setattr(build_module, "LOCK_WAIT_SECONDS", 0.05)
    tiny_data.warehouse.mkdir(parents=True)
    with FileLock(tiny_data.warehouse / ".lock"), pytest.raises(UserError, match="under way"):
        build(tiny_data, as_of=DAY)


def test_a_build_that_fails_changes_nothing(tiny_data):
    first = build(tiny_data, as_of=DAY).edition
    log = (tiny_data.warehouse / "log.jsonl").read_text("utf-8")
    (tiny_data.inbox).mkdir()
    (tiny_data.inbox / "letter.csv").write_text("拝啓\n", "utf-8")
    with pytest.raises(UserError, match=r"letter\.csv"):
        build(tiny_data, as_of=DAY)
    assert current_edition_name(tiny_data.warehouse) == first
    assert edition_names(tiny_data.warehouse) == [first]
    assert (tiny_data.warehouse / "log.jsonl").read_text("utf-8") == log


def test_all_files_that_cannot_be_read_are_named_at_once(tiny_data):
    tiny_data.inbox.mkdir()
    (tiny_data.inbox / "one.csv").write_text("拝啓\n", "utf-8")
    (tiny_data.inbox / "two.csv").write_bytes(b"")
    with pytest.raises(UserError) as caught:
        build(tiny_data, as_of=DAY)
    assert "one.csv" in caught.value.message.ja
    assert "two.csv" in caught.value.message.ja


def test_a_misspelt_folder_in_the_inbox_is_not_passed_over(tiny_data):
    (tiny_data.inbox / "facility").mkdir(parents=True)
    with pytest.raises(UserError, match="facility"):
        build(tiny_data, as_of=DAY)


def test_the_log_says_who_was_current_when_and_old_editions_go(tiny_data):
    names = [build(tiny_data, as_of=DAY + timedelta(days=day), keep=2).edition for day in range(5)]
    assert edition_names(tiny_data.warehouse) == names[2:]
    assert read_log_names(tiny_data.warehouse) == names
    lines = (tiny_data.warehouse / "log.jsonl").read_text("utf-8").splitlines()
    assert json.loads(lines[-1])["as_of"] == "2026-04-05"
    assert remove_old(tiny_data.warehouse, keep=0) == names[2:4]
    assert current_edition_name(tiny_data.warehouse) == names[4]


def test_a_half_written_log_line_hides_nothing(tiny_data):
    name = build(tiny_data, as_of=DAY).edition
    with (tiny_data.warehouse / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write('{"at": "2026-')
    assert read_log_names(tiny_data.warehouse) == [name]


def test_leftovers_of_a_killed_build_are_cleared_by_the_next(tiny_data):
    tiny_data.warehouse.mkdir(parents=True)
    leftover = tiny_data.warehouse / ".building-1.duckdb"
    leftover.write_bytes(b"half")
    with build_lock(tiny_data.warehouse, wait_seconds=1):
        assert not leftover.exists()


def test_a_broken_edition_of_the_same_name_is_made_again(tiny_data):
    name = build(tiny_data, as_of=DAY).edition
    (tiny_data.warehouse / f"{name}.duckdb").write_bytes(b"half")
    report = build(tiny_data, as_of=DAY)
    assert (report.edition, report.reused) == (name, False)
    open_edition(warehouse=tiny_data.warehouse).close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_builds_killed_at_random_moments_leave_a_whole_edition(tiny_data):
    """Eight kills here; `make bench` does two hundred."""
    build(tiny_data, as_of=DAY)
    rng = random.Random(20260401)  # noqa: S311 - moments, not secrets
    for attempt in range(8):
        day = DAY + timedelta(days=attempt + 1)
        process = subprocess.Popen(
            [sys.executable, "-m", "pipelines", "build", "--data", str(tiny_data.root), "--as-of", day.isoformat()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(rng.uniform(0.3, 2.0))
        process.kill()
        process.wait()
        with open_edition(warehouse=tiny_data.warehouse) as edition:
            assert len(edition.frame("mart.measures", level="ward")) == 7
            assert edition.name == current_edition_name(tiny_data.warehouse)
