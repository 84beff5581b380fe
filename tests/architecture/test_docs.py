"""What the documents say exists, and what exists is said."""

from __future__ import annotations

import re

import pytest

from pipelines.cli import cli

READMES = ("README.md", "README.ja.md")


@pytest.mark.parametrize("readme", READMES)
def test_every_command_stands_in_the_readme_and_none_else(repository, readme):
    text = (repository / readme).read_text("utf-8")
    named = set(re.findall(r"`ebpm ([a-z]+)", text))
    assert named == set(cli.commands)


@pytest.mark.parametrize("document", [*READMES, "docs/architecture.md"])
def test_every_linked_file_is_there(repository, document):
    path = repository / document
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text("utf-8"))
    missing = [link for link in links if not (path.parent / link).exists()]
    assert missing == []


def test_every_folder_of_the_architecture_is_there(repository):
    text = (repository / "docs" / "architecture.md").read_text("utf-8")
    for package in ("geo", "pipelines", "dashboard"):
        block = text.split(f"\n{package}/\n", 1)[1]
        inside = re.split(r"\n(?! )", block, maxsplit=1)[0]
        for name in re.findall(r"([a-z_]+(?:\.py|/))", inside):
            assert (repository / package / name).exists(), f"{package}/{name}"
