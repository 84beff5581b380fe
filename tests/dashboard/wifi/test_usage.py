"""Use by month as the page shows it."""

import pytest

from dashboard.charts.usage import month_text
from dashboard.translation import translator
from dashboard.wifi.selection import WifiSelection
from dashboard.wifi.usage import WARD_UNIT, Month, read_usage, unit_keys
from dashboard.wifi.usage_words import arithmetic, month_rows, outlier_rows, summary
from pipelines.warehouse import open_edition

JA = translator("ja")


@pytest.fixture(scope="module")
def edition(sample_warehouse):
    with open_edition(warehouse=sample_warehouse) as opened:
        yield opened


@pytest.fixture(scope="module")
def usage(edition):
    return read_usage(edition)


def test_every_series_has_all_its_months(usage, edition):
    rows = edition.frame("evidence.usage_months")
    for metric in ("connections", "users"):
        assert sum(len(unit.months[metric]) for unit in usage.units.values()) == len(rows)
    assert set(unit_keys(edition)) | {WARD_UNIT} == set(usage.units)
    assert [unit.level for unit in usage.of_level("ward")] == ["ward"]


def test_a_gap_is_none_and_a_sum_in_part_is_at_least(usage, edition):
    rows = edition.frame("evidence.usage_months")
    own = [m for unit in usage.units.values() for m in unit.months["connections"]]
    assert sum(month.value is None for month in own) == rows["connections"].isna().sum() > 0
    assert sum(month.at_least for month in own) == rows["at_least"].sum() > 0
    assert not [month for month in own if month.value is None and month.state == "value"]


def test_months_in_words():
    def words(value, state, heard):
        return month_text(Month("2025-01", value, state, heard == 23, 24, heard), "ja", JA)

    assert words(1200, "value", 24) == "1,200"
    assert words(1200, "value", 23) == "少なくとも 1,200（24か所のうち23か所の合計）"
    assert [words(None, state, 0) for state in ("gap", "withheld", "unknown")] == [
        "欠測", "秘匿", "不明",
    ]  # fmt: skip


def test_the_summary_counts_what_is_not_there(usage):
    selection = WifiSelection(distance="300")
    unit = next(
        unit
        for unit in usage.units.values()
        if any(month.value is None for month in unit.months["connections"])
    )
    missing = sum(month.value is None for month in unit.months["connections"])
    assert f"数字のない月が{missing}か月" in summary(unit, selection, JA)


def test_outliers_carry_the_sum_to_be_done_again(usage):
    assert usage.outliers
    for one in usage.outliers:
        z = (one.value - one.peers_median) / one.peers_scale
        assert z == pytest.approx(one.robust_z, abs=1e-3)
        assert abs(one.robust_z) > one.cut
        assert arithmetic(one, "ja", JA).startswith("（")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_files_keep_a_gap_empty(usage, lang):
    _ = translator(lang)
    unit = next(u for u in usage.units.values() if any(m.state == "gap" for m in u.months["users"]))
    header, *rows = month_rows(unit, "users", _)
    assert [row[4] for row in rows if row[6] == _("欠測")] == [None] * sum(
        month.state == "gap" for month in unit.months["users"]
    )
    assert {len(row) for row in rows} == {len(header)}
    header, *rows = outlier_rows(usage, _)
    assert {len(row) for row in rows} == {len(header)}


def test_without_a_list_the_words_say_what_to_bring(tiny_warehouse):
    with open_edition(warehouse=tiny_warehouse) as opened:
        found = read_usage(opened)
    if not found.units:
        assert any("data/inbox/wifi_usage/" in one.ja for one in found.missing)
