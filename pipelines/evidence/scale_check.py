"""Whether a statement holds both by 町丁目 and by 町: one that does not is about the units.

The modifiable areal unit problem (Openshaw 1984): figures of areas change with how the ward is cut.
Each statement is made twice and the two are compared: shares agree when they differ by at most one
point, coefficients by at most 0.05, sets when they are equal (or one lies within the other, where they
cannot be), conclusions when they are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SHARE_TOLERANCE: Final = 0.01
COEFFICIENT_TOLERANCE: Final = 0.05
SIGNIFICANT: Final = 0.05
UNKNOWN: Final = Message("データなし", "no data")
_CLUSTERED: Final = Message("集まりがある", "clustered")
_SCATTERED: Final = Message("集まりがあるとはいえない", "not shown to be clustered")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A statement by area and by town; `agree` is None where one of the two is not known."""

    by_area: Message
    by_town: Message
    agree: bool | None

    def sentence(self, subject: Message) -> Message:
        """The comparison in words, about `subject`."""
        ja, en = _VERDICTS[self.agree]
        return Message(
            f"{subject.ja}: 町丁目別では{self.by_area.ja}、町別では{self.by_town.ja}。{ja}",
            f"{subject.en}: {self.by_area.en} by area (町丁目), {self.by_town.en} by town (町). {en}",
        )


_VERDICTS: Final = {
    True: ("どちらで見ても同じです。", "Both say the same."),
    False: (
        "見る単位によって結論が変わります。町丁目別を使い、この違いに注意してください。",
        "The two disagree: the answer depends on the unit. Use areas, and mind the difference.",
    ),
    None: (
        "片方がわからないため、比べられません。",
        "One is not known, so they cannot be compared.",
    ),
}


def compare_shares(by_area: float | None, by_town: float | None) -> Comparison:
    """Two shares (0 to 1), shown in per cent."""
    return _compare(by_area, by_town, SHARE_TOLERANCE, lambda value: f"{value:.1%}")


def compare_coefficients(by_area: float | None, by_town: float | None) -> Comparison:
    """Two coefficients, such as Gini's."""
    return _compare(by_area, by_town, COEFFICIENT_TOLERANCE, lambda value: f"{value:.2f}")


def compare_sets(by_area: Sequence[str] | None, by_town: Sequence[str] | None) -> Comparison:
    """Two lists of names, in which the order does not count."""
    agree = None if by_area is None or by_town is None else set(by_area) == set(by_town)
    return Comparison(_names(by_area), _names(by_town), agree)


def compare_within(by_area: Sequence[str], by_town: Sequence[str]) -> Comparison:
    """Names that the finer unit gives, all of which should be among those of the coarser one."""
    return Comparison(_names(by_area), _names(by_town), set(by_area) <= set(by_town))


def compare_clustering(by_area: float | None, by_town: float | None) -> Comparison:
    """Two p-values of Moran's I: whether both find that like stands beside like."""
    found = [None if p is None else p <= SIGNIFICANT for p in (by_area, by_town)]
    agree = None if None in found else found[0] == found[1]
    return Comparison(_clustering(found[0]), _clustering(found[1]), agree)


def _compare(
    by_area: float | None, by_town: float | None, tolerance: float, worded: Callable[[float], str]
) -> Comparison:
    texts = [UNKNOWN if one is None else _plain(worded(one)) for one in (by_area, by_town)]
    if by_area is None or by_town is None:
        return Comparison(texts[0], texts[1], None)
    # What is shown as one point apart counts as one point.
    return Comparison(texts[0], texts[1], abs(by_area - by_town) <= tolerance + 1e-12)


def _names(names: Sequence[str] | None) -> Message:
    if names is None:
        return UNKNOWN
    return Message("、".join(names) or "なし", ", ".join(names) or "none")


def _clustering(found: bool | None) -> Message:  # noqa: FBT001 (three answers)
    return UNKNOWN if found is None else _CLUSTERED if found else _SCATTERED


def _plain(text: str) -> Message:
    return Message(text, text)
