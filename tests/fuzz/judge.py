"""What may come of any file: read with every row accounted for, or refused in both languages."""

from __future__ import annotations

import faulthandler
import json
import os
import sys
from collections import Counter
from typing import TYPE_CHECKING

import hypothesis

from pipelines.check import check_file
from pipelines.file_report import file_report_json, file_report_text
from pipelines.messages import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.folder import DataFolder
    from pipelines.messages import Message

EXAMPLES = int(os.environ.get("EBPM_FUZZ_EXAMPLES", "0"))
"""How many files a test tries, other ones each time; without it a few, always the same."""
FEW_EXAMPLES = 15
LIMITS = hypothesis.settings(
    max_examples=EXAMPLES or FEW_EXAMPLES,
    derandomize=not EXAMPLES,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
    phases=[hypothesis.Phase.generate],  # a case is slow, so the first failure is shown as it is
)
HANG_SECONDS = 60
FIGURES: Counter[tuple[str, str]] = Counter()
"""How many files of each kind were clean, had rows quarantined, or were refused."""


def check(kind: str, path: Path, folder: DataFolder) -> tuple[int, int] | None:
    """Check a file as `ebpm check` does; (rows read, rows loaded), or None where it is refused.

    Anything but a report or a UserError comes through as the test's failure. A hang ends the process
    with a traceback of every thread.
    """
    faulthandler.dump_traceback_later(HANG_SECONDS, exit=True, file=sys.__stderr__)
    try:
        reports = check_file(path, folder, dataset=None)
        texts = [file_report_text(reports, lang) for lang in ("ja", "en")]
        shown = file_report_json(reports)
    except UserError as error:
        FIGURES[kind, "refused"] += 1
        _require_readable(error.message.ja, error.message.en)
        _require_both_languages(error.message)
        return None
    finally:
        faulthandler.cancel_dump_traceback_later()
    _require_readable(*texts)
    json.loads(shown)
    counts = [report.count for report in reports]
    for count in counts:
        kept_out = count.rows_quarantined + count.rows_left_out
        assert count.rows_read == count.rows_loaded + kept_out, count
        assert min(count.rows_loaded, count.rows_quarantined, count.rows_left_out) >= 0
    held = any(count.rows_quarantined for count in counts)
    FIGURES[kind, "quarantined" if held else "clean"] += 1
    return sum(one.rows_read for one in counts), sum(one.rows_loaded for one in counts)


def _require_both_languages(message: Message) -> None:
    assert message.ja != message.en


def _require_readable(*texts: str) -> None:
    """Nothing that a terminal would obey or could not write."""
    for text in texts:
        assert text
        text.encode()
        assert all(sign.isprintable() or sign in "\n\u3000" for sign in text)
