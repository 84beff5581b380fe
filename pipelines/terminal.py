"""The one way to the terminal: whatever a file or a name holds, nothing in it is obeyed."""

from __future__ import annotations

import io
import sys
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from pipelines.messages import Message, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click._termui_impl import ProgressBar

    from pipelines.progress import Progress

_PARTS: Final = 1000
"""Into how many parts a bar divides its work."""
_LABEL_COLUMNS: Final = 32


def say(text: str, *, err: bool = False) -> None:
    """Print lines without what a terminal would obey."""
    click.echo("\n".join(plain(line) for line in text.split("\n")), err=err)


def let_signs_be_lacking() -> None:
    """Print a question mark for a sign that the output has no code for.

    Japanese Windows writes files in cp932, which lacks signs that a report can hold; work that is
    done must not end as an error because of one.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@contextmanager
def shown_progress(lang: str) -> Iterator[Progress]:
    """Steps of long work on the error output: a bar on a terminal, elsewhere a line each."""
    if not sys.stderr.isatty():
        yield _lines(lang)
        return
    with click.progressbar(length=_PARTS, file=sys.stderr, show_eta=False, width=30) as bar:
        yield lambda step, done: _show(bar, step.text(lang), done)
        bar.label = _wide("")
        advance(bar, _PARTS, _PARTS)


def step_line(lang: str) -> Callable[[Message], None]:
    """A line on the error output for each step."""
    return lambda step: say(f"… {step.text(lang)}", err=True)


def advance(bar: ProgressBar[int], done: int, whole: int | None) -> None:
    """Move a progress bar to `done`; the length is known once the server has said it."""
    bar.length = whole or done
    bar.update(done - bar.pos)


def _lines(lang: str) -> Progress:
    line, last = step_line(lang), Message("", "")

    def show(step: Message, _done: float) -> None:
        nonlocal last
        if step != last:
            line(step)
        last = step

    return show


def _show(bar: ProgressBar[int], label: str, done: float) -> None:
    bar.label = _wide(label)
    advance(bar, round(done * _PARTS), _PARTS)
    bar.render_progress()


def _wide(label: str) -> str:
    """A label of always the same width: Japanese letters take two columns, and click counts one."""
    shown = ""
    for letter in plain(label):
        if _columns(shown + letter) > _LABEL_COLUMNS:
            break
        shown += letter
    return shown + " " * (_LABEL_COLUMNS - _columns(shown))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "FWA" else 1 for letter in text)
