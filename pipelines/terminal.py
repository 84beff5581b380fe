"""The one way to the terminal: whatever a file or a name holds, nothing in it is obeyed."""

from __future__ import annotations

import io
import sys

import click

from pipelines.messages import plain


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
