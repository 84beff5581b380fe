"""A file that reads but is not believed: the previous edition's table stays, and says so."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from pipelines.build import build
from pipelines.inputs import gather_inputs, is_current
from pipelines.warehouse import open_edition

DAY = date(2026, 4, 1)
HEADER = "都道府県コード又は市区町村コード,NO,名称,住所,緯度,経度,POIコード\n"


def rows(count: int, *, lost: int = 0) -> str:
    """`count` facilities, the first `lost` of them at an address that nobody knows."""
    known = "東京都中野区東町1-2-3"
    places = ["不明"] * lost + [known] * (count - lost)
    return "".join(f"131148,{at},施設{at},{place},,,\n" for at, place in enumerate(places))


@pytest.fixture
def ward(tiny_data):
    """The ward of four areas with its own list of ten facilities and gates on it."""
    path = tiny_data.root / "catalog" / "facilities.yaml"
    contract = yaml.safe_load(path.read_text("utf-8"))
    contract["gates"] = {"fewer_rows_pct": 20, "without_place_pct": 50}
    path.write_text(yaml.safe_dump(contract, allow_unicode=True), "utf-8")
    write(tiny_data, rows(10))
    return tiny_data


def write(folder, body: str) -> None:
    target = folder.inbox / "facilities"
    target.mkdir(parents=True, exist_ok=True)
    (target / "own.csv").write_text(HEADER + body, "utf-8")


def facilities(folder, name: str) -> tuple[int, list[dict]]:
    with open_edition(name, warehouse=folder.warehouse) as edition:
        sources = edition.frame("meta.sources", dataset="facilities").to_dict("records")
        return len(edition.frame("clean.facilities")), sources


def test_a_file_with_far_fewer_rows_keeps_the_table_and_names_where_it_came_from(ward):
    first = build(ward, as_of=DAY)
    write(ward, rows(7))
    report = build(ward, as_of=DAY)
    assert not report.complete
    gate = next(result.gate for result in report.results if result.gate)
    assert "10行から7行" in gate.ja
    assert "--accept facilities" in gate.en
    count, sources = facilities(ward, report.edition)
    assert count == 10
    new, old = sorted(sources, key=lambda row: row["source_no"])
    assert (new["rows_read"], new["rows_loaded"], new["rows_left_out"]) == (7, 0, 7)
    assert (old["rows_loaded"], old["carried_over_from"]) == (10, first.edition)


def test_a_column_that_only_the_kept_rows_have_is_kept_with_them(ward):
    """No column of the new file is the one with a value in the old: each table has its own."""
    target = ward.inbox / "facilities" / "own.csv"
    header = HEADER.strip()
    noted = "".join(f"{line},旧館\n" for line in rows(10).splitlines())
    target.write_text(f"{header},備考\n{noted}", "utf-8")
    first = build(ward, as_of=DAY)
    with open_edition(first.edition, warehouse=ward.warehouse) as edition:
        before = edition.frame("clean.facilities")
    write(ward, rows(7))
    report = build(ward, as_of=DAY)
    with open_edition(report.edition, warehouse=ward.warehouse) as edition:
        after = edition.frame("clean.facilities")
    assert list(after.columns) == list(before.columns)
    assert list(after.note) == list(before.note) == ["旧館"] * 10
    target.write_text(HEADER + rows(10), "utf-8")
    with open_edition(build(ward, as_of=DAY).edition, warehouse=ward.warehouse) as edition:
        without = edition.frame("clean.facilities")
        assert edition.count("clean.facilities", note=["旧館"]) == 0
    assert list(without.columns) == list(before.columns)
    assert without.note.isna().all()


def test_every_row_kept_still_leads_to_its_source(ward):
    build(ward, as_of=DAY)
    write(ward, rows(7))
    report = build(ward, as_of=DAY)
    with open_edition(report.edition, warehouse=ward.warehouse) as edition:
        numbers = set(edition.frame("clean.facilities").source_no)
        assert numbers <= set(edition.frame("meta.sources").source_no)
        assert len(edition.frame("mart.points", kind="facility")) == 10
        ward_value = edition.frame("mart.measures", level="ward", measure="facilities").value[0]
        assert ward_value == 10


def test_building_again_changes_nothing_and_the_origin_stays_the_first(ward):
    first = build(ward, as_of=DAY).edition
    write(ward, rows(7))
    second = build(ward, as_of=DAY).edition
    assert is_current(gather_inputs(ward, as_of=DAY))
    third = build(ward, as_of=DAY).edition
    assert second == third
    assert second != first
    _, sources = facilities(ward, third)
    origins = [row["carried_over_from"] for row in sources if row["rows_loaded"]]
    assert origins == [first]


def test_accepted_by_name_it_is_loaded(ward):
    build(ward, as_of=DAY)
    write(ward, rows(7))
    kept = build(ward, as_of=DAY).edition
    report = build(ward, as_of=DAY, accept=["facilities"])
    assert report.complete
    assert report.edition != kept
    assert facilities(ward, report.edition)[0] == 7
    assert facilities(ward, kept)[0] == 10


@pytest.mark.parametrize("count", [8, 12])
def test_within_the_gate_it_is_loaded(ward, count):
    build(ward, as_of=DAY)
    write(ward, rows(count))
    report = build(ward, as_of=DAY)
    assert report.complete
    assert facilities(ward, report.edition)[0] == count


def test_rows_without_a_place_are_not_believed_either(ward):
    build(ward, as_of=DAY)
    write(ward, rows(10, lost=6))
    report = build(ward, as_of=DAY)
    gate = next(result.gate for result in report.results if result.gate)
    assert "10行のうち6行" in gate.ja


def test_the_first_own_file_is_never_held_against_the_sample(ward):
    declared = ward.sample / "facilities" / "source.yaml"
    declared.write_text(declared.read_text("utf-8").replace("official", "sample"), "utf-8")
    (ward.inbox / "facilities" / "own.csv").unlink()
    assert facilities(ward, build(ward, as_of=DAY).edition)[0] == 6
    write(ward, rows(2))
    report = build(ward, as_of=DAY)
    assert report.complete
    assert facilities(ward, report.edition)[0] == 2
