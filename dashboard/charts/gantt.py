"""A Gantt chart as a table: 年度 and quarters as a grid, plan beside what happened, the as-of line.

Each line is a row of a table with its dates in words, so it can be read aloud, printed in grey and
found by its text. A quarter is as wide as any other; a day stands where it is within its quarter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from dashboard.markup import joined, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from markupsafe import Markup

_QUARTERS_A_YEAR: Final = 4
_FIRST_MONTH: Final = 4
_MONTHS_A_QUARTER: Final = 3
_MOST_YEARS: Final = 30
"""A date that somebody mistyped by a century does not make a page of empty columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A line of the chart; `name` and `words` may be Markup."""

    name: str
    words: str
    planned_start_on: date | None = None
    planned_end_on: date | None = None
    actual_start_on: date | None = None
    actual_end_on: date | None = None
    late: bool = False
    """Planned end passed and no actual end: drawn on to the as-of line."""


@dataclass(frozen=True, slots=True)
class Span:
    """From the first to the last 年度 of a chart, both included."""

    first: int
    last: int

    @property
    def quarters(self) -> int:
        """How many columns the grid has."""
        return _QUARTERS_A_YEAR * (self.last - self.first + 1)

    def at(self, day: date) -> float:
        """Where a day stands, as a share of the width; days outside stand at the edge."""
        if day <= _start(self):
            return 0.0
        if day > _end(self):
            return 1.0
        quarter = _quarter(day)
        begins, ends = _quarter_start(quarter), _quarter_start(quarter + 1)
        within = (day - begins).days / (ends - begins).days
        return (quarter - _QUARTERS_A_YEAR * self.first + within) / self.quarters


def span_of(bars: Iterable[Bar], as_of: date, *, year: int | None = None) -> Span:
    """The 年度 that the dates of the bars and the as-of day lie in, or the one that is chosen."""
    if year is not None:
        return Span(year, year)
    days = [day for bar in bars for day in _dates(bar)]
    years = [_quarter(day) // _QUARTERS_A_YEAR for day in (*days, as_of)]
    here = _quarter(as_of) // _QUARTERS_A_YEAR
    half = _MOST_YEARS // 2
    return Span(max(min(years), here - half), min(max(years), here + half))


def touches(bar: Bar, span: Span, as_of: date) -> bool:
    """Whether anything of a bar lies in a span: what was planned, what happened, or a delay."""
    planned = (bar.planned_start_on, bar.planned_end_on)
    running = bar.actual_start_on is not None and bar.actual_end_on is None
    actual = (bar.actual_start_on, as_of if running else bar.actual_end_on)
    delay = (bar.planned_end_on, as_of) if bar.late else ()
    for ends in (planned, actual, delay):
        known = [day for day in ends if day is not None]
        if known and min(known) <= _end(span) and max(known) >= _start(span):
            return True
    return False


def gantt(
    groups: Sequence[tuple[str, Sequence[Bar]]],
    span: Span,
    as_of: date,
    *,
    titles: tuple[str, str],
    year_text: Callable[[int], str],
    as_of_text: str,
) -> Markup:
    """The chart: groups with a head each (blank for none) and their bars, as HTML.

    `titles` head the names and the words; `as_of_text` stands at the line of that day.
    """
    shown = span.at(as_of) if _within(span, as_of) else None
    columns = span.last - span.first + 1
    years = [
        tag("span", year_text(year), style=f"left:{100 * at / columns:.3f}%")
        for at, year in enumerate(range(span.first, span.last + 1))
    ]
    flag = [] if shown is None else [_flag(shown, as_of_text)]
    head = tag(
        "tr",
        tag("th", titles[0], scope="col"),
        tag("td", tag("div", *years, *flag, class_="years")),
        tag("th", titles[1], scope="col"),
    )
    body: list[Markup] = []
    for title, bars in groups:
        if title:
            body.append(tag("tr", tag("th", title, colspan="3", scope="colgroup"), class_="group"))
        body += [_row(bar, span, as_of, shown) for bar in bars]
    return tag(
        "table",
        tag("thead", head),
        tag("tbody", *body),
        class_="data gantt",
        style=f"--quarters:{span.quarters}",
    )


def _row(bar: Bar, span: Span, as_of: date, shown: float | None) -> Markup:
    drawn = [*_bars(bar, span, as_of)]
    if shown is not None:
        drawn.append(tag("i", class_="as-of", style=f"left:{100 * shown:.3f}%"))
    return tag(
        "tr",
        tag("th", bar.name, scope="row"),
        tag("td", tag("div", *drawn, class_="track")),
        tag("td", bar.words, class_="words"),
    )


def _bars(bar: Bar, span: Span, as_of: date) -> Iterable[Markup]:
    """Above what was planned, below what happened; a single known end is a mark."""
    yield from _drawn("plan", bar.planned_start_on, bar.planned_end_on, span)
    running = bar.actual_start_on and not bar.actual_end_on
    until = min(as_of, _end(span)) if running else bar.actual_end_on
    yield from _drawn("done" if bar.actual_end_on else "running", bar.actual_start_on, until, span)
    if bar.late and bar.planned_end_on:
        yield from _drawn("late", bar.planned_end_on, as_of, span)


def _drawn(kind: str, start: date | None, end: date | None, span: Span) -> Iterable[Markup]:
    if end is None and start is None:
        return
    if start is None or end is None or start > end:
        day = end or start
        if day is not None and _within(span, day):
            yield tag("b", class_=kind, style=f"left:{100 * span.at(day):.3f}%")
        return
    left, right = span.at(start), span.at(end)
    if end < _start(span) or start > _end(span):
        return
    width = max(right - left, 0.004)
    yield tag("i", class_=kind, style=f"left:{100 * left:.3f}%;width:{100 * width:.3f}%")


def _flag(shown: float, text: str) -> Markup:
    """The as-of day's words, on the side of the line where there is room."""
    side = "before" if shown > 0.5 else "after"  # noqa: PLR2004 - half of the width
    return tag("em", text, class_=side, style=f"left:{100 * shown:.3f}%")


def _within(span: Span, day: date) -> bool:
    return _start(span) <= day <= _end(span)


def _start(span: Span) -> date:
    return _quarter_start(_QUARTERS_A_YEAR * span.first)


def _end(span: Span) -> date:
    following = _quarter_start(_QUARTERS_A_YEAR * (span.last + 1))
    return date.fromordinal(following.toordinal() - 1)


def _quarter(day: date) -> int:
    """Quarters since 年度 0; the first of a 年度 begins in April."""
    months = 12 * day.year + day.month - _FIRST_MONTH
    return months // _MONTHS_A_QUARTER


def _quarter_start(quarter: int) -> date:
    months = _MONTHS_A_QUARTER * quarter + _FIRST_MONTH - 1
    return date(months // 12, months % 12 + 1, 1)


def _dates(bar: Bar) -> list[date]:
    days = (bar.planned_start_on, bar.planned_end_on, bar.actual_start_on, bar.actual_end_on)
    return [day for day in days if day is not None]


def legend(entries: Sequence[tuple[str, str]]) -> Markup:
    """What the marks mean: the kind of each and its words."""
    return tag(
        "p",
        joined(tag("span", tag("i", class_=kind), words) for kind, words in entries),
        class_="gantt-legend",
    )
