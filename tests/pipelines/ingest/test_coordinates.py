from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ingest.coordinates import repair_coordinates


def repaired(lon, lat):
    east, north, counts = repair_coordinates(
        pa.array([lon], pa.string()), pa.array([lat], pa.string())
    )
    return (east[0].as_py(), north[0].as_py()), set(counts)


@pytest.mark.parametrize(
    ("lon", "lat", "expected", "repairs"),
    [
        ("139.66", "35.7", ("139.66", "35.7"), set()),
        ("35.7", "139.66", ("139.66", "35.7"), {("lon", "swapped_coordinates")}),
        ("139663838", "35707333", ("139.663838", "35.707333"), {("lon", "decimal_point"), ("lat", "decimal_point")}),
        ("-", "999.0", (None, None), {("lon", "coordinate_stand_in"), ("lat", "coordinate_stand_in")}),
        (None, None, (None, None), set()),
    ],
)  # fmt: skip
def test_one_reading_is_left_and_it_is_named(lon, lat, expected, repairs):
    assert repaired(lon, lat) == (expected, repairs)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [("13.9", "35.7"), ("2.35", "48.85"), ("35.7", "35.7"), ("北緯", "35.7"), ("9966383", "35.7"), ("139.66", None)],
)  # fmt: skip
def test_what_has_no_certain_reading_is_left(lon, lat):
    assert repaired(lon, lat) == ((lon, lat), set())


@given(st.one_of(st.none(), st.text(max_size=12)), st.one_of(st.none(), st.text(max_size=12)))
def test_twice_is_once(lon, lat):
    (east, north), _ = repaired(lon, lat)
    assert repaired(east, north) == ((east, north), set())
