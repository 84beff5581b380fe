"""A file that a command writes for people: never over another one, never half."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final

from pipelines.messages import Message, UserError, plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_ANYONE: Final = 0o666
_OWNER_ONLY: Final = 0o600


def write_new(path: Path, content: bytes, *, option: str, private: bool = False) -> None:
    """Write `content` to `path`, readable by its owner only where it is `private`.

    Raises UserError when a file of that name is there or it cannot be written; `option` is how
    another name is given.
    """
    mode = _OWNER_ONLY if private else _ANYONE
    shown = plain(str(path))
    try:
        with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            _write(path, file.write, content)
    except FileExistsError:
        raise UserError(
            Message(
                f"{shown}: 同じ名前のファイルがあります。上書きはしません。{option} で別の名前を指定してください。",
                f"{shown} is there already and is not overwritten; give another name with {option}.",
            )
        ) from None
    except OSError as error:
        raise UserError(
            Message(
                f"{shown}: 書けません（{error.strerror}）。{option} で別の場所を指定してください。",
                f"{shown} cannot be written ({error.strerror}); give another place with {option}.",
            )
        ) from error


def _write(path: Path, write: Callable[[bytes], int], content: bytes) -> None:
    try:
        write(content)
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink()
        raise
