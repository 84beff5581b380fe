"""What is found in the staged rows, and what becomes of each row for it: in DuckDB, as sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa

from pipelines.ingest.findings import Findings
from pipelines.ingest.stage import STAGED, STAGED_ROWS
from pipelines.ingest.types import FileCount

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from pipelines.contracts import Contract
    from pipelines.ingest.checks import Check, Violation
    from pipelines.ingest.types import CleanedFile, Severity

_FOUND: Final = "found"
_PASSED: Final = "passed_over"
KEPT_OUT: Final = "kept_out"
"""The view of the rows (`row_no`, `held`) that are not loaded; held are those in quarantine."""


class Judging:
    """The findings in `staged`; anything but a warning keeps a row out of the clean table."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
        self.connection = connection
        self.contract = contract
        self._turn = 0
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {_FOUND} (turn INTEGER, row_no BIGINT, field VARCHAR,"
            ' "value" VARCHAR, rule VARCHAR, severity VARCHAR, "limit" VARCHAR)'
        )
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {_PASSED} (source_no INTEGER)")
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {KEPT_OUT} AS"  # noqa: S608
            f" SELECT row_no, bool_or(severity = 'quarantine') AS held FROM {_FOUND}"
            " WHERE severity <> 'warning' GROUP BY row_no"
        )

    def check(self, checks: Sequence[Check], severity: Severity) -> None:
        """Note the rows that break some rules; of one turn, they are in the order of the rows."""
        for check in checks:
            self.connection.execute(
                f'INSERT INTO {_FOUND} SELECT ?, row_no, ?, coalesce("value", \'\'), ?, ?, "limit"'  # noqa: S608
                f" FROM ({check.select})",
                [self._turn, check.field, check.rule, severity, *check.parameters],
            )
        self._turn += 1

    def check_parents(self, check: Check, samples: Sequence[int]) -> int:
        """Note rows without their parent, unless they are in quarantine already; how many.

        A shipped or sample row (of the files `samples`) that refers to what the ward's own list lacks is left
        out, not an error.
        """
        [(noted,)] = self.connection.execute(
            f"INSERT INTO {_FOUND} SELECT ?, row_no, ?, coalesce(\"value\", ''), ?,"  # noqa: S608
            " CASE WHEN list_contains(?::INTEGER[], source_no) THEN 'left_out'"
            " ELSE 'quarantine' END, \"limit\""
            f" FROM ({check.select}) JOIN {STAGED} USING (row_no)"
            f" ANTI JOIN (FROM {KEPT_OUT} WHERE held) USING (row_no)",
            [self._turn, check.field, check.rule, list(samples), *check.parameters],
        ).fetchall()
        self._turn += 1
        return int(noted)

    def pass_over(self, rows: str) -> dict[int, int]:
        """Take rows out without a finding: they are counted as left out; how many by file.

        `rows` is a SELECT of row_no.
        """
        chosen = f"FROM {STAGED_ROWS} WHERE row_no IN ({rows})"
        counted = self.connection.execute(
            f"SELECT source_no, count(*) {chosen} GROUP BY source_no ORDER BY source_no"
        ).fetchall()
        self.connection.execute(f"INSERT INTO {_PASSED} SELECT source_no {chosen}")
        self.connection.execute(f"DELETE {chosen}")
        return dict(counted)

    def note_rows(self, select: str, rule: str, severity: Severity) -> None:
        """Note rows of a SELECT of (row_no, field, value, limit) that break one rule."""
        self.connection.execute(
            f'INSERT INTO {_FOUND} SELECT ?, row_no, field, "value", ?, ?, "limit"'  # noqa: S608
            f" FROM ({select})",
            [self._turn, rule, severity],
        )
        self._turn += 1

    def note(self, violations: Sequence[Violation], severity: Severity) -> None:
        """Note what was found outside DuckDB."""
        columns = ("row_no", "field", "value", "rule", "limit")
        noted = pa.table(
            {name: pa.array([getattr(one, name) for one in violations]) for name in columns}
        )
        if violations:
            self.connection.register("noted", noted)
            self.connection.execute(
                f'INSERT INTO {_FOUND} SELECT ?, row_no, field, "value", rule, ?, "limit" FROM noted',  # noqa: S608
                [self._turn, severity],
            )
            self.connection.unregister("noted")
        self._turn += 1

    def counts(self, files: Sequence[CleanedFile]) -> tuple[FileCount, ...]:
        """Where each file's rows went."""
        fates = {
            source_no: fate
            for source_no, *fate in self.connection.sql(
                "SELECT source_no, count(*), count(*) FILTER (held), count(*) FILTER (NOT held)"  # noqa: S608
                f" FROM {STAGED} LEFT JOIN {KEPT_OUT} USING (row_no) GROUP BY source_no"
            ).fetchall()
        }
        passed = dict(
            self.connection.sql(
                f"SELECT source_no, count(*) FROM {_PASSED} GROUP BY source_no"  # noqa: S608
            ).fetchall()
        )
        counts = []
        for file in files:
            number = file.source.source_no
            read, held, left = fates.get(number, (0, 0, 0))
            read, left = read + passed.get(number, 0), left + passed.get(number, 0)
            counts.append(FileCount(number, read, read - held - left, held, left))
        return tuple(counts)

    def findings(self) -> Findings:
        """All of them."""
        table = self.connection.sql(
            'SELECT source_no, source_line AS line, field, "value", rule, severity, "limit"'  # noqa: S608
            f" FROM {_FOUND} JOIN {STAGED} USING (row_no)"
            " ORDER BY source_no, line, rule, turn, row_no, field"
        ).to_arrow_table()
        return Findings(self.contract, table)

    def close(self) -> None:
        """Drop what was needed for it."""
        self.connection.execute(f"DROP VIEW {KEPT_OUT}")
        self.connection.execute(f"DROP TABLE {_FOUND}")
        self.connection.execute(f"DROP TABLE {_PASSED}")
