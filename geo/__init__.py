"""The shapes of a municipality: reading them, measuring them, asking what lies in them.

Pure functions on arrays; the only input/output is reading vector files (`geo.vector`).
Geometries are shapely objects in EPSG:4326 with longitude first. Lengths and areas are
measured in the projected CRS that the caller names (EPSG:6677 for Tokyo).
"""
