"""The types that measures.yaml is read into."""

from __future__ import annotations

from typing import Final

from pydantic import Field, model_validator

from pipelines.contracts.strict import Strict

COUNTED_BY_SOURCES: Final = ("population", "households")
"""The quantities that the sources of population give."""


class Measure(Strict):
    """A figure of an area: one quantity, or one over another times `per`.

    `{population}` and `{households}` in a definition stand for the source and date in use.
    """

    name: str
    title: str
    title_en: str
    unit: str
    unit_en: str
    unit_en_one: str = ""
    """The unit of one, where English has another word for it."""
    decimals: int = Field(ge=0, le=6)
    definition: str
    definition_en: str
    numerator: str
    denominator: str | None = None
    per: float = 1.0


class Quantity(Strict):
    """What is added up over areas, and the data set it comes from."""

    name: str
    dataset: str
    of_residents: bool = False
    """Counted by the default of the sources of population, which may be another data set."""

    @model_validator(mode="after")
    def _sources_count_it(self) -> Quantity:
        if self.of_residents and self.name not in COUNTED_BY_SOURCES:
            raise ValueError(f"of_residents: only {', '.join(COUNTED_BY_SOURCES)}")
        return self
