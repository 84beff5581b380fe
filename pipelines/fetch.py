"""`ebpm fetch`: official sources straight into the inbox, where there is a network.

Now one: the census small-area boundary of the ward with its own population (e-Stat, 2020).
A download is checked before it takes its place; half a file never does.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import requests
import yaml
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from geo.vector import VectorFileError, read_shapefile_zip
from pipelines.ingest.declared import SOURCE_FILE
from pipelines.messages import Message, UserError
from pipelines.ward import load_ward

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipelines.folder import DataFolder

ESTAT: Final = (
    "https://www.e-stat.go.jp/gis/statmap-search/data"
    "?dlserveyId=A002005212020&code={code}&coordSys=1&format=shape&downloadType=5&datum=2011"
)
"""Source: e-Stat 統計GIS, 2020年国勢調査 小地域（町丁・字等）, JGD2011, Shapefile."""
_MOST_BYTES: Final = 200 * 1024**2
_CHUNK_BYTES: Final = 64 * 1024
_CONNECT_SECONDS: Final = 10
_READ_SECONDS: Final = 60
_RETRIES: Final = 4
_DECLARED: Final = {
    "status": "official",
    "publisher": "総務省統計局（e-Stat）",
    "publisher_en": "Statistics Bureau of Japan (e-Stat)",
    "title": "2020年国勢調査 小地域境界",
    "licence": "政府統計の総合窓口（e-Stat）利用規約",
    "as_of": "2020-10-01",
    "boundary_id": "census-2020",
}


@dataclass(frozen=True)
class Fetched:
    """What was fetched and where it is."""

    path: Path
    areas: int
    size_bytes: int


def fetch_boundary(
    folder: DataFolder,
    *,
    address: str = ESTAT,
    progress: Callable[[int, int | None], None] = lambda _done, _whole: None,
    backoff_seconds: float = 1.0,
) -> Fetched:
    """Fetch the ward's boundary into inbox/areas/ with its source.yaml.

    `progress` is told bytes so far and in all (None where the server does not say). Raises
    UserError when it cannot be had, is not what it should be, or is of another municipality;
    the inbox is then as it was.
    """
    ward = load_ward(folder.ward_file)
    code = ward.municipality.code[:5]
    target = folder.inbox / "areas" / f"r2ka{code}.zip"
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _download(address.format(code=code), partial, progress, backoff_seconds)
        areas = _check(partial, code)
        partial.replace(target)
    except (requests.RequestException, OSError) as error:
        raise _failed(address.format(code=code), str(error)) from error
    finally:
        partial.unlink(missing_ok=True)
    declared = target.parent / SOURCE_FILE
    if not declared.exists():
        content = {"files": {target.name: {**_DECLARED, "url": "https://www.e-stat.go.jp/gis"}}}
        declared.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    return Fetched(target, areas, target.stat().st_size)


def _download(
    url: str,
    partial: Path,
    progress: Callable[[int, int | None], None],
    backoff_seconds: float,
) -> None:
    retry = Retry(
        total=_RETRIES, backoff_factor=backoff_seconds, status_forcelist=(429, 500, 502, 503, 504)
    )
    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=retry))
        session.mount("https://", HTTPAdapter(max_retries=retry))
        waits = (_CONNECT_SECONDS, _READ_SECONDS)
        with session.get(url, stream=True, timeout=waits) as answer, partial.open("wb") as file:
            answer.raise_for_status()
            length = answer.headers.get("Content-Length", "")
            whole = int(length) if length.isdigit() else None
            done = 0
            for chunk in answer.iter_content(_CHUNK_BYTES):
                done += len(chunk)
                if done > _MOST_BYTES:
                    raise _failed(url, f"> {_MOST_BYTES // 1024**2} MiB")
                file.write(chunk)
                progress(done, whole)
            if whole is not None and done < whole:
                raise _failed(url, f"{done} / {whole} bytes")


def _check(partial: Path, code: str) -> int:
    """How many areas the file has; raises UserError when it is not the ward's boundary."""
    try:
        table = read_shapefile_zip(partial)
    except VectorFileError as error:
        raise _failed(partial.name, f"{error.reason}: {error.detail}") from error
    codes = table.columns.get("KEY_CODE", [])
    if not any(one.startswith(code) for one in codes):
        raise _failed(partial.name, f"KEY_CODE ≠ {code}…")
    return len(codes)


def _failed(what: str, detail: str) -> UserError:
    return UserError(
        Message(
            f"境界のファイルを取得できませんでした: {what}（{detail}）。受け箱は元のままです。"
            "ネットワークを確かめるか、e-Statのサイトから手で落として data/inbox/areas/ に置いてください。",
            f"The boundary could not be fetched: {what} ({detail}). The inbox is as it was. Check "
            "the network, or download it by hand from e-Stat and put it into data/inbox/areas/.",
        )
    )
