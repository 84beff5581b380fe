"""Everything an edition follows from, found and digested before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.contracts import load_catalogue
from pipelines.digest import code_digest, digest_text
from pipelines.ingest.corrections import load_corrections
from pipelines.ingest.declared import SOURCE_FILE
from pipelines.ingest.discover import file_sha256, find_inputs, parts_of
from pipelines.messages import Message, UserError
from pipelines.ward import load_ward
from pipelines.warehouse import EditionError, open_edition

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from pipelines.contracts import Catalogue
    from pipelines.folder import DataFolder
    from pipelines.ingest.corrections import Correction
    from pipelines.ingest.discover import FoundFile
    from pipelines.ward import Ward

_DIGEST_CHARACTERS: Final = 12


@dataclass(frozen=True)
class Inputs:
    """Settings, contracts, corrections and files, with their digest."""

    folder: DataFolder
    ward: Ward
    catalogue: Catalogue
    corrections: list[Correction]
    found: list[FoundFile]
    as_of: date
    digest: str

    def edition(self, carried_over: Sequence[str] = ()) -> str:
        """The name these inputs give, and the editions that tables were carried over from."""
        whole = digest_text([self.digest, *carried_over]) if carried_over else self.digest
        return f"{self.as_of.isoformat()}-{whole[:_DIGEST_CHARACTERS]}"


def gather_inputs(folder: DataFolder, *, as_of: date) -> Inputs:
    """Find the inputs and digest them; raises UserError when settings cannot be read."""
    ward = load_ward(folder.ward_file)
    catalogue = load_catalogue(folder.root)
    corrections = load_corrections(folder.corrections, catalogue)
    found = find_inputs(folder, catalogue)
    digest = _digest(folder, found, as_of)
    return Inputs(folder, ward, catalogue, corrections, found, as_of, digest)


def is_unchanged(inputs: Inputs) -> bool:
    """Whether the files are still those that were digested, settings and contracts among them."""
    found = find_inputs(inputs.folder, inputs.catalogue)
    return _digest(inputs.folder, found, inputs.as_of) == inputs.digest


def is_current(inputs: Inputs) -> bool:
    """Whether the current edition was made from exactly these inputs."""
    try:
        with open_edition(warehouse=inputs.folder.warehouse) as edition:
            return edition.build.get("digest") == inputs.digest
    except EditionError:
        return False


def _digest(folder: DataFolder, found: Sequence[FoundFile], as_of: date) -> str:
    parts = [as_of.isoformat(), code_digest()]
    try:
        for path in _settings(folder, found):
            parts += [path.name, file_sha256(path)]
        for one in found:
            names = [part.name for part in parts_of(one.path)]
            parts += [one.shown_path, *names, file_sha256(one.path)]
    except OSError as error:
        raise UserError(
            Message(
                f"{error.filename}: 開けません（{error.strerror}）。読み取りの権限を確かめてください。",
                f"{error.filename} cannot be opened ({error.strerror}); check the permission.",
            )
        ) from error
    return digest_text(parts)


def _settings(folder: DataFolder, found: Sequence[FoundFile]) -> list[Path]:
    declared = sorted({one.path.parent / SOURCE_FILE for one in found})
    return [
        folder.ward_file,
        folder.root / "datapackage.yaml",
        folder.root / "measures.yaml",
        *sorted((folder.root / "catalog").glob("*.yaml")),
        *sorted(folder.corrections.glob("*.yaml")),
        *(path for path in declared if path.is_file()),
    ]
