"""JSON records, in whatever an interface wraps them."""

from __future__ import annotations

import json

import pytest

from pipelines.ingest.unreadable import UnreadableFileError

ROWS = [
    {"駅名": "中野", "経度": 139.666, "緯度": 35.706},
    {"駅名": "東中野", "経度": 139.683, "緯度": 35.706, "備考": None, "路線": ["中央線"]},
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize(
    "document",
    [
        ROWS,
        {"data": ROWS},
        {"success": True, "result": {"fields": [{"id": "駅名", "type": "text"}], "records": ROWS}},
    ],
)
def test_a_list_of_objects_wherever_it_stands(read, document, encoding):
    text = json.dumps(document, ensure_ascii=False)
    [table] = read(text.encode(encoding), "stations.json")
    assert (table.contract.name, table.raw.layout) == ("stations", "json")
    assert table.raw.header == ("駅名", "経度", "緯度", "備考", "路線")
    assert [column.to_pylist() for column in table.raw.columns] == [
        *(["中野", "東中野"], ["139.666", "139.683"], ["35.706", "35.706"]),
        *(["", ""], ["", '["中央線"]']),
    ]
    assert table.raw.lines.tolist() == [1, 2]


def test_numbers_stay_as_they_are_written_and_blank_records_are_counted(read):
    [table] = read(
        '[{"駅名": "中野", "経度": 139.6660, "緯度": 1E2}, {"駅名": ""}, {}]', "stations.json"
    )
    assert [column.to_pylist() for column in table.raw.columns] == [["中野"], ["139.6660"], ["1E2"]]
    assert (table.raw.rows, table.raw.blank_lines) == (1, 2)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{}", "not_json"),
        ("[]", "not_json"),
        ('{"a": {"b": {"c": {"d": {"e": [{"駅名": 1}]}}}}}', "not_json"),
        ('[{"駅名": "中野"', "truncated"),
        ('[{"駅名": "中野"}, x]', "not_json"),
        ('[{"駅名": "\\ud800", "経度": 1, "緯度": 2}]', "encoding"),
        ('[{"a": 1, "b": 2}]', "no_kind"),
        (json.dumps({"a": ROWS, "b": ROWS}), "several"),
        ('[{"駅名": "", "経度": "", "緯度": null}]', "no_rows"),
        ("[" * 50_000 + "]" * 50_000, "not_json"),
        ("[" + "1" * 5_000 + "]", "not_json"),
        (json.dumps([{f"c{n}": 1} for n in range(3_000)]), "too_large"),
    ],
)
def test_what_is_no_table_of_ours_is_refused(read, text, reason):
    with pytest.raises(UnreadableFileError) as caught:
        read(text, "stations.json")
    assert caught.value.reason == reason


def test_a_csv_below_a_title_in_brackets_is_a_csv(read):
    [table] = read("[駅の一覧]\n駅名,経度,緯度\n中野,139.666,35.706\n", "stations.csv")
    assert (table.raw.layout, table.raw.rows, len(table.raw.notes)) == ("csv", 1, 1)
