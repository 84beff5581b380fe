"""Work on the next pieces while the last one is being used."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")
_WORKERS: Final = 2
"""Arrow and NumPy let go of the interpreter while they work; more would only hold memory."""


def map_ahead(work: Callable[[T], R], pieces: Iterable[T]) -> Iterator[R]:
    """`work` done to each piece, in order, a few pieces ahead of what is asked for."""
    futures: deque[Future[R]] = deque()
    with ThreadPoolExecutor(_WORKERS) as pool:
        for piece in pieces:
            futures.append(pool.submit(work, piece))
            if len(futures) > _WORKERS:
                yield futures.popleft().result()
        while futures:
            yield futures.popleft().result()
