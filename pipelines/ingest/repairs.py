"""Named repairs of text columns. A repair never guesses: what is not certain is left as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.fiscal import parse_date
from pipelines.ingest.codes import repair_code
from pipelines.ingest.columns import blank_out, count_true, encode_few, find_changes, map_distinct
from pipelines.ingest.periods import fiscal_year, iso_month, period, yes_no

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipelines.contracts import FieldContract
    from pipelines.contracts.types import FieldType


@dataclass(frozen=True)
class RepairRule:
    """A repair as people read of it, and the function that does it to a whole column."""

    name: str
    title: str
    title_en: str
    apply: Callable[[pa.Array], pa.Array]


def trim(column: pa.Array) -> pa.Array:
    """Blanks and TABs at both ends removed."""
    return pc.utf8_trim_whitespace(column)


_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# NFKC makes 1290 of 129⁰, 12 of 1② and 1⁄2 of ½: a footnote or a fraction would become a figure.
_NOT_WIDTH: Final = (
    "[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2100-\u218f\u2460-\u24ff\u3200-\u33ff]"
)


def _half_width(column: pa.Array) -> pa.Array:
    # Nearly all are ASCII already, which nothing happens to.
    wide = pc.fill_null(pc.invert(pc.string_is_ascii(column)), fill_value=False)
    if not count_true(wide):
        return column
    written = column.filter(wide)
    other = pc.match_substring_regex(written, _NOT_WIDTH)
    narrow = pc.if_else(other, written, pc.utf8_normalize(written, form="NFKC"))
    return pc.replace_with_mask(column, wide, narrow)


def _iso_date(column: pa.Array) -> pa.Array:
    """2024/9/1, 令和6年9月1日 and R6.9.1 to 2024-09-01; what is not certain is left as it is."""
    return map_distinct(column, _date_text)


# The same days come in every chunk of a file.
@lru_cache(maxsize=8192)
def _date_text(text: str) -> str | None:
    if _ISO_DATE.fullmatch(text):
        return None
    day = parse_date(text)
    return day.isoformat() if day else None


def _municipality_code(column: pa.Array) -> pa.Array:
    return map_distinct(column, repair_code)


def _telephone(column: pa.Array) -> pa.Array:
    """(054)626-2171 and ０５４－６２６－２１７１ to 054-626-2171; digits are never added or moved."""
    plain = pc.utf8_normalize(column, form="NFKC")
    plain = pc.replace_substring_regex(plain, "[‐‑‒–—―−ー]", "-")
    plain = pc.replace_substring_regex(plain, r"^\(([0-9]{2,5})\)\s*", r"\1-")
    plain = pc.replace_substring_regex(plain, r"^([0-9]{2,5})\(([0-9]{1,4})\)", r"\1-\2-")
    number = pc.match_substring_regex(plain, r"^0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}$")
    return pc.if_else(number, plain, column)


def _plain_number(column: pa.Array) -> pa.Array:
    """1,234 to 1234, only where the commas stand between groups of three digits."""
    grouped = pc.match_substring_regex(column, r"^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$")
    return pc.if_else(grouped, pc.replace_substring(column, ",", ""), column)


def _percent(column: pa.Array) -> pa.Array:
    """12.5% to 12.5, for a field whose unit is %."""
    return pc.replace_substring_regex(column, r"^([+-]?[0-9][0-9,]*(\.[0-9]+)?)\s*%$", r"\1")


def _whole_number(column: pa.Array) -> pa.Array:
    """1290.0 to 1290: spreadsheets write whole numbers so."""
    return pc.replace_substring_regex(column, r"^([+-]?[0-9]+)\.0+$", r"\1")


REPAIRS: Final = {
    rule.name: rule
    # In this order: NFKC can turn a sign into a blank and a mark, which trimming then removes.
    for rule in (
        RepairRule(
            "half_width", "全角英数字を半角にした", "Full-width letters and digits made half-width",
            _half_width,
        ),
        RepairRule("trim", "前後の空白・タブを除いた", "Blanks and TABs at the ends removed", trim),
        RepairRule("iso_date", "日付を年-月-日にした", "Date written as year-month-day", _iso_date),
        RepairRule(
            "municipality_code", "団体コードを検査数字で確かめて直した",
            "Municipality code mended where its check digit proves it", _municipality_code,
        ),
        RepairRule("telephone", "電話番号をハイフン区切りにした", "Telephone number written with hyphens", _telephone),
        RepairRule("iso_month", "年月を年-月にした", "Month written as year-month", iso_month),
        RepairRule("fiscal_year", "年度を西暦の数字にした", "Fiscal year written as its number", fiscal_year),
        RepairRule(
            "period", "年月・四半期・年度を一つの書き方にした", "Month, quarter or fiscal year in its one form",
            period,
        ),
        RepairRule("yes_no", "1・○などを有・無にした", "A mark made “有” (yes) or “無” (no)", yes_no),
        RepairRule("percent", "「%」を除いた（単位が%の項目）", "Percent sign removed (the unit is %)", _percent),
        RepairRule("plain_number", "桁区切りのコンマを除いた", "Thousands commas removed", _plain_number),
        RepairRule("whole_number", "整数の「.0」を除いた", "“.0” of a whole number removed", _whole_number),
    )
}  # fmt: skip

PERCENT: Final = "%"
"""The unit of fields that take 12.5%; anywhere else the sign is left and the row flagged."""
_NUMBERS: Final = frozenset({"integer", "number"})
_FEW_VALUES: Final = frozenset({"date", "boolean"})
_BY_TYPE: Final[dict[FieldType, tuple[str, ...]]] = {
    "string": ("trim",),
    "integer": ("trim", "half_width", "plain_number", "whole_number"),
    "number": ("trim", "half_width", "plain_number"),
    "date": ("trim", "half_width", "iso_date"),
    "boolean": ("trim", "half_width"),
}


def repair_column(
    column: pa.Array, field: FieldContract, missing_values: tuple[str, ...]
) -> tuple[pa.Array, dict[str, int]]:
    """The column repaired, missing values made null, and how many values each repair changed."""
    wanted = {*_BY_TYPE[field.type], *field.repairs}
    if field.type in _NUMBERS and field.unit == PERCENT:
        wanted.add("percent")
    rules = [rule for name, rule in REPAIRS.items() if name in wanted]
    encoded = encode_few(column, surely=field.type in _FEW_VALUES)
    if encoded is None:
        repaired, changes = _apply(column, rules)
    else:
        repaired, changes = _apply(encoded.dictionary, rules)
        changes = {name: changed.take(encoded.indices) for name, changed in changes.items()}
        repaired = repaired.take(encoded.indices)
    counts = {name: count_true(changed) for name, changed in changes.items()}
    return blank_out(repaired, missing_values), {
        name: count for name, count in counts.items() if count
    }


def _apply(column: pa.Array, rules: Sequence[RepairRule]) -> tuple[pa.Array, dict[str, pa.Array]]:
    """The column with every rule applied in turn, and which values each changed, where any."""
    changes = {}
    for rule in rules:
        repaired = rule.apply(column)
        if not repaired.equals(column):
            changes[rule.name] = find_changes(column, repaired)
            column = repaired
    return column, changes
