"""A build with a spoiled file: a new edition that opens, or exit code 1 and nothing changed."""

from __future__ import annotations

import random
import shutil
from datetime import date

import pytest
from click.testing import CliRunner

from pipelines.build import build
from pipelines.cli import cli
from pipelines.folder import DataFolder
from pipelines.warehouse import open_edition
from tests.fuzz.judge import EXAMPLES, FIGURES


@pytest.fixture(scope="module")
def built(tiny_folder, tmp_path_factory):
    """A folder with an edition, and what an edition may be made of next."""
    root = tmp_path_factory.mktemp("built") / "data"
    shutil.copytree(tiny_folder.root, root)
    folder = DataFolder(root)
    build(folder, as_of=date(2026, 4, 1))
    return folder


def state(warehouse):
    """The pointer, and the digest of every table of the edition it names."""
    with open_edition(warehouse=warehouse) as edition:
        tables = edition.arrow("meta.tables").to_pylist()
    return (warehouse / "CURRENT").read_bytes(), tables


def spoil(content, draw):
    """The content with one to four pieces flipped, cut, repeated or overwritten."""
    spoiled = bytearray(content)
    for _ in range(draw.randint(1, 4)):
        at, size = draw.randrange(len(spoiled)), draw.randint(1, 500)
        piece = spoiled[at : at + size]
        other = draw.choice([b"", bytes(piece) * 2, bytes(reversed(piece)), b'"', b"\0", b"\r"])
        spoiled[at : at + size] = other or piece[: size // 2]
        spoiled = spoiled or bytearray(b"x")
    return bytes(spoiled)


@pytest.mark.parametrize("seed", range(max(4, EXAMPLES // 10)))
def test_exit_code_1_changes_nothing(texts, built, seed):
    draw = random.Random(seed)  # noqa: S311 - files, no secrets
    name = draw.choice(sorted(texts))
    content = spoil(texts[name], draw)
    built.inbox.mkdir(exist_ok=True)
    (built.inbox / name).write_bytes(content)
    before = state(built.warehouse)
    command = ["build", "--data", str(built.root), "--as-of", "2026-04-01"]
    result = CliRunner().invoke(cli, command)
    (built.inbox / name).unlink()
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in {0, 1, 3}, result.output
    FIGURES["build", {0: "clean", 3: "quarantined", 1: "refused"}[result.exit_code]] += 1
    if result.exit_code == 1:
        assert state(built.warehouse) == before
    else:
        with open_edition(warehouse=built.warehouse) as edition:
            sources = edition.frame("meta.sources")
        kept_out = sources.rows_quarantined + sources.rows_left_out
        assert (sources.rows_read == sources.rows_loaded + kept_out).all()
