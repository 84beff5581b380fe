from __future__ import annotations

import pytest

from pipelines.ingest.nearest import nearest_known

KNOWN = {
    word: word
    for word in ("所在地_連結表記", "緯度", "経度", "0-4歳の男性", "名称_カナ", "id", "設置者", "電話番号")
}  # fmt: skip


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("所在地_連結標記", "所在地_連結表記"),
        ("所在地_連携表記", "所在地_連結表記"),
        ("設置社", "設置者"),
        ("設置者名", "設置者"),
        ("名称カナ", "名称_カナ"),
        ("0-4歳の男姓", "0-4歳の男性"),
        ("5-9歳の男性", None),  # other digits
        ("緯経", None),  # too short: one edit makes another word
        ("_id", None),
        ("所在地_都道府県", None),
        ("郵便番号", None),
        ("", None),
    ],
)
def test_near_is_one_edit_or_four_fifths(word, near):
    assert nearest_known(word, KNOWN) == near


def test_two_words_of_different_meaning_equally_near_are_no_proposal():
    known = {"開始時刻": "from", "開始時間": "until"}
    assert nearest_known("開始時計", known) is None
    assert nearest_known("開始時計", dict.fromkeys(known, "from")) in known
