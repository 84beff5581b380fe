"""`ebpm run` starts the app as a process and imports none of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipelines.folder import DataFolder

_REPOSITORY: Final = Path(__file__).resolve().parent.parent


def serve(folder: DataFolder, *, host: str, port: int) -> None:
    """Serve the app on `host`:`port` until it is stopped; takes over the process where it can."""
    command = [
        sys.executable, "-m", "streamlit", "run", str(_REPOSITORY / "dashboard" / "app.py"),
        "--server.address", host, "--server.port", str(port), "--server.headless", "true",
        # Without an address of its own Streamlit asks an outside host for one.
        "--browser.serverAddress", host, "--browser.gatherUsageStats", "false",
    ]  # fmt: skip
    environment = {
        **os.environ,
        "EBPM_DATA": str(folder.root.resolve()),
        "EBPM_WAREHOUSE": str(folder.warehouse.resolve()),
    }
    # Relative paths in settings hold wherever the command was called from.
    os.chdir(_REPOSITORY)
    if os.name == "posix":
        os.execve(sys.executable, command, environment)  # noqa: S606
    sys.exit(subprocess.call(command, env=environment))  # noqa: S603
