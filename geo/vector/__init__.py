"""Reading vector files: GeoJSON, a Shapefile, and the zip in which e-Stat hands one out."""

from geo.vector.archive import read_shapefile_zip
from geo.vector.geojson import read_geojson
from geo.vector.shapefile import read_shapefile
from geo.vector.table import Reason, VectorFileError, VectorTable

__all__ = [
    "Reason",
    "VectorFileError",
    "VectorTable",
    "read_geojson",
    "read_shapefile",
    "read_shapefile_zip",
]
