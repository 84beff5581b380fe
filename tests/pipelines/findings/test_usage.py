"""Use in the ward of four areas: three access points, two in one facility, four months."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from pipelines.build import build
from pipelines.warehouse import open_edition

AS_OF = date(2026, 4, 1)
HEADER = "アクセスポイントID,施設ID,年月,接続回数,利用者数\n"
ROWS = """1,,2025-04,100,10
1,,2025-05,×,…
1,,2025-07,300,30
2,,2025-05,50,5
2,,2025-06,60,6
2,,2025-07,-,-
3,,2025-07,…,3
"""


def edition_of(folder, rows):
    usage = folder.sample / "wifi_usage"
    usage.mkdir(parents=True, exist_ok=True)
    (usage / "usage.csv").write_text(HEADER + rows, "utf-8")
    report = build(folder, as_of=AS_OF)
    assert report.quarantined == 0
    return open_edition(report.edition, warehouse=folder.warehouse)


def months(edition, level, unit):
    frame = edition.frame("evidence.usage_months", level=level, id=unit)
    frame = frame.astype(object).where(frame.notna(), None)
    columns = ["month", "connections", "state", "points", "points_reporting", "at_least"]
    return [tuple(row) for row in frame[columns].to_numpy().tolist()]


def test_gaps_stay_gaps_and_a_total_names_who_reported(tiny_data):
    with edition_of(tiny_data, ROWS) as edition:
        assert months(edition, "access_point", "1") == [
            ("2025-04", 100, "value", 1, 1, False),
            ("2025-05", None, "withheld", 1, 0, False),
            ("2025-06", None, "gap", 1, 0, False),
            ("2025-07", 300, "value", 1, 1, False),
        ]
        assert months(edition, "ward", "131148") == [
            ("2025-04", 100, "value", 1, 1, False),
            ("2025-05", 50, "value", 2, 1, True),
            ("2025-06", 60, "value", 2, 1, True),
            ("2025-07", 300, "value", 3, 2, True),
        ]
        # 東第一小学校 体育館 stands in 東第一小学校 by its name.
        assert months(edition, "facility", "1") == months(edition, "access_point", "1")
        row = edition.frame("evidence.usage_months", level="ward", month="2025-07").iloc[0]
        assert (row.users, row.users_reporting, row.summed) == (33, 3, True)
        assert edition.frame("evidence.usage_outliers").empty


def test_a_series_the_ward_gives_itself_is_not_added_to(tiny_data):
    with edition_of(tiny_data, f"{ROWS},,2025-04,9247,\n,1,2025-07,77,\n") as edition:
        ward = edition.frame("evidence.usage_months", level="ward").set_index("month")
        assert ward.connections["2025-04"] == 9247
        assert pd.isna(ward.connections["2025-07"])
        assert ward.state["2025-07"] == "gap"
        assert not ward.summed.any()
        facility = edition.frame("evidence.usage_months", level="facility", id="1")
        assert facility.connections.tolist() == [77]


def test_two_rows_for_one_month_are_neither(tiny_data):
    header = HEADER.replace("アクセスポイントID", "利用ID,アクセスポイントID", 1)
    usage = tiny_data.sample / "wifi_usage"
    usage.mkdir(parents=True)
    rows = "a,1,,2025-04,100,\nb,1,,2025-04,120,\n"
    (usage / "usage.csv").write_text(header + rows, "utf-8")
    report = build(tiny_data, as_of=AS_OF)
    with open_edition(report.edition, warehouse=tiny_data.warehouse) as edition:
        assert months(edition, "access_point", "1") == [("2025-04", None, "unknown", 1, 0, False)]


@pytest.mark.parametrize("factor", [50, 1])
def test_an_access_point_far_from_its_peers_is_listed_with_the_sum(tiny_data, factor):
    rows = "".join(
        f"{point},,2025-{month:02},{(90 + 5 * point) * (factor if point == 4 else 1)},\n"
        for point in range(1, 6)
        for month in range(1, 13)
    )
    with edition_of(tiny_data, rows) as edition:
        found = edition.frame("evidence.usage_outliers")
    if factor == 1:
        assert found.empty
        return
    [row] = found.itertuples()
    assert (row.access_point_id, row.metric, row.months_reported) == ("4", "connections", 12)
    assert (row.window_from, row.window_to, row.peers, row.scale) == (
        "2025-01",
        "2025-12",
        5,
        "MAD",
    )
    # 95 100 105 115 5500: median 105, distances 10 5 0 10 5395, MAD 10.
    assert (row.value, row.peers_median, row.peers_scale) == (5500, 105, 14.826)
    assert row.robust_z == pytest.approx(5395 / 14.826, abs=1e-6)


def test_without_a_list_the_table_is_empty_and_says_what_to_bring(tiny_warehouse):
    with open_edition(warehouse=tiny_warehouse) as edition:
        assert edition.frame("evidence.usage_months").empty
        missing = edition.frame("evidence.missing_inputs", subject="usage")
        assert missing.dataset.tolist() == ["wifi_usage"]
