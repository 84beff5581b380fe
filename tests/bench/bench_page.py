"""The map page for a changed measure, warm, beside a page of one line: as visitors wait for them.

Both are served by Streamlit as processes of their own and asked through its websocket, in turn, by
one visitor and by 25 at once. What is timed is a whole run, from the request to "script finished".
"""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import AsyncExitStack, ExitStack, contextmanager, suppress
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pipelines.build import build
from pipelines.folder import DataFolder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from websockets.asyncio.client import ClientConnection

REPOSITORY = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
VISITORS = (1, 25)
RUNS_A_REPETITION = 3
LIMIT = 2.0
ONE_LINE = 'import streamlit as st\n\nst.write("one line")\n'
MEASURES = (
    "population", "density_per_km2", "households", "facilities", "evacuation_shelters",
    "wifi_access_points", "wifi_per_10k",
)  # fmt: skip
QUESTIONS = tuple(f"measure={measure}" for measure in MEASURES)


def run(repetitions: int) -> dict[str, Any]:
    """Ask both pages `repetitions` times in turn; medians in seconds a run, and their ratios."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "one_line.py").write_text(ONE_LINE, "utf-8")
        data = DataFolder(REPOSITORY / "data", folder / "warehouse", folder / "inbox")
        build(data, as_of=date(2026, 4, 1))
        bare = stack.enter_context(serving(folder / "one_line.py", data))
        ours = stack.enter_context(serving(REPOSITORY / "dashboard" / "app.py", data))
        cases = {
            f"visitors_{count}": asyncio.run(compare(bare, ours, count, repetitions, QUESTIONS))
            for count in VISITORS
        }
    return {
        "name": "page",
        "compared_with": "a page of one line, served the same way",
        "repetitions": repetitions,
        "runs_a_repetition": RUNS_A_REPETITION,
        **cases,
        "limit": LIMIT,
        "passed": all(case["ratio"] <= LIMIT for case in cases.values()),
    }


@contextmanager
def serving(script: Path, data: DataFolder) -> Iterator[int]:
    """Serve a script on a free port as long as it is needed."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true",
        "--server.address", HOST, "--server.port", str(port), "--browser.serverAddress", HOST,
        "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none",
    ]  # fmt: skip
    environment = {
        **os.environ,
        "EBPM_WAREHOUSE": str(data.warehouse),
        "PYTHONPATH": str(REPOSITORY),
    }
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            wait_until_up(port)
            yield port
        finally:
            server.terminate()


def wait_until_up(port: int) -> None:
    """Wait for the server's own word that it is healthy; RuntimeError after a minute."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(600):
        with suppress(OSError), direct.open(f"http://{HOST}:{port}/_stcore/health", timeout=5):
            return
        time.sleep(0.1)
    raise RuntimeError(f"nothing answers on port {port}")


async def compare(
    bare: int, ours: int, visitors: int, repetitions: int, each: Sequence[str], *, page: str = ""
) -> dict[str, float]:
    """Let `visitors` ask both in turn; every request for our `page` asks the next of `each`."""
    async with AsyncExitStack() as stack:
        at_bare = [await visit(stack, bare) for _ in range(visitors)]
        at_ours = [await visit(stack, ours) for _ in range(visitors)]
        questions = cycle(each)
        for question in islice(questions, len(each)):  # warm
            await ask_all(at_ours[:1], [question], page)
        await ask_all(at_ours, [next(questions)], page)
        await ask_all(at_bare, [""])
        bare_s: list[float] = []
        ours_s: list[float] = []
        for _ in range(repetitions):
            bare_s += await ask_all(at_bare, [""] * RUNS_A_REPETITION)
            ours_s += await ask_all(at_ours, list(islice(questions, RUNS_A_REPETITION)), page)
    return {
        "bare_s": round(statistics.median(bare_s), 4),
        "ours_s": round(statistics.median(ours_s), 4),
        "ratio": round(statistics.median(ours_s) / statistics.median(bare_s), 2),
    }


async def visit(stack: AsyncExitStack, port: int) -> ClientConnection:
    """Open a session as a browser does."""
    return await stack.enter_async_context(
        websockets.connect(
            f"ws://{HOST}:{port}/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            max_size=None,
            proxy=None,
        )
    )


async def ask_all(
    sessions: Sequence[ClientConnection], questions: Sequence[str], page: str = ""
) -> list[float]:
    """Let every session ask all questions one after the other, all sessions at once."""
    waits = await asyncio.gather(*(ask(session, questions, page) for session in sessions))
    return [seconds for of_session in waits for seconds in of_session]


async def ask(session: ClientConnection, questions: Sequence[str], page: str = "") -> list[float]:
    """Ask for a run of a page with each query string; seconds until each has finished."""
    waits = []
    for question in questions:
        request = BackMsg()
        request.rerun_script.query_string = question
        request.rerun_script.page_name = page
        begun = time.perf_counter()
        await session.send(request.SerializeToString())
        while not is_finished(await session.recv()):
            pass
        waits.append(time.perf_counter() - begun)
    return waits


def is_finished(data: bytes | str) -> bool:
    """Whether a message ends the run; an exception on the page is raised here."""
    message = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
    if message.WhichOneof("type") == "delta" and message.delta.new_element.HasField("exception"):
        raise RuntimeError(message.delta.new_element.exception.message)
    return message.WhichOneof("type") == "script_finished"
