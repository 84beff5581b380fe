"""Shops known and accepting by month, counted by hand; nothing is withheld here but where said."""

from __future__ import annotations

import pytest


def shop(number, **given):
    row = dict.fromkeys(("accepts_qr", "accepts_card", "accepts_transit_ic"), "無")
    return {"merchant_id": f"M{number}", "industry": "食", "street_id": "S1"} | row | given


def months(merchants, method="any"):
    return merchants.rows(
        "SELECT month, shops_known, shops_accepting FROM mart.cashless_adoption"
        " WHERE level = 'ward' AND method = ? ORDER BY month",
        method,
    )


def test_a_shop_counts_from_the_end_of_its_first_month_to_the_month_it_leaves(make_merchants):
    merchants = make_merchants(least=1).count([
        shop(1, accepts_qr="有", adopted_on="2025-12-31"),
        shop(2, accepts_card="有", adopted_on="2026-01-01", ended_on="2026-02-28"),
        shop(3),
        shop(4, ended_on="2026-01-05"),
        # Left before it began: never accepting.
        shop(5, accepts_qr="有", adopted_on="2026-03-01", ended_on="2026-01-31"),
    ])  # fmt: skip
    assert months(merchants) == [
        ("2025-12", 5, 1), ("2026-01", 3, 2), ("2026-02", 2, 1), ("2026-03", 2, 1),
    ]  # fmt: skip
    assert months(merchants, "qr") == [
        ("2025-12", 5, 1), ("2026-01", 3, 1), ("2026-02", 2, 1), ("2026-03", 2, 1),
    ]  # fmt: skip
    assert months(merchants, "card")[1] == ("2026-01", 3, 1)


def test_what_is_not_said_is_neither_accepting_nor_refusing(make_merchants):
    merchants = make_merchants(least=1).count([
        shop(1, accepts_qr="有", adopted_on="2026-01-10"),
        shop(2, accepts_qr=None),
        # Takes cards, since nobody knows when: unknown for cards and for any.
        shop(3, accepts_card="有"),
        shop(4, accepts_card=None, accepts_qr="有", adopted_on="2026-01-10"),
    ])  # fmt: skip
    assert months(merchants, "any")[0] == ("2026-01", 2, 2)
    assert months(merchants, "qr")[0] == ("2026-01", 3, 2)
    assert months(merchants, "card")[0] == ("2026-01", 2, 0)
    assert months(merchants, "transit_ic")[0] == ("2026-01", 4, 0)


@pytest.mark.parametrize("accepting", [0, 1, 4])
def test_none_one_and_all(make_merchants, accepting):
    rows = [
        shop(at, **({"accepts_qr": "有", "adopted_on": "2026-03-01"} if at < accepting else {}))
        for at in range(4)
    ]
    assert months(make_merchants().count(rows)) == [("2026-03", 4, accepting)]


def test_each_level_has_its_rows_and_the_rest_has_a_blank_name(make_merchants):
    merchants = make_merchants(least=1, towns={"A1": "T1", "A2": "T1"}).count([
        shop(1, accepts_qr="有", adopted_on="2026-03-01", area_code="A1", subsidised="有"),
        shop(2, street_id=None, industry=None, area_code="A2"),
        shop(3, street_id=None),
    ])  # fmt: skip
    found = merchants.rows(
        "SELECT level, coalesce(street_id, '-'), coalesce(industry, '-'), coalesce(area_code, '-'),"
        " coalesce(town_code, '-'), coalesce(subsidised, '-'), shops_known, shops_accepting"
        " FROM mart.cashless_adoption WHERE method = 'any' ORDER BY ALL"
    )
    assert found == [
        ("area", "-", "-", "", "", "-", 1, 0),
        ("area", "-", "-", "A1", "T1", "-", 1, 1),
        ("area", "-", "-", "A2", "T1", "-", 1, 0),
        ("industry", "-", "", "-", "-", "-", 1, 0),
        ("industry", "-", "食", "-", "-", "-", 2, 1),
        ("street", "", "-", "-", "-", "-", 2, 0),
        ("street", "S1", "-", "-", "-", "-", 1, 1),
        ("street_industry", "", "", "-", "-", "-", 1, 0),
        ("street_industry", "", "食", "-", "-", "-", 1, 0),
        ("street_industry", "S1", "食", "-", "-", "-", 1, 1),
        ("subsidised", "-", "-", "-", "-", "", 2, 0),
        ("subsidised", "-", "-", "-", "-", "有", 1, 1),
        ("town", "-", "-", "-", "", "-", 1, 0),
        ("town", "-", "-", "-", "T1", "-", 2, 1),
        ("ward", "-", "-", "-", "-", "-", 3, 1),
    ]


def test_shops_of_other_municipalities_are_not_the_wards(make_merchants):
    merchants = make_merchants(least=1).count([
        shop(1, municipality_name="東京都中野区"), shop(2, municipality_name="杉並区"), shop(3),
    ])  # fmt: skip
    assert months(merchants)[-1] == ("2026-03", 2, 0)


def test_months_end_with_the_lists_and_a_list_without_a_date_with_what_it_tells(make_merchants):
    rows = [shop(1, accepts_qr="有", adopted_on="2025-11-10"), shop(2)]
    ends = {
        listed: months(make_merchants(least=1, listed=listed).count(rows))[-1][0]
        for listed in ("2026-01-30", "2026-01-31", None, "2027-01-01")
    }
    # No month after the build's date either.
    assert ends == {
        "2026-01-30": "2025-12", "2026-01-31": "2026-01", None: "2025-11", "2027-01-01": "2026-03",
    }  # fmt: skip


def test_a_date_of_long_ago_makes_no_endless_series(make_merchants):
    rows = [shop(1, accepts_qr="有", adopted_on="1950-01-01"), shop(2)]
    found = months(make_merchants(least=1).count(rows))
    assert (len(found), found[0]) == (120, ("2016-04", 2, 1))


def test_without_merchants_there_is_nothing_and_no_zero(make_merchants):
    assert make_merchants().count([]).rows("SELECT * FROM mart.cashless_adoption") == []


def test_a_list_without_addresses_has_a_total_and_no_map(make_merchants):
    bare = [
        {"merchant_id": f"M{at}", "municipality_name": "中野区", "industry": "食"}
        for at in range(4)
    ]
    merchants = make_merchants().count(bare)
    sql = "SELECT ward_shops, placed_shops, method_shops, can_be_mapped FROM mart.cashless_sources"
    assert merchants.rows(sql) == [(4, 0, 0, False)]
    assert merchants.rows("SELECT * FROM mart.cashless_adoption") == []
    with_one = [bare[0] | {"address": "中野区東町1", "area_code": "A1"}, *bare[1:]]
    # How many have a place is withheld: it would be one.
    assert merchants.count(with_one).rows(sql) == [(4, None, 0, True)]
