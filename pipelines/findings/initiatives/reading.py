"""What the modules of the initiatives share: rows as mappings, and the dates they look from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.evidence.progress.dates import fiscal_year_end_before

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import duckdb

    from pipelines.evaluation import Evaluation

Row = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """An edition being made: where to read and write, by which scales, as of when."""

    connection: duckdb.DuckDBPyConnection
    evaluation: Evaluation
    as_of: date

    @property
    def dates(self) -> tuple[date, date]:
        """前年度末 and the edition's date: both are looked from, so that a change shows."""
        return fiscal_year_end_before(self.as_of), self.as_of

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query, by column; a query states its order."""
        found = self.connection.execute(sql, list(parameters))
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
