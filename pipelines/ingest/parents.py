"""Foreign keys: the staged rows whose parent is not there, or was not loaded itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipelines.contracts.ddl import clean_table, quoted
from pipelines.ingest.checks import Check, joined, rows_where, value_of
from pipelines.ingest.judging import KEPT_OUT
from pipelines.ingest.stage import STAGED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    import duckdb

    from pipelines.contracts import Contract, ForeignKey
    from pipelines.ingest.judging import Judging


@dataclass(frozen=True)
class Relatives:
    """What a data set's rows refer to, and what may refer to them.

    `parents` are the data sets whose rows are at hand for foreign keys (the data set's own one for
    keys to itself), `referenced` its fields that keys lead to.
    """

    parents: Sequence[Contract] = ()
    referenced: Collection[str] = ()


ALONE: Final = Relatives()
"""No data set is at hand, and none will refer to this one."""
MISSING: Final = "foreign_key"
HELD: Final = "parent_quarantined"
_STANDING: Final = "standing"


def judge_parents(judging: Judging, parents: Collection[Contract], samples: Sequence[int]) -> None:
    """Note the rows whose foreign key stands in no loaded row; blank keys are let pass.

    `parents` are the data sets whose rows are at hand, the rows' own one where they may refer to
    each other; `samples` the numbers of the files that are samples.
    """
    contract = judging.contract
    for check in parent_checks(contract, parents):
        judging.check_parents(check, samples)
    checks = own_parent_checks(contract, _STANDING)
    if not checks or contract.name not in {parent.name for parent in parents}:
        return
    judging.connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {_STANDING} AS"
        f" FROM {STAGED} ANTI JOIN {KEPT_OUT} USING (row_no)"
    )
    # Each row that goes may be the parent of others.
    while sum(judging.check_parents(check, samples) for check in checks):
        pass
    judging.connection.execute(f"DROP VIEW {_STANDING}")


def parent_checks(contract: Contract, parents: Collection[Contract]) -> Iterator[Check]:
    """The keys to other data sets among `parents`.

    `foreign_key` where no row of the parent has the key, `parent_quarantined` where only rows have
    it that were held back.
    """
    at_hand = {parent.name: parent for parent in parents}
    for key in contract.foreign_keys:
        parent = at_hand.get(key.reference.resource)
        if parent is not None and parent.name != contract.name:
            yield from _orphans(
                contract, key,
                rows=STAGED, loaded=clean_table(parent), loaded_is_text=False,
                held=held_table(parent),
            )  # fmt: skip


def own_parent_checks(contract: Contract, standing: str) -> list[Check]:
    """The keys of a data set to itself, over its rows that are still `standing`."""
    return [
        check
        for key in contract.foreign_keys
        if key.reference.resource == contract.name
        for check in _orphans(
            contract, key, rows=standing, loaded=standing, loaded_is_text=True, held=STAGED
        )
    ]


def keep_held(
    connection: duckdb.DuckDBPyConnection, contract: Contract, referenced: Collection[str]
) -> None:
    """Remember the rows held back while the edition is made, for the children that name them.

    Only what they name them by: the columns that are `referenced`.
    """
    if not referenced:
        return
    columns = ", ".join(quoted(name) for name in sorted(referenced))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {held_table(contract)} AS SELECT {columns}"  # noqa: S608
        f" FROM {STAGED} SEMI JOIN (FROM {KEPT_OUT} WHERE held) USING (row_no)"
    )


def held_table(contract: Contract) -> str:
    """The temporary table of a data set's rows that were held back: as text, what they are named by."""
    return quoted(f"held_{contract.name}")


def _orphans(
    contract: Contract,
    key: ForeignKey,
    *,
    rows: str,
    loaded: str,
    loaded_is_text: bool,
    held: str,
) -> Iterator[Check]:
    """A key of several columns is given whole or not at all, as frictionless reads it too."""
    given = " OR ".join(f"{value} IS NOT NULL" for value in _values(contract, key, "s", key.fields))
    in_loaded = _same(contract, key, parent_is_text=loaded_is_text)
    in_held = _same(contract, key, parent_is_text=True)
    orphan = f"({given}) AND NOT EXISTS (SELECT 1 FROM {loaded} p WHERE {in_loaded})"  # noqa: S608
    is_held = f"EXISTS (SELECT 1 FROM {held} p WHERE {in_held})"  # noqa: S608
    names, shown, parent = ",".join(key.fields), joined(key.fields), key.reference.resource
    for rule, which in ((HELD, is_held), (MISSING, f"NOT {is_held}")):
        yield rows_where(f"{rows} s", rule, names, shown, f"{orphan} AND {which}", limit=parent)


def _same(contract: Contract, key: ForeignKey, *, parent_is_text: bool) -> str:
    """Whether row s names row p; both ends have one type."""
    own = _values(contract, key, "s", key.fields)
    theirs = [f"p.{quoted(name)}" for name in key.reference.fields]
    if parent_is_text:
        theirs = _values(contract, key, "p", key.reference.fields)
    return " AND ".join(f"{one} = {other}" for one, other in zip(own, theirs, strict=True))


def _values(contract: Contract, key: ForeignKey, row: str, names: Iterable[str]) -> list[str]:
    kinds = [contract.field(name).type for name in key.fields]
    pairs = zip(kinds, names, strict=True)
    return [value_of(kind, f"{row}.{quoted(name)}") for kind, name in pairs]
