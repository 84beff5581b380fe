"""The types a contract is read into: Frictionless Data Package terms plus a few named extras.

Source of the terms: Data Package v2 and Table Schema v2 (datapackage.org).
"""

from __future__ import annotations

import re
from datetime import date  # noqa: TC003 - pydantic needs it at run time
from typing import Literal

from pydantic import Field, model_validator

from pipelines.contracts.limits import NEEDED, require_limits, require_pattern
from pipelines.contracts.strict import Strict
from pipelines.contracts.wide import Unpivot  # noqa: TC001 - pydantic needs it at run time

Access = Literal["public", "internal"]
Meaning = Literal["nil", "unknown", "withheld", "negative", "zero"]
FieldType = Literal["string", "integer", "number", "date", "boolean"]
Geometry = Literal["none", "point", "polygon"]


class Constraints(Strict):
    """What a value must satisfy; patterns keep to the subset that RE2 and Python share."""

    required: bool = False
    pattern: str | None = None
    enum: tuple[str, ...] | None = None
    minimum: float | str | None = None
    maximum: float | str | None = None


class FieldContract(Strict):
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
    access: Access = "public"
    """Internal columns (an address of a sole proprietor) never reach a page or a download."""
    past: bool = False
    """A date of what has happened; one after the as-of date is flagged."""
    symbols: bool = False
    """Takes the data set's symbols; what each cell meant stands in `<name>_state`."""
    values_en: dict[str, str] = Field(default_factory=dict)
    """The allowed values in English."""
    example: str = ""
    """A value as people write it, for the form."""
    derived: bool = False
    """Filled in by the pipeline (an area from a position), never read from a file."""
    # A boolean is written in one way; it is named because Table Schema allows several by default.
    true_values: tuple[Literal["true"], ...] = Field(default=(), alias="trueValues")
    false_values: tuple[Literal["false"], ...] = Field(default=(), alias="falseValues")

    @model_validator(mode="after")
    def _limits_fit(self) -> FieldContract:
        require_limits(self)
        return self


class Reference(Strict):
    """Where a foreign key points."""

    resource: str
    fields: tuple[str, ...]


class ForeignKey(Strict):
    """Columns whose values must stand in another data set; a row without a value is let pass."""

    fields: tuple[str, ...] = Field(min_length=1)
    reference: Reference

    @model_validator(mode="after")
    def _goes_in_pairs(self) -> ForeignKey:
        if len(self.fields) != len(self.reference.fields):
            raise ValueError("both ends need as many fields")
        return self


class GeneratedKey(Strict):
    """A key for files that number no rows: a digest of what identifies the row."""

    field: str
    made_from: tuple[str, ...]


class PairedColumn(Strict):
    """One column of a file that gives two fields, such as 35.70,139.66, in the order of `fields`."""

    fields: tuple[str, str]
    aliases: tuple[str, ...]


class NamedArea(Strict):
    """The columns that say which area a row is of, for tables without positions."""

    code: str
    name: str


class Gates(Strict):
    """When a whole file is not believed and the previous edition's table is kept."""

    fewer_rows_pct: float | None = Field(default=None, gt=0, le=100)
    """Rows loaded fell by more than this since the previous edition."""
    without_place_pct: float | None = Field(default=None, gt=0, le=100)
    """More than this share of rows has neither coordinates nor a known address."""


class Source(Strict):
    """Where such a file comes from."""

    title: str
    title_en: str
    path: str = ""


class Licence(Source):
    """Under which terms such a file is published; `name` is the identifier of the terms."""

    name: str


class KnownValues(Strict):
    """Facts that follow from a file's name."""

    boundary_id: str | None = None
    as_of: date | None = None
    title: str | None = None


class KnownFile(Strict):
    """What a published file's name alone tells; a source.yaml beside the file overrides it."""

    pattern: str
    values: KnownValues

    @model_validator(mode="after")
    def _pattern_reads(self) -> KnownFile:
        require_pattern(self.pattern)
        return self


