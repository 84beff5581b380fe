"""Counts of few shops are withheld, and cannot be worked out: attacked by linear programming."""

from __future__ import annotations

import importlib.util
import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

# Tests are no package; the attack stands in a file of its own beside this one.
_spec = importlib.util.spec_from_file_location("attack", Path(__file__).with_name("attack.py"))
attack = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(attack)

METHODS = ("any", "qr", "card", "transit_ic")
TOWNS = {"A1": "T1", "A2": "T1", "A3": "T2", "A4": "T2"}


def published(merchants):
    return merchants.connection.sql("SELECT * FROM mart.cashless_adoption").to_arrow_table().to_pylist()


def truth(merchants, table):
    """The unprotected rows of an internal mart, with their month as it is published."""
    return merchants.connection.sql(
        f"SELECT *, printf('%04d-%02d', month_no // 12, month_no % 12 + 1) AS month"
        f" FROM internal.mart.cashless_{table}"
    ).to_arrow_table().to_pylist()


def check(merchants, editions=None, least=3):
    """Attack every cell of too few shops; returns how many there were."""
    editions = editions or [published(merchants)]
    attacked = 0
    for (method, month), cells in grouped(truth(merchants, "cells")).items():
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
        for (method, month), cells in grouped(truth(merchants, table)).items():
            found = how(editions, method, month)
            for cell in cells:
                if cell["known"] < least:
                    line = [one for one in cells if one["withheld"] and (
                        table == "subsidies" or one["town_withheld"] == cell["town_withheld"]
                        and (one["town_withheld"] or one["town_code"] == cell["town_code"])
                    )]
                    require_open(found, [tuple(cell[key] for key in keys)], cell, line)
                    attacked += 1
    return attacked


def grouped(rows):
    groups = {}
    for row in rows:
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
        "adopted_on": st.sampled_from(["2025-12-10", "2026-01-10", "2026-03-10"]),
        "ended_on": st.sampled_from([None, None, None, None, "2026-02-20"]),
    }),
    min_size=1, max_size=45,
)  # fmt: skip


@given(SHOPS)
@settings(
    max_examples=25, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_small_cell_can_be_worked_out(make_merchants, shops):
    merchants = make_merchants(towns=TOWNS)
    rows = [shop(at, **own) for at, own in enumerate(shops)]
    merchants.count(rows)
    if len(rows) >= 3:
        check_ward(merchants)


def check_ward(merchants):
    """Attack it, where the ward itself has enough shops to speak of."""
    ward = {
        (row["method"], row["month"]): row
        for row in published(merchants)
        if row["level"] == "ward"
    }
    if all(row["shops_known"] is not None for row in ward.values()):
        check(merchants)
