"""What the choices of the page 施設Wi-Fi are called."""

from __future__ import annotations

from pipelines.words import number


def people(value: float | None, lang: str) -> str:
    """So many residents, to the whole person."""
    worded = number(value, 0, lang)
    if value is None:
        return worded
    return f"{worded} people" if lang == "en" else f"{worded}人"
