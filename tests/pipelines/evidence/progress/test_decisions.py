"""What needs a decision, and nothing else."""

from __future__ import annotations

from datetime import date

from pipelines.evidence.progress.decisions import (
    KINDS,
    IndicatorFacts,
    InitiativeFacts,
    MilestoneFacts,
    Need,
    list_needs,
)

FINE = InitiativeFacts(department_today="D1")


def kinds(**facts):
    return [one.kind for one in list_needs(InitiativeFacts(**({"department_today": "D1"} | facts)))]


def indicator(**facts):
    return kinds(
        indicators=[
            IndicatorFacts(**({"indicator_id": "K1", "status": "watch", "reason": "pace"} | facts))
        ]
    )


def test_what_goes_well_needs_none():
    assert list_needs(FINE) == []
    assert indicator() == []
    assert kinds(milestones=[MilestoneFacts("M1", 364)]) == []
    assert kinds(execution_ratio=1.0) == kinds(execution_ratio=0.5) == []
    assert kinds(missing_years=(2024,)) == []
    assert indicator(status="achieved", reason="target_met", verdict="unlikely") == []
    assert indicator(status="unreported", status_before="watch") == []


def test_each_rule():
    assert indicator(reason="target_passed", status="worse") == ["target_missed"]
    assert indicator(status="worse") == ["worsening"]
    assert indicator(verdict="unlikely") == ["target_unreachable"]
    assert indicator(verdict="open") == []
    assert indicator(conflict_on=date(2026, 3, 31)) == ["conflict"]
    assert indicator(status="unreported", status_before="unreported") == ["long_unreported"]
    assert kinds(milestones=[MilestoneFacts("M2", None, None, "M1")]) == ["milestone_blocked"]
    assert kinds(milestones=[MilestoneFacts("M1", 365)]) == ["milestone_overdue"]
    assert kinds(disagrees=True) == ["disagreement"]
    assert kinds(missing_years=(2023, 2024)) == ["reports_missing"]
    assert kinds(execution_ratio=1.001) == ["budget_exceeded"]
    assert kinds(execution_ratio=0.499) == ["budget_unspent"]
    assert kinds(department_today=None) == ["department_unknown"]


def test_one_that_is_over_needs_but_a_word_about_its_end():
    everything = {
        "is_over": True,
        "disagrees": True,
        "department_today": None,
        "execution_ratio": 9.0,
    }
    assert kinds(**everything) == []
    assert kinds(**everything, end_not_stated=True) == ["end_not_stated"]


def test_the_gravest_comes_first_with_its_numbers():
    needs = list_needs(
        InitiativeFacts(
            disagrees=True,
            review_fiscal_year=2024,
            indicators=[
                IndicatorFacts(
                    "K1",
                    "behind",
                    "target_passed",
                    value=3.0,
                    target=9.0,
                    target_on=date(2025, 3, 31),
                )
            ],
        )
    )
    assert needs == [
        Need(
            "target_missed", "indicator", "K1", on_date=date(2025, 3, 31), value=3.0, threshold=9.0
        ),
        Need("disagreement", fiscal_year=2024),
        Need("department_unknown"),
    ]
    assert [one.severity_order for one in needs] == [1, 7, 13]
    assert len(set(KINDS)) == 13
