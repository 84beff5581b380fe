from __future__ import annotations

import pytest

from pipelines.evidence.scale_check import (
    compare_clustering,
    compare_coefficients,
    compare_sets,
    compare_shares,
    compare_within,
)
from pipelines.messages import Message

SUBJECT = Message("割合", "Share")


@pytest.mark.parametrize(
    ("by_area", "by_town", "agree"),
    [(0.104, 0.114, True), (0.104, 0.1141, False), (0.0, 0.0, True), (None, 0.5, None), (0.5, None, None)],
)  # fmt: skip
def test_shares_agree_within_a_point(by_area, by_town, agree):
    assert compare_shares(by_area, by_town).agree is agree


def test_coefficients_sets_and_conclusions():
    assert compare_coefficients(0.30, 0.34).agree is True
    assert compare_coefficients(0.30, 0.36).agree is False
    assert compare_sets(["甲", "乙"], ["乙", "甲"]).agree is True
    assert compare_sets(["甲", "乙"], ["甲"]).agree is False
    assert compare_sets(None, ["甲"]).agree is None
    assert compare_within(["甲"], ["乙", "甲"]).agree is True
    assert compare_within(["甲", "丙"], ["乙", "甲"]).agree is False
    assert compare_clustering(0.001, 0.05).agree is True
    assert compare_clustering(0.001, 0.06).agree is False
    assert compare_clustering(0.001, None).agree is None


def test_where_they_disagree_a_sentence_says_so_in_both_languages():
    said = compare_shares(0.104, 0.027).sentence(SUBJECT)
    assert said.ja == (
        "割合: 町丁目別では10.4%、町別では2.7%。"
        "見る単位によって結論が変わります。町丁目別を使い、この違いに注意してください。"
    )
    assert said.en == (
        "Share: 10.4% by area (町丁目), 2.7% by town (町). "
        "The two disagree: the answer depends on the unit. Use areas, and mind the difference."
    )
    unknown = compare_shares(0.104, None).sentence(SUBJECT)
    assert "データなし" in unknown.ja
    assert "no data" in unknown.en
    assert compare_sets([], []).sentence(SUBJECT).ja.startswith("割合: 町丁目別ではなし、")