class Contract(Strict):
    """One data set: its clean table as a Table Schema, and how its files are known and combined."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    title_en: str
    description: str
    description_en: str
    geometry: Geometry = "none"
    combine: Literal["append", "newest", "merge"] = "append"
    """All rows of all files; those of the newest file; or all files as one list, in which rows of
    one key are one row, the later reported winning (see ingest/merge.py)."""
    rhythm: str = Field(pattern=r"^P[0-9]{1,4}[YMD]$")
    fields: tuple[FieldContract, ...]
    primary_key: tuple[str, ...] = Field(alias="primaryKey", min_length=1)
    foreign_keys: tuple[ForeignKey, ...] = Field(default=(), alias="foreignKeys")
    missing_values: tuple[str, ...] = Field(default=("",), alias="missingValues")
    symbols: dict[str, Meaning] = Field(default_factory=dict)
    """What `-`, `…`, `×`, `△`, `0` mean in this data set's tables."""
    gates: Gates = Gates()
    sources: tuple[Source, ...] = ()
    licenses: tuple[Licence, ...] = ()
    file_names: tuple[str, ...] = ()
    """Patterns of file names that decide between data sets whose headers fit equally well."""
    unpivot: Unpivot | None = None
    area_from: NamedArea | None = None
    generated_key: GeneratedKey | None = None
    paired_columns: tuple[PairedColumn, ...] = ()
    known_files: tuple[KnownFile, ...] = ()
    pictures: str | None = None
    """The column with the file name of a row's picture; PNG and SVG files beside the data set's own
    are then such pictures, and no tables."""
    companions: tuple[str, ...] = ()
    """Headers of our own forms that repeat, for whoever fills one in, what stands elsewhere."""
    needs_one_of: tuple[str, ...] = ()
    """Columns of which a row fills in at least one; otherwise it reports nothing and is passed over."""

    @model_validator(mode="after")
    def _merges_where_rows_stand_alone(self) -> Contract:
        """Rows that go before they are checked must be nobody's parent and have no place."""
        if self.combine != "merge" and not self.needs_one_of:
            return self
        if self.geometry != "none" or self.area_from:
            raise ValueError("combine: merge and needs_one_of are for rows without a place")
        if self.name in {key.reference.resource for key in self.foreign_keys}:
            raise ValueError("combine: merge and needs_one_of are for rows that name no other row")
        return self

    @model_validator(mode="after")
    def _names_exist(self) -> Contract:
        names = [field.name for field in self.fields]
        if len(set(names)) != len(names):
            raise ValueError("two fields have the same name")
        keys = {
            *self.primary_key,
            *(name for key in self.foreign_keys for name in key.fields),
            *(name for pair in self.paired_columns for name in pair.fields),
            *self.needs_one_of,
            *filter(None, [self.pictures]),
        }
        if self.generated_key:
            keys |= {self.generated_key.field, *self.generated_key.made_from}
        if self.area_from:
            keys |= {self.area_from.code, self.area_from.name}
        if self.unpivot:
            keys |= {*self.unpivot.given, *(n for one in self.unpivot.headers for n in one.keeps)}
        keys |= {f"{field.name}_state" for field in self.fields if field.symbols}
        if unknown := keys - set(names):
            raise ValueError(f"keys name fields that do not exist: {sorted(unknown)}")
        if lacking := NEEDED[self.geometry] - set(names):
            raise ValueError(f"a {self.geometry} needs the fields {sorted(lacking)}")
        if self.gates.without_place_pct is not None and self.geometry != "point":
            raise ValueError("without_place_pct is a gate of points; these rows have no place")
        return self

    @property
    def read_fields(self) -> tuple[FieldContract, ...]:
        """The columns that come from a file."""
        return tuple(field for field in self.fields if not field.derived)

    @property
    def internal(self) -> bool:
        """Whether rows of this data set stay inside: they are kept in a file of their own."""
        return any(field.access == "internal" for field in self.fields)

    @property
    def parents(self) -> tuple[str, ...]:
        """The data sets this one refers to; they are built first."""
        own = {key.reference.resource for key in self.foreign_keys}
        if self.geometry == "point" or self.area_from:
            own.add("areas")
        return tuple(sorted(own - {self.name}))

    def is_named_in(self, file_name: str) -> bool:
        """Whether a file's name tells that it is of this data set."""
        patterns = (re.escape(self.name), *self.file_names)
        return any(re.search(pattern, file_name, re.IGNORECASE) for pattern in patterns)

    def field(self, name: str) -> FieldContract:
        """The column called `name`; raises KeyError when there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def has(self, name: str) -> bool:
        """Whether the clean table has a column called `name`."""
        return any(field.name == name for field in self.fields)
