"""What lies in the inbox and is no file: named, never passed over, never a hang."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from pipelines import build as build_module
from pipelines.build import build
from pipelines.contracts import load_catalogue
from pipelines.ingest import discover
from pipelines.ingest.discover import find_inputs
from pipelines.ingest.unreadable import UnreadableFileError
from pipelines.messages import UserError
from pipelines.warehouse import current_edition_name

STATIONS = "station_name,lon,lat\n中野,139.66,35.7\n"


def find(folder):
    return find_inputs(folder, load_catalogue(folder.root))


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.symlink_to("/nowhere"),
        lambda path: path.symlink_to(path.name),
        lambda path: path.symlink_to("/dev/zero"),
        os.mkfifo,
        Path.mkdir,
    ],
)
def test_what_is_no_file_is_named(tiny_data, make):
    path = tiny_data.inbox / "stations" / "list.csv"
    path.parent.mkdir(parents=True)
    make(path)
    with pytest.raises(UnreadableFileError, match=r"list\.csv") as caught:
        find(tiny_data)
    assert caught.value.reason == "not_a_file"


def test_an_inbox_that_is_a_file_is_named(tiny_data):
    tiny_data.inbox.write_text(STATIONS, "utf-8")
    with pytest.raises(UnreadableFileError, match="inbox"):
        find(tiny_data)


def test_a_name_that_is_no_text_is_named(tiny_data):
    tiny_data.inbox.mkdir()
    name = os.fsencode(tiny_data.inbox) + b"/\xff\xfe.csv"
    try:
        with open(name, "wb") as file:  # noqa: PTH123 - a name in bytes
            file.write(STATIONS.encode())
    except OSError:
        pytest.skip("this file system takes no such name")
    with pytest.raises(UnreadableFileError) as caught:
        find(tiny_data)
    assert caught.value.reason == "file_name"
    caught.value.message.ja.encode()


def test_a_folder_that_cannot_be_listed_is_named(tiny_data, monkeypatch):
    (tiny_data.inbox / "stations").mkdir(parents=True)

    def deny(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", deny)
    with pytest.raises(UnreadableFileError, match="Permission denied"):
        find(tiny_data)


def test_the_metadata_that_gis_software_leaves_is_passed_over(tiny_data):
    (tiny_data.inbox / "areas").mkdir(parents=True)
    (tiny_data.inbox / "areas" / "a.shp.xml").write_text("<metadata/>", "utf-8")
    assert not [one for one in find(tiny_data) if one.path.suffix == ".xml"]


def test_a_file_that_vanishes_while_it_is_read_is_named(tiny_data, monkeypatch):
    path = tiny_data.inbox / "list.csv"
    path.parent.mkdir()
    path.write_text(STATIONS, "utf-8")
    [found] = [one for one in find(tiny_data) if one.path == path]

    def gone(_):
        raise FileNotFoundError(2, "No such file or directory", str(path))

    monkeypatch.setattr(discover, "file_sha256", gone)
    with pytest.raises(UnreadableFileError, match=r"list\.csv"):
        discover.read_sources(found, load_catalogue(tiny_data.root), first_no=1)


def test_inputs_that_change_while_they_are_read_make_no_edition(tiny_data, monkeypatch):
    first = build(tiny_data, as_of=date(2026, 4, 1)).edition
    target = tiny_data.inbox / "list.csv"
    target.parent.mkdir()
    target.write_text(STATIONS, "utf-8")
    read_inputs = build_module.read_inputs

    def meanwhile(*arguments, **options):
        sources = read_inputs(*arguments, **options)
        target.write_text(STATIONS + "東中野,139.68,35.7\n", "utf-8")
        return sources

    monkeypatch.setattr(build_module, "read_inputs", meanwhile)
    with pytest.raises(UserError, match="changed while"):
        build(tiny_data, as_of=date(2026, 4, 1))
    assert current_edition_name(tiny_data.warehouse) == first


def test_a_build_takes_the_inputs_as_they_are_when_its_turn_comes(tiny_data, monkeypatch):
    """Not as they were when it began to wait: it would publish what another has overtaken."""
    station = tiny_data.sample / "stations" / "131148_stations.csv"
    lock = build_module.build_lock

    def waited(*arguments, **options):
        station.write_text(STATIONS, "utf-8")
        return lock(*arguments, **options)

    monkeypatch.setattr(build_module, "build_lock", waited)
    edition = build(tiny_data, as_of=date(2026, 4, 1)).edition
    monkeypatch.undo()
    shutil.rmtree(tiny_data.warehouse)
    assert build(tiny_data, as_of=date(2026, 4, 1)).edition == edition


MILESTONES = "節目ID,節目\n{},策定\n"


def test_of_merged_data_sets_shipped_facts_stay_and_the_sample_gives_way(tiny_data):
    catalogue = load_catalogue(tiny_data.root)
    sample = tiny_data.root / "sample" / "initiative_milestones"
    sample.mkdir()
    for name in ("facts", "made_up"):
        (sample / f"{name}.csv").write_text(MILESTONES.format(name), "utf-8")
    (sample / "source.yaml").write_text(
        "status: sample\nfiles: {facts.csv: {status: official}}\n", "utf-8"
    )

    def names():
        sources = discover.read_inputs(find(tiny_data), catalogue)
        return [one.path.stem for one in sources if one.contract.name == "initiative_milestones"]

    assert names() == ["facts", "made_up"]
    tiny_data.inbox.mkdir(exist_ok=True)
    # Straight in the inbox, a file is known by its header alone.
    (tiny_data.inbox / "D52.csv").write_text(
        "節目ID,取組ID,節目,実績終了日\nM1,I01,策定,2021-11-30\n", "utf-8"
    )
    assert names() == ["D52", "facts"]
    (tiny_data.inbox / "stations").mkdir()
    (tiny_data.inbox / "stations" / "own.csv").write_text(STATIONS, "utf-8")
    read = discover.read_inputs(find(tiny_data), catalogue)
    # Of every other data set all that is shipped gives way, whatever its status.
    assert [one.path.stem for one in read if one.contract.name == "stations"] == ["own"]
