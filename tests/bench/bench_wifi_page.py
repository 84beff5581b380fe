"""The page 施設Wi-Fi for a changed hour or distance, warm, beside a page of one line.

Asked as in `bench_page`. Besides, in seconds: the simulation of 10 further sites for a choice of
candidates that the build has not solved (optimum of every number and the greedy order).
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench_page import REPOSITORY, RUNS_A_REPETITION, compare, serving

from dashboard.wifi.proposal import read_proposals
from dashboard.wifi.selection import WifiSelection
from pipelines.build import build
from pipelines.folder import DataFolder
from pipelines.warehouse import open_edition

if TYPE_CHECKING:
    from pipelines.warehouse import Edition

VISITORS = (1, 25)
LIMIT = 3.0
MOST_SITES = 10
ONE_LINE = 'import streamlit as st\n\nst.write("one line")\n'
CHANGED = {
    "hour": tuple(f"time=7-{hour}" for hour in (9, 12, 17, 20, 22)),
    "distance": ("distance=300&time=3-20", "distance=500&time=3-20"),
}


def run(repetitions: int) -> dict[str, Any]:
    """Ask both pages `repetitions` times in turn; medians in seconds a run, and their ratios."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "one_line.py").write_text(ONE_LINE, "utf-8")
        data = DataFolder(REPOSITORY / "data", folder / "warehouse", folder / "inbox")
        build(data, as_of=date(2026, 4, 1))
        with open_edition(warehouse=data.warehouse) as edition:
            solved_s = statistics.median(simulate(edition) for _ in range(repetitions))
        bare = stack.enter_context(serving(folder / "one_line.py", data))
        ours = stack.enter_context(serving(REPOSITORY / "dashboard" / "app.py", data))
        cases = {
            f"{name}_visitors_{count}": asyncio.run(
                compare(bare, ours, count, repetitions, questions, page="wifi")
            )
            for name, questions in CHANGED.items()
            for count in VISITORS
        }
    return {
        "name": "wifi_page",
        "compared_with": "a page of one line, served the same way",
        "repetitions": repetitions,
        "runs_a_repetition": RUNS_A_REPETITION,
        **cases,
        "simulation_s": round(solved_s, 2),
        "simulation_sites": MOST_SITES,
        "limit": LIMIT,
        "passed": all(case["ratio"] <= LIMIT for case in cases.values()),
    }


def simulate(edition: Edition) -> float:
    """Seconds for the simulation with the shelters alone as candidates."""
    wanted = WifiSelection(distance="300", candidates="shelter", sites=str(MOST_SITES))
    begun = time.perf_counter()
    read_proposals(edition, wanted, most=MOST_SITES)
    return time.perf_counter() - begun
