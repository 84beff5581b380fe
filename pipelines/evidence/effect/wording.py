"""The closed list of what is said of a finding, in both languages.

A sentence may hold a causal word only where its grade bears it: level 3 of the scale with an
interval that excludes zero and a placebo that bears it out. All others, refusals and remarks
included, hold none of `causal_words`; a test reads every one of them. Values come in worded
(pipelines.words); nothing of them is interpreted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.evidence.effect.grade import Graded

_CAUSAL: Final = re.compile(
    "効果|影響|改善|もたら|によって|により|おかげ|ため|結果|寄与|貢献|要因|原因|起因|因果|成果"
    "|押し上げ|引き上げ|促し|促進|受けて"
    r"|\b(?:effect|impact|becaus|improv|leads? to|leading to|led to|caus|due to|thanks to|owing to|result"
    r"|attribut|boost|dr[io]ve|contribut|influenc|brought about|achiev)\w*",
    re.IGNORECASE,
)
EXEMPT: Final = ("期待される効果",)
"""The plan's own name of a field."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in both languages, with the same places for values."""

    ja: str
    en: str
    causal: bool = False
    """Whether its grade bears a causal word."""


SENTENCES: Final[Mapping[str, Sentence]] = {
    "C_up": Sentence(
        "補助の効果とみられる増加は、平均{value}（95％の区間 {low}～{high}）。補助がなければ、補助のない商店街と同じように動いたはずだという前提による。",
        "The effect of the subsidy is estimated at {value} on average (95% interval {low} to {high}), on the assumption that without it these streets would have moved like those without the subsidy.",
        causal=True,
    ),
    "C_down": Sentence(
        "補助の効果とみられる減少は、平均{value}（95％の区間 {low}～{high}）。補助がなければ、補助のない商店街と同じように動いたはずだという前提による。",
        "The effect of the subsidy is estimated at {value}, a decrease (95% interval {low} to {high}), on the assumption that without it these streets would have moved like those without the subsidy.",
        causal=True,
    ),
    "C_open": Sentence(
        "補助のある商店街の前後の変化は、補助のない商店街の変化と平均{value}違う（95％の区間 {low}～{high}）。区間に0が入るので、差があるともないともいえない。",
        "Streets with the subsidy moved {value} apart from those without it on average (95% interval {low} to {high}). Zero lies within, so whether there is a difference stays open.",
    ),
    "C_placebo_differs": Sentence(
        "補助のある商店街の前後の変化は、補助のない商店街の変化と平均{value}違う（95％の区間 {low}～{high}）。ただし開始月をくじで割り当てても、{lots}の割合で同じほどの差が出る。偶然の差と見分けられない。",
        "Streets with the subsidy moved {value} apart from those without it on average (95% interval {low} to {high}). Starts dealt out by lot give as much in {lots} of draws: it cannot be told from chance.",
    ),
    "D_up": Sentence(
        "{month}から、水準がそれまでの線の延長より{value}高い（95％の区間 {low}～{high}）。一つの系列の前後だけを見た数で、同じころに始まったほかのことと区別できない。",
        "From {month} on, the level lies {value} above the line carried on (95% interval {low} to {high}). This is one series before and after: it cannot be told from whatever else began then.",
    ),
    "D_down": Sentence(
        "{month}から、水準がそれまでの線の延長より低い（{value}、95％の区間 {low}～{high}）。一つの系列の前後だけを見た数で、同じころに始まったほかのことと区別できない。",
        "From {month} on, the level lies below the line carried on ({value}, 95% interval {low} to {high}). This is one series before and after: it cannot be told from whatever else began then.",
    ),
    "D_open": Sentence(
        "{month}の前後で、水準の差は{value}（95％の区間 {low}～{high}）。区間に0が入るので、変わったとも変わらないともいえない。",
        "The level before and after {month} differs by {value} (95% interval {low} to {high}). Zero lies within, so whether it changed stays open.",
    ),
    "refused": Sentence(
        "前後の違いについては何も言わない。足りないものは次のとおり。",
        "Nothing is said of before and after. What is missing:",
    ),
    "too_few_months_before": Sentence(
        "開始前の月が{found}しかない（{needed}以上が必要）。少ないと、線のまわりの動き方を確かめられず、季節も一巡しない。",
        "There are only {found} months before the start ({needed} are needed): so few do not show how values move about their line, and the seasons are not complete.",
    ),
    "too_few_months_after": Sentence(
        "開始後の月が{found}しかない（{needed}以上が必要）。少ないと、線のまわりの動き方を確かめられず、季節も一巡しない。",
        "There are only {found} months from the start on ({needed} are needed): so few do not show how values move about their line, and the seasons are not complete.",
    ),
    "too_few_streets_with": Sentence(
        "比べられる補助のある商店街が{found}しかない（{needed}以上が必要）。少ないと、商店街ごとのばらつきを測れない。",
        "Only {found} streets with the subsidy can be compared ({needed} are needed): fewer do not show how streets vary.",
    ),
    "too_few_streets_without": Sentence(
        "比べられる補助のない商店街が{found}しかない（{needed}以上が必要）。少ないと、商店街ごとのばらつきを測れない。",
        "Only {found} streets without the subsidy can be compared ({needed} are needed): fewer do not show how streets vary.",
    ),
    "trend_before_untested": Sentence(
        "開始前の動きが同じだったかを確かめられない（開始前の月か商店街が足りない）。",
        "Whether the streets ran alike before the start cannot be tested (too few months or streets).",
    ),
    "trends_before_differ": Sentence(
        "開始前から、補助のある商店街とない商店街の動きが違う（検定のp値 {found}）。前後の差をそのまま比べられない。",
        "The streets with and without the subsidy already ran apart before the start (p {found}), so their changes cannot be set against each other.",
    ),
    "no_variation": Sentence(
        "値にばらつきがなく、誤差を測れない。",
        "The values do not vary, so there is no error to judge by.",
    ),
    "no_comparison": Sentence(
        "比べる相手になる商店街か、期間の途中で補助が始まった商店街がない。",
        "There is no street to compare with, or none that began within these months.",
    ),
    "wanders": Sentence(
        "この系列は、前の月の値から少しずつ離れて戻らない動きと見分けられない。そのような系列では、何もなくても前後に差が出やすい。",
        "This series cannot be told from one that drifts from each month to the next and does not return; such series often differ before and after although nothing happened.",
    ),
    "test_is_weak": Sentence(
        "開始前の動きに差が見つからないことは、同じ動きだった証拠ではない。この検定が見逃しうる傾きの差は、月あたり{low}～{high}。",
        "That no difference was found before the start does not prove that there was none: slopes of {low} to {high} a month could go unseen.",
    ),
    "streets_weigh_the_same": Sentence(
        "商店街の平均で、店舗数の多い商店街も少ない商店街も同じ重みで数える。",
        "An average over streets: large and small ones count the same.",
    ),
    "left_out": Sentence(
        "数えられない月のある商店街（{incomplete}）と、最初の月までに始まっていた商店街（{always}）は比べていない。",
        "Left out are streets with a missing month ({incomplete}) and streets that had begun by the first month ({always}).",
    ),
}  # fmt: skip


def causal_words(text: str) -> list[str]:
    """The causal words in a text; the plan's own field names do not count."""
    for name in EXEMPT:
        text = text.replace(name, "")
    return _CAUSAL.findall(text)


def say(code: str, lang: str, **values: str) -> str:
    """The sentence of a code with its values, worded already.

    Raises:
        KeyError: no such sentence, or a value is missing.
    """
    sentence = SENTENCES[code]
    return (sentence.en if lang == "en" else sentence.ja).format_map(values)


def codes_of(graded: Graded) -> tuple[str, ...]:
    """Which sentences are said of a graded finding, in order."""
    if graded.letter is None:
        return ("refused", *(one.reason for one in graded.refusals))
    return (f"{graded.letter}_{graded.finding}",)
