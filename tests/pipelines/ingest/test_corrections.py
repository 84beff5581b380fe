from __future__ import annotations

from datetime import date

import pytest
import yaml

from pipelines.build import build
from pipelines.messages import UserError
from pipelines.warehouse import current_edition_name, open_edition

DAY = date(2026, 4, 1)
ENTRY = {
    "id": "2026-001",
    "dataset": "facilities",
    "key": {"municipality_code": "131148", "facility_id": "1"},
    "field": "facility_name",
    "expected": "東町小学校",
    "value": "東町小学校（分校）",
    "reason": "名称の誤り",
    "decided_by": "広聴・広報課長",
    "decided_on": "2026-03-01",
}


@pytest.fixture
def correct(tiny_data):
    """Write entries and build; gives the edition."""
    name = sample_name(tiny_data)

    def corrected(*changes):
        folder = tiny_data.corrections
        folder.mkdir(exist_ok=True)
        entries = [{**ENTRY, "expected": name, **change} for change in changes]
        content = yaml.safe_dump({"corrections": entries}, sort_keys=False)
        (folder / "facilities.yaml").write_text(content, "utf-8")
        report = build(tiny_data, as_of=DAY)
        return open_edition(report.edition, warehouse=tiny_data.warehouse)

    return corrected


def sample_name(folder) -> str:
    name = build(folder, as_of=DAY).edition
    with open_edition(name, warehouse=folder.warehouse) as edition:
        return edition.frame("clean.facilities", facility_id="1").facility_name[0]


def test_the_row_is_mended_and_the_edition_says_by_whom_and_why(correct):
    with correct({}) as edition:
        row = edition.frame("clean.facilities", facility_id="1").iloc[0]
        assert row.facility_name == ENTRY["value"]
        noted = edition.frame("meta.corrections").iloc[0]
        assert noted["value"] == ENTRY["value"]
        assert noted.key == "131148 / 1"
        assert (noted.reason, noted.decided_by) == (ENTRY["reason"], ENTRY["decided_by"])
        assert noted.line == row.source_line


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"expected": "別の名前"}, "別の名前"),
        ({"key": {"facility_id": "999"}}, "999"),
        ({"key": {"municipality_code": "131148"}}, "6"),
        ({"field": "colour"}, "colour"),
        ({"dataset": "parks"}, "parks"),
        ({"decided_by": ""}, "decided_by"),
        ({"value": 5}, "value"),
    ],
)
def test_an_entry_that_does_not_apply_fails_the_build_and_changes_nothing(
    correct, tiny_data, change, told
):
    before = current_edition_name(tiny_data.warehouse)
    with pytest.raises(UserError) as caught:
        correct(change)
    assert told in caught.value.message.ja
    assert current_edition_name(tiny_data.warehouse) == before


def test_the_message_names_the_entry(correct):
    with pytest.raises(UserError, match="2026-001"):
        correct({"expected": "別の名前"})


def test_two_entries_with_one_id_are_refused(correct):
    with pytest.raises(UserError, match="two corrections"):
        correct({}, {})


def test_a_blank_can_be_filled_and_a_value_blanked(correct):
    with correct({"field": "note", "expected": None, "value": "移転予定"}) as edition:
        assert edition.frame("clean.facilities", facility_id="1").note[0] == "移転予定"


def test_a_column_that_no_file_gives_can_be_filled(tiny_data):
    own = tiny_data.inbox / "facilities" / "own.csv"
    own.parent.mkdir(parents=True)
    header = "都道府県コード又は市区町村コード,NO,名称,住所"
    own.write_text(f"{header}\n131148,1,甲,東町\n131148,2,乙,東町\n", "utf-8")
    tiny_data.corrections.mkdir()
    entry = {**ENTRY, "field": "note", "expected": None, "value": "移転予定"}
    content = yaml.safe_dump({"corrections": [entry]})
    (tiny_data.corrections / "facilities.yaml").write_text(content, "utf-8")
    report = build(tiny_data, as_of=DAY)
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        notes = edition.arrow("clean.facilities")["note"].to_pylist()
    assert notes == ["移転予定", None]
