"""All marts of merchants from a million merchants over 36 months, against pandas group-bys.

Both sides start from the same clean table in a database file and end with shops known and shops
accepting by method and month for: the ward, each street, industry, street × industry, 町丁目, 町 and
subsidised or not. Ours also withholds what is too small and goes on to the evidence (rates with
intervals, panel, funnel); theirs writes the counts as they are, with
one group-by a level over the shops that were there at the end of each month. Each side runs in a
process of its own, which tells its peak memory.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb

REPOSITORY = Path(__file__).resolve().parents[2]
MERCHANTS = 1_000_000
MONTHS = 36
FASTER = 5
MEMORY_MIB = 2048
OURS = """
import json, resource, sys, time
from pathlib import Path

import duckdb
from pipelines import marts
from pipelines.findings import cashless
from pipelines.findings.table import create_missing_inputs
from pipelines.marts import create_mart
from pipelines.scratch import open_bounded

folder = Path(marts.__file__).parent
names = ("flows", "months", "counts", "streets", "cells", "industries", "areas", "subsidies")
scratch = Path(sys.argv[2])
begun = time.perf_counter()
with open_bounded(scratch / "ours.duckdb", scratch) as connection:
    connection.execute("ATTACH ? AS internal", [sys.argv[1]])
    connection.execute("CREATE SCHEMA meta; CREATE SCHEMA clean; CREATE SCHEMA mart;"
        "DROP SCHEMA IF EXISTS internal.mart CASCADE; CREATE SCHEMA internal.mart;"
        "CREATE TABLE meta.build AS FROM internal.build;"
        "CREATE TABLE meta.sources AS FROM internal.sources;"
        "CREATE TABLE clean.areas AS FROM internal.areas;"
        "CREATE TABLE clean.shopping_streets AS FROM internal.streets;"
        "CREATE TABLE clean.shopping_street_counts AS FROM internal.counts")
    for name in names:
        create_mart(connection, folder / "internal" / f"cashless_{name}.sql")
    for name in ("adoption", "sources", "street_counts"):
        create_mart(connection, folder / f"cashless_{name}.sql")
    marts_seconds = time.perf_counter() - begun
    connection.execute("CREATE SCHEMA evidence")
    create_missing_inputs(connection)
    cashless.write(connection, None, None)
    seconds = time.perf_counter() - begun
    totals = connection.sql(
        "SELECT method, month_no, sum(known)::BIGINT, sum(accepting)::BIGINT"
        " FROM internal.mart.cashless_streets GROUP BY ALL ORDER BY ALL").fetchall()
    connection.execute("DROP SCHEMA internal.mart CASCADE")
