"""What reaches a terminal: nothing of a file is obeyed, and a sign it lacks stops nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from pipelines.cli import cli
from pipelines.messages import plain

HEADER = "都道府県コード又は市区町村コード,NO,名称,住所,緯度,経度,SSID"
HOSTILE = "\x1b[31m\x9b31m\u202e\x07"


@pytest.fixture
def ebpm(tiny_data, monkeypatch):
    """Run the command on the ward of four areas; gives the result."""
    monkeypatch.setenv("EBPM_DATA", str(tiny_data.root))
    monkeypatch.delenv("EBPM_WAREHOUSE", raising=False)
    return lambda *arguments: CliRunner().invoke(cli, [str(one) for one in arguments])


def is_plain(text: str) -> bool:
    return all(sign.isprintable() or sign in "\n\u3000" for sign in text)


def test_plain_text_is_one_line_of_signs():
    assert plain("中野\u3000区\x1b[0m\n\ud800", 8) == "中野\u3000区 [0…"


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_header_value_or_name_of_a_file_is_obeyed(ebpm, tmp_path, form):
    path = tmp_path / f"wi{HOSTILE}fi\n.csv"
    path.write_text(f'{HEADER},{HOSTILE},"a\nb"\n{HOSTILE},1,名,,,,S,,\n', "utf-8")
    result = ebpm("check", path, "--format", form)
    assert result.exit_code == 3
    assert is_plain(result.output)
    if form == "json":
        assert json.loads(result.stdout)["findings"][0]["value"] == HOSTILE


def test_a_build_names_such_a_file_without_obeying_it(ebpm, tiny_data):
    tiny_data.inbox.mkdir()
    (tiny_data.inbox / f"wi{HOSTILE}fi.csv").write_text(f"{HEADER}\nx,1,名,,,,S\n", "utf-8")
    result = ebpm("build", "--as-of", "2026-04-01")
    assert result.exit_code == 3
    assert is_plain(result.output)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_build_written_to_a_file_on_japanese_windows_ends_as_done(tiny_data, lang):
    """cp932 has no ō (chōme) and no emoji."""
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", "build", "--data", str(tiny_data.root), "--lang", lang],
        capture_output=True, check=False,
        env={**os.environ, "PYTHONIOENCODING": "cp932", "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode("cp932")
    assert b"Traceback" not in done.stderr
