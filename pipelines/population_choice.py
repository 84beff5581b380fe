"""Which count of residents the figures use: the newest that fits the boundary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from pipelines import words
from pipelines.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TITLES_EN: Final = {
    "国勢調査": "census",
    "住民基本台帳": "resident register",
    "推計": "estimate",
    "境界データ": "boundary file",
}
"""What the sources of population are called in English, those of the contract and the boundary's."""
BOUNDARY: Final = "areas"
"""The data set of the boundary's own count."""
# Of one date, a count goes before an estimate, and what came with the shapes before a list.
_OF_ONE_DATE: Final = ("境界データ", "国勢調査", "住民基本台帳", "推計")
_NAMED_EXAMPLES: Final = 3


@dataclass(frozen=True, kw_only=True)
class PopulationCount:
    """All residents by one source as of one date, against the areas of the boundary."""

    population_key: str
    dataset: str
    population_source: str
    surveyed_on: date | None
    statuses: tuple[str, ...]
    areas: int
    """Areas of the boundary."""
    areas_missing: int
    """Areas without a number: no row, or one that is withheld or unknown."""
    households: float | None = None
    unlisted: tuple[str, ...] = ()
    """Names of areas that have no row, those where nobody lived at the boundary's census apart."""
    unmatched: tuple[str, ...] = ()
    """Names in the ward's own rows that are no area of the boundary and no sum of several."""
    twice: tuple[str, ...] = ()
    """Names of areas that stand in more than one row."""

    @property
    def reference(self) -> Message:
        """Source and date as they stand beside a rate: 国勢調査 2015年10月1日."""
        source_en = TITLES_EN.get(self.population_source, self.population_source)
        if self.surveyed_on is None:
            return Message(
                f"{self.population_source} {words.as_of_text(None, 'ja')}",
                f"{source_en}, {words.as_of_text(None, 'en')}",
            )
        return Message(
            f"{self.population_source} {words.date_text(self.surveyed_on, 'ja')}",
            f"{source_en}, {words.date_text(self.surveyed_on, 'en')}",
        )

    @property
    def is_sample(self) -> bool:
        """Whether it is made up."""
        return "sample" in self.statuses


@dataclass(frozen=True)
class Verdict:
    """What became of one count: whether it fits, why it is not the default, and what it is for."""

    count: PopulationCount
    fits: bool
    reason: Message
    is_default: bool
    is_households_default: bool


def choose_population(counts: Sequence[PopulationCount], as_of: date) -> list[Verdict]:
    """Judge every count; exactly one is the default, and one gives the households.

    A count *fits the boundary* when it is not later than `as_of`, every area of the boundary has
    one row for all its residents (areas without residents at the boundary's census may have
    none), no name in the ward's own rows is unknown, and at least half of the areas have a
    number. Of those that fit, made-up ones come last, then the newest date wins; of one date, as
    in _OF_ONE_DATE. Where none fits, the boundary's own count stays, unknown as it is.
    Households are the default's where it has them for every area, else the boundary's.
    """
    unfit = {one.population_key: tuple(_obstacles(one, as_of)) for one in counts}
    boundary = next(one for one in counts if one.dataset == BOUNDARY)
    fitting = sorted((one for one in counts if not unfit[one.population_key]), key=_preference)
    default = fitting[0] if fitting else boundary
    homes = default if default.households is not None else boundary
    return [
        Verdict(
            count=one,
            fits=not unfit[one.population_key],
            reason=_reason(one, default, unfit[one.population_key]),
            is_default=one is default,
            is_households_default=one is homes,
        )
        for one in sorted(counts, key=_preference)
    ]


def _preference(count: PopulationCount) -> tuple[bool, int, int]:
    newest_first = -(count.surveyed_on or date.min).toordinal()
    return count.is_sample, newest_first, _OF_ONE_DATE.index(count.population_source)


def _obstacles(count: PopulationCount, as_of: date) -> Iterator[Message]:
    """Why a count does not fit the boundary."""
    if count.surveyed_on is not None and count.surveyed_on > as_of:
        yield Message(
            f"時点が版の時点（{words.date_text(as_of, 'ja')}）より後",
            f"its date is after the edition's ({words.date_text(as_of, 'en')})",
        )
    if len(count.unlisted) == count.areas:
        yield Message(
            "町丁目ごとの総数がない", "it has no count of all residents by area of this boundary"
        )
    elif count.unlisted:
        number, names = len(count.unlisted), _examples(count.unlisted)
        yield Message(
            f"{number}町丁目の行がない（{names.ja}）",
            f"areas without a row: {number} ({names.en})",
        )
    if count.unmatched:
        number, names = len(count.unmatched), _examples(count.unmatched)
        yield Message(
            f"境界にない地域名が{number}つある（{names.ja}）",
            f"names that are not in the boundary: {number} ({names.en})",
        )
    if count.twice:
        number, names = len(count.twice), _examples(count.twice)
        yield Message(
            f"{number}町丁目が2行以上ある（{names.ja}）",
            f"areas in more than one row: {number} ({names.en})",
        )
    if 2 * count.areas_missing > count.areas > len(count.unlisted):
        yield Message(
            f"{count.areas}町丁目のうち{count.areas_missing}の人数が不明",
            f"the number is unknown in {count.areas_missing} of {count.areas} areas",
        )


def _reason(
    count: PopulationCount, default: PopulationCount, obstacles: Sequence[Message]
) -> Message:
    """Why a count is not the default; nothing to say of the default itself where it fits."""
    if obstacles:
        return Message(
            f"境界に合わない：{'、'.join(one.ja for one in obstacles)}",
            f"does not fit the boundary: {'; '.join(one.en for one in obstacles)}",
        )
    if count is default:
        return Message("", "")
    if count.is_sample and not default.is_sample:
        return Message(
            "デモ用・架空：公表または区提供の人口があるあいだは使わない",
            "fictional: not used while there is an official or supplied count",
        )
    if count.surveyed_on == default.surveyed_on:
        return Message(
            f"同じ時点の{default.population_source}を使う",
            f"the {TITLES_EN[default.population_source]} of the same date is used",
        )
    return Message("より新しい人口がある", "there is a newer count")


def _examples(names: Sequence[str]) -> Message:
    """The first names, for a look."""
    shown, more = sorted(names)[:_NAMED_EXAMPLES], len(names) > _NAMED_EXAMPLES
    return Message(
        "、".join(shown) + ("ほか" if more else ""), ", ".join(shown) + (", …" if more else "")
    )
