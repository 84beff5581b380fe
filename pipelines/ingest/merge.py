"""Files of a data set as one list: what becomes of rows that have one key.

Departments return a workbook each, some twice, and what was known before stands in all of them.
Rows of one key that say the same are one row. Where they differ, the one reported later wins and the
other stays to be seen (`superseded`); where none is known to be later, it is a `conflict` and neither
is loaded: which of two is right is for people to decide, never for the order of file names.

A row was reported on its own report date where it has one, else on its file's as-of date; of one day,
the later file's row is the later. A row without either is later than nothing but what is shipped: the
ward's own word always comes after that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa

from pipelines.contracts.ddl import quoted
from pipelines.contracts.symbols import STATE_ENDING
from pipelines.ingest.checks import value_of
from pipelines.ingest.judging import KEPT_OUT
from pipelines.ingest.stage import STAGED
from pipelines.messages import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.contracts import Contract
    from pipelines.contracts.types import FieldContract
    from pipelines.ingest.judging import Judging
    from pipelines.ingest.types import CleanedFile

REPORTED_ON: Final = "reported_on"
_SHOWN_PLACES: Final = 3
# What stands for a blank where values are compared: no text holds it.
_BLANK: Final = "chr(30)"

Remarks = dict[int, list[Message]]
"""What is to be said of a file besides its findings, by its number."""


def pass_over_blank(judging: Judging) -> Remarks:
    """Leave out rows in which nothing is filled in but what the form gave; they are no report."""
    columns = judging.contract.needs_one_of
    if not columns:
        return {}
    names = [name for one in columns for name in _columns_of(judging.contract.field(one))]
    blank = " AND ".join(f"{quoted(name)} IS NULL" for name in names)
    # A row with too few or too many cells was cut off; that is another rule's.
    gone = judging.pass_over(f"SELECT row_no FROM {STAGED} WHERE {blank} AND NOT ragged")  # noqa: S608
    return {
        number: [
            Message(
                f"何も記入されていない{rows}行は、報告がないものとして読み飛ばしました",
                f"rows in which nothing is filled in ({rows}) were passed over: nothing was reported",
            )
        ]
        for number, rows in gone.items()
    }


def merge_rows(judging: Judging, files: Sequence[CleanedFile]) -> Remarks:
    """Of the rows that nothing keeps out yet and that have one key, decide which is loaded.

    What is decided follows from the rows and dates, whatever the order and the names of the files.
    """
    connection = judging.connection
    connection.register("dated", _dated(files))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE alike AS {_alike(judging.contract)}")
    connection.unregister("dated")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE kept AS {_KEPT}")
    judging.note_rows(_apart(judging.contract, _SUPERSEDED), "superseded", "left_out")
    judging.note_rows(_apart(judging.contract, _CONFLICTS), "conflict", "quarantine")
    same = connection.execute(
        f"SELECT source_no, kept_file, count(*) FROM ({_SAME}) GROUP BY ALL ORDER BY ALL"  # noqa: S608
    ).fetchall()
    judging.pass_over(f"SELECT row_no FROM ({_SAME})")  # noqa: S608
    connection.execute("DROP TABLE kept")
    connection.execute("DROP TABLE alike")
    remarks: Remarks = {}
    for number, file, rows in same:
        remarks.setdefault(number, []).append(
            Message(
                f"{rows}行は{file}の行と同じなので、1行として数えました",
                f"rows that {file} has too ({rows}) were counted once",
            )
        )
    return remarks


def _dated(files: Sequence[CleanedFile]) -> pa.Table:
    """What is known of the files: their day, and what orders them without their names."""
    sources = [file.source for file in files]
    return pa.table(
        {
            "source_no": pa.array([one.source_no for one in sources], pa.int32()),
            "file_on": pa.array([one.declared.as_of for one in sources], pa.date32()),
            "content": pa.array([f"{one.sha256} {one.raw.part}" for one in sources], pa.string()),
            "file_name": pa.array([one.shown_path for one in sources], pa.string()),
            "shipped": pa.array([one.shipped for one in sources], pa.bool_()),
        }
    )


def _alike(contract: Contract) -> str:
    """The standing rows whose key stands more than once.

    Columns: row_no, source_no, place (file and line), file_name, key, said (each column's value as
    text), reported_on, file_on, content, shipped.
    """
    key = _texts([contract.field(name) for name in contract.primary_key])
    said = _texts(_compared(contract))
    file_on = "file_on"
    own = value_of("date", quoted(REPORTED_ON)) if contract.has(REPORTED_ON) else "NULL"
    return (
        f"SELECT row_no, source_no, concat(file_name, ':', source_line) AS place, file_name,"  # noqa: S608
        f" source_line, {key} AS key, {said} AS said, coalesce({own}, {file_on}) AS reported_on,"
        f" file_on, content, shipped FROM {STAGED} JOIN dated USING (source_no)"
        f" ANTI JOIN {KEPT_OUT} USING (row_no) QUALIFY count(*) OVER (PARTITION BY {key}) > 1"
    )


def _compared(contract: Contract) -> list[FieldContract]:
    return [field for field in contract.read_fields if field.name not in contract.primary_key]


def _texts(fields: Sequence[FieldContract]) -> str:
    """A list of values as text, compared as values: 64 and 64.0 are one number."""
    texts = []
    for field in fields:
        value, *state = _columns_of(field)
        typed = f"CAST({value_of(field.type, quoted(value))} AS VARCHAR)"
        # Of a number without a value, its state says what was written.
        written = [typed, *(f"{quoted(one)}" for one in state)]
        texts.append(f"concat_ws(' ', {', '.join(written)})" if state else typed)
    return f"[{', '.join(f'coalesce({text}, {_BLANK})' for text in texts)}]"


def _columns_of(field: FieldContract) -> tuple[str, ...]:
    return (field.name, f"{field.name}{STATE_ENDING}") if field.symbols else (field.name,)


# What a key says in each of its versions, and how late: by the report, then by the file.
_VERSIONS: Final = """
    SELECT key, said, bool_and(shipped) AS shipped, any_value(latest) AS reported_on,
        max(file_on) FILTER (WHERE reported_on IS NOT DISTINCT FROM latest) AS file_on
    FROM (SELECT *, max(reported_on) OVER (PARTITION BY key, said) AS latest FROM alike)
    GROUP BY key, said
