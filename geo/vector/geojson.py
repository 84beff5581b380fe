"""GeoJSON (RFC 7946), with the `crs` member of the older specification (2008) honoured."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from shapely.errors import ShapelyError
from shapely.geometry import shape

from geo.crs import GEOGRAPHIC
from geo.vector.table import VectorFileError, VectorTable, place_in_japan, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

_Json = dict[str, Any]

# Attributes are kept as a table: few features with names of their own each could fill memory.
_MOST_CELLS = 50_000_000
# What shapely raises for members of the wrong kind, too deep or too large.
_NO_GEOMETRY = (
    *(ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError),
    *(OverflowError, RecursionError),
)


class _WrittenNumber(float):
    """A number that remembers how it was written (1.50 stays 1.50)."""

    written: str

    def __new__(cls, written: str) -> Self:
        number = super().__new__(cls, written)
        number.written = written
        return number


def read_geojson(path: Path) -> VectorTable:
    """Read a FeatureCollection, or a single Feature.

    Attribute values become text: numbers as written, true and false so, lists and objects as
    compact JSON, null and absent as "". Raises VectorFileError (empty, encoding, truncated,
    not_geojson, no_crs, unknown_crs, no_geometry, outside_japan, too_large).
    """
    document = _parse(_decode(read_bytes(path)))
    features = _features(document)
    geometry = np.empty(len(features), dtype=object)
    for index, feature in enumerate(features):
        geometry[index] = _geometry(feature.get("geometry"), number=index + 1)
    crs = _crs(document)
    return VectorTable(
        columns=_columns([feature.get("properties") or {} for feature in features]),
        geometry=place_in_japan(geometry, crs=crs),
        crs=crs,
        encoding="utf-8",
    )


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise VectorFileError("truncated", f"byte {error.start}") from error
        raise VectorFileError("encoding", f"byte {error.start}") from error


def _parse(text: str) -> _Json:
    if not text.strip():
        raise VectorFileError("empty")
    if not text.lstrip().startswith("{"):
        raise VectorFileError("not_geojson", "line 1")
    try:
        document = json.loads(
            text,
            parse_float=_WrittenNumber,
            parse_constant=_refuse_constant,
            object_pairs_hook=_members,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise VectorFileError("truncated" if _is_cut(text) else "not_geojson", place) from error
    except (RecursionError, ValueError) as error:
        raise VectorFileError("not_geojson", str(error)) from error
    return dict(document)


def _members(pairs: list[tuple[str, Any]]) -> _Json:
    """Of two members with one name, JSON's readers keep either: neither is taken here."""
    members = dict(pairs)
    if len(members) != len(pairs):
        for name, _ in pairs:
            if name not in members:
                raise ValueError(f"{name} stands twice")
            del members[name]
    return members


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _is_cut(text: str) -> bool:
    """Whether brackets or a quotation are still open at the end of the text."""
    open_brackets, quoted, escaped = 0, False, False
    for sign in text:
        if quoted:
            quoted, escaped = escaped or sign != '"', not escaped and sign == "\\"
        elif sign == '"':
            quoted = True
        else:
            open_brackets += (sign in "{[") - (sign in "}]")
    return quoted or open_brackets > 0


def _features(document: _Json) -> list[_Json]:
    kind = document.get("type")
    features = [document] if kind == "Feature" else document.get("features")
    # A tuple: what is looked for may be a list, which no set takes.
    if kind not in ("Feature", "FeatureCollection") or not isinstance(features, list):
        raise VectorFileError("not_geojson", f"type: {kind}")
    if not features:
        raise VectorFileError("empty", "0 features")
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise VectorFileError("not_geojson", f"feature {number}")
        if not isinstance(feature.get("properties") or {}, dict):
            raise VectorFileError("not_geojson", f"feature {number}: properties")
    return features


def _geometry(member: object, *, number: int) -> BaseGeometry | None:
    if member is None:
        return None
    try:
        geometry = shape(member)  # type: ignore[arg-type]
    except _NO_GEOMETRY as error:
        raise VectorFileError("not_geojson", f"feature {number}: {error}") from error
    return None if geometry.is_empty else geometry


def _crs(document: _Json) -> str:
    if "crs" not in document:
        return GEOGRAPHIC
    member = document["crs"]
    if member is None:
        raise VectorFileError("no_crs", "crs: null")
    try:
        name = str(member["properties"]["name"])
    except (TypeError, KeyError) as error:
        raise VectorFileError("unknown_crs", _as_text(member)) from error
    if "+" in name:  # a PROJ string is no name, and may read files
        raise VectorFileError("unknown_crs", name)
    # CRS84 is WGS 84 with longitude first, which is how every coordinate here is read.
    return GEOGRAPHIC if name.endswith(":CRS84") else _authority_code(name)


def _authority_code(name: str) -> str:
    """Shorten urn:ogc:def:crs:EPSG::6668 to EPSG:6668."""
    parts = name.split(":")
    return f"EPSG:{parts[-1]}" if name.lower().startswith("urn:") and "EPSG" in parts else name


def _columns(properties: list[_Json]) -> dict[str, list[str]]:
    names = dict.fromkeys(name for row in properties for name in row)
    if len(names) * len(properties) > _MOST_CELLS:
        raise VectorFileError("too_large", f"{len(names)} attributes, {len(properties)} features")
    return {name: [_as_text(row.get(name)) for row in properties] for name in names}


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, _WrittenNumber):
        return value.written
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
