"""How far long work is: the step in words, and the share of the whole (0 to 1) done before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from pipelines.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Progress: TypeAlias = Callable[[Message, float], None]


def unseen(_step: Message, _done: float) -> None:
    """Progress that nobody looks at."""


def part_of(progress: Progress, start: float, end: float) -> Progress:
    """The progress of a part that begins at `start` and ends at `end` of the whole."""
    return lambda step, done: progress(step, start + (end - start) * done)


def shares(sizes: Sequence[int]) -> Iterator[float]:
    """For works of these sizes, the share that is done before each; equal where all are nothing."""
    weights = sizes if sum(sizes) else [1] * len(sizes)
    done = 0
    for weight in weights:
        yield done / sum(weights)
        done += weight
