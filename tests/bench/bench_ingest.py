"""A CSV of merchants, one row in a hundred wrong: from the file to `clean` and its findings.

A million rows stand beside DuckDB's own `read_csv` into a table, 50,000 of them beside frictionless, in
turn, and ten million (once, a minute or two) beside the million. Places and figures are not made. Every
measurement of ours is a process of its own, so that its memory is its own too. We use two cores where
they are free, frictionless one: the ratios of processor seconds leave that out, and say more where
other work shares the machine.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from frictionless import Resource, Schema

from pipelines.contracts import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.contracts import Contract

REPOSITORY = Path(__file__).resolve().parents[2]
DATASET = "cashless_merchants"
ROWS, MANY_ROWS, JUDGED_ROWS = 1_000_000, 10_000_000, 50_000
BAD_EVERY = 100
TIMES_READ_CSV = 3.0
TIMES_FASTER = 10.0
MEMORY_MIB = 2048
# Ten times the rows may take ten times the time, and what a busy machine makes of two runs.
GROWTH = 1.1
COLUMNS = (
    "merchant_id", "merchant_name", "industry", "address", "accepts_qr", "accepts_card", "adopted_on",
)  # fmt: skip
INDUSTRIES = ("小売業", "飲食業", "サービス業", "医療・福祉", "生活関連")
TOWNS = ("中野", "中央", "東中野", "本町", "弥生町", "野方", "新井", "沼袋", "鷺宮", "上高田")
INGEST = """
import json, resource, sys, time
from pathlib import Path

from pipelines.contracts import load_catalogue
from pipelines.editions import attach_internal
from pipelines.ingest.dataset import ingest_dataset
from pipelines.ingest.discover import FoundFile, read_sources
from pipelines.ingest.parents import Relatives
from pipelines.meta import write_sources
from pipelines.scratch import open_bounded
from pipelines.ward import load_ward

data, file, folder, dataset = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
catalogue, ward = load_catalogue(data), load_ward(data / "ward.toml")
begun, begun_cpu = time.perf_counter(), time.process_time()
sources = read_sources(FoundFile(file, file.name, dataset), catalogue, first_no=1)
(folder / "scratch").mkdir()
with open_bounded(folder / "ours.duckdb", folder / "scratch") as connection:
    attach_internal(connection, folder / "internal.duckdb")
    connection.execute("CREATE SCHEMA meta")
    contract = catalogue.contracts[dataset]
    relatives = Relatives(referenced=catalogue.referenced(dataset))
    result = ingest_dataset(
        connection, contract, sources, ward=ward, ground=None, relatives=relatives
    )
    write_sources(connection, [result], [])
