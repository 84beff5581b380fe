"""The catalogue, read from data/ into types."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from pipelines.contracts.types import Contract, Measure, Quantity
from pipelines.messages import Message, UserError

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")


@dataclass(frozen=True)
class Catalogue:
    """All contracts by name, parents before children, and the measures made from them."""

    contracts: dict[str, Contract]
    measures: tuple[Measure, ...]
    quantities: tuple[Quantity, ...]

    def quantity_dataset(self, name: str) -> str:
        """The data set a quantity is counted from."""
        return next(quantity.dataset for quantity in self.quantities if quantity.name == name)

    def measure_datasets(self, measure: Measure) -> tuple[str, ...]:
        """The data sets a measure is made from, numerator first, each once."""
        names = [measure.numerator, *([measure.denominator] if measure.denominator else [])]
        return tuple(dict.fromkeys(self.quantity_dataset(name) for name in names))


def load_catalogue(root: Path) -> Catalogue:
    """Read `root`/datapackage.yaml, `root`/catalog/*.yaml and `root`/measures.yaml.

    The package lists the data sets in the order people see them; a file in catalog/ that it
    does not list comes after them. Raises UserError naming the file and the key at fault.
    """
    package = root / "datapackage.yaml"
    listed = [root / str(resource["schema"]) for resource in _read(package).get("resources", [])]
    paths = dict.fromkeys([*listed, *sorted((root / "catalog").glob("*.yaml"))])
    contracts = [_contract(path) for path in paths]
    by_name = {contract.name: contract for contract in contracts}
    measures = _read(root / "measures.yaml")
    where = root / "measures.yaml"
    return Catalogue(
        contracts=_parents_first(by_name, root),
        measures=_parse(TypeAdapter(tuple[Measure, ...]), measures.get("measures", []), where),
        quantities=_parse(TypeAdapter(tuple[Quantity, ...]), measures.get("quantities", []), where),
    )


def _contract(path: Path) -> Contract:
    contract = _parse(TypeAdapter(Contract), _read(path), path)
    if contract.name != path.stem:
        raise _broken(path, f"name: {contract.name} ≠ {path.stem}")
    return contract


def _read(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _broken(path, str(error)) from error
    if not isinstance(content, dict):
        raise _broken(path, "not a mapping")
    return content


def _parse(adapter: TypeAdapter[T], content: object, path: Path) -> T:
    try:
        return adapter.validate_python(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise _broken(path, f"{place}: {first['msg']}") from error


def _parents_first(by_name: dict[str, Contract], root: Path) -> dict[str, Contract]:
    graph = {
        name: [parent for parent in contract.parents if parent in by_name]
        for name, contract in by_name.items()
    }
    sorter = TopologicalSorter(graph)
    try:
        sorter.prepare()
    except CycleError as error:
        raise _broken(root / "catalog", f"foreign keys in a circle: {error.args[1]}") from error
    listed, ready, order = list(by_name), list[str](), list[str]()
    # One at a time, so that the package's order is kept wherever no child would come first.
    while sorter.is_active():
        ready = sorted([*ready, *sorter.get_ready()], key=listed.index)
        order.append(ready.pop(0))
        sorter.done(order[-1])
    return {name: by_name[name] for name in order}


def _broken(path: Path, detail: str) -> UserError:
    return UserError(
        Message(
            f"カタログのファイルを読めません: {path}（{detail}）。直してから、もう一度実行してください。",
            f"The catalogue file {path} cannot be read ({detail}). Correct it and run again.",
        )
    )
