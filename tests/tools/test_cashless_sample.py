"""The invented sample about cashless payment: it says that it is, and what was planted is in it."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample"
TWO = ROOT / "tests" / "fixtures" / "two_streets"
DATASETS = ("shopping_streets", "shopping_street_counts", "cashless_merchants")


def rows_of(dataset, folder=SAMPLE):
    path = folder / dataset / f"131148_{dataset}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_row_and_every_name_says_that_it_is_invented(dataset):
    declared = yaml.safe_load((SAMPLE / dataset / "source.yaml").read_text("utf-8"))
    assert (declared["status"], declared["publisher"]) == ("sample", "デモ用の架空データ")
    assert all(row["備考"] == "デモ用・架空" for row in rows_of(dataset))
    names = [row.get("商店街名") or row.get("店舗名") for row in rows_of(dataset)]
    assert all(name.startswith("【デモ】") for name in names if name)


def test_the_sample_of_two_streets_is_made_again_byte_by_byte(tmp_path):
    subprocess.run(
        [
            *(sys.executable, ROOT / "tools" / "make_cashless_sample.py"),
            *("--to", tmp_path / "sample", "--two-streets", tmp_path / "two"),
        ],
        check=True,
        capture_output=True,
    )
    made = sorted((tmp_path / "two").rglob("*.csv"))
    assert len(made) == 2
    for path in made:
        assert path.read_bytes() == (TWO / path.relative_to(tmp_path / "two")).read_bytes()


def test_the_change_planted_is_eight_points_from_the_first_month_on():
    """Streets with the subsidy minus streets without, after minus before, rounding averaged out."""
    begins = {row["商店街ID"]: row["補助開始日"][:7] for row in rows_of("shopping_streets")}
    shares = defaultdict(dict)
    for row in rows_of("shopping_street_counts"):
        if row["導入店舗数"].isdigit():
            shares[row["商店街ID"]][row["年月"]] = int(row["導入店舗数"]) / int(row["会員数"]) * 100
    never = [name for name, start in begins.items() if not start]
    assert len(never) == 5

    def mean(values):
        values = list(values)
        return sum(values) / len(values)

    changes = []
    for name, start in begins.items():
        if not start or name == "DEMO-S11":
            continue
        own = {}
        for when in ("before", "after"):
            months = [month for month in shares[name] if (month >= start) == (when == "after")]
            common = mean(
                mean(shares[other][month] for month in months if month in shares[other])
                for other in never
            )
            own[when] = mean(shares[name][month] for month in months) - common
        changes.append(own["after"] - own["before"])
    assert len(changes) == 5
    assert all(7 < change < 9 for change in changes), changes
    assert mean(changes) == pytest.approx(8, abs=0.4)


def test_one_street_has_eight_months_and_the_others_sixty():
    months = defaultdict(list)
    for row in rows_of("shopping_street_counts"):
        months[row["商店街ID"]].append(row["年月"])
    lengths = {name: len(own) for name, own in months.items()}
    assert lengths.pop("DEMO-S11") == 8
    assert set(lengths.values()) == {60}
    assert (min(months["DEMO-S01"]), max(months["DEMO-S01"])) == ("2021-04", "2026-03")
    starts = {row["補助開始日"] for row in rows_of("shopping_streets")} - {""}
    assert starts == {"2023-10-01", "2024-04-01", "2024-10-01", "2025-12-01"}


def test_the_counts_have_what_goes_wrong_in_such_lists():
    rows = rows_of("shopping_street_counts")
    marked = [
        (r["商店街ID"], r["年月"], r["導入店舗数"]) for r in rows if not r["導入店舗数"].isdigit()
    ]
    assert marked == [("DEMO-S07", "2022-09", "×"), ("DEMO-S09", "2023-11", "…")]
    merchants = rows_of("cashless_merchants")
    assert len(merchants) == 323
    takes = ("QRコード決済", "カード決済", "交通系IC")
    undated = [m for m in merchants if "有" in {m[one] for one in takes} and not m["導入日"]]
    assert undated
    assert {m["交通系IC"] for m in merchants} == {"有", "無", ""}
    assert any(m["終了日"] for m in merchants)
    assert any(not m["商店街ID"] for m in merchants)
    assert {bool(m["経度"]) for m in merchants} == {True, False}
