"""What sections of 施設Wi-Fi share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.markup import joined, tag

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.wifi.asked import Shown


def what_to_bring(shown: Shown, *subjects: str) -> Markup:
    """What is missing for some subjects, in words; nothing where all is there."""
    lang = shown.selection.lang
    return joined(
        tag("p", one.message_in(lang), class_="notice") for one in shown.wifi.lacking_for(*subjects)
    )
