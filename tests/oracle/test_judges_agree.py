"""Every rule of every data set, judged by our checks and by frictionless: they agree on each row."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipelines.contracts import load_catalogue
from tests.oracle.judges import judge_by_checks, judge_by_frictionless
from tests.oracle.tables import RIGHT_ROWS, WRONG_ROWS, make_table, rules_of

CONTRACTS = load_catalogue(Path(__file__).resolve().parents[2] / "data").contracts
EACH = pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS)


@EACH
def test_both_judges_agree_on_every_row_and_rule(contract):
    table = make_table(contract, CONTRACTS)
    ours, theirs = judge_by_checks(table, CONTRACTS), judge_by_frictionless(table, CONTRACTS)
    apart = sorted(ours ^ theirs)
    assert [(found, found in ours, table.rows[found[0]]) for found in apart] == []
    failing = Counter()
    for row_no, aimed in enumerate(table.aimed):
        if aimed is None:
            assert row_no not in {found[0] for found in ours}, table.rows[row_no]
        else:
            assert (row_no, aimed.rule, aimed.field) in ours, (aimed, table.rows[row_no])
            failing[aimed] += 1
    assert {rule: failing[rule] >= WRONG_ROWS for rule in rules_of(contract)} == dict.fromkeys(
        rules_of(contract), True
    )
    assert table.aimed.count(None) == RIGHT_ROWS
