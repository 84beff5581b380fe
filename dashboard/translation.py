"""The interface in two languages: Japanese stands in the source, English in a gettext catalogue.

The language is passed along, never installed: one process serves people in both at once.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final, TypeAlias

Translate: TypeAlias = Callable[[str], str]

CATALOGUES: Final = Path(__file__).parent / "locale"


def translator(lang: str) -> Translate:
    """The function that turns a Japanese sentence of the interface into `lang` ('ja' or 'en')."""
    return str if lang == "ja" else _catalogue(lang).gettext


@lru_cache(maxsize=4)
def _catalogue(lang: str) -> gettext.GNUTranslations:
    # Compiled in memory, so no binary file has to be kept in step with the readable one; Babel
    # is imported only where somebody reads English.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    path = CATALOGUES / lang / "LC_MESSAGES" / "dashboard.po"
    with path.open("rb") as source:
        catalogue = read_po(source, locale=lang, domain="dashboard")
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
