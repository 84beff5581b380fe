"""The municipality's settings, read from ward.toml."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.messages import Message, UserError

if TYPE_CHECKING:
    from pathlib import Path


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Municipality(_Section):
    """Who: code with check digit and names."""

    code: str = Field(pattern=r"^\d{6}$")
    name: str
    name_en: str
    prefecture: str
    prefecture_en: str


class Geometry(_Section):
    """In which projected CRS lengths and areas are measured, in metres."""

    projected_crs: str
    simplify_tolerance_m: float = Field(gt=0)


class Background(_Section):
    """A background map, off while the address is empty."""

    background_tiles: str = ""
    background_attribution: str = ""


class Classes(_Section):
    """How a choropleth is cut."""

    count: int = Field(ge=2, le=9)


class Editions(_Section):
    """How many editions are kept besides the current one."""

    keep: int = Field(ge=0)


class Ward(_Section):
    """Everything that makes this ward this ward."""

    municipality: Municipality
    geometry: Geometry
    map: Background
    classes: Classes
    editions: Editions


def load_ward(path: Path) -> Ward:
    """Read ward.toml; raises UserError naming the file and the setting at fault."""
    try:
        return Ward.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        detail = str(error)
    except ValidationError as error:
        first = error.errors()[0]
        detail = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    raise UserError(
        Message(
            f"自治体の設定 {path} を読めません（{detail}）。直してから、もう一度実行してください。",
            f"The ward settings {path} cannot be read ({detail}). Correct them and run again.",
        )
    )
