"""Which files a build takes: the inbox's for a data set that has any, otherwise the sample's."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pipelines.ingest.declared import SOURCE_FILE, read_declared
from pipelines.ingest.read import read_tables
from pipelines.ingest.readers.found import NO_TABLE
from pipelines.ingest.types import SourceFile
from pipelines.ingest.unreadable import UnreadableFileError
from pipelines.messages import Message, UserError, plain
from pipelines.progress import shares, unseen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from pipelines.contracts import Catalogue, Contract
    from pipelines.folder import DataFolder
    from pipelines.ingest.read import ReadTable
    from pipelines.progress import Progress

# Parts that belong to a .shp, and what operating systems and Excel leave lying about.
_SHAPEFILE_PARTS: Final = frozenset(
    {".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qpj", ".qmd"}
)
_LEFTOVERS: Final = frozenset({"thumbs.db", "desktop.ini", "readme.md"})
# Beside a register these are pictures; of those that are neither PNG nor SVG the build says so.
PICTURE_SUFFIXES: Final = frozenset(
    {".png", ".svg", ".svgz", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff"}
)
_HASH_CHUNK_BYTES: Final = 1024 * 1024


@dataclass(frozen=True)
class FoundFile:
    """A file to be read; `dataset` is None where only its header can tell."""

    path: Path
    shown_path: str
    dataset: str | None
    shipped: bool = False
    picture: bool = False
    """Whether it is an attachment of its data set's rows, and no table."""


def find_inputs(folder: DataFolder, catalogue: Catalogue) -> list[FoundFile]:
    """The inbox's files and, for data sets without a folder there, the sample's; sorted.

    Raises UserError for what is there and is no file: nothing is passed over in silence.
    """
    try:
        return _find(folder, catalogue)
    except OSError as error:
        where = error.filename or folder.inbox
        raise UnreadableFileError(where, "access", error.strerror or "") from error


def _find(folder: DataFolder, catalogue: Catalogue) -> list[FoundFile]:
    if folder.inbox.exists() and not folder.inbox.is_dir():
        raise UnreadableFileError(folder.inbox, "no_folder")
    inbox = [
        *_files(folder.inbox, None),
        *_of_data_sets(folder.inbox, catalogue),
    ]
    _refuse_unknown_folders(folder, catalogue)
    sample = [replace(found, shipped=True) for found in _of_data_sets(folder.sample, catalogue)]
    return [*inbox, *sample]


def _of_data_sets(root: Path, catalogue: Catalogue) -> Iterator[FoundFile]:
    for name, contract in catalogue.contracts.items():
        for found in _files(root / name, name):
            is_picture = found.path.suffix.lower() in PICTURE_SUFFIXES
            yield replace(found, picture=contract.pictures is not None and is_picture)


def read_inputs(
    found: Sequence[FoundFile],
    catalogue: Catalogue,
    *,
    first_no: int = 1,
    progress: Progress = unseen,
) -> list[SourceFile]:
    """Read every file that is used; raises UserError naming all that cannot be read.

    What is shipped is read only for data sets that the inbox gives nothing for; where the files of
    a data set are merged, shipped facts (status official) stay and only the sample gives way.
    """
    sources: list[SourceFile] = []
    failures: list[UserError] = []
    supplied: set[str] = set()
    tables = [one for one in found if not one.picture]
    for one, done in zip(tables, shares([_size_bytes(one.path) for one in tables]), strict=True):
        progress(Message("ファイルの読み込み", "reading the files"), done)
        if _gives_way(one, catalogue, supplied):
            continue
        try:
            read = read_sources(one, catalogue, first_no=first_no + len(sources))
        except UserError as error:
            failures.append(error)
            continue
        sources += read
        if not one.shipped:
            supplied.update(source.contract.name for source in read)
    if failures:
        message = failures[0].message
        for failure in failures[1:]:
            message += failure.message
        raise UserError(message)
    return sources


def _gives_way(one: FoundFile, catalogue: Catalogue, supplied: Collection[str]) -> bool:
    """Whether a shipped file is not read, because the inbox has files of its data set."""
    if not one.shipped or one.dataset is None or one.dataset not in supplied:
        return False
    contract = catalogue.contracts[one.dataset]
    return contract.combine != "merge" or read_declared(one.path, contract).status != "official"


def _size_bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # reading it says why
        return 0


def read_sources(found: FoundFile, catalogue: Catalogue, *, first_no: int) -> list[SourceFile]:
    """The tables of one file, read and recognised; raises UserError when it cannot be.

    Sheets of a book and members of a zip are sources of their own: `book.xlsx#シート1`.
    """
    with ThreadPoolExecutor(1) as pool:  # neither waits for the other
        digest = pool.submit(file_sha256, found.path)
        tables = _read_tables(found, catalogue)
    try:
        sha256, size = digest.result(), found.path.stat().st_size
    except OSError as error:  # it was there a moment ago
        raise UnreadableFileError(found.path, "access", error.strerror or "") from error
    return [
        SourceFile(
            source_no=first_no + at,
            path=found.path,
            shown_path=_shown(found, table.raw.part),
            contract=table.contract,
            declared=read_declared(found.path, table.contract),
            raw=table.raw,
            sha256=sha256,
            size_bytes=size,
            shipped=found.shipped,
        )
        for at, table in enumerate(tables)
    ]


