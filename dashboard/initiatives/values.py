"""Dates as sure as they are known, values with their unit and money: unknown is never zero."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.charts.indicator import decimals_of
from pipelines.words import NO_DATA, date_text, fiscal_year_text, number, quantity

if TYPE_CHECKING:
    from datetime import date

    from dashboard.initiatives.records import Milestone, Money
    from dashboard.translation import Translate

_FIRST_MONTH: Final = 4
FUNDS: Final = ("national", "metropolitan", "other", "general")
_NO_NUMBER: Final = frozenset({"nil", "unknown", "withheld"})


def day_text(day: date | None, precision: str | None, lang: str, _: Translate) -> str:
    """A date as sure as it is: a day, a month, a quarter or a 年度; none is 日付未設定."""
    if day is None:
        return _("日付未設定")
    year = day.year if day.month >= _FIRST_MONTH else day.year - 1
    if precision == "月":
        month = f"{day.month:02}" if lang == "en" else day.month
        return _("{year}年{month}月").format(year=day.year, month=month)
    if precision == "四半期":
        quarter = (day.month - _FIRST_MONTH) % 12 // 3 + 1
        return _("{year}第{quarter}四半期").format(
            year=fiscal_year_text(year, lang), quarter=quarter
        )
    if precision == "年度":
        return fiscal_year_text(year, lang)
    return date_text(day, lang)


def value_text(value: float | None, state: str | None, unit: str, lang: str, _: Translate) -> str:
    """A value of an indicator with its unit, or why there is none."""
    if value is None or state in _NO_NUMBER:
        return state_text(state, lang, _)
    return quantity(value, unit, decimals_of([value]), lang)


def state_text(state: str | None, lang: str, _: Translate) -> str:
    """Why there is no number."""
    return {
        "nil": _("該当なし"),
        "unknown": _("不詳"),
        "withheld": _("秘匿"),
    }.get(state or "", NO_DATA[lang])


def money_text(value: int | None, state: str | None, lang: str, _: Translate) -> str:
    """Thousands of yen; what nobody set is 未設定."""
    if value is None or state in _NO_NUMBER:
        return _("未設定") if state is None else state_text(state, lang, _)
    return number(value, 0, lang)


def slippage_text(one: Milestone, _: Translate) -> str:
    """By how much a milestone is behind or before its plan; nothing where that is not known."""
    if one.slippage_unit == "month" and one.slippage_months is not None:
        months = one.slippage_months
        if months == 0:
            return _("同じ月")
        late = _("1か月遅れ") if months == 1 else _("{n}か月遅れ")
        early = _("1か月早い") if months == -1 else _("{n}か月早い")
        return (late if months > 0 else early).format(n=f"{abs(months):,}")
    days = one.slippage_days
    if days is None or days > 0:
        return days_text(days, _)
    early = _("1日早い") if days == -1 else _("{n}日早い")
    return early.format(n=f"{-days:,}") if days else _("計画どおりの日")


def days_text(days: int | None, _: Translate) -> str:
    """So many days late; nothing where that is not known."""
    if days is None:
        return ""
    return (_("1日遅れ") if days == 1 else _("{n}日遅れ")).format(n=f"{days:,}")


def funds_of(one: Money) -> tuple[tuple[str, int | None, str | None], ...]:
    """The four kinds of funds: their code, amount and state."""
    return (
        ("national", one.national_thousand_yen, one.national_thousand_yen_state),
        ("metropolitan", one.metropolitan_thousand_yen, one.metropolitan_thousand_yen_state),
        ("other", one.other_thousand_yen, one.other_thousand_yen_state),
        ("general", one.general_thousand_yen, one.general_thousand_yen_state),
    )


def funds_total_text(one: Money, lang: str, _: Translate) -> str:
    """Why the sources of funds have no sum; nothing where they have one."""
    if one.funds_total_thousand_yen is not None:
        return ""
    if one.funds_total_state == "partial":
        return _("一部が未設定")
    return money_text(None, one.funds_total_state, lang, _)


def fund_title(fund: str, _: Translate) -> str:
    """Where money comes from."""
    return {
        "national": _("国庫支出金"),
        "metropolitan": _("都支出金"),
        "other": _("その他特定財源"),
        "general": _("一般財源"),
    }[fund]
