"""Adoption of cashless payment: evidence.cashless_adoption, _streets, _funnel and _lists.

Numbers come from mart.cashless_adoption (merchants, small counts withheld) and
mart.cashless_street_counts (what the ward counted by street); nothing here reads internal rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.evidence.effect.wilson import wilson
from pipelines.evidence.funnel import funnel_limits
from pipelines.findings.table import NUMBER, TEXT, WHOLE, YES_NO, note_missing, write_finding
from pipelines.messages import Message

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from pipelines.ward import Ward

SUBJECT: Final = "cashless"
DATE: Final = pa.date32()

_ADOPTION: Final = {
    "basis": TEXT, "level": TEXT, "street_id": TEXT, "industry": TEXT, "area_code": TEXT,
    "town_code": TEXT, "subsidised": TEXT, "method": TEXT, "month": TEXT, "period_kind": TEXT,
    "shops_known": WHOLE, "shops_known_state": TEXT, "shops_accepting": WHOLE,
    "shops_accepting_state": TEXT, "state": TEXT, "adoption_ratio": NUMBER, "low_95_ratio": NUMBER,
    "high_95_ratio": NUMBER,
}  # fmt: skip
_STREETS: Final = {
    "street_id": TEXT, "street_name": TEXT, "basis": TEXT, "month": TEXT, "shops_known": WHOLE,
    "shops_accepting": WHOLE, "state": TEXT, "adoption_ratio": NUMBER, "subsidy": TEXT,
    "subsidised_from": TEXT, "subsidised_until": TEXT,
}  # fmt: skip
_FUNNEL: Final = {
    "street_id": TEXT, "street_name": TEXT, "basis": TEXT, "method": TEXT, "month": TEXT,
    "shops_known": WHOLE, "shops_accepting": WHOLE, "adoption_ratio": NUMBER,
    "low_95_ratio": NUMBER, "high_95_ratio": NUMBER, "centre_ratio": NUMBER, "streets": WHOLE,
    "funnel_low_95_ratio": NUMBER, "funnel_high_95_ratio": NUMBER, "funnel_low_998_ratio": NUMBER,
    "funnel_high_998_ratio": NUMBER, "position": TEXT,
}  # fmt: skip
_LISTS: Final = {
    "source_no": WHOLE, "file_name": TEXT, "as_of": DATE, "status": TEXT, "ward_shops": WHOLE,
    "ward_shops_state": TEXT, "placed_shops": WHOLE, "measured_shops": WHOLE,
    "street_shops": WHOLE, "method_shops": WHOLE, "can_be_mapped": YES_NO, "message_ja": TEXT,
    "message_en": TEXT,
}  # fmt: skip

# What a rate can be said of: 'value', or why not. A list of nothing has no rate, and no zero.
_ADOPTED: Final = """
    SELECT *, CASE
        WHEN shops_known_state <> 'value' THEN shops_known_state
        WHEN shops_accepting_state <> 'value' THEN shops_accepting_state
        WHEN shops_known = 0 THEN 'no_shops' ELSE 'value'
    END AS state
    FROM (
        SELECT 'merchants' AS basis, 'month' AS period_kind, * FROM mart.cashless_adoption
        UNION ALL BY NAME
        SELECT
            'counts' AS basis, period_kind, 'street' AS level, street_id, method, month,
            shops_known, shops_known_state, shops_accepting, shops_accepting_state
        FROM mart.cashless_street_counts
    )
"""
# By month, of the ward's own counts where a street has any, else of the merchants.
_PANEL: Final = """
    SELECT
        street_id, street_name, basis, month, shops_known, shops_accepting, state, adoption_ratio,
        subsidy, strftime(subsidy_started_on, '%Y-%m') AS subsidised_from,
        strftime(subsidy_ended_on, '%Y-%m') AS subsidised_until
    FROM evidence.cashless_adoption
    JOIN clean.shopping_streets USING (street_id)
    WHERE level = 'street' AND method = 'any' AND period_kind = 'month'
    QUALIFY basis = min(basis) OVER (PARTITION BY street_id)
    ORDER BY street_id, month
"""
# Streets at the last month for which more than one is told, against all of them together.
_LATEST: Final = """
    SELECT
        street_id, street_name, basis, method, month, shops_known, shops_accepting, adoption_ratio,
        low_95_ratio, high_95_ratio,
        sum(shops_accepting) OVER together / sum(shops_known) OVER together AS centre_ratio,
        count(*) OVER together AS streets
    FROM evidence.cashless_adoption
    JOIN clean.shopping_streets USING (street_id)
    WHERE level = 'street' AND state = 'value' AND period_kind = 'month'
    WINDOW together AS (PARTITION BY basis, method, month)
    QUALIFY count(*) OVER together > 1
"""
_LISTED: Final = """
    SELECT lists.*, file_name, as_of, status
    FROM mart.cashless_sources AS lists JOIN meta.sources USING (source_no)
    ORDER BY source_no
