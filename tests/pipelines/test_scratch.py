"""DuckDB within bounds: what does not fit goes where only its owner reads, and goes away."""

from __future__ import annotations

import stat

import pytest

from pipelines.editions import write_edition
from pipelines.scratch import open_bounded

MORE_THAN_FITS = "SELECT range AS number, md5(range::VARCHAR) AS text FROM range(1_000_000)"


def test_what_does_not_fit_goes_into_the_folder_and_away_again(tmp_path):
    with open_bounded(None, tmp_path) as connection:
        connection.execute("SET memory_limit = '20MB'")
        connection.execute(f"CREATE TEMP TABLE many AS {MORE_THAN_FITS}")
        assert any(tmp_path.iterdir())
        assert connection.sql("SELECT count(*), max(number) FROM many").fetchall() == [
            (1_000_000, 999_999)
        ]
    assert not any(tmp_path.iterdir())


def test_a_limit_is_set_and_nothing_is_drawn(tmp_path):
    with open_bounded(None, tmp_path) as connection:
        limit, drawn = connection.sql(
            "SELECT current_setting('memory_limit'), current_setting('enable_progress_bar')"
        ).fetchall()[0]
    assert limit == "953.6 MiB"
    assert drawn is False


def test_the_folder_of_a_build_is_its_owners_and_goes_when_it_fails(tmp_path):
    seen = []

    def fail():
        with write_edition(tmp_path):
            seen.extend(tmp_path.glob("*.tmp"))
            assert [stat.S_IMODE(one.stat().st_mode) for one in seen] == [0o700]
            raise RuntimeError("a build fails")

    with pytest.raises(RuntimeError, match="a build fails"):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_build_leaves_no_folder_behind(tiny_warehouse):
    assert [one.name for one in tiny_warehouse.iterdir() if one.is_dir()] == []
