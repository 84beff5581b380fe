"""The catalogue, read from data/ into types."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from pipelines.contracts.measures import Measure, Quantity
from pipelines.contracts.types import Contract, ForeignKey
from pipelines.declarations import DeclarationError, first_error, read_yaml
from pipelines.messages import Message, UserError, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

T = TypeVar("T")


class _Resource(BaseModel):
    """What is used of a resource of the package."""

    schema_: str = Field(alias="schema")


@dataclass(frozen=True)
class Catalogue:
    """All contracts by name, parents before children, and the measures made from them."""

    contracts: dict[str, Contract]
    measures: tuple[Measure, ...]
    quantities: tuple[Quantity, ...]

    def referenced(self, dataset: str) -> frozenset[str]:
        """The fields of a data set that foreign keys lead to, its own ones included."""
        return frozenset(
            name
            for contract in self.contracts.values()
            for key in contract.foreign_keys
            if key.reference.resource == dataset
            for name in key.reference.fields
        )

    def measure_quantities(self, measure: Measure) -> tuple[Quantity, ...]:
        """The quantities a measure is made from, numerator first."""
        names = (measure.numerator, *([measure.denominator] if measure.denominator else []))
        by_name = {quantity.name: quantity for quantity in self.quantities}
        return tuple(by_name[name] for name in names)


def load_catalogue(root: Path) -> Catalogue:
    """Read `root`/datapackage.yaml, `root`/catalog/*.yaml and `root`/measures.yaml.

    The package lists the data sets in the order people see them; a file in catalog/ that it
    does not list comes after them. Raises UserError naming the file and the key at fault.
    """
    package = root / "datapackage.yaml"
    resources = _parse(TypeAdapter(list[_Resource]), _read(package).get("resources", []), package)
    listed = [root / resource.schema_ for resource in resources]
    paths = dict.fromkeys([*listed, *sorted((root / "catalog").glob("*.yaml"))])
    contracts = [_contract(path) for path in paths]
    by_name = {contract.name: contract for contract in contracts}
    _require_parents(by_name, root)
    _require_repairs(by_name, root)
    _require_companions(by_name, root)
    where = root / "measures.yaml"
    content = _read(where)
    measures = _parse(TypeAdapter(tuple[Measure, ...]), content.get("measures", []), where)
    quantities = _parse(TypeAdapter(tuple[Quantity, ...]), content.get("quantities", []), where)
    _require_quantities(measures, quantities, by_name, where)
    return Catalogue(_parents_first(by_name, root), measures, quantities)


def _contract(path: Path) -> Contract:
    contract = _parse(TypeAdapter(Contract), _read(path), path)
    if contract.name != path.stem:
        raise _broken(path, f"name: {contract.name} ≠ {path.stem}")
    for name in contract.primary_key:
        if not contract.field(name).constraints.required:
            raise _broken(path, f"primaryKey: {name} is not required")
    return contract


def _read(path: Path) -> dict[str, Any]:
    try:
        content = read_yaml(path)
    except DeclarationError as error:
        raise _broken(path, str(error)) from error
    if not isinstance(content, dict):
        raise _broken(path, "not a mapping")
    return content


def _parse(adapter: TypeAdapter[T], content: object, path: Path) -> T:
    try:
        return adapter.validate_python(content)
    except ValidationError as error:
        raise _broken(path, first_error(error)) from error


def _require_parents(by_name: dict[str, Contract], root: Path) -> None:
    """A foreign key that leads nowhere would let every row pass."""
    for name, contract in by_name.items():
        for key in contract.foreign_keys:
            parent = by_name.get(key.reference.resource)
            known = {field.name for field in parent.read_fields} if parent else set()
            if unknown := set(key.reference.fields) - known:
                place = f"{key.reference.resource}.{min(unknown)}"
                raise _broken(root / "catalog" / f"{name}.yaml", f"foreignKeys: no {place}")
            if parent and (unlike := _unlike(contract, key, parent)):
                raise _broken(root / "catalog" / f"{name}.yaml", f"foreignKeys: {unlike}")


def _unlike(contract: Contract, key: ForeignKey, parent: Contract) -> str:
    """Why rows of the two ends could never be compared, or "" where they can."""
    for ours, theirs in zip(key.fields, key.reference.fields, strict=True):
        own, other = contract.field(ours), parent.field(theirs)
        if own.type != other.type:
            return f"{ours} is a {own.type}, {parent.name}.{theirs} a {other.type}"
        if len(key.fields) > 1 and not other.constraints.required:
            return f"{parent.name}.{theirs} is not required"
    return ""


def _require_repairs(by_name: dict[str, Contract], root: Path) -> None:
    """A misspelt repair would be left out in silence."""
    # The repairs are functions over columns; a contract only names them.
    from pipelines.ingest.file_code import CODE_REPAIR  # noqa: PLC0415
    from pipelines.ingest.repairs import REPAIRS  # noqa: PLC0415

    for name, contract in by_name.items():
        for field in contract.fields:
            if unknown := set(field.repairs) - {*REPAIRS, CODE_REPAIR}:
                path = root / "catalog" / f"{name}.yaml"
                raise _broken(path, f"{field.name}: no repairs {', '.join(sorted(unknown))}")


def _require_companions(by_name: dict[str, Contract], root: Path) -> None:
    """A header that is passed over and gives a field would be one or the other by chance."""
    # How headers are compared belongs to reading; a contract only names them.
    from pipelines.ingest.headers import known_names, normalise_header  # noqa: PLC0415

    for name, contract in by_name.items():
        for header in contract.companions:
            if normalise_header(header) in known_names(contract):
                path = root / "catalog" / f"{name}.yaml"
                raise _broken(path, f"companions: {header} is a column")


def _require_quantities(
    measures: Sequence[Measure],
    quantities: Sequence[Quantity],
    contracts: Iterable[str],
    path: Path,
) -> None:
    if not measures:
        raise _broken(path, "measures: none")
    used = {one.numerator for one in measures} | {one.denominator for one in measures} - {None}
    if unknown := used - {one.name for one in quantities}:
        raise _broken(path, f"quantities: no {', '.join(sorted(map(str, unknown)))}")
    if absent := {one.dataset for one in quantities} - set(contracts):
        raise _broken(path, f"quantities: no data set {', '.join(sorted(absent))}")


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
    name, seen = plain(str(path)), plain(detail)
    return UserError(
        Message(
            f"カタログのファイルを読めません: {name}（{seen}）。直してから、もう一度実行してください。",
            f"The catalogue file {name} cannot be read ({seen}). Correct it and run again.",
        )
    )
