"""What a cell of a table of numbers meant, where it is no plain number."""

from __future__ import annotations

from typing import Final

STATE_ENDING: Final = "_state"
"""What a cell of `<name>` meant stands in `<name>_state`: value, zero, nil, unknown or withheld."""
