"""Where things are: the data folder and what lies in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class DataFolder:
    """A data folder; `data/` of the checkout unless EBPM_DATA or `--data` names another."""

    root: Path
    warehouse_path: Path | None = None
    inbox_path: Path | None = None

    @classmethod
    def default(cls) -> DataFolder:
        """The folder that EBPM_DATA and EBPM_WAREHOUSE name, otherwise the checkout's own."""
        warehouse = os.environ.get("EBPM_WAREHOUSE")
        return cls(
            root=Path(os.environ.get("EBPM_DATA") or _REPOSITORY / "data"),
            warehouse_path=Path(warehouse) if warehouse else None,
        )

    @property
    def ward_file(self) -> Path:
        """The municipality's settings."""
        return self.root / "ward.toml"

    @property
    def sample(self) -> Path:
        """What is shipped."""
        return self.root / "sample"

    @property
    def corrections(self) -> Path:
        """Known errors of sources."""
        return self.root / "corrections"

    @property
    def inbox(self) -> Path:
        """What the ward drops in."""
        return self.inbox_path or self.root / "inbox"

    @property
    def warehouse(self) -> Path:
        """The editions."""
        return self.warehouse_path or self.root / "warehouse"
