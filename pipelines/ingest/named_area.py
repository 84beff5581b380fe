"""Which area a row without a position is of: by the code it was published with, or by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.ingest.place import Ground

Published = tuple[str | None, str | None, str | None]
"""Municipality code, region code and region name, as published."""


def name_areas(published: Sequence[Published], ground: Ground, *, municipality: str) -> pa.Array:
    """The area codes of n rows, None where neither code nor name is known.

    A code of the boundary is taken as it is; a name only of a row of the ward itself
    (`municipality`, six digits), because 中央１丁目 is in many of them.
    """
    # Every row of a region, one for each age and sex, says the same.
    areas = {one: _area(one, ground, municipality) for one in set(published)}
    return pa.array([areas[one] for one in published], pa.string())


def _area(published: Published, ground: Ground, municipality: str) -> str | None:
    publisher, code, name = published
    if code in ground.names:
        return code
    if name is None or publisher not in {None, municipality}:
        return None
    return ground.matcher.match(name)
