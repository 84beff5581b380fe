"""What every declaration of the catalogue is: keys that are known, and nothing that changes."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Unknown keys are errors: a misspelt key must not be ignored in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