"""
# The version of a key that is later than every other: there is one, or none. Versions are ranked, never
# compared in pairs: one key can be copied down a whole column. The ward's own versions come first, of
# these the last reported, of these the last file's; a date that is missing leaves nothing known.
_LATEST: Final = f"""
    WITH versions AS ({_VERSIONS}),
    own AS (FROM versions QUALIFY shipped = bool_and(shipped) OVER (PARTITION BY key)),
    reported AS (FROM own WINDOW alike_key AS (PARTITION BY key) QUALIFY count(*) OVER alike_key = 1
        OR (count(reported_on) OVER alike_key = count(*) OVER alike_key
            AND reported_on = max(reported_on) OVER alike_key)),
    filed AS (FROM reported WINDOW alike_key AS (PARTITION BY key) QUALIFY count(*) OVER alike_key = 1
        OR (count(file_on) OVER alike_key = count(*) OVER alike_key
            AND file_on = max(file_on) OVER alike_key))
    SELECT key, said FROM filed QUALIFY count(*) OVER (PARTITION BY key) = 1
"""  # noqa: S608
# Of rows that say the same, the one that said it first; the file's content decides between files of
# one day, because their names and their order must not.
_KEPT: Final = f"""
    SELECT alike.* FROM alike JOIN ({_LATEST}) USING (key, said)
    QUALIFY row_number() OVER (
        PARTITION BY key ORDER BY shipped DESC, reported_on NULLS LAST, file_on NULLS LAST,
            content, source_line) = 1
"""  # noqa: S608
_SAME: Final = """
    SELECT alike.row_no, alike.source_no, kept.file_name AS kept_file
    FROM alike JOIN kept USING (key, said) WHERE alike.row_no <> kept.row_no
"""
# What rows differ from, as two SELECTs: the cells that differ (row_no, key, column_no, own), and the
# sorted places of others (row_no, places), one more than are shown where there are so many.
_SUPERSEDED: Final = (
    """
    SELECT row_no, key, column_no, own FROM (
        SELECT alike.row_no, alike.key, unnest(range(1, len(alike.said) + 1)) AS column_no,
            unnest(alike.said) AS own, unnest(kept.said) AS others
        FROM alike JOIN kept USING (key) WHERE alike.said <> kept.said)
    WHERE own <> others
    """,
    """
    SELECT alike.row_no, [kept.place] AS places FROM alike JOIN kept USING (key)
    WHERE alike.said <> kept.said
    """,
)
# A cell differs from some other of its key where these have more than one value. The first places of
# all that say something else lie in the versions whose own first place is among the first.
_CONFLICTS: Final = (
    """
    SELECT row_no, key, column_no, own FROM (
        SELECT row_no, key, unnest(range(1, len(said) + 1)) AS column_no, unnest(said) AS own
        FROM alike ANTI JOIN kept USING (key))
    QUALIFY min(own) OVER (PARTITION BY key, column_no) <> max(own) OVER (PARTITION BY key, column_no)
    """,
    f"""
    WITH versions AS (
        SELECT key, said, min(place, {_SHOWN_PLACES + 1}) AS places
        FROM alike ANTI JOIN kept USING (key) GROUP BY key, said
        QUALIFY row_number() OVER (PARTITION BY key ORDER BY places[1]) <= {_SHOWN_PLACES + 2})
    SELECT row_no, list_sort(list_distinct(flatten(list(places)))) AS places
    FROM alike JOIN versions USING (key) WHERE alike.said <> versions.said GROUP BY row_no
    """,  # noqa: S608
)


def _apart(contract: Contract, apart: tuple[str, str]) -> str:
    """A SELECT of the rows that others differ from.

    Columns: row_no, field (the columns that differ), value (the key, and what the row says in
    them), limit (where the others stand).
    """
    cells, places = apart
    listed = ", ".join(f"'{field.name}'" for field in _compared(contract))  # plain words
    return f"""
        WITH cells AS ({cells}), places AS ({places})
        SELECT row_no, string_agg([{listed}][column_no], ',' ORDER BY column_no) AS field,
            concat(array_to_string(any_value(key), ' / '), ': ',
                string_agg(replace(own, {_BLANK}, '－'), ' / ' ORDER BY column_no)) AS "value",
            concat(array_to_string(any_value(places)[:{_SHOWN_PLACES}], ', '),
                CASE WHEN len(any_value(places)) > {_SHOWN_PLACES} THEN ' …' END) AS "limit"
        FROM cells JOIN places USING (row_no) GROUP BY row_no
    """  # noqa: S608