seconds, cpu_seconds = time.perf_counter() - begun, time.process_time() - begun_cpu
[count] = result.counts
print(json.dumps({
    "seconds": seconds,
    "cpu_seconds": cpu_seconds,
    "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "loaded": count.rows_loaded,
    "quarantined": count.rows_quarantined,
    "rules": len({found.rule for found in result.findings}),
}))
"""


def run(repetitions: int) -> dict[str, Any]:
    """Time each side `repetitions` times, alternately; the ten million once."""
    contract = load_catalogue(REPOSITORY / "data").contracts[DATASET]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        short = write_rows(folder / "short.csv", JUDGED_ROWS, contract)
        file = write_rows(folder / "merchants.csv", ROWS, contract)
        ours, theirs, in_memory, cpu, judged, judged_cpu = [], [], [], [], [], []
        for _ in range(repetitions):
            ours.append(ingest(file))
            before = time.process_time()
            theirs.append(read_csv(file, folder / "theirs.duckdb"))
            cpu.append(time.process_time() - before)
            in_memory.append(read_csv(file, None))
            before = time.process_time()
            judged.append(validate(short, contract))
            judged_cpu.append(time.process_time() - before)
        file.unlink()
        many = ingest(write_rows(folder / "many.csv", MANY_ROWS, contract))
    seconds = statistics.median(one["seconds"] for one in ours)
    ratio = seconds / statistics.median(theirs)
    judged_s = statistics.median(judged)
    faster = (judged_s / JUDGED_ROWS) / (seconds / ROWS)
    cpu_s = statistics.median(one["cpu_seconds"] for one in ours)
    judged_cpu_s = statistics.median(judged_cpu)
    growth = many["seconds"] / seconds / (MANY_ROWS / ROWS)
    whole = all(accounted(one, ROWS) for one in ours) and accounted(many, MANY_ROWS)
    return {
        "name": "ingest",
        "compared_with": "DuckDB read_csv(all_varchar=true) into a table of a file; frictionless",
        "rows": ROWS,
        "columns": len(COLUMNS),
        "repetitions": repetitions,
        "ours_s": round(seconds, 3),
        "read_csv_s": round(statistics.median(theirs), 3),
        "times_read_csv": round(ratio, 2),
        "ours_cpu_s": round(cpu_s, 3),
        "read_csv_cpu_s": round(statistics.median(cpu), 3),
        "times_read_csv_in_memory": round(seconds / statistics.median(in_memory), 2),
        "frictionless_s": round(judged_s, 3),
        "frictionless_cpu_s": round(judged_cpu_s, 3),
        "frictionless_rows": JUDGED_ROWS,
        "times_faster_a_row": round(faster, 1),
        "times_less_cpu_a_row": round((judged_cpu_s / JUDGED_ROWS) / (cpu_s / ROWS), 1),
        "memory_mib": round(max(one["mib"] for one in ours)),
        "many_rows": MANY_ROWS,
        "many_s": round(many["seconds"], 3),
        "many_times_a_row": round(growth, 2),
        "many_times_cpu_a_row": round(many["cpu_seconds"] / cpu_s / (MANY_ROWS / ROWS), 2),
        "many_memory_mib": round(many["mib"]),
        "rows_accounted_for": whole,
        "limits": {
            "times_read_csv": TIMES_READ_CSV,
            "times_faster_a_row": TIMES_FASTER,
            "many_times_a_row": GROWTH,
            "many_memory_mib": MEMORY_MIB,
        },
        "passed": whole
        and ratio <= TIMES_READ_CSV
        and faster >= TIMES_FASTER
        and growth <= GROWTH
        and many["mib"] < MEMORY_MIB,
    }


def write_rows(path: Path, rows: int, contract: Contract) -> Path:
    """Write `rows` merchants, the same ones every time, every hundredth wrong in one of ten ways."""
    header = ",".join(contract.field(name).title for name in COLUMNS)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{header}\n")
        file.writelines(f"{line}\n" for line in lines(rows))
    return path


def lines(rows: int) -> Iterator[str]:
    """Make the lines below the header."""
    draw = random.Random(131148)  # noqa: S311 - rows, no secrets
    for number in range(rows):
        if number % BAD_EVERY == BAD_EVERY - 1:
            yield bad_line(number)
            continue
        address = f"{draw.choice(TOWNS)}{draw.randint(1, 5)}-{draw.randint(1, 40)}-{number % 30}"
        day = f"202{draw.randint(0, 5)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        yield (
            f"M{number:08d},見本商店{number}号,{INDUSTRIES[number % 5]},東京都中野区{address},"
            f"{'有無'[number % 2]},{'有無'[number // 2 % 2]},{day}"
        )


def bad_line(number: int) -> str:
    """Make a line that has to be held back."""
    key, rest = f"M{number:08d}", "小売業,東京都中野区中野1-1-1"
    kinds = (
        f"{key},,{rest},有,無,2024-06-01",
        f"{key},　,{rest},有,無,2024-06-01",
        f"{key},店,{rest},可,無,2024-06-01",
        f"{key},店,{rest},有,？,2024-06-01",
        f"{key},店,{rest},有,無,4月頃",
        f"{key},店,{rest},有,無,2024-02-30",
        f"{key},店,{rest},有,無,0000-01-01",
        f"{key},切れた行",
        f"{key},店,{rest},有,無,2024-06-01,余分",
        f"M{number - 1:08d},店,{rest},有,無,2024-06-01",
    )
    return kinds[number // BAD_EVERY % len(kinds)]


def ingest(file: Path) -> dict[str, float]:
    """Let a process of its own take the file in; seconds, peak memory, rows."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", INGEST, str(REPOSITORY / "data"), str(file), folder, DATASET],
            check=True, stdout=subprocess.PIPE, cwd=REPOSITORY,
        )  # fmt: skip
    return json.loads(done.stdout)


def accounted(outcome: dict[str, float], rows: int) -> bool:
    """Whether every hundredth row was held back and every other one loaded."""
    bad = rows // BAD_EVERY
    return (outcome["loaded"], outcome["quarantined"]) == (rows - bad, bad)


def read_csv(file: Path, target: Path | None) -> float:
    """Time DuckDB's own reading of the file into a table, in memory where no `target` is given."""
    begun = time.perf_counter()
    with duckdb.connect(str(target or ":memory:")) as connection:
        connection.execute(
            "CREATE TABLE merchants AS SELECT * FROM"
            " read_csv(?, all_varchar=true, null_padding=true, strict_mode=false)",
            [str(file)],
        )
    seconds = time.perf_counter() - begun
    if target:
        target.unlink()
    return seconds


def validate(file: Path, contract: Contract) -> float:
    """Time frictionless with the rules of the same columns."""
    fields = [
        {
            "name": field.title,
            "type": field.type,
            "constraints": field.constraints.model_dump(exclude_defaults=True, mode="json"),
        }
        for field in map(contract.field, COLUMNS)
    ]
    key = [contract.field(name).title for name in contract.primary_key]
    schema = Schema.from_descriptor({"fields": fields, "primaryKey": key})
    resource = Resource(path=file.name, basepath=str(file.parent), schema=schema)
    begun = time.perf_counter()
    report = resource.validate(limit_errors=JUDGED_ROWS)
    seconds = time.perf_counter() - begun
    if not report.tasks[0].errors:
        raise RuntimeError("frictionless found nothing")
    return seconds
