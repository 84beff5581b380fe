"""The publisher's municipality code, which a list may leave to the name of its file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyarrow.compute as pc

from pipelines.ingest.codes import is_valid_code

if TYPE_CHECKING:
    import pyarrow as pa

CODE_REPAIR: Final = "code_from_file_name"
"""The repair of a field that takes a missing code from the file's name."""

_SIX_DIGITS: Final = re.compile(r"(?<![0-9])[0-9]{6}(?![0-9])")
# 202011 is November 2020 before it is 長野市.
_MONTH: Final = re.compile(r"20[0-9]{2}(0[1-9]|1[0-2])")


def code_in_name(file_name: str) -> str | None:
    """The one municipality code in a file's name; None where there is none, or more than one."""
    found = {
        digits
        for digits in _SIX_DIGITS.findall(file_name)
        if is_valid_code(digits) and not _MONTH.fullmatch(digits)
    }
    return found.pop() if len(found) == 1 else None


def fill_code(column: pa.Array, file_name: str) -> tuple[pa.Array, int]:
    """Blank codes filled in from the file's name, and how many were."""
    code = code_in_name(file_name)
    if code is None or not column.null_count:
        return column, 0
    return pc.fill_null(column, code), column.null_count
