"""Long work shows how far it is: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from pipelines.contracts import load_catalogue
from pipelines.ingest.discover import find_inputs, read_inputs
from pipelines.progress import part_of, shares

pty = pytest.importorskip("pty", reason="no terminals to open on this system")

STEPS = [
    "ファイルの読み込み",
    "町丁目",
    "公共施設",
    "避難所",
    "駅",
    "公衆無線LANアクセスポイント",
    "地図の形と集計",
    "根拠となる集計",
]


def command(folder, *arguments):
    return [sys.executable, "-m", "pipelines", *map(str, arguments), "--data", str(folder.root)]


def environment():
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "80"}


def on_a_terminal(folder, *arguments):
    """Exit code and what a terminal got as error output."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(folder, *arguments), stdout=subprocess.PIPE, stderr=theirs, env=environment()
    ) as process:
        os.close(theirs)
        got = bytearray()
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            got += part
        process.communicate()
    os.close(ours)
    return process.returncode, got.decode()


def percents(text):
    return [int(found) for found in re.findall(r"([0-9]+)%", text)]


def test_a_build_on_a_terminal_draws_one_bar_that_fills_up(tiny_data):
    code, text = on_a_terminal(tiny_data, "build", "--as-of", "2026-04-01")
    assert code == 0
    assert percents(text) == sorted(percents(text))
    assert (percents(text)[0], percents(text)[-1]) == (0, 100)
    assert len(set(percents(text))) > len(STEPS)
    assert text.count("\n") == 1
    assert [step for step in STEPS if step not in text] == []
    assert "…" not in text


def test_a_check_on_a_terminal_draws_one_too(tiny_data):
    file = tiny_data.sample / "wifi_access_points" / "131148_public_wireless_lan.csv"
    code, text = on_a_terminal(tiny_data, "check", file, "--lang", "en")
    assert code == 0
    assert percents(text)[-1] == 100
    assert "reading the file" in text
    assert "Public Wi-Fi access points" in text


def test_a_file_that_cannot_be_read_ends_the_bar_before_the_message(tiny_data):
    folder = tiny_data.inbox / "wifi_access_points"
    folder.mkdir(parents=True)
    (folder / "wifi.csv").write_text("", "utf-8")
    code, text = on_a_terminal(tiny_data, "build", "--as-of", "2026-04-01")
    assert code == 1
    bar, *message = text.split("\n")
    assert "%" in bar
    assert "%" not in "".join(message)
    assert any("wifi.csv" in line for line in message)


def test_elsewhere_each_step_is_a_line_and_the_report_stands_alone(tiny_data):
    done = subprocess.run(
        command(tiny_data, "build", "--as-of", "2026-04-01"),
        capture_output=True, check=True, text=True, encoding="utf-8", env=environment(),
    )  # fmt: skip
    assert done.stderr.splitlines() == [f"… {step}" for step in STEPS]
    assert "…" not in done.stdout


def test_reading_is_measured_by_the_size_of_the_files(tiny_data):
    catalogue = load_catalogue(tiny_data.root)
    seen = []
    found = find_inputs(tiny_data, catalogue)
    read_inputs(found, catalogue, progress=lambda _step, done: seen.append(done))
    sizes = [one.path.stat().st_size for one in found]
    assert seen == [sum(sizes[:at]) / sum(sizes) for at in range(len(sizes))]


def test_shares_add_up_and_works_of_no_size_share_alike():
    assert list(shares([1, 3, 4])) == [0, 1 / 8, 4 / 8]
    assert list(shares([0, 0])) == [0, 1 / 2]
    assert list(shares([])) == []
    told = []
    part_of(lambda _step, done: told.append(done), 0.5, 0.75)(None, 0.5)
    assert told == [0.625]
