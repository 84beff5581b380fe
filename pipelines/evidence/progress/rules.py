"""A rule of an indicator's own: `許容幅 5` or `段階 80 60`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Final, Literal, get_args

Direction = Literal["増加", "減少", "維持"]
MORE: Final[Direction] = "増加"
LESS: Final[Direction] = "減少"
STEADY: Final[Direction] = "維持"

Judged = Literal["achieved", "on_track", "watch", "behind", "worse"]
"""What a rule says of an indicator or initiative that it can judge."""
JUDGED: Final[tuple[Judged, ...]] = get_args(Judged)
"""達成, 順調, 要注意, 目標より遅れ, 悪化: best first."""
_NUMBER: Final = r"(-?[0-9]+(?:\.[0-9]+)?)"
_TOLERANCE: Final = re.compile(rf"許容幅\s+{_NUMBER}")
_STEPS: Final = re.compile(rf"段階\s+{_NUMBER}\s+{_NUMBER}")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Within ±width of the target 達成, within twice that 要注意, else 目標より遅れ."""

    width: Fraction
    name: ClassVar[Literal["tolerance"]] = "tolerance"

    def fits(self, better: Direction) -> bool:
        """Whether the rule makes sense at all."""
        del better
        return self.width >= 0

    def judge(self, value: Fraction, target: Fraction, better: Direction) -> Judged:
        """The status of a value."""
        if meets(value, target, better) or abs(value - target) <= self.width:
            return "achieved"
        return "watch" if abs(value - target) <= 2 * self.width else "behind"


@dataclass(frozen=True, slots=True)
class Steps:
    """At least the first number 順調, at least the second 要注意 (for 減少: at most)."""

    good: Fraction
    fair: Fraction
    name: ClassVar[Literal["steps"]] = "steps"

    def fits(self, better: Direction) -> bool:
        """Whether the steps run in the wanted direction; there is none for 維持."""
        if better == STEADY:
            return False
        return self.good >= self.fair if better == MORE else self.good <= self.fair

    def judge(self, value: Fraction, target: Fraction, better: Direction) -> Judged:
        """The status of a value."""
        if meets(value, target, better):
            return "achieved"
        if meets(value, self.good, better):
            return "on_track"
        return "watch" if meets(value, self.fair, better) else "behind"


Rule = Tolerance | Steps


def read_rule(text: str | None) -> Rule | None:
    """The rule that a text states, None for a blank; raises ValueError where it states none."""
    plain = unicodedata.normalize("NFKC", text or "").strip()
    if not plain:
        return None
    if found := _TOLERANCE.fullmatch(plain):
        return Tolerance(Fraction(found[1]))
    if found := _STEPS.fullmatch(plain):
        return Steps(Fraction(found[1]), Fraction(found[2]))
    raise ValueError(plain)


def meets(value: Fraction, target: Fraction, better: Direction) -> bool:
    """Whether a value is at the target or beyond it in the wanted direction; 維持: exactly at it."""
    if better == STEADY:
        return value == target
    return value >= target if better == MORE else value <= target
