from __future__ import annotations

from datetime import date

import pytest
import yaml
from click.testing import CliRunner

from pipelines.build import build
from pipelines.cli import cli
from pipelines.evidence.errata import errata
from pipelines.warehouse import open_edition


def entry(number: int, field: str, expected: str | None, value: str) -> dict:
    return {
        "id": f"2026-00{number}",
        "dataset": "facilities",
        "key": {"facility_id": str(number)},
        "field": field,
        "expected": expected,
        "value": value,
        "reason": "誤記",
        "decided_by": "広聴・広報課長",
        "decided_on": "2026-03-01",
    }


@pytest.fixture
def editions(tiny_data):
    """Two editions: the first has corrections 1 and 2, the second 2 and 3."""

    def built(day: int, *entries: dict) -> str:
        tiny_data.corrections.mkdir(exist_ok=True)
        text = yaml.safe_dump({"corrections": list(entries)}, sort_keys=False)
        (tiny_data.corrections / "all.yaml").write_text(text, "utf-8")
        return build(tiny_data, as_of=date(2026, 4, day)).edition

    one, two, three = (entry(number, "note", None, f"=注{number}") for number in (1, 2, 3))
    return tiny_data, built(1, one, two), built(2, two, three)


def test_what_was_added_and_what_ended_between_two_editions(editions):
    folder, older, newer = editions
    with (
        open_edition(older, warehouse=folder.warehouse) as before,
        open_edition(newer, warehouse=folder.warehouse) as after,
    ):
        table = errata(before, after)
        assert errata(after, after).empty
    assert table[["correction_id", "change", "dataset_title", "field_title", "right"]].to_numpy().tolist() == [
        ["2026-001", "訂正終了", "公共施設", "備考", "=注1"],
        ["2026-003", "訂正", "公共施設", "備考", "=注3"],
    ]  # fmt: skip


def test_the_command_prints_a_table_that_no_spreadsheet_runs(editions):
    folder, older, _ = editions
    result = CliRunner().invoke(cli, ["errata", older, "--data", str(folder.root)])
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == "区分,データ,行,項目,誤,正,理由,決めた職,決めた日,訂正番号"
    assert "'=注3" in lines[2]
    missing = CliRunner().invoke(cli, ["errata", "2000-01-01-none", "--data", str(folder.root)])
    assert missing.exit_code == 1
