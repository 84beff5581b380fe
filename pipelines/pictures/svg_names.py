"""The names that a picture may hold. Source: SVG 2 (W3C); what is left out is said in `svg.py`."""

from __future__ import annotations

from typing import Final

ELEMENTS: Final = frozenset({
    "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line",
    "polyline", "polygon", "text", "tspan", "textPath", "title", "desc", "linearGradient",
    "radialGradient", "stop", "clipPath", "marker", "style", "switch", "a",
})  # fmt: skip
ATTRIBUTES: Final = frozenset({
    "id", "class", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx",
    "fy", "fr", "d", "points", "width", "height", "viewBox", "transform",
    "preserveAspectRatio", "dx", "dy", "rotate", "textLength", "lengthAdjust",
    "startOffset", "method", "spacing", "offset", "gradientUnits", "gradientTransform",
    "spreadMethod", "clipPathUnits", "markerUnits", "markerWidth", "markerHeight", "refX",
    "refY", "orient", "pathLength", "version",
})  # fmt: skip
"""What an element says of its shape."""
PRESENTATION: Final = frozenset({
    "alignment-baseline", "baseline-shift", "clip-path", "clip-rule", "color", "direction",
    "display", "dominant-baseline", "fill", "fill-opacity", "fill-rule", "font",
    "font-family", "font-size", "font-stretch", "font-style", "font-variant", "font-weight",
    "letter-spacing", "marker-end", "marker-mid", "marker-start", "opacity", "overflow",
    "paint-order", "shape-rendering", "stop-color", "stop-opacity", "stroke",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "stroke-opacity", "stroke-width", "text-align", "text-anchor",
    "text-decoration", "text-rendering", "vector-effect", "visibility", "white-space",
    "word-spacing", "writing-mode",
})  # fmt: skip
"""What an element says of its looks, as attributes or in `style`."""
