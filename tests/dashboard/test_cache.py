"""Editions come and go while pages are open."""

import threading
from datetime import date

import pytest

from dashboard import cache
from pipelines.build import build
from pipelines.warehouse import EditionError, current_edition_name


@pytest.fixture
def warehouse(tiny_data, monkeypatch):
    build(tiny_data, as_of=date(2026, 4, 1))
    monkeypatch.setenv("EBPM_WAREHOUSE", str(tiny_data.warehouse))
    return tiny_data


def test_a_new_edition_is_seen_at_the_next_look(warehouse):
    first = cache.current_ward()
    assert cache.current_ward() is first
    build(warehouse, as_of=date(2026, 5, 1))
    assert cache.current_ward().as_of == date(2026, 5, 1)


@pytest.mark.usefixtures("warehouse")
def test_an_edition_that_vanishes_between_pointer_and_opening_is_looked_up_again(monkeypatch):
    names = iter(["2026-03-01-gone", current_edition_name(), current_edition_name()])
    monkeypatch.setattr(cache, "current_edition_name", lambda: next(names))
    assert cache.current_ward().as_of == date(2026, 4, 1)


def test_an_edition_that_stays_unreadable_is_an_error_with_words(warehouse):
    (warehouse.warehouse / "CURRENT").write_text("2026-03-01-gone.duckdb\n", "utf-8")
    with pytest.raises(EditionError, match="2026-03-01-gone"):
        cache.current_ward()


def test_readers_never_fail_during_ten_builds(warehouse):
    failures, seen, stop = [], set(), threading.Event()

    def read():
        while not stop.wait(0.01):
            try:
                seen.add(cache.current_ward().as_of)
            except Exception as error:  # noqa: BLE001 - any failure fails the test
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for day in range(1, 11):
            build(warehouse, as_of=date(2026, 6, day), keep=0)
            assert cache.current_ward().as_of == date(2026, 6, day)
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert failures == []
    assert len(seen) > 1


def test_what_is_prepared_is_made_once_for_its_key():
    made = []

    def make():
        made.append(1)
        return "text"

    for _ in range(3):
        assert cache.prepared(make, edition="e", part="p", key=("a",)) == "text"
    cache.prepared(make, edition="e", part="p", key=("b",))
    cache.prepared(make, edition="f", part="p", key=("a",))
    assert len(made) == 3
