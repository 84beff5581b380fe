"""JSON records: a list of objects, or an object that holds one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from pipelines.ingest.chunks import Chunks, RawChunk
from pipelines.ingest.decode import UnknownEncodingError, decode_text
from pipelines.ingest.headers import best_matches
from pipelines.ingest.readers.found import FoundTable, ReadError
from pipelines.ingest.readers.miss import no_header
from pipelines.ingest.types import RawTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.contracts import Contract

_DEEPEST: Final = 4
"""Lists deeper inside an object (result.records) are no tables of ours."""
_MAX_COLUMNS: Final = 2_000
_FEATURES: Final = frozenset({"Feature", "FeatureCollection"})


def parse_json(content: bytes) -> tuple[Any, str]:
    """The document, its numbers as they are written, and its encoding; raises ReadError."""
    try:
        text, encoding = decode_text(content)
    except UnknownEncodingError as error:
        raise ReadError("encoding") from error
    try:
        # Numbers stay text: 1.50 stays 1.50, and a thousand digits are no work.
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str), encoding
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        shown = text.rstrip()
        cut = error.pos >= len(shown) or not shown.endswith(("}", "]"))
        raise ReadError("truncated" if cut else "not_json", place) from error
    except RecursionError as error:
        raise ReadError("not_json", "too deep") from error


def is_features(document: object) -> bool:
    """Whether a JSON document is GeoJSON."""
    # As text: what stands there may be a list, which no set takes.
    return isinstance(document, dict) and str(document.get("type")) in _FEATURES


def read_records(document: object, encoding: str, contracts: Sequence[Contract]) -> FoundTable:
    """The one list of objects in a document whose keys fit one of `contracts`.

    Raises ReadError: not_json (no list of objects), header, no_kind, several.
    """
    lists = list(_lists(document, _DEEPEST))
    if not lists:
        raise ReadError("not_json", "no list of objects")
    headers = [_keys(records) for records in lists]
    fitting = [
        (records, header, matches)
        for records, header in zip(lists, headers, strict=True)
        if (matches := best_matches(header, contracts))
    ]
    if not fitting:
        shown = max(headers, key=len)
        raise no_header([shown], contracts)
    if len(fitting) > 1:
        raise ReadError("several", f"{len(fitting)} lists")
    [(records, header, matches)] = fitting
    filled = [at for at, record in enumerate(records) if any(map(_text, record.values()))]
    if not filled:
        raise ReadError("no_rows")
    columns = tuple(_column(records, filled, key) for key in header)
    raw = RawTable(
        header=tuple(header),
        chunks=Chunks([RawChunk(columns, np.array(filled, dtype=np.int64) + 1)]),
        layout="json",
        encoding=encoding,
        blank_lines=len(records) - len(filled),
    )
    return FoundTable(raw, matches)


def _lists(document: object, depth: int) -> Iterator[list[dict[str, Any]]]:
    if isinstance(document, list):
        if document and all(isinstance(one, dict) for one in document):
            yield document
    elif isinstance(document, dict) and depth > 0:
        for value in document.values():
            yield from _lists(value, depth - 1)


def _keys(records: list[dict[str, Any]]) -> list[str]:
    keys: dict[str, None] = {}
    for record in records:
        keys.update(dict.fromkeys(record))
        if len(keys) > _MAX_COLUMNS:
            raise ReadError("too_large", f"> {_MAX_COLUMNS:,} columns")
    return list(keys)


def _column(records: list[dict[str, Any]], filled: list[int], key: str) -> pa.Array:
    try:
        return pa.array([_text(records[at].get(key)) for at in filled], pa.string())
    except UnicodeEncodeError as error:
        # JSON can spell half of a sign (\\ud83d), which is no text.
        raise ReadError("encoding", key[:80]) from error


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
