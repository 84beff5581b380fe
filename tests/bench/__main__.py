"""`make bench`: every measurement in one run, as ratios side by side, kept as JSON.

    python tests/bench [--repetitions N] [--only NAME ...]

Times differ between machines and hours; the two sides of a ratio are measured in turn, so the
ratio is what to quote.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
RESULTS = HERE.parent.parent / "bench-results"


def main() -> int:
    benches = {path.stem.removeprefix("bench_"): path for path in sorted(HERE.glob("bench_*.py"))}
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--repetitions", type=int, default=7)
    parser.add_argument("--only", nargs="+", choices=sorted(benches), default=sorted(benches))
    options = parser.parse_args()
    results = {}
    for name in options.only:
        sys.stderr.write(f"… {name}\n")
        results[name] = load(benches[name])(options.repetitions)
        sys.stdout.write(f"{name}: {json.dumps(results[name], ensure_ascii=False, indent=2)}\n")
    RESULTS.mkdir(exist_ok=True)
    at = datetime.now(UTC)
    record = {
        "at": at.isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "results": results,
    }
    path = RESULTS / f"{at:%Y%m%dT%H%M%SZ}.json"
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "utf-8")
    sys.stdout.write(
        f"kept in {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}\n"
    )
    return 0


def load(path: Path) -> Callable[[int], dict]:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    # Dataclasses of a module look it up by name.
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module.run


if __name__ == "__main__":
    sys.exit(main())
