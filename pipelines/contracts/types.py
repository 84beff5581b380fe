"""The types a contract is read into: Frictionless Data Package terms plus a few named extras.

Source of the terms: Data Package v2 and Table Schema v2 (datapackage.org).
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic needs it at run time
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

FieldType = Literal["string", "integer", "number", "date", "boolean"]
Geometry = Literal["none", "point", "polygon"]


class _Strict(BaseModel):
    """Unknown keys are errors: a misspelt key must not be ignored in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Constraints(_Strict):
    """What a value must satisfy; patterns keep to the subset that RE2 and Python share."""

    required: bool = False
    pattern: str | None = None
    enum: tuple[str, ...] | None = None
    minimum: float | str | None = None
    maximum: float | str | None = None


class FieldContract(_Strict):
    """One column of a clean table."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    title_en: str
    type: FieldType = "string"
    description: str = ""
    description_en: str = ""
    unit: str = ""
    constraints: Constraints = Constraints()
    aliases: tuple[str, ...] = ()
    """Headers seen in published files, besides the name and the title."""
    repairs: tuple[str, ...] = ()
    """Repairs beyond those every column of this type gets."""
    derived: bool = False
    """Filled in by the pipeline (an area from a position), never read from a file."""


class Reference(_Strict):
    """Where a foreign key points."""

    resource: str
    fields: tuple[str, ...]


class ForeignKey(_Strict):
    """Columns whose values must stand in another data set; a row without a value is let pass."""

    fields: tuple[str, ...]
    reference: Reference


class GeneratedKey(_Strict):
    """A key for files that number no rows: a digest of what identifies the row."""

    field: str
    made_from: tuple[str, ...]


class KnownValues(_Strict):
    """Facts that follow from a file's name."""

    boundary_id: str | None = None
    as_of: date | None = None
    title: str | None = None


class KnownFile(_Strict):
    """What a published file's name alone tells; a source.yaml beside the file overrides it."""

    pattern: str
    values: KnownValues


class Contract(_Strict):
    """One data set: its clean table as a Table Schema, and how its files are known and combined."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    title_en: str
    description: str
    description_en: str
    geometry: Geometry = "none"
    combine: Literal["append", "newest"] = "append"
    rhythm: str = Field(pattern=r"^P\d+[YMD]$")
    fields: tuple[FieldContract, ...]
    primary_key: tuple[str, ...] = Field(alias="primaryKey")
    foreign_keys: tuple[ForeignKey, ...] = Field(default=(), alias="foreignKeys")
    missing_values: tuple[str, ...] = Field(default=("",), alias="missingValues")
    generated_key: GeneratedKey | None = None
    known_files: tuple[KnownFile, ...] = ()

    @model_validator(mode="after")
    def _names_exist(self) -> Contract:
        names = [field.name for field in self.fields]
        if len(set(names)) != len(names):
            raise ValueError("two fields have the same name")
        keys = {*self.primary_key, *(name for key in self.foreign_keys for name in key.fields)}
        if unknown := keys - set(names):
            raise ValueError(f"keys name fields that do not exist: {sorted(unknown)}")
        return self

    @property
    def read_fields(self) -> tuple[FieldContract, ...]:
        """The columns that come from a file."""
        return tuple(field for field in self.fields if not field.derived)

    @property
    def parents(self) -> tuple[str, ...]:
        """The data sets this one refers to; they are built first."""
        own = {key.reference.resource for key in self.foreign_keys}
        if self.geometry == "point":
            own.add("areas")
        return tuple(sorted(own - {self.name}))

    def field(self, name: str) -> FieldContract:
        """The column called `name`; raises KeyError when there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def has(self, name: str) -> bool:
        """Whether the clean table has a column called `name`."""
        return any(field.name == name for field in self.fields)


class Measure(_Strict):
    """A figure of an area: one quantity, or one over another times `per`."""

    name: str
    title: str
    title_en: str
    unit: str
    unit_en: str
    decimals: int = Field(ge=0, le=6)
    definition: str
    definition_en: str
    numerator: str
    denominator: str | None = None
    per: float = 1.0


class Quantity(_Strict):
    """What is added up over areas, and the data set it comes from."""

    name: str
    dataset: str
