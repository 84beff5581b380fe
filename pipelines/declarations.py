"""YAML as people write declarations: without merge keys, repeated keys or half letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from pipelines.messages import plain

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import ValidationError

_SHOWN_CHARACTERS = 300
_MERGE = "tag:yaml.org,2002:merge"


class DeclarationError(ValueError):
    """The file is no such YAML; the text says where, on one line."""


class _Loader(yaml.SafeLoader):
    """Merged keys of merged keys make a gigabyte of a few lines; a repeated key hides the first."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        seen: set[str] = set()
        for key, _ in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if key.tag == _MERGE or name in seen:
                why = "a merge key" if key.tag == _MERGE else "stands twice"
                raise DeclarationError(f"line {key.start_mark.line + 1}: {name}: {why}")
            seen |= {name} - {""}

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> str:
        # Raises UnicodeEncodeError for half a surrogate pair, which no table could keep.
        return str(super().construct_scalar(node)).encode().decode()


def first_error(error: ValidationError) -> str:
    """The first thing that a declaration gets wrong: where it stands, and why; on one line."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return plain(f"{place}: {first['msg']}")


def read_yaml(path: Path) -> object:
    """The content of a YAML file; raises DeclarationError for one that cannot be read."""
    try:
        # The loader is a safe one.
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    # ValueErrors are dates that are none, numbers without end, names that are no path.
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        raise DeclarationError(plain(str(error), _SHOWN_CHARACTERS)) from error