def _read_tables(found: FoundFile, catalogue: Catalogue) -> list[ReadTable]:
    """The tables of the data set that the file's folder names, or else of those that report on it.

    A department's workbook holds the reports on initiatives, and lies where initiatives lie.
    """
    try:
        return read_tables(found.path, _candidates(found, catalogue))
    except UnreadableFileError as error:
        reports = _reports_on(found.dataset, catalogue) if found.dataset else []
        if error.reason not in NO_TABLE or not reports:
            raise
        try:
            return read_tables(found.path, reports)
        except UnreadableFileError:
            raise error from None


def _reports_on(dataset: str, catalogue: Catalogue) -> list[Contract]:
    """The data sets whose files are merged and whose rows name a row of `dataset`, at any remove."""
    above = {dataset}
    for contract in catalogue.contracts.values():  # parents come first
        if above & set(contract.parents):
            above.add(contract.name)
    found = [catalogue.contracts[name] for name in above - {dataset}]
    return [contract for contract in found if contract.combine == "merge"]


def _shown(found: FoundFile, part: str) -> str:
    return f"{found.shown_path}#{part}" if part else found.shown_path


def keep_newest(sources: Sequence[SourceFile]) -> tuple[list[SourceFile], list[SourceFile]]:
    """Of a data set whose newest file wins: those with the newest as-of date, and the others."""
    if not sources or sources[0].contract.combine != "newest":
        return list(sources), []
    newest = max((one.declared.as_of for one in sources if one.declared.as_of), default=None)
    used = [one for one in sources if one.declared.as_of == newest]
    return used, [one for one in sources if one.declared.as_of != newest]


def parts_of(path: Path) -> list[Path]:
    """A file and, for a Shapefile, the files that belong to it."""
    if path.suffix.lower() != ".shp":
        return [path]
    beside = [one for one in path.parent.iterdir() if one.stem == path.stem]
    return sorted(one for one in beside if one == path or one.suffix.lower() in _SHAPEFILE_PARTS)


def file_sha256(path: Path) -> str:
    """The digest of a file and its parts."""
    digest = hashlib.sha256()
    for part in parts_of(path):
        with part.open("rb") as file:
            while chunk := file.read(_HASH_CHUNK_BYTES):
                digest.update(chunk)
    return digest.hexdigest()


def _candidates(found: FoundFile, catalogue: Catalogue) -> list[Contract]:
    if found.dataset is None:
        return list(catalogue.contracts.values())
    return [catalogue.contracts[found.dataset]]


def _files(folder: Path, dataset: str | None) -> Iterator[FoundFile]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        # Folders of the inbox itself are data sets, or refused as unknown.
        if _ignored(path) or (dataset is None and path.is_dir()):
            continue
        _require_usable(path)
        yield FoundFile(path, f"{folder.name}/{path.name}", dataset)


def _require_usable(path: Path) -> None:
    """A folder, a link that leads nowhere and a pipe are no files, and a name must be text."""
    if not path.is_file():
        raise UnreadableFileError(path, "not_a_file")
    try:
        path.name.encode()
    except UnicodeEncodeError as error:
        raise UnreadableFileError(path, "file_name") from error


def _ignored(path: Path) -> bool:
    name = path.name.lower()
    if name.startswith((".", "~$")) or name in _LEFTOVERS or name == SOURCE_FILE:
        return True
    # .shp.xml is the metadata that GIS software puts beside a Shapefile.
    return name.endswith(".shp.xml") or (
        path.suffix.lower() in _SHAPEFILE_PARTS and path.is_file() and _has_shapefile(path)
    )


def _has_shapefile(part: Path) -> bool:
    return any(
        one.stem == part.stem and one.suffix.lower() == ".shp" for one in part.parent.iterdir()
    )


def _refuse_unknown_folders(folder: DataFolder, catalogue: Catalogue) -> None:
    """A misspelt folder must not be passed over in silence."""
    if not folder.inbox.is_dir():
        return
    for path in sorted(folder.inbox.iterdir()):
        if path.is_dir() and path.name not in catalogue.contracts and not _ignored(path):
            names, shown = "、".join(catalogue.contracts), plain(str(path))
            raise UserError(
                Message(
                    f"{shown}: フォルダー名が知られたデータ名ではありません（{names}）。名前を直してください。",
                    f"{shown}: the folder is not named after a data set ({names}); rename it.",
                )
            )
