"""What is declared about a file: source.yaml beside it first, then what its name tells."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from pipelines.declarations import DeclarationError, first_error, read_yaml
from pipelines.ingest.types import Declared, Status
from pipelines.messages import Message, UserError, plain

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.contracts import Contract

SOURCE_FILE: Final = "source.yaml"
_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Published names end in their date: 130001_public_wireless_lan_20240901.csv
_DATE_IN_NAME: Final = re.compile(r"(?<![0-9])(20[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?![0-9])")


class _Facts(BaseModel):
    """The keys of a source.yaml; an unknown one is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: Status | None = None
    publisher: str | None = None
    publisher_en: str | None = None
    title: str | None = None
    licence: str | None = None
    url: str | None = None
    as_of: date | None = None
    boundary_id: str | None = None
    note: str | None = None
    note_en: str | None = None

    @field_validator("as_of", mode="before")
    @classmethod
    def _is_written_as_a_date(cls, value: object) -> object:
        """A number would be taken for seconds since 1970."""
        if value is None or isinstance(value, date) or _ISO_DATE.fullmatch(str(value)):
            return value
        raise ValueError("write a date such as 2024-09-01")


class _SourceYaml(_Facts):
    files: dict[str, _Facts] = {}


def read_declared(path: Path, contract: Contract) -> Declared:
    """What is known of the file at `path`; raises UserError for a source.yaml that is wrong."""
    facts: dict[str, Any] = _from_name(path.name, contract)
    beside = path.parent / SOURCE_FILE
    if beside.is_file():
        content = _read(beside)
        own = content.files.get(path.name, _Facts())
        for layer in (content, own):
            facts |= layer.model_dump(exclude_none=True, exclude={"files"})
    return Declared(**facts)


def _from_name(name: str, contract: Contract) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if found := _DATE_IN_NAME.search(name):
        try:
            facts["as_of"] = date(*(int(part) for part in found.groups()))
        except ValueError:
            facts = {}
    for known in contract.known_files:
        if re.search(known.pattern, name):
            facts |= known.values.model_dump(exclude_none=True)
    return facts


def _read(path: Path) -> _SourceYaml:
    try:
        return _SourceYaml.model_validate(read_yaml(path) or {})
    except ValidationError as error:
        detail = first_error(error)
    except DeclarationError as error:
        detail = str(error)
    name = plain(str(path))
    raise UserError(
        Message(
            f"{name}: 出典の記載を読めません（{detail}）。項目を直してください。",
            f"{name}: the source declaration cannot be read ({detail}); correct it.",
        )
    )
