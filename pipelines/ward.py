"""The municipality's settings, read from ward.toml."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from geo.crs import is_metric
from pipelines.declarations import first_error
from pipelines.evaluation import Evaluation  # noqa: TC001 - pydantic needs it at run time
from pipelines.messages import Message, UserError, plain

if TYPE_CHECKING:
    from pathlib import Path


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Municipality(_Section):
    """Who: code with check digit and names."""

    code: str = Field(pattern=r"^[0-9]{6}$")
    name: str = Field(min_length=1)
    name_en: str = Field(min_length=1)
    prefecture: str = Field(min_length=1)
    prefecture_en: str = Field(min_length=1)


class Geometry(_Section):
    """In which projected CRS lengths and areas are measured, in metres."""

    projected_crs: str
    simplify_tolerance_m: float = Field(gt=0, le=1000)

    @field_validator("projected_crs")
    @classmethod
    def _is_in_metres(cls, value: str) -> str:
        if not is_metric(value):
            raise ValueError("not a projected coordinate system in metres")
        return value


class Background(_Section):
    """A background map, off while the address is empty."""

    background_tiles: str = ""
    background_attribution: str = ""


class Classes(_Section):
    """How a choropleth is cut."""

    count: int = Field(ge=2, le=9)


class Reach(_Section):
    """How far people are taken to go to an access point, in a straight line."""

    distances_m: tuple[Annotated[float, Field(gt=0, le=10_000)], ...] = Field(min_length=1)
    """The first is the one shown at first."""

    @field_validator("distances_m")
    @classmethod
    def _are_distinct(cls, value: tuple[float, ...]) -> tuple[float, ...]:
        if len(set(value)) < len(value):
            raise ValueError("the same distance twice")
        return value


class Siting(_Section):
    """How many further sites are worked out."""

    most_sites: int = Field(ge=1, le=30)


class Editions(_Section):
    """How many editions are kept besides the current one."""

    keep: int = Field(ge=0)


class Suppression(_Section):
    """From how many shops on a count of merchants is shown."""

    least_shops: int = Field(ge=1, le=100)
    """Fewer are withheld (秘匿), and whatever would give them away; 1 withholds nothing."""


class Ward(_Section):
    """Everything that makes this ward this ward."""

    municipality: Municipality
    geometry: Geometry
    map: Background
    classes: Classes
    reach: Reach
    siting: Siting
    suppression: Suppression
    evaluation: Evaluation
    editions: Editions


def load_ward(path: Path) -> Ward:
    """Read ward.toml; raises UserError naming the file and the setting at fault."""
    try:
        return Ward.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        detail = first_error(error)
    # ValueErrors are text in another encoding, what is no TOML, and numbers without end.
    except (OSError, ValueError, RecursionError) as error:
        detail = str(error)
    name, seen = plain(str(path)), plain(detail)
    raise UserError(
        Message(
            f"自治体の設定 {name} を読めません（{seen}）。直してから、もう一度実行してください。",
            f"The ward settings {name} cannot be read ({seen}). Correct them and run again.",
        )
    )
