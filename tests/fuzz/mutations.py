"""Ways to spoil a file, and ways to change it that must change nothing: composable strategies."""

from __future__ import annotations

import copy
import csv
import io
import json
import zipfile
from typing import Any

from hypothesis import strategies as st

Rows = list[list[str]]
JUNK = [
    "", '"', "'", "\n", "\x00", "\x1b[31m", "=cmd()", "９", "1e999", "nan", "0x1", "２", "😀", "\ufeff",
    "\u202e", "-", "△5", "×", "2024-02-30", "131148", "35.7,139.6", "1,234", "\t", " ", "　", "²", "①",
    "null", "未定", "あ" * 3000, "x" * 200_000,
]  # fmt: skip
TITLES = ["公衆無線LAN一覧", "# 題名", "令和6年度版", "[資料]", "{案}", "※ 注"]
ADDED = ["メモ", "独自列 ２", "col_9", "備考その２"]
ENCODINGS = ["utf-8", "utf-8-sig", "cp932", "utf-16"]
LINE_ENDS = ["\n", "\r\n", "\r"]
VALUES = [
    None, True, -1, 0, 1e308, [], {}, "x", [[]], "１２", "", "\x1b[31m", 10**40, float("nan"), [139.66, 35.7],
    {"type": "Point", "coordinates": [139.66, 35.7]}, {"type": "GeometryCollection", "geometries": []},
]  # fmt: skip


def decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp932")


def rows_of(content: bytes) -> Rows:
    return list(csv.reader(io.StringIO(decode(content), newline="")))


def write_csv(rows: Rows, *, line_end: str = "\r\n", quote_all: bool = False) -> str:
    stream = io.StringIO()
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(stream, lineterminator=line_end, quoting=quoting).writerows(rows)
    return stream.getvalue()


@st.composite
def damaged_bytes(draw: st.DrawFn, content: bytes) -> bytes:
    """Bytes flipped, cut off, cut out, repeated or put in; near the head as often as anywhere."""
    spoiled = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        last = max(len(spoiled) - 1, 0)
        at = draw(st.integers(0, min(last, 400)) | st.integers(0, last))
        kind = draw(st.sampled_from(["flip", "cut", "drop", "repeat", "junk", "noise"]))
        if kind == "flip" and spoiled:
            spoiled[at] = draw(st.sampled_from([0, 255]) | st.integers(0, 255))
        elif kind == "cut":
            del spoiled[at:]
        elif kind == "drop":
            del spoiled[at : at + draw(st.integers(1, 500))]
        elif kind == "repeat":
            spoiled[at:at] = spoiled[at : at + draw(st.integers(1, 500))]
        elif kind == "junk":
            spoiled[at:at] = draw(st.sampled_from(JUNK)).encode()
        else:
            spoiled[at:at] = draw(st.binary(min_size=1, max_size=40))
    return bytes(spoiled)


@st.composite
def damaged_table(draw: st.DrawFn, rows: Rows) -> bytes:
    """Columns swapped, lost, repeated, renamed; cells spoiled; quotes unbalanced; encodings mixed."""
    spoiled = damaged_rows(draw, rows)
    text = write_csv(spoiled, line_end=draw(st.sampled_from(LINE_ENDS)))
    if draw(st.booleans()):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(['"', ",", "\r", "\n", "\x00", "\t"])) + text[at:]
    encoding = draw(st.sampled_from([*ENCODINGS, "utf-16-le", "euc_jp", "mixed"]))
    if encoding == "mixed":
        half = draw(st.integers(0, len(text)))
        return text[:half].encode() + text[half:].encode("cp932", "replace")
    return text.encode(encoding, "replace")


def damaged_rows(draw: st.DrawFn, rows: Rows) -> Rows:
    """One to four changes to a table of text."""
    spoiled = [list(row) for row in rows]
    for _ in range(draw(st.integers(1, 4))):
        row = draw(st.integers(0, len(spoiled) - 1))
        width = len(spoiled[0]) or 1
        here, there = draw(st.integers(0, width - 1)), draw(st.integers(0, width - 1))
        junk = draw(st.sampled_from(JUNK))
        kind = draw(
            st.sampled_from(["swap", "lose", "repeat", "cell", "column", "rows", "short", "rename"])
        )
        if kind == "swap":
            spoiled = [_swapped(cells, here, there) for cells in spoiled]
        elif kind == "lose":
            spoiled = [cells[:here] + cells[here + 1 :] for cells in spoiled]
        elif kind == "repeat":
            spoiled = [cells[: here + 1] + cells[here:] for cells in spoiled]
        elif kind == "cell" and len(spoiled[row]) > here:
            spoiled[row][here] = junk
        elif kind == "column":
            spoiled = [spoiled[0], *(_with(cells, here, junk[:100]) for cells in spoiled[1:])]
        elif kind == "rows":
            spoiled[row:row] = copy.deepcopy(spoiled[row : row + 3])
        elif kind == "short":
            del spoiled[row][here:]
        else:
            spoiled[0] = _with(spoiled[0], here, junk[:100])
    return spoiled


