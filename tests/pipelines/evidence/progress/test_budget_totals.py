"""Sums over initiatives: what is not set is counted, never taken as 0."""

from types import SimpleNamespace

from pipelines.evidence.progress.budget_totals import Total, total_budgets


def budget(initial, basis, settled):
    return SimpleNamespace(
        initial_thousand_yen=initial, basis_thousand_yen=basis, settled_thousand_yen=settled
    )


def test_like_is_compared_with_like():
    found = total_budgets(
        [budget(100, 120, 90), budget(200, 200, None), budget(None, None, 50), budget(0, 0, 0)]
    )
    assert found.initial == Total(300, 3, 1)
    assert found.settled == Total(140, 3, 1)
    # Two have both; the settlement without a budget and the budget without one stay out.
    assert (found.compared, found.compared_basis_thousand_yen) == (2, 120)
    assert found.compared_settled_thousand_yen == 90
    assert found.execution_ratio == 0.75


def test_of_nothing_known_there_is_no_sum():
    assert total_budgets([]).settled == Total(None, 0, 0)
    none = total_budgets([budget(None, None, None)])
    assert none.initial == Total(None, 0, 1)
    assert none.execution_ratio is None


def test_a_budget_of_zero_has_no_ratio():
    assert total_budgets([budget(0, 0, 10)]).execution_ratio is None
