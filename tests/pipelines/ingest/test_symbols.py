from __future__ import annotations

from datetime import date

import pyarrow as pa

from pipelines.build import build
from pipelines.contracts import load_catalogue
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
