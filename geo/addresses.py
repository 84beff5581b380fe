"""From an address as people write it to the 町丁目 it names.

Public lists spell one place in many ways: 中野区中野１丁目, 中野一丁目, 東京都中野区中野1-57-12.
`normalise_address` brings them to one spelling, `AddressMatcher` finds the area. Nothing is
guessed: what could be two places, or another municipality's, is None.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# The old, rare or machine-dependent form and the form that registers use, pair by pair.
_VARIANT_PAIRS = (
    "髙高 﨑崎 嵜崎 碕崎 濵浜 濱浜 邊辺 邉辺 齋斉 齊斉 斎斉 澤沢 嶋島 嶌島 德徳 瀨瀬 廣広 國国 "
    "眞真 櫻桜 條条 冨富 龍竜 壽寿 榮栄 惠恵 鐵鉄 會会 澁渋 檜桧 萬万 舘館 槇槙 增増 淵渕 鷗鴎 "
    "鶯鴬 圓円 學学 縣県 縱縦 寶宝 豐豊 關関 靜静 藏蔵"
)
_VARIANT_KANJI = str.maketrans({pair[0]: pair[1] for pair in _VARIANT_PAIRS.split()})
# Hyphen, non-breaking hyphen, figure dash, en dash, em dash, bar, minus; NFKC does the full-width.
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500", "-"))
# Zero-width signs and variation selectors change how a sign is drawn, not which it is.
_UNSEEN = re.compile("[\\s\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]+")

_KANJI_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
_KANJI_NUMBER = re.compile("(?<![〇一二三四五六七八九十])[〇一二三四五六七八九十]{1,5}(?=丁目)")
# The long-vowel sign is a hyphen only between digits: センター keeps its own.
_LONG_VOWEL_AS_HYPHEN = re.compile("(?<=[0-9])ー(?=[0-9])")
# 松が丘, 松ヶ丘 and 松ケ丘 are one place.
_SMALL_KE = re.compile("(?<=[一-鿿])[ヶケが](?=[一-鿿])")

_POSTCODE = re.compile("^〒?[0-9]{3}-?[0-9]{4}(?![0-9])")
_NUMBERED_NAME = re.compile("^(?P<town>.+?)(?P<number>[0-9]{1,3})丁目$")
# 1丁目, 1-57-12, 1の57, a bare 1; but 57番12号 counts blocks, not 丁目.
_NUMBER = re.compile("^-?(?P<number>[0-9]{1,3})(?:(?P<chome>丁目)|(?![0-9番号]))")
_PLAIN_TOWN_END = re.compile("^(?:$|[-0-9]|大?字|番地)")

_Town = tuple[str, int | None]


def normalise_address(text: str) -> str:
    """Bring an address to one spelling, for comparing only: it is never shown.

    NFKC; blanks out; every kind of hyphen to "-"; kanji numerals before 丁目 to digits;
    variant kanji (髙 to 高) by a table. Normalising twice changes nothing more.
    """
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    plain = unicodedata.normalize("NFKC", seen).translate(_VARIANT_KANJI).translate(_HYPHENS)
    counted = _KANJI_NUMBER.sub(lambda found: str(_kanji_value(found.group())), plain)
    return _SMALL_KE.sub("ケ", _LONG_VOWEL_AS_HYPHEN.sub("-", counted))


class AddressMatcher:
    """Finds the area an address names, for the areas of one municipality.

    `area_codes` and `area_names` go together (中野１丁目); `prefecture` and `municipality`
    are the names an address may begin with (東京都, 中野区). Two areas of one name: neither is
    ever the answer. Raises ValueError when codes and names differ in number.
    """

    def __init__(
        self,
        area_codes: Sequence[str],
        area_names: Sequence[str],
        *,
        prefecture: str,
        municipality: str,
    ) -> None:
        self._codes = _codes_by_town(area_codes, area_names)
        towns = {town for town, _ in self._codes}
        self._towns = sorted(towns, key=len, reverse=True)
        # A county may stand between prefecture and town (東京都西多摩郡瑞穂町).
        self._municipality = re.compile(
            f"^(?:{re.escape(normalise_address(prefecture))})?(?:[^0-9]{{1,6}}郡)?"
            f"{re.escape(normalise_address(municipality))}"
        )

    def match(self, address: str) -> str | None:
        """Give the area code of an address, or None where it names no area for certain."""
        local = self._municipality.sub("", _POSTCODE.sub("", normalise_address(address)))
        for town in self._towns:
            if local.startswith(town):
                return self._match_number(town, local[len(town) :])
        return None

    def match_all(self, addresses: Iterable[str]) -> list[str | None]:
        """Match many addresses, in their order."""
        return [self.match(address) for address in addresses]

    def _match_number(self, town: str, rest: str) -> str | None:
        number = _NUMBER.match(rest)
        if number:
            numbered = self._codes.get((town, int(number["number"])))
            if numbered or number["chome"]:
                return numbered
        return self._codes.get((town, None)) if _PLAIN_TOWN_END.match(rest) else None


def _codes_by_town(codes: Sequence[str], names: Sequence[str]) -> dict[_Town, str]:
    found: defaultdict[_Town, set[str]] = defaultdict(set)
    for code, name in zip(codes, names, strict=True):
        found[_split_name(name)].add(str(code))
    return {town: next(iter(codes)) for town, codes in found.items() if len(codes) == 1}


def _split_name(name: str) -> _Town:
    plain = normalise_address(name)
    numbered = _NUMBERED_NAME.match(plain)
    return (numbered["town"], int(numbered["number"])) if numbered else (plain, None)


def _kanji_value(numeral: str) -> int:
    """Read 三, 十, 二十三 and the positional 二三."""
    tens, ten, units = numeral.rpartition("十")
    if not ten:
        return int("".join(str(_KANJI_DIGITS[sign]) for sign in numeral))
    return 10 * (_kanji_value(tens) if tens else 1) + (_kanji_value(units) if units else 0)
