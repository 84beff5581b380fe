"""Counts of few shops are withheld, and cannot be worked out: attacked by linear programming."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

# Tests are no package; the attack stands in a file of its own beside this one.
_spec = importlib.util.spec_from_file_location("attack", Path(__file__).with_name("attack.py"))
attack = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(attack)

METHODS = ("any", "qr", "card", "transit_ic")
TOWNS = {"A1": "T1", "A2": "T1", "A3": "T2", "A4": "T2"}


def published(merchants):
    return (
        merchants.connection.sql("SELECT * FROM mart.cashless_adoption")
        .to_arrow_table()
        .to_pylist()
    )


def truth(merchants, table):
    """The unprotected rows of an internal mart, with their month as it is published."""
    return (
        merchants.connection.sql(
            "SELECT *, printf('%04d-%02d', month_no // 12, month_no % 12 + 1) AS month"  # noqa: S608
            f" FROM internal.mart.cashless_{table}"
        )
        .to_arrow_table()
        .to_pylist()
    )


def check(merchants, editions=None, only=None, least=3):
    """Attack every cell of too few shops; returns how many there were.

    `only`: methods and months to look at.
    """
    editions = editions or [published(merchants)]
    attacked = 0
    for (method, month), cells in grouped(truth(merchants, "cells"), only).items():
        found = attack.attack_streets(editions, method, month)
        for cell in cells:
            if cell["known"] >= least:
                continue
            line = [one for one in cells if one["line"] == cell["line"] and one["own"]]
            require_open(found, [(cell["street_id"], cell["industry"])], cell, line)
            attacked += 1
    for table, how, keys in (
        ("areas", attack.attack_areas, ("town_code", "area_code")),
        ("subsidies", attack.attack_subsidies, ("subsidised",)),
    ):
        for (method, month), cells in grouped(truth(merchants, table), only).items():
            found = how(editions, method, month)
            for cell in cells:
                if cell["known"] < least:
                    line = [
                        one
                        for one in cells
                        if one["withheld"]
                        and (
                            table == "subsidies"
                            or (
                                one["town_withheld"] == cell["town_withheld"]
                                and (one["town_withheld"] or one["town_code"] == cell["town_code"])
                            )
                        )
                    ]
                    require_open(found, [tuple(cell[key] for key in keys)], cell, line)
                    attacked += 1
    return attacked


def grouped(rows, only):
    groups = {}
    for row in rows:
        if only is None or (row["method"], row["month"]) in only:
            groups.setdefault((row["method"], row["month"]), []).append(row)
    return groups


def require_open(found, cells, cell, line):
    """The protection that docs/methods_suppression.ja.md states, and no less."""
    low, high = found.interval("known", cells)
    assert low <= max(cell["known"] - 1, 0), (cell, low, high)
    assert high >= cell["known"] + 1, (cell, low, high)
    # Where all withheld together accept, or none, that is told of them together, three or more.
    accepting, known = sum(one["accepting"] for one in line), sum(one["known"] for one in line)
    if 0 < accepting < known and cell["known"]:
        low, high = found.interval("accepting", cells)
        assert high - low >= 1, (cell, low, high)


def shop(number, **given):
    row = {"merchant_id": f"M{number}", "industry": "食", "accepts_qr": "無", "accepts_card": "無"}
    return row | {"accepts_transit_ic": "無", "municipality_name": "中野区"} | given


SHOPS = st.lists(
    st.fixed_dictionaries({
        "street_id": st.sampled_from(["S1", "S2", "S3", None]),
        "industry": st.sampled_from(["食", "物", "医"]),
        "area_code": st.sampled_from([*TOWNS, None]),
        "subsidised": st.sampled_from(["有", "無", None]),
        "accepts_qr": st.sampled_from(["有", "無", None]),
        "accepts_card": st.sampled_from(["有", "無"]),
        "adopted_on": st.sampled_from(["2026-02-10", "2026-03-10"]),
        "ended_on": st.sampled_from([None, None, None, None, "2026-03-20"]),
    }),
    min_size=3, max_size=45,
)  # fmt: skip


@given(SHOPS)
@settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
def test_no_small_cell_can_be_worked_out(make_merchants, shops):
    merchants = make_merchants(towns=TOWNS)
    merchants.count([shop(at, **own) for at, own in enumerate(shops)])
    # Of a ward with fewer shops than are spoken of nothing is shown at all.
    rows = published(merchants)
    for method in METHODS:
        for row in rows:
            if row["level"] == "ward" and row["shops_known"] is None and row["method"] == method:
                own = [
                    one for one in rows if (one["method"], one["month"]) == (method, row["month"])
                ]
                assert all(one["shops_known"] is None for one in own)
    whole = {
        (row["method"], row["month"])
        for row in rows
        if row["level"] == "ward" and row["shops_known"] is not None
    }
    check(merchants, only=whole)


def block(street, industry, number, accepting=0, **given):
    """Some shops of one kind, `accepting` of them since January 2026."""
    return [
        shop(
            f"{street}{industry}{at}", street_id=street, industry=industry, area_code="A1",
            subsidised="無", accepts_qr="有" if at < accepting else "無", adopted_on="2026-01-10",
            **given,
        )
        for at in range(number)
    ]  # fmt: skip


# One 医 in S1; everything else is large.
ONE_SMALL = [
    *block("S1", "食", 6, 3), *block("S1", "物", 4, 1), *block("S1", "医", 1, 1),
    *block("S2", "食", 9, 4), *block("S2", "物", 8, 3), *block("S2", "医", 5, 2),
    *block(None, "食", 20, 9), *block(None, "物", 15, 7), *block(None, "医", 7, 3),
]  # fmt: skip


def states(merchants, level, *names, method="qr", month="2026-03"):
    return {
        tuple(row[name] for name in names): (row["shops_known"], row["shops_accepting"])
        for row in published(merchants)
        if (row["level"], row["method"], row["month"]) == (level, method, month)
    }


def test_one_small_cell_costs_one_other_in_its_street_and_the_split_outside(make_merchants):
    merchants = make_merchants(towns=TOWNS).count(ONE_SMALL)
    hidden = (None, None)
    assert states(merchants, "street_industry", "street_id", "industry") == {
        ("S1", "食"): (6, 3), ("S1", "物"): hidden, ("S1", "医"): hidden,
        ("S2", "食"): (9, 4), ("S2", "物"): (8, 3), ("S2", "医"): (5, 2),
        ("", "食"): hidden, ("", "物"): hidden, ("", "医"): hidden,
    }  # fmt: skip
    assert states(merchants, "street", "street_id") == {
        ("S1",): (11, 5), ("S2",): (22, 9), ("",): (42, 19),
    }  # fmt: skip
    assert states(merchants, "industry", "industry") == {
        ("食",): (35, 16), ("物",): (27, 11), ("医",): (13, 6),
    }  # fmt: skip
    assert states(merchants, "ward") == {(): (75, 33)}
    assert check(merchants) > 0


def test_withheld_is_a_state_and_never_zero(make_merchants):
    merchants = make_merchants(towns=TOWNS).count(ONE_SMALL)
    for row in published(merchants):
        for name in ("shops_known", "shops_accepting"):
            assert (row[name] is None) == (row[f"{name}_state"] == "withheld")


def test_without_the_other_cells_the_attack_finds_it(make_merchants):
    """The attack can succeed: on the same counts with only the small cell itself withheld."""
    merchants = make_merchants(towns=TOWNS).count(ONE_SMALL)
    true = {
        (one["street_id"], one["industry"]): one
        for one in truth(merchants, "cells")
        if (one["method"], one["month"]) == ("qr", "2026-03")
    }
    naive = [
        row
        if row["level"] != "street_industry" or (row["street_id"], row["industry"]) == ("S1", "医")
        else row
        | {
            "shops_known": true[row["street_id"], row["industry"]]["known"],
            "shops_accepting": true[row["street_id"], row["industry"]]["accepting"],
        }
        for row in published(merchants)
        if (row["method"], row["month"]) == ("qr", "2026-03")
    ]
    found = attack.attack_streets([naive], "qr", "2026-03")
    assert found.interval("known", [("S1", "医")]) == (1, 1)
    assert found.interval("accepting", [("S1", "医")]) == (1, 1)


def test_a_street_that_begins_from_zero_keeps_its_series(make_merchants):
    """The threshold is on the shops spoken of, not on those that accept."""
    days = ["2025-11-10", "2025-12-10", "2026-01-10", "2026-02-10", "2026-03-10"]
    rows = [
        *(
            shop(f"a{at}", street_id="S1", accepts_qr="有", adopted_on=day)
            for at, day in enumerate(days)
        ),
        *(shop(f"b{at}", street_id="S1") for at in range(7)),
        *(
            shop(f"c{at}", street_id="S2", accepts_qr="有", adopted_on="2025-10-10")
            for at in range(9)
        ),
    ]
    merchants = make_merchants().count(rows)
    series = {
        row["month"]: (row["shops_known"], row["shops_accepting"])
        for row in published(merchants)
        if (row["level"], row["street_id"], row["method"]) == ("street", "S1", "qr")
    }
    assert series == {
        "2025-10": (12, 0), "2025-11": (12, 1), "2025-12": (12, 2), "2026-01": (12, 3),
        "2026-02": (12, 4), "2026-03": (12, 5),
    }  # fmt: skip


def test_a_small_street_takes_the_shops_of_no_street_with_it_not_another_street(make_merchants):
    rows = [*block("S1", "食", 2, 1), *block("S2", "食", 9, 4), *block(None, "食", 20, 9)]
    merchants = make_merchants(towns=TOWNS).count(rows)
    assert states(merchants, "street", "street_id") == {
        ("S1",): (None, None), ("S2",): (9, 4), ("",): (None, None),
    }  # fmt: skip
    assert check(merchants) > 0


def test_an_area_that_is_a_street_and_two_more_shops_is_withheld(make_merchants):
    """Area less street would be the two."""
    rows = [
        *(one | {"area_code": "A1"} for one in block("S1", "食", 5, 2)),
        *(one | {"area_code": "A1"} for one in block(None, "食", 2, 1)),
        *(one | {"area_code": "A2", "merchant_id": f"x{at}"} for at, one in enumerate(block(None, "食", 9, 4))),
        *(one | {"area_code": "A3", "merchant_id": f"y{at}"} for at, one in enumerate(block(None, "食", 9, 4))),
    ]  # fmt: skip
    merchants = make_merchants(towns=TOWNS).count(rows)
    assert states(merchants, "area", "area_code") == {
        ("A1",): (None, None), ("A2",): (None, None), ("A3",): (9, 4),
    }  # fmt: skip
    assert states(merchants, "town", "town_code") == {("T1",): (16, 7), ("T2",): (9, 4)}


def test_too_few_shops_in_all_tell_nothing(make_merchants):
    merchants = make_merchants(towns=TOWNS).count(block("S1", "食", 2, 1))
    assert {row["shops_known"] for row in published(merchants)} == {None}
    [(shops, state)] = merchants.rows(
        "SELECT ward_shops, ward_shops_state FROM mart.cashless_sources"
    )
    assert (shops, state) == (None, "withheld")


def test_a_threshold_of_one_withholds_nothing(make_merchants):
    merchants = make_merchants(towns=TOWNS, least=1).count(ONE_SMALL)
    assert {row["shops_known_state"] for row in published(merchants)} == {"value"}


def test_a_later_edition_of_the_same_list_gives_nothing_away(make_merchants):
    """A month later two more shops left and one began; what is told of the months before is the same."""
    later = [dict(row) for row in ONE_SMALL]
    for row in later[11:14]:
        row["ended_on"] = "2026-04-10"
    later[8] |= {"accepts_qr": "有", "adopted_on": "2026-04-20"}
    first = make_merchants(towns=TOWNS).count(ONE_SMALL)
    second = make_merchants(towns=TOWNS, as_of="2026-05-01", listed="2026-04-30").count(later)
    before, after = published(first), published(second)
    common = {row["month"] for row in before}
    assert [row for row in after if row["month"] in common] == before
    assert check(second, editions=[before, after]) > check(first)
