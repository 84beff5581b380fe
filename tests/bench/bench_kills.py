"""200 builds killed at random moments: is the edition that is served always a whole one?

A reader in another process opens the current edition all the while.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from pipelines.build import build
from pipelines.folder import DataFolder
from pipelines.warehouse import open_edition

KILLS = 200
FIRST = date(2026, 4, 1)
DATA = Path(__file__).resolve().parents[2] / "data"
READER = """
import json, sys, time
from pathlib import Path
from pipelines.warehouse import open_edition
stop, reads, failures = Path(sys.argv[1]) / "stop", 0, []
while not stop.exists():
    try:
        with open_edition(warehouse=Path(sys.argv[1]) / "warehouse") as edition:
            rows = len(edition.frame("mart.measures", level="area", measure="population"))
            reads += 1
            if rows != 85:
                failures.append(f"{rows} rows")
    except Exception as error:
        failures.append(repr(error))
    time.sleep(0.02)
print(json.dumps({"reads": reads, "failures": failures}))
"""


def run(repetitions: int) -> dict:
    """Kill 200 builds, whatever `repetitions` says; gives counts, not times."""
    del repetitions
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        folder = DataFolder(DATA, root / "warehouse", root / "inbox")
        build(folder, as_of=FIRST)
        started = time.perf_counter()
        _kill_one(root, FIRST + timedelta(days=KILLS + 1), after_seconds=60)
        whole_seconds = time.perf_counter() - started
        reader = subprocess.Popen(
            [sys.executable, "-c", READER, name], stdout=subprocess.PIPE, text=True
        )
        outcome = {"finished": 0, "killed": 0, "not_whole": 0}
        rng = random.Random(20260401)  # noqa: S311 - moments, not secrets
        for number in range(KILLS):
            day = FIRST + timedelta(days=number + 1)
            outcome[_kill_one(root, day, rng.uniform(0.1, 1.2 * whole_seconds))] += 1
            try:
                with open_edition(warehouse=folder.warehouse) as edition:
                    edition.frame("mart.measures", level="ward")
            except Exception:  # noqa: BLE001 - whatever it is, it counts
                outcome["not_whole"] += 1
        (root / "stop").touch()
        seen = json.loads(reader.communicate()[0])
    return {
        "builds": KILLS,
        **outcome,
        "reads": seen["reads"],
        "failed_reads": len(seen["failures"]),
    }


def _kill_one(root: Path, day: date, after_seconds: float) -> str:
    process = subprocess.Popen(
        [
            sys.executable, "-m", "pipelines", "build", "--data", str(DATA),
            "--inbox", str(root / "inbox"), "--warehouse", str(root / "warehouse"),
            "--as-of", day.isoformat(), "--keep", "2",
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        process.wait(after_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return "killed"
    return "finished"