print(json.dumps({"seconds": seconds, "marts_seconds": marts_seconds, "totals": totals,
    "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""
THEIRS = """
import json, resource, sys, time

import duckdb
import numpy as np
import pandas as pd

begun = time.perf_counter()
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    shops = connection.sql("SELECT street_id, industry, area_code, subsidised, accepts_qr, accepts_card,"
        " accepts_transit_ic, adopted_on, ended_on FROM clean.cashless_merchants").df()
    towns = connection.sql("SELECT area_code, town_code FROM areas").df()
for name in ("street_id", "industry", "area_code", "subsidised"):
    shops[name] = shops[name].fillna("").astype("category")
shops["town_code"] = shops["area_code"].map(towns.set_index("area_code")["town_code"]).astype("category")
for name in ("adopted_on", "ended_on"):
    days = pd.to_datetime(shops[name])
    shops[name] = (days.dt.year * 12 + days.dt.month - 1).astype("Float32").to_numpy(np.float32, na_value=np.nan)
methods = {}
for name in ("qr", "card", "transit_ic"):
    methods[name] = (shops[f"accepts_{name}"] == "有", shops[f"accepts_{name}"] == "無")
takes = [one for one, _ in methods.values()]
refuses = [one for _, one in methods.values()]
methods["any"] = (takes[0] | takes[1] | takes[2], refuses[0] & refuses[1] & refuses[2])
levels = (["street_id", "industry"], ["street_id"], ["industry"], ["area_code"], ["town_code"], ["subsidised"])
last = int(sys.argv[3])
totals, kept = [], []
for method, (taking, refusing) in methods.items():
    dated = taking & shops["adopted_on"].notna()
    for month in range(last - int(sys.argv[4]) + 1, last + 1):
        there = (dated | refusing) & ~(shops["ended_on"] <= month)
        now = shops[there]
        accepting = (dated & (shops["adopted_on"] <= month))[there]
        now = now.assign(accepting=accepting)
        for level in levels:
            kept.append(now.groupby(level, observed=True)["accepting"].agg(["size", "sum"]))
        totals.append((method, month, len(now), int(accepting.sum())))
seconds = time.perf_counter() - begun
print(json.dumps({"seconds": seconds, "totals": sorted(totals),
    "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""
LAST = 2026 * 12 + 2


def run(repetitions: int) -> dict[str, Any]:
    """Time each side, alternately; theirs is long, so three times at most."""
    times = min(repetitions, 3)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = write_merchants(folder / "merchants.duckdb")
        ours, theirs = [], []
        for at in range(times):
            scratch = folder / f"scratch{at}"
            scratch.mkdir()
            ours.append(measure(OURS, database, scratch))
            theirs.append(measure(THEIRS, database, scratch, str(LAST), str(MONTHS)))
    same = all(one["totals"] == other["totals"] for one, other in zip(ours, theirs, strict=True))
    seconds, their_seconds = (
        statistics.median(one["seconds"] for one in side) for side in (ours, theirs)
    )
    memory = max(one["mib"] for one in ours)
    return {
        "name": "cashless",
        "compared_with": "pandas, a group-by a level, method and month",
        "merchants": MERCHANTS,
        "months": MONTHS,
        "repetitions": times,
        "ours_s": round(seconds, 3),
        "ours_marts_s": round(statistics.median(one["marts_seconds"] for one in ours), 3),
        "pandas_s": round(their_seconds, 3),
        "times_faster": round(their_seconds / seconds, 1),
        "memory_mib": round(memory),
        "pandas_memory_mib": round(max(one["mib"] for one in theirs)),
        "same_totals": same,
        "limits": {"times_faster": FASTER, "memory_mib": MEMORY_MIB},
        "passed": same and their_seconds / seconds >= FASTER and memory < MEMORY_MIB,
    }


def write_merchants(path: Path) -> Path:
    """Make a million merchants by a hash: the same every time."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE SCHEMA clean")
        connection.execute(
            "CREATE TABLE build AS SELECT * FROM (VALUES ('municipality_name', '中野区'),"
            " ('suppression_least_shops', '3'), ('as_of', '2026-04-01')) AS t(key, value);"
            "CREATE TABLE sources AS SELECT 'cashless_merchants' AS dataset, 1 AS rows_loaded,"
            " DATE '2026-03-31' AS as_of, 1 AS source_no, '' AS file_name, '' AS status;"
            "CREATE TABLE streets AS SELECT 'S' || i AS street_id, 'S' || i AS street_name,"
            " '対象' AS subsidy, DATE '2025-04-01' AS subsidy_started_on,"
            " NULL::DATE AS subsidy_ended_on FROM range(200) AS t(i);"
            "CREATE TABLE counts (street_id VARCHAR, period VARCHAR, member_shops BIGINT,"
            " member_shops_state VARCHAR, cashless_shops BIGINT, cashless_shops_state VARCHAR,"
            " qr_shops BIGINT, qr_shops_state VARCHAR, card_shops BIGINT, card_shops_state VARCHAR,"
            " transit_ic_shops BIGINT, transit_ic_shops_state VARCHAR, source_no INTEGER,"
            " source_line BIGINT);"
            "CREATE TABLE areas AS SELECT 'A' || i AS area_code, 'T' || i // 5 AS town_code"
            " FROM range(85) AS t(i)"
        )
        # Skewed on purpose: many streets, a few of them large; industries from common to rare.
        connection.execute(
            """
            CREATE TABLE clean.cashless_merchants AS
            WITH draws AS (
                SELECT i, md5_number_lower('shop' || i) AS a, md5_number_upper('shop' || i) AS b
                FROM range(?) AS t(i)
            )
            SELECT
                'M' || i AS merchant_id,
                'I' || floor(20 * pow((a % 1000) / 1000.0, 3))::INTEGER AS industry,
                CASE WHEN b % 10 < 6 THEN
                    'S' || floor(200 * pow((a // 1000 % 1000) / 1000.0, 2))::INTEGER
                END AS street_id,
                '中野区' AS municipality_name,
                'A' || (a // 1000000 % 85) AS area_code,
                CASE WHEN b // 10 % 20 > 0 THEN CASE WHEN b // 200 % 4 = 0 THEN '有' ELSE '無' END END
                    AS subsidised,
                CASE WHEN b // 1000 % 20 > 0 THEN CASE WHEN b // 2000 % 2 = 0 THEN '有' ELSE '無' END END
                    AS accepts_qr,
                CASE WHEN b // 4000 % 3 = 0 THEN '有' ELSE '無' END AS accepts_card,
                CASE WHEN b // 12000 % 5 = 0 THEN '有' ELSE '無' END AS accepts_transit_ic,
                DATE '2023-04-01' + (b // 100000 % 1096)::INTEGER AS adopted_on,
                CASE WHEN a // 100000000 % 25 = 0
                    THEN DATE '2023-04-01' + (b // 100000000 % 1096)::INTEGER END AS ended_on,
                '中野区' AS address, 'address' AS location_source, 1 AS source_no
            FROM draws
            """,
            [MERCHANTS],
        )
    return path


def measure(code: str, *arguments: Path | str) -> dict[str, Any]:
    """Run one side in a process of its own; seconds, peak memory, totals."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        check=True, stdout=subprocess.PIPE, cwd=REPOSITORY,
    )  # fmt: skip
    return json.loads(done.stdout)
