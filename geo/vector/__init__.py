"""Reading vector files: GeoJSON, GeoPackage, a Shapefile, and the zip e-Stat hands one out in."""

from geo.vector.archive import read_shapefile_zip
from geo.vector.geojson import read_geojson
from geo.vector.geopackage import list_layers, read_geopackage
from geo.vector.shapefile import read_shapefile
from geo.vector.table import Reason, VectorFileError, VectorTable

__all__ = [
    "Reason",
    "VectorFileError",
    "VectorTable",
    "list_layers",
    "read_geojson",
    "read_geopackage",
    "read_shapefile",
    "read_shapefile_zip",
]
