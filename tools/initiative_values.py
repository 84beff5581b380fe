"""The invented values of indicators: through the points of the design, drawn between them."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tools.make_sample import Row

SEED: Final = "nakano-initiatives"
NOTE: Final = "デモ用・架空"

MONTHS_BETWEEN: Final = {"毎月": 1, "四半期": 3, "半年": 6, "毎年": 12}
REPORT_DAYS: Final = {"毎月": 10, "四半期": 45, "半年": 45, "毎年": 45, "その他": 45}
"""Days from the day measured to the day reported."""
NOISE: Final = {"毎月": 0.12, "四半期": 0.06}
USUAL_NOISE: Final = 0.05
"""How far a drawn value may stand off the line, as a share of the series' whole rise."""
CORRECTED_AFTER_DAYS: Final = 92

Point = tuple[date, float]


def make_values(indicators: list[Row], exceptions: list[Row]) -> tuple[list[Row], list[Row]]:
    """Make the values of the first file and, for the days that two departments report, of another."""
    values: list[Row] = []
    others: list[Row] = []
    for indicator in indicators:
        for day, value in _series(indicator):
            usual = _value(indicator, day, value)
            for own in _exceptions(exceptions, indicator["指標ID"], day):
                note = {
                    "備考": "（".join(filter(None, (NOTE, own["備考"]))) + "）" * bool(own["備考"])
                }
                when = {"報告日": own["報告日"]} if own["報告日"] else {}
                told = {"実績値": own["実績値"]}
                if own["種類"] == "記号":
                    usual |= told | note
                elif own["種類"] == "報告日":
                    usual |= when | note
                elif own["種類"] == "前の報告":
                    values.append(usual | told | when | {"備考": NOTE})
                    # The corrected value came a quarter later, and says why.
                    again = date.fromisoformat(usual["報告日"]) + timedelta(
                        days=CORRECTED_AFTER_DAYS
                    )
                    usual |= {"報告日": again.isoformat()} | note
                else:
                    others.append(usual | told | note)
            values.append(usual)
    return values, others


def _exceptions(exceptions: list[Row], indicator: str, day: date) -> list[Row]:
    wanted = (indicator, day.isoformat())
    return [row for row in exceptions if (row["指標ID"], row["時点"]) == wanted]


def _value(indicator: Row, day: date, value: float) -> Row:
    rhythm = indicator["報告の周期"]
    reported = day + timedelta(days=REPORT_DAYS[rhythm])
    return {
        "指標ID": indicator["指標ID"],
        "時点": day.isoformat(),
        "対象の期間": _period(day, rhythm) if _is_flow(indicator) else "",
        "実績値": f"{value:.{int(indicator['小数'])}f}",
        "報告日": reported.isoformat(),
        "備考": NOTE,
    }


def _is_flow(indicator: Row) -> bool:
    """Whether a value counts what happened in a time, not what there is on a day."""
    return (
        indicator["報告の周期"] == "毎月"
        or "年間" in indicator["定義"]
        or "か月間" in indicator["定義"]
    )


def _period(day: date, rhythm: str) -> str:
    year = day.year - (day.month <= 3)  # noqa: PLR2004 - a fiscal year ends in March
    if rhythm == "毎月":
        return f"{day:%Y-%m}"
    return f"{year}Q{(day.month - 4) % 12 // 3 + 1}" if rhythm == "四半期" else str(year)


def _series(indicator: Row) -> list[Point]:
    """The points of the design and, at the rhythm of the reports, drawn ones between them."""
    points = [_point(text) for text in indicator["節点"].split()]
    step = MONTHS_BETWEEN.get(indicator["報告の周期"])
    if not points or step is None:
        return points
    fixed, days = dict(points), [points[0][0]]
    while days[-1] < points[-1][0]:
        days.append(_month_end(days[-1], step))
    rise = max(value for _, value in points) - min(value for _, value in points)
    noise = rise * NOISE.get(indicator["報告の周期"], USUAL_NOISE)
    return [
        (day, fixed[day] if day in fixed else _between(points, day, noise, indicator["指標ID"]))
        for day in days
    ]


def _point(text: str) -> Point:
    """`2021=40` is the value of 31 March 2021."""
    when, _, value = text.partition("=")
    return date.fromisoformat(when if "-" in when else f"{when}-03-31"), float(value)


def _month_end(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _between(points: list[Point], day: date, noise: float, name: str) -> float:
    after = next(at for at, point in enumerate(points) if point[0] > day)
    (left, low), (right, high) = points[after - 1 : after + 1]
    line = low + (high - low) * (day - left).days / (right - left).days
    return max(0.0, line + noise * (draw(f"value:{name}:{day}") % 201 - 100) / 100)


def draw(name: str) -> int:
    """A number that a name always has, by a hash; no version of a random generator can change it."""
    return int(hashlib.sha256(f"{SEED}:{name}".encode()).hexdigest()[:8], 16)
