"""The logic model: what is declared, and what stands in for a level."""

from __future__ import annotations

from pipelines.evidence.progress.logic import Arrow, LogicIndicator, make_model

OUTPUT = LogicIndicator("K1", "講座の回数", "産出")
OUTCOME = LogicIndicator("K2", "使える人の割合", "直接の成果", "K1", "C")


def model(*indicators, content="講座を開く", has_budget=True):
    return make_model("I1", indicators, content=content, has_budget=has_budget)


def test_budget_and_content_stand_where_no_indicator_does():
    found = model(OUTCOME, OUTPUT)
    assert [(node.node_id, node.level, node.label) for node in found.nodes] == [
        ("I1:budget", "投入", None),
        ("I1:content", "活動", "講座を開く"),
        ("K1", "産出", "講座の回数"),
        ("K2", "直接の成果", "使える人の割合"),
    ]
    assert found.arrows == (
        Arrow("I1:budget", "I1:content", declared=False),
        Arrow("I1:content", "K1", declared=False),
        Arrow("K1", "K2", declared=True, evidence_grade="C"),
    )
    assert model(OUTPUT, OUTCOME) == found


def test_an_indicator_of_the_level_takes_their_place():
    money = LogicIndicator("K0", "費用", "投入")
    work = LogicIndicator("K9", "準備の会", "活動", "K0")
    found = model(OUTPUT, OUTCOME, money, work)
    assert [node.node_id for node in found.nodes] == ["K0", "K9", "K1", "K2"]
    assert [arrow.declared for arrow in found.arrows] == [True, True]
    # Without a budget and a content there is nothing to put there.
    bare = model(OUTPUT, OUTCOME, content=None, has_budget=False)
    assert [node.node_id for node in bare.nodes] == ["K1", "K2"]


def test_without_an_arrow_between_two_levels_there_is_none():
    assert model() is None
    assert model(OUTPUT) is None
    assert model(OUTPUT, LogicIndicator("K2", "割合", "直接の成果")) is None
    assert model(OUTPUT, LogicIndicator("K2", "割合", "直接の成果", "K2")) is None
    assert model(OUTPUT, LogicIndicator("K2", "割合", "直接の成果", "elsewhere")) is None
    assert model(OUTPUT, LogicIndicator("K2", "割合", None, "K1")) is None
    assert model(OUTPUT, LogicIndicator("K2", "別の回数", "産出", "K1")) is None
