"""Names for the arrays that travel between the functions of this package."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]
TextArray = npt.NDArray[np.str_]
# Shapely geometries (or None) in an object array; shapely ships no type information.
GeometryArray = npt.NDArray[np.object_]
