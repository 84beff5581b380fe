"""How numbers that stand side by side in a file are declared."""

from __future__ import annotations

import re

from pydantic import Field, model_validator

from pipelines.contracts.limits import require_pattern
from pipelines.contracts.strict import Strict


class WideHeader(Strict):
    """Columns of a wide table, by a pattern of their normalised header (it has to match whole)."""

    header: str
    values: dict[str, str]
    """What the header says of its numbers: field to value, with the pattern's named groups."""
    keeps: tuple[str, ...] = ()
    """Columns that belong to the rows of this header alone and are blank in the others."""


class ToldValues(Strict):
    """What a file's name, its sheet's or its title in source.yaml says of all its numbers."""

    pattern: str
    values: dict[str, str]

    @model_validator(mode="after")
    def _pattern_reads(self) -> ToldValues:
        require_pattern(self.pattern)
        return self


class Unpivot(Strict):
    """How numbers that stand side by side become rows with one number each."""

    value: str
    headers: tuple[WideHeader, ...]
    told: tuple[ToldValues, ...] = ()
    """Tried in order; for each field the first that fits decides."""
    fill: dict[str, str] = Field(default_factory=dict)
    """Values of fields that the wide layout has no column for, where nothing told says otherwise."""

    def read_header(self, header: str) -> tuple[WideHeader, dict[str, str]] | None:
        """What a normalised header says of its numbers; None where no pattern fits it."""
        for one in self.headers:
            if found := re.fullmatch(one.header, header):
                words = found.groupdict()
                return one, {name: text.format(**words) for name, text in one.values.items()}
        return None

    @property
    def given(self) -> frozenset[str]:
        """The fields that the wide layout gives through its headers."""
        return frozenset(
            {
                self.value,
                *self.fill,
                *(name for header in self.headers for name in header.values),
                *(name for told in self.told for name in told.values),
            }
        )
