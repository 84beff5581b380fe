"""docs/how_to_data_set.md, done: a data set, a column and an alias by writing YAML only."""

from __future__ import annotations

import re
from datetime import date

import pytest
import yaml

from pipelines.build import build
from pipelines.contracts import load_catalogue
from pipelines.template import example_row
from pipelines.warehouse import open_edition


@pytest.fixture
def documented(repository):
    """The YAML blocks of the page, in order."""
    text = (repository / "docs" / "how_to_data_set.md").read_text("utf-8")
    return re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)


def built(folder):
    report = build(folder, as_of=date(2026, 4, 1))
    assert report.quarantined == 0
    return open_edition(report.edition, warehouse=folder.warehouse)


def test_a_data_set_of_the_page_is_read_placed_and_listed(tiny_data, documented):
    contract, listed = documented[2], documented[3]
    (tiny_data.root / "catalog" / "benches.yaml").write_text(contract, "utf-8")
    package = tiny_data.root / "datapackage.yaml"
    package.write_text(package.read_text("utf-8") + listed, "utf-8")
    inbox = tiny_data.inbox / "benches"
    inbox.mkdir(parents=True)
    (inbox / "list.csv").write_text(
        "ベンチ番号,所在地,緯度,経度\nB1,中野区西町一丁目3番,,\nB2,中野区東町2-1,,\n", "utf-8"
    )
    with built(tiny_data) as edition:
        rows = edition.frame("clean.benches")
        assert rows[["bench_id", "area_code", "location_source"]].to_numpy().tolist() == [
            ["B1", "13114990201", "address"],
            ["B2", "13114990102", "address"],
        ]
        row = edition.frame("meta.datasets", dataset="benches").iloc[0]
        assert (row.title, row.title_en, row["rows"], row.files) == ("ベンチ", "Benches", 2, 1)
        assert row.statuses == "supplied"
        assert edition.frame("meta.contracts", dataset="benches").shape[0] == 1
        assert edition.frame("meta.datasets").dataset.iloc[-1] == "benches"


def test_a_data_set_is_recognised_without_a_folder(tiny_data, documented):
    (tiny_data.root / "catalog" / "benches.yaml").write_text(documented[2], "utf-8")
    tiny_data.inbox.mkdir()
    (tiny_data.inbox / "list.csv").write_text("ベンチ番号,所在地\nB1,中野区西町1-3\n", "utf-8")
    with built(tiny_data) as edition:
        assert edition.frame("clean.benches").bench_id.tolist() == ["B1"]


def test_an_alias_and_a_column_of_the_page_are_read(tiny_data, documented):
    path = tiny_data.root / "catalog" / "shopping_streets.yaml"
    schema = yaml.safe_load(path.read_text("utf-8"))
    [alias], [column] = (yaml.safe_load(block) for block in documented[:2])
    own = next(field for field in schema["fields"] if field["name"] == alias["name"])
    assert set(own["aliases"]) < set(alias["aliases"])
    own["aliases"] = alias["aliases"]
    schema["fields"].append(column)
    path.write_text(yaml.safe_dump(schema, allow_unicode=True), "utf-8")
    inbox = tiny_data.inbox / "shopping_streets"
    inbox.mkdir(parents=True)
    (inbox / "list.csv").write_text(
        "商店街ID,商店会の名前,所在地,アーケードの長さ\nS1,見本通り,中野区西町1-1,120.5\n", "utf-8"
    )
    with built(tiny_data) as edition:
        row = edition.frame("clean.shopping_streets").iloc[0]
        assert (row.street_name, row.awning_length_m) == ("見本通り", 120.5)
        source = edition.frame("meta.sources", dataset="shopping_streets").iloc[0]
        assert source.unknown_columns == ""
    added = load_catalogue(tiny_data.root).contracts["shopping_streets"]
    assert example_row(added)[-1] == "120"
