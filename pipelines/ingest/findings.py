"""What was found in the rows of a data set, kept as columns: there may be one a row, or more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, overload

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.ingest.rules import rule_message
from pipelines.ingest.types import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.contracts import Contract
    from pipelines.ingest.types import Severity
    from pipelines.messages import Message

SCHEMA: Final = pa.schema(
    [
        ("source_no", pa.int32()), ("line", pa.int64()), ("field", pa.string()),
        ("value", pa.string()), ("rule", pa.string()), ("severity", pa.string()),
        ("limit", pa.string()),
    ]
)  # fmt: skip
_AT_ONCE: Final = 10_000


class Findings(Sequence[Finding]):
    """Findings in the order of file, line and rule.

    `table` has the columns of a Finding, with the limit that its message names for the message.
    """

    def __init__(self, contract: Contract, table: pa.Table | None = None) -> None:
        self.contract = contract
        self.table = SCHEMA.empty_table() if table is None else table.cast(SCHEMA)

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def __iter__(self) -> Iterator[Finding]:
        messages: dict[tuple[str, str, str], Message] = {}
        for batch in self.table.to_batches(_AT_ONCE):
            for row in batch.to_pylist():
                said = row["rule"], row["field"], row.pop("limit")
                if said not in messages:
                    messages[said] = rule_message(said[0], self.contract, said[1], said[2])
                yield Finding(**row, message=messages[said])

    @overload
    def __getitem__(self, at: int) -> Finding: ...
    @overload
    def __getitem__(self, at: slice) -> Findings: ...
    def __getitem__(self, at: int | slice) -> Finding | Findings:
        if isinstance(at, slice):
            return Findings(self.contract, self.table[at])
        place = range(len(self))[at]
        return next(iter(self[place : place + 1]))

    def of(self, source_no: int) -> Findings:
        """Those of one file."""
        own = pc.equal(self.table["source_no"], source_no)
        return Findings(self.contract, self.table.filter(own))

    def count_of(self, severity: Severity) -> int:
        """How many are of a severity."""
        return int(pc.sum(pc.equal(self.table["severity"], severity)).as_py() or 0)
