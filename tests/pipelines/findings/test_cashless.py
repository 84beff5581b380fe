"""Adoption in the ward of four areas: counts by street, a list without addresses, the two streets."""

from __future__ import annotations

import shutil
from datetime import date

import duckdb
import pytest

from pipelines.build import build
from pipelines.editions import internal_file
from pipelines.warehouse import open_edition

AS_OF = date(2026, 4, 1)
STREETS = """商店街ID,商店街名,所在地,補助の対象,補助開始日,補助終了日
S1,一番街,東京都中野区東町1,対象,2025-06-15,
S2,二番街,東京都中野区東町1,対象外,,
"""
COUNTS = """商店街ID,年月,会員数,導入店舗数,QRコード決済の店舗数
S1,2025-05,20,0,0
S1,2025-06,20,20,×
S1,2025-07,20,…,
S1,2025-08,20,21,
S2,2025-05,2,1,
S2,2025-06,10,1,
S2,2024,10,4,
S2,2024Q4,10,5,
"""


def edition_of(folder, **files):
    for dataset, text in files.items():
        target = folder.inbox / dataset
        target.mkdir(parents=True, exist_ok=True)
        (target / "list.csv").write_text(text, "utf-8")
    report = build(folder, as_of=AS_OF)
    assert report.quarantined == 0
    return open_edition(report.edition, warehouse=folder.warehouse)


def rows(edition, table, *columns, **equals):
    frame = edition.frame(f"evidence.{table}", **equals).astype(object)
    frame = frame.where(frame.notna(), None)
    return [tuple(row) for row in frame[list(columns)].to_numpy().tolist()]


@pytest.fixture
def counted(tiny_data):
    with edition_of(tiny_data, shopping_streets=STREETS, shopping_street_counts=COUNTS) as edition:
        yield edition


def test_the_panel_has_every_month_with_its_state(counted):
    found = rows(
        counted, "cashless_streets", "street_id", "month", "shops_known", "shops_accepting",
        "state", "subsidised_from",
    )  # fmt: skip
    assert found == [
        ("S1", "2025-05", 20, 0, "value", "2025-06"),
        ("S1", "2025-06", 20, 20, "value", "2025-06"),
        ("S1", "2025-07", 20, None, "unknown", "2025-06"),
        ("S1", "2025-08", 20, None, "inconsistent", "2025-06"),
        ("S2", "2025-05", None, None, "withheld", None),
        ("S2", "2025-06", 10, 1, "value", None),
    ]


def test_a_rate_has_wilsons_interval_and_no_rate_has_none(counted):
    found = {
        month: (ratio, low, high)
        for month, ratio, low, high in rows(
            counted, "cashless_adoption", "month", "adoption_ratio", "low_95_ratio",
            "high_95_ratio", street_id="S1", method="any",
        )
    }  # fmt: skip
    # z² ÷ (n + z²) with n 20, and its mirror image.
    assert found["2025-05"] == (0, 0, pytest.approx(0.161125, abs=1e-6))
    assert found["2025-06"] == (1, pytest.approx(0.838875, abs=1e-6), 1)
    assert found["2025-07"] == found["2025-08"] == (None, None, None)
    [(state, ratio)] = rows(
        counted, "cashless_adoption", "state", "adoption_ratio", street_id="S1", method="qr",
        month="2025-06",
    )  # fmt: skip
    assert (state, ratio) == ("withheld", None)


def test_quarters_and_years_stand_apart_from_months(counted):
    found = rows(
        counted, "cashless_adoption", "period_kind", "month", "shops_accepting",
        street_id="S2", method="any",
    )  # fmt: skip
    assert ("fiscal_year", "2025-03", 4) in found
    assert ("quarter", "2025-03", 5) in found


def test_the_funnel_is_drawn_where_more_than_one_street_is_told(counted):
    [one, two] = rows(
        counted, "cashless_funnel", "street_id", "month", "centre_ratio", "streets", "position",
        method="any",
    )  # fmt: skip
    # 2025-06: 21 of 30 shops. Of 20 all may accept by chance (99.8 %), of 10 one alone may not.
    assert one == ("S1", "2025-06", 0.7, 2, "within")
    assert two == ("S2", "2025-06", 0.7, 2, "below")


def test_without_lists_the_tables_are_empty_and_say_what_to_bring(tiny_warehouse):
    with open_edition(warehouse=tiny_warehouse) as edition:
        for table in ("adoption", "streets", "funnel", "lists"):
            assert edition.frame(f"evidence.cashless_{table}").empty
        missing = edition.frame("evidence.missing_inputs", subject="cashless")
        assert missing.dataset.tolist() == [
            "shopping_streets", "shopping_street_counts", "cashless_merchants",
        ]  # fmt: skip


def test_the_point_return_list_is_a_total_of_the_ward_and_says_so(tiny_data, repository):
    target = tiny_data.inbox / "cashless_merchants"
    target.mkdir(parents=True)
    shutil.copy(repository / "tests" / "fixtures" / "merchants" / "point_return_list.csv", target)
    report = build(tiny_data, as_of=AS_OF)
    assert report.quarantined == 0
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        [(shops, placed, mapped, message)] = rows(
            edition, "cashless_lists", "ward_shops", "placed_shops", "can_be_mapped", "message_ja"
        )
        assert (shops, placed, mapped) == (4, 0, False)
        assert "地図や商店街別には表せません" in message
        assert edition.frame("evidence.cashless_adoption").empty
        missing = edition.frame("evidence.missing_inputs", subject="cashless")
        assert message in missing.message_ja.tolist()


def test_unprotected_counts_stay_in_the_internal_file(sample_warehouse):
    with open_edition(warehouse=sample_warehouse) as edition:
        path = edition.path
        names = [name for name in edition.tables() if "cashless" in name]
        assert names == [
            "evidence.cashless_adoption", "evidence.cashless_funnel", "evidence.cashless_lists",
            "evidence.cashless_streets", "mart.cashless_adoption", "mart.cashless_sources",
            "mart.cashless_street_counts",
        ]  # fmt: skip
        public = edition.frame("mart.cashless_adoption")
        small = public.shops_known.dropna()
        assert small.min() >= 3
    with duckdb.connect(str(internal_file(path)), read_only=True) as inside:
        [(shops,)] = inside.execute(
            "SELECT min(known) FROM mart.cashless_cells WHERE known > 0"
        ).fetchall()
    assert shops < 3


def test_the_two_streets_load_and_stand_side_by_side(tiny_data, repository):
    for dataset in ("shopping_streets", "shopping_street_counts"):
        source = repository / "tests" / "fixtures" / "two_streets" / dataset
        shutil.copytree(source, tiny_data.sample / dataset)
    report = build(tiny_data, as_of=AS_OF)
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        panel = edition.frame("evidence.cashless_streets")
        assert panel.groupby("street_id").size().to_dict() == {"DEMO-S01": 60, "DEMO-S06": 60}
        starts = panel.drop_duplicates("street_id").set_index("street_id").subsidised_from
        assert starts.fillna("").to_dict() == {"DEMO-S01": "2023-10", "DEMO-S06": ""}
