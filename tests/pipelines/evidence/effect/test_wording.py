"""Every sentence is read: no causal word but where its grade bears it, in both languages."""

from __future__ import annotations

import re
import string
from typing import get_args

import pytest

from pipelines.evidence.effect.estimate import Reason, Refusal
from pipelines.evidence.effect.grade import Finding, Graded
from pipelines.evidence.effect.wording import SENTENCES, causal_words, codes_of, say

BEAR_A_CAUSAL_WORD = {"C_up", "C_down"}


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_no_sentence_says_more_than_its_grade(code):
    sentence = SENTENCES[code]
    assert sentence.causal == (code in BEAR_A_CAUSAL_WORD)
    for text in (sentence.ja, sentence.en):
        assert bool(causal_words(text)) == sentence.causal, (code, causal_words(text))


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_both_languages_say_the_same_numbers(code):
    sentence = SENTENCES[code]
    assert places(sentence.ja) == places(sentence.en)
    assert re.search(r"[ぁ-ん]", sentence.ja)
    assert not re.search(r"[ぁ-んァ-ヶ一-龠]", sentence.en)
    assert sentence.ja.endswith("。")


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_has_its_sentence(reason):
    codes = codes_of(Graded(None, None, (Refusal(reason, 3, 12),)))
    assert codes == ("refused", reason)
    for code in codes:
        for lang in ("ja", "en"):
            said = say(code, lang, found="3", needed="12")
            assert "{" not in said
            assert causal_words(said) == []


@pytest.mark.parametrize("letter", ["C", "D"])
@pytest.mark.parametrize("finding", get_args(Finding))
def test_every_finding_has_its_sentence(letter, finding):
    if (letter, finding) == ("D", "placebo_differs"):
        return
    (code,) = codes_of(Graded(letter, finding))
    said = say(
        code, "ja", value="+8.1ポイント", low="+4.7", high="+11.4", month="2024年4月", lots="7%"
    )
    assert "+8.1ポイント" in said
    assert "+4.7" in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("補助の効果", ["効果"]), ("影響はない", ["影響"]), ("改善した", ["改善"]),
        ("補助がもたらした", ["もたら"]), ("補助によって増えた", ["によって"]),
        ("補助のため増えた", ["ため"]), ("導入率を押し上げた", ["押し上げ"]),
        ("The Effects", ["Effects"]), ("an impact", ["impact"]), ("because of it", ["because"]),
        ("it improved", ["improved"]), ("which led to more", ["led to"]), ("it caused", ["caused"]),
        ("leads to", ["leads to"]), ("due to it", ["due to"]), ("as a result", ["result"]),
        ("期待される効果（区民）", []), ("期待される効果と効果", ["効果"]),
        ("確かめられない", []), ("needed, the level differs", []), ("at the middle to the end", []),
        ("", []),
    ],
)  # fmt: skip
def test_the_reader_of_sentences(text, words):
    assert causal_words(text) == words


def test_a_value_is_never_read_as_a_sentence():
    assert "{low}" in say("D_open", "en", month="{low}", value="1", low="2", high="3")
    with pytest.raises(KeyError):
        say("D_open", "en", month="4")
    with pytest.raises(KeyError):
        say("E_up", "ja")
