"""What a wide file says of all its numbers outside its columns: 外国人住民.csv holds foreigners."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipelines.contracts.wide import Unpivot
    from pipelines.ingest.types import SourceFile

TOLD_REPAIR: Final = "told_by_name"


def told_values(source: SourceFile, unpivot: Unpivot) -> dict[str, str]:
    """The values of fields that the sheet's name, the title in source.yaml or the file's name gives.

    The first of these that says something of a field decides it; of one text, the first pattern
    that fits.
    """
    told: dict[str, str] = {}
    for text in (source.raw.part, source.declared.title, source.path.stem):
        plain = unicodedata.normalize("NFKC", text)
        for one in unpivot.told:
            if re.search(one.pattern, plain, re.IGNORECASE):
                told = {**one.values, **told}
    return told