"""


def write(connection: duckdb.DuckDBPyConnection, ward: Ward, as_of: date) -> None:
    """Write the four tables; what nobody brought is noted and leaves them empty.

    cashless_adoption: a month (or quarter, 年度) of a cell: shops known, shops accepting at least one
    method (or the method named), their ratio with Wilson's 95 % interval. `basis` is what it was
    counted from: merchants, or the ward's counts by street. `state` says why there is no ratio:
    withheld (秘匿), unknown, inconsistent, no_shops. cashless_streets: the panel of the estimators.
    cashless_funnel: streets against all streets of the last month, with the limits that chance
    alone keeps to. cashless_lists: what each list of merchants can tell, and what it cannot.
    """
    del ward, as_of
    _write_adoption(connection)
    panel = connection.sql(_PANEL).to_arrow_table()
    write_finding(connection, "cashless_streets", panel, _STREETS)
    _write_funnel(connection)
    _write_lists(connection)
    for dataset, (table, message) in _NEEDED.items():
        [(rows,)] = connection.execute(f"SELECT count(*) FROM {table}").fetchall()  # noqa: S608
        if not rows:
            note_missing(connection, SUBJECT, dataset, message)


def _write_adoption(connection: duckdb.DuckDBPyConnection) -> None:
    table = connection.sql(_ADOPTED).to_arrow_table()
    told = pc.equal(table["state"], "value")
    accepting, known = (
        pc.if_else(told, table[name], None).to_numpy(zero_copy_only=False).astype(float)
        for name in ("shops_accepting", "shops_known")
    )
    low, high = wilson(accepting, known)
    with np.errstate(invalid="ignore"):
        ratio = accepting / known
    for name, values in (
        ("adoption_ratio", ratio), ("low_95_ratio", low), ("high_95_ratio", high)
    ):  # fmt: skip
        table = table.append_column(name, pa.array(values, NUMBER, from_pandas=True))
    write_finding(connection, "cashless_adoption", table, _ADOPTION)


def _write_funnel(connection: duckdb.DuckDBPyConnection) -> None:
    latest = (
        f"SELECT * FROM ({_LATEST})"  # noqa: S608
        " QUALIFY month = max(month) OVER (PARTITION BY basis, method)"
        " ORDER BY basis, method, street_id"
    )
    table = connection.sql(latest).to_arrow_table()
    centre, known, ratio = (
        table[name].to_numpy(zero_copy_only=False).astype(float)
        for name in ("centre_ratio", "shops_known", "adoption_ratio")
    )
    low, high = funnel_limits(centre, known, level=0.95)
    far_low, far_high = funnel_limits(centre, known, level=0.998)
    for name, values in (
        ("low_95", low), ("high_95", high), ("low_998", far_low), ("high_998", far_high)
    ):  # fmt: skip
        table = table.append_column(f"funnel_{name}_ratio", pa.array(values, NUMBER))
    # Of many streets one in twenty lies beyond 95 % by chance; beyond 99.8 % one in five hundred.
    position = np.select([ratio < far_low, ratio > far_high], ["below", "above"], "within")
    table = table.append_column("position", pa.array(position.tolist(), TEXT))
    write_finding(connection, "cashless_funnel", table, _FUNNEL)


def _write_lists(connection: duckdb.DuckDBPyConnection) -> None:
    rows = [
        {
            **row,
            "message_ja": "" if row["can_be_mapped"] else _NO_MAP.ja,
            "message_en": "" if row["can_be_mapped"] else _NO_MAP.en,
        }
        for row in connection.sql(_LISTED).to_arrow_table().to_pylist()
    ]
    write_finding(connection, "cashless_lists", rows, _LISTS)
    if any(not row["can_be_mapped"] for row in rows):
        note_missing(connection, SUBJECT, "cashless_merchants", _NO_MAP)


_NO_MAP: Final = Message(
    "この一覧には市区町村より下の所在地がないため、区全体の店舗数だけを数え、地図や商店街別には表せません。所在地か商店街IDのある一覧を data/inbox/cashless_merchants/ に置いてください。",
    "This list has no address below the municipality: its shops are counted for the ward as a whole and cannot be mapped or told by street. Put a list with addresses or street IDs into data/inbox/cashless_merchants/.",
)
_NEEDED: Final = {
    "shopping_streets": (
        "clean.shopping_streets",
        Message(
            "商店街の一覧（補助の対象と開始日）がありません。data/inbox/shopping_streets/ に置いてください（様式は ebpm template shopping_streets）。",
            "There is no list of shopping streets with their subsidies; put it into data/inbox/shopping_streets/ (ebpm template shopping_streets makes the form).",
        ),
    ),
    "shopping_street_counts": (
        "mart.cashless_street_counts",
        Message(
            "商店街ごとの会員数と導入店舗数がありません。data/inbox/shopping_street_counts/ に置いてください（様式は ebpm template shopping_street_counts）。",
            "There are no counts by street; put them into data/inbox/shopping_street_counts/ (ebpm template shopping_street_counts makes the form).",
        ),
    ),
    "cashless_merchants": (
        "mart.cashless_sources",
        Message(
            "店舗ごとの一覧がないため、業種別・町丁目別の導入率は出せません。data/inbox/cashless_merchants/ に置いてください（全項目が非公開で、画面には集計だけが出ます）。",
            "There is no list of merchants, so adoption by industry and 町丁目 cannot be told; put it into data/inbox/cashless_merchants/ (every column stays internal, pages show counts only).",
        ),
    ),
}
