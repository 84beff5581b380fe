"""Shapes that the tests of geo share."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from geo.areas import Areas
from geo.vector import read_geojson, read_shapefile

if TYPE_CHECKING:
    from pathlib import Path

TOKYO = "EPSG:6677"


@pytest.fixture(scope="session")
def projected_crs():
    return TOKYO


@pytest.fixture(scope="session")
def facts_dir(repository: Path):
    return repository / "data" / "facts"


@pytest.fixture(scope="session")
def sample_dir(repository: Path):
    return repository / "data" / "sample"


@pytest.fixture(scope="session")
def facts(facts_dir: Path):
    """Read a table of data/facts/ by its name."""

    def read(name: str) -> list[dict[str, str]]:
        with (facts_dir / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture(scope="session")
def schematic(sample_dir: Path):
    table = read_geojson(sample_dir / "areas" / "131148_schematic_areas.geojson")
    return Areas.from_arrays(table.columns["KEY_CODE"], table.geometry)


@pytest.fixture(scope="session")
def official_table(real_dir: Path):
    return read_shapefile(real_dir / "boundary" / "h27ka13114.shp")


@pytest.fixture(scope="session")
def official(official_table):
    return Areas.from_arrays(official_table.columns["KEY_CODE"], official_table.geometry)


@pytest.fixture(scope="session")
def four_squares():
    """Unit squares around (140, 36), named by code order: 1 SW, 2 SE, 3 NW, 4 NE."""
    boxes = [shapely.box(x, y, x + 1, y + 1) for y in (35, 36) for x in (139, 140)]
    return Areas.from_arrays(["1", "2", "3", "4"], np.array(boxes, dtype=object))
