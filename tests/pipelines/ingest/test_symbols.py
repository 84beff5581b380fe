from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.build import build
from pipelines.contracts import load_catalogue
from pipelines.evidence.symbols import add_up, write_cell, write_row
from pipelines.ingest.symbols import read_symbols
from pipelines.warehouse import open_edition

SYMBOLS = {"-": "nil", "…": "unknown", "×": "withheld", "△": "negative", "0": "zero"}
CELLS = ["12", "0", "-", "…", "×", "△5", None, "1,234"]


def test_five_marks_keep_their_five_meanings():
    numbers, states, marks = read_symbols(pa.array(CELLS, pa.string()), SYMBOLS)
    assert list(zip(numbers.to_pylist(), states.to_pylist(), strict=True)) == [
        ("12", "value"),
        ("0", "zero"),
        ("0", "nil"),
        (None, "unknown"),
        (None, "withheld"),
        ("-5", "value"),
        (None, None),
        ("1,234", "value"),
    ]
    assert marks == 4


def test_what_is_written_again_is_what_was_read():
    numbers, states, _ = read_symbols(pa.array(CELLS, pa.string()), SYMBOLS)
    written = [
        write_cell(number, state, SYMBOLS)
        for number, state in zip(numbers.to_pylist(), states.to_pylist(), strict=True)
    ]
    assert written == [cell or "" for cell in CELLS]


@pytest.mark.parametrize(
    ("cells", "total"),
    [
        ([(3, "value"), (0, "nil"), (0, "zero")], (3, "value")),
        ([(0, "nil"), (0, "nil")], (0, "nil")),
        ([(3, "value"), (None, "unknown")], (None, "unknown")),
        ([(3, "value"), (None, "unknown"), (None, "withheld")], (None, "withheld")),
        ([(3, "value"), (-5, "value")], (-2, "value")),
        ([(3, "value"), (None, None)], (None, "unknown")),
        ([(None, None)], (None, None)),
        ([], (None, None)),
    ],
)
def test_a_sum_says_what_it_could_not_see(cells, total):
    assert add_up(cells) == total


CELL = st.sampled_from([(0.0, "nil"), (0.0, "zero"), (2.0, "value"), (None, "unknown"), (None, "withheld"), (None, None)])  # fmt: skip


@given(st.lists(CELL, max_size=6), st.lists(CELL, max_size=6))
def test_an_unknown_part_never_becomes_a_number(left, right):
    total, state = add_up([*left, *right])
    hidden = any(one in {"unknown", "withheld", None} for _, one in [*left, *right])
    assert (total is None) == (hidden or not [*left, *right])
    assert state in {None, "value", "nil", "unknown", "withheld"}


def test_a_row_has_its_marks_back_and_its_numbers_stay_numbers():
    columns = ["id", "shops", "shops_state", "people", "people_state", "late", "late_state"]
    row = ["S1", 0, "nil", None, "withheld", -5, "value"]
    assert write_row(columns, row, SYMBOLS) == ["S1", "-", "nil", "×", "withheld", -5, "value"]
    assert write_row(columns, [*row[:5], 0, "zero"], SYMBOLS)[5] == 0
    assert write_row(columns, row, {})[1] == 0


def test_through_a_build_the_meanings_stand_beside_the_numbers(tiny_data):
    folder = tiny_data.inbox
    (folder / "shopping_streets").mkdir(parents=True)
    (folder / "shopping_street_counts").mkdir()
    streets = load_catalogue(tiny_data.root).contracts["shopping_streets"]
    required = [one for one in streets.read_fields if one.constraints.required]
    lines = [",".join(one.title for one in required)]
    lines.append(",".join("S01" if one.name == "street_id" else one.example for one in required))
    (folder / "shopping_streets" / "s.csv").write_text("\n".join(lines), "utf-8")
    rows = ["2025-04,40,22", "2025-05,－,…", '2025-06,"1,040",×', "2025-07,0,"]
    text = "商店街ID,年月,会員数,導入店舗数\n" + "".join(f"S01,{row}\n" for row in rows)
    (folder / "shopping_street_counts" / "c.csv").write_text(text, "utf-8")
    report = build(tiny_data, as_of=date(2026, 4, 1))
    assert report.quarantined == 0
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        counts = edition.arrow("clean.shopping_street_counts").to_pylist()
    assert [
        (row["member_shops"], row["member_shops_state"], row["cashless_shops"], row["cashless_shops_state"])
        for row in counts
    ] == [
        (40, "value", 22, "value"),
        (0, "nil", None, "unknown"),
        (1040, "value", None, "withheld"),
        (0, "zero", None, None),
    ]  # fmt: skip
