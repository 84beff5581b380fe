"""The files that are spoiled, and the figures at the end (EBPM_FUZZ_EXAMPLES: see judge.py)."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from geo.vector import read_geojson
from pipelines.contracts import load_catalogue
from pipelines.folder import DataFolder
from tests.fuzz.judge import FIGURES

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLE = REPOSITORY / "data" / "sample"
TINY = REPOSITORY / "tests" / "fixtures" / "tiny_ward" / "sample"


@pytest.fixture(scope="session", autouse=True)
def _catalogue_read_once():
    """The contracts do not change between two files, and to read them takes longer than a file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.check.load_catalogue", cache(load_catalogue))
        yield


@pytest.fixture(scope="session")
def published() -> list[Path]:
    """What is shipped and, where they are, the official files."""
    named = os.environ.get("EBPM_REAL_DIR")
    real = Path(named) if named else REPOSITORY.parent / "shared" / "real"
    files = [path for folder in (SAMPLE, real) for path in sorted(folder.rglob("*"))]
    return [
        path for path in files if path.is_file() and path.suffix in {".csv", ".geojson", ".shp"}
    ]


@pytest.fixture(scope="session")
def texts(published) -> dict[str, bytes]:
    """CSV files by name."""
    return {path.name: path.read_bytes() for path in published if path.suffix == ".csv"}


@pytest.fixture(scope="session")
def features(published) -> dict[str, bytes]:
    """GeoJSON files by name, a boundary of four areas among them."""
    files = [
        *(path for path in published if path.suffix == ".geojson"),
        *TINY.glob("areas/*.geojson"),
    ]
    return {path.name: path.read_bytes() for path in files}


@pytest.fixture(scope="session")
def shapefiles(published, tmp_path_factory) -> list[dict[str, bytes]]:
    """The files of each Shapefile by name."""
    made = tmp_path_factory.mktemp("shapes") / "h27ka13114.shp"
    [boundary] = TINY.glob("areas/*.geojson")
    table = read_geojson(boundary)
    names = list(table.columns)
    pyogrio.raw.write(
        made,
        np.array(shapely.to_wkb(table.geometry), dtype=object),
        [np.array(list(table.columns[name]), dtype=object) for name in names],
        names,
        geometry_type="Polygon",
        crs="EPSG:4612",
        encoding="cp932",
    )
    found = [made, *(path for path in published if path.suffix == ".shp")]
    return [
        {one.name: one.read_bytes() for one in sorted(path.parent.glob(f"{path.stem}.*"))}
        for path in found
    ]


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory) -> DataFolder:
    """The ward of four areas, for checks that change nothing."""
    root = tmp_path_factory.mktemp("fuzz") / "data"
    shutil.copytree(REPOSITORY / "data" / "catalog", root / "catalog")
    for name in ("datapackage.yaml", "measures.yaml", "ward.toml"):
        shutil.copy(REPOSITORY / "data" / name, root / name)
    shutil.copytree(TINY, root / "sample")
    return DataFolder(root)


def pytest_terminal_summary(terminalreporter):
    if not FIGURES:
        return
    terminalreporter.section("fuzz")
    for kind in sorted({kind for kind, _ in FIGURES}):
        figures = {end: FIGURES[kind, end] for end in ("clean", "quarantined", "refused")}
        told = ", ".join(f"{end} {number}" for end, number in figures.items())
        terminalreporter.write_line(f"{kind}: {sum(figures.values())} files, {told}")
    terminalreporter.write_line(f"all: {FIGURES.total()} files")