@st.composite
def damaged_json(draw: st.DrawFn, content: bytes) -> bytes:
    """Values of a few features replaced, dropped or moved under other names."""
    document = json.loads(decode(content))
    if isinstance(document, dict) and isinstance(document.get("features"), list):
        document["features"] = document["features"][: draw(st.sampled_from([1, 3, 8]))]
    for _ in range(draw(st.integers(1, 4))):
        places = list(_places(document))
        if not places:
            break
        holder, key = places[draw(st.integers(0, len(places) - 1))]
        kind = draw(st.sampled_from(["value", "value", "drop", "rename"]))
        if kind == "value":
            holder[key] = copy.deepcopy(draw(st.sampled_from([*VALUES, *JUNK])))
        elif isinstance(holder, dict):
            value = holder.pop(key)
            if kind == "rename":
                holder[draw(st.sampled_from(["type", "coordinates", "x", "", "KEY_CODE"]))] = value
    text = json.dumps(document, ensure_ascii=draw(st.booleans()))
    return text.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "cp932", "utf-16"])), "replace")


@st.composite
def damaged_parts(draw: st.DrawFn, parts: dict[str, bytes]) -> dict[str, bytes]:
    """Files that belong together, one or two of them damaged, lost or exchanged."""
    spoiled = dict(parts)
    for name in draw(st.lists(st.sampled_from(sorted(parts)), min_size=1, max_size=2, unique=True)):
        kind = draw(st.sampled_from(["bytes", "bytes", "lost", "other"]))
        if kind == "bytes":
            spoiled[name] = draw(damaged_bytes(parts[name]))
        elif kind == "other":
            spoiled[name] = parts[draw(st.sampled_from(sorted(parts)))]
        elif len(spoiled) > 1:
            del spoiled[name]
    return spoiled


@st.composite
def harmless_table(draw: st.DrawFn, rows: Rows) -> bytes:
    """The same rows: other order of columns, added columns and titles, encoding, line ends, quotes."""
    text = write_csv(
        harmless_rows(draw, rows),
        line_end=draw(st.sampled_from(LINE_ENDS)),
        quote_all=draw(st.booleans())
        or any("\n" in cell or "\r" in cell for row in rows for cell in row),
    )
    fitting = [name for name in ENCODINGS if _encodes(text, name)]
    return text.encode(draw(st.sampled_from(fitting)))


def harmless_rows(draw: st.DrawFn, rows: Rows) -> Rows:
    """The same table with its columns in another order, and what a clerk puts around it."""
    order = draw(st.permutations(range(len(rows[0]))))
    changed = [[row[at] for at in order] for row in rows if len(row) == len(order)]
    for name in draw(st.lists(st.sampled_from(ADDED), max_size=2, unique=True)):
        at = draw(st.integers(0, len(changed[0])))
        note = draw(st.sampled_from(["", "a", '"q"', "，"]))
        changed = [
            [*row[:at], note if line else name, *row[at:]] for line, row in enumerate(changed)
        ]
    above = [[draw(st.sampled_from(TITLES))]] if draw(st.booleans()) else []
    blank = [[""]] * draw(st.integers(0, 2)) if above else []
    return [*above, *blank, *changed, *([[""]] * draw(st.integers(0, 2)))]


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of files by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            # Without a time of its own, so that the same parts give the same bytes.
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """The members of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _places(value: Any, depth: int = 0) -> Any:
    """Every (container, key) of a JSON document, but for the inside of long lists."""
    if depth > 8:
        return
    keys = (
        value
        if isinstance(value, dict)
        else range(min(len(value), 8))
        if isinstance(value, list)
        else ()
    )
    for key in keys:
        yield value, key
        yield from _places(value[key], depth + 1)


def _swapped(cells: list[str], here: int, there: int) -> list[str]:
    if max(here, there) < len(cells):
        cells[here], cells[there] = cells[there], cells[here]
    return cells


def _with(cells: list[str], at: int, value: str) -> list[str]:
    return [*cells[:at], value, *cells[at + 1 :]] if at < len(cells) else cells


def _encodes(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
