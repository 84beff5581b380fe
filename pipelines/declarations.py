"""YAML as people write declarations: without merge keys, repeated keys or half letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

from pipelines.messages import plain

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import ValidationError

_SHOWN_CHARACTERS = 300
_MERGE = "tag:yaml.org,2002:merge"
_DEEPEST: Final = 100
"""Levels within levels; people write five, and libyaml would run out of its stack."""


class DeclarationError(ValueError):
    """The file is no such YAML; the text says where, on one line."""


# libyaml reads the catalogue ten times faster; it is in the wheels, but not in every build.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[misc]
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
        text = path.read_text(encoding="utf-8")
        _require_shallow(text)
        # The loader is a safe one.
        return yaml.load(text, Loader=_Loader)  # noqa: S506
    # ValueErrors are dates that are none, numbers without end, names that are no path.
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        raise DeclarationError(plain(str(error), _SHOWN_CHARACTERS)) from error


def _require_shallow(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else "?"
            raise DeclarationError(f"line {line}: more than {_DEEPEST} levels within levels")
