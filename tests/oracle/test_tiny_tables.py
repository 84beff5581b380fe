"""Random text, keys of several columns, and the few readings that part the two judges."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.contracts.types import Contract
from pipelines.ingest.repairs import repair_column
from tests.oracle.beyond import REASONS, beyond
from tests.oracle.judges import judge_by_checks, judge_by_frictionless
from tests.oracle.tables import Table

LIMITS = {
    "integer": {"minimum": 0, "maximum": 2100},
    "number": {"minimum": -1.5, "maximum": 46},
    "date": {"minimum": "0999-12-31", "maximum": "2100-01-01"},
    "boolean": {"required": True},
    "string": {"pattern": "^[0-9]{4}(-(0[1-9]|1[0-2]))?$"},
}
EDGES = [
    " 1", "1 ", "+1", "-0", "1.", ".5", ".", "1e5", "1E-3", "1e", "1e999", "-1e999", "1e-999",
    "NaN", "nan", "INF", "-inf", "Infinity", "true", "True", "TRUE", "1", "0", "１２", "٣", "1_000",
    "0x10", "1,234", "9223372036854775807", "9223372036854775808", "46.00000000000000000001",
    "0999-12-30", "0001-01-01", "0000-12-31", "2024-02-30", "2024-2-3", "2024-02- 3", "２０２４-01-01",
    "10000-01-01", "2024-01", "2024-01\n", "2024-01-01\n", "1\n", "", "\n", "\x1c1", "1\u3000", "²",
]  # fmt: skip
SIGNS = "0123456789+-.eE_, /:年月日１２٣\n\t\u3000NnaAiIfFtTrRuU"
CELL = st.one_of(
    st.sampled_from(EDGES),
    st.text(SIGNS, max_size=12),
    st.text(max_size=4),
    st.dates().map(str),
    st.integers().map(str),
    st.floats().map(repr),
    st.from_regex("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", fullmatch=True),
)


def make_schema(fields, key, references=()):
    titles = {"title": "x", "title_en": "x"}
    return {
        "name": "tiny", **titles, "description": "x", "description_en": "x", "rhythm": "P1Y",
        "primaryKey": key,
        "fields": [{**titles, **field} for field in fields],
        "foreignKeys": [
            {"fields": ours, "reference": {"resource": "tiny", "fields": theirs}}
            for ours, theirs in references
        ],
    }  # fmt: skip


def one_column(kind):
    field = {"name": "cell", "type": kind, "constraints": LIMITS[kind]}
    if kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    number = {"name": "row", "constraints": {"required": True}}
    return make_schema([number, field], ["row"])


def judge(schema, rows):
    """Both verdicts."""
    contract = Contract.model_validate(schema)
    table = Table(contract, rows, [None] * len(rows))
    contracts = {"tiny": contract}
    schemas = {"tiny": {name: schema[name] for name in ("fields", "primaryKey", "foreignKeys")}}
    return judge_by_checks(table, contracts), judge_by_frictionless(table, contracts, schemas)


def parted(kind, cells):
    """The cells that the judges differ on, with the name of the reason ("" where there is none)."""
    schema = one_column(kind)
    ours, theirs = judge(schema, [[str(at), cell] for at, cell in enumerate(cells)])
    apart = {}
    for row_no in sorted({found[0] for found in ours ^ theirs}):
        bounds = (LIMITS[kind].get("minimum"), LIMITS[kind].get("maximum"))
        reason = beyond(kind, cells[row_no], bounds)
        refused = {rule for row, rule, _ in ours if row == row_no}
        # We refuse what only they read: never the other way round.
        lax = reason == "beyond_double" and not refused
        assert lax or refused in ({f"type_{kind}"}, {"pattern"}), (cells[row_no], refused)
        apart[cells[row_no]] = reason
    return apart


@pytest.mark.parametrize("kind", LIMITS)
@settings(max_examples=20, derandomize=True)
@given(cells=st.lists(CELL, min_size=5, max_size=40))
@example(cells=EDGES)
def test_the_judges_differ_on_no_text_but_for_a_named_reason(kind, cells):
    apart = parted(kind, [cell or None for cell in cells])
    assert [cell for cell, reason in apart.items() if reason not in REASONS] == []


@pytest.mark.parametrize("kind", LIMITS)
@settings(max_examples=20, derandomize=True)
@given(cells=st.lists(CELL, min_size=5, max_size=40))
@example(cells=EDGES)
def test_after_cleaning_neither_blanks_nor_width_part_them(kind, cells):
    contract = Contract.model_validate(one_column(kind))
    cleaned, _ = repair_column(pa.array(cells, pa.string()), contract.field("cell"), ("",))
    apart = parted(kind, cleaned.to_pylist())
    assert [
        cell for cell, why in apart.items() if why not in {*REASONS} - {"blanks", "last_line_end"}
    ] == []
    assert not [cell for cell in apart if set(cell) & set("０１２３４５６７８９")]


@pytest.mark.parametrize(
    ("kind", "cell", "reason"),
    [
        ("integer", " 1", "blanks"),
        ("number", "1\n", "blanks"),
        ("integer", "٣", "digits"),
        ("number", "１２", "digits"),
        ("number", "1_000", "underscores"),
        ("number", "NaN", "not_finite"),
        ("number", "-INF", "not_finite"),
        ("integer", "9223372036854775808", "beyond_column"),
        ("number", "1e999", "beyond_column"),
        ("date", "2024-2-3", "date_digits"),
        ("date", "2024-02- 3", "date_digits"),
        ("string", "2024-01\n", "last_line_end"),
        ("number", "46.00000000000000000001", "beyond_double"),
    ],
)
def test_each_reason_is_still_one(kind, cell, reason):
    assert parted(kind, [cell]) == {cell: reason}


def test_every_reason_has_its_example_and_stands_in_the_document(repository):
    marks = test_each_reason_is_still_one.pytestmark[0].args[1]
    assert {reason for _, _, reason in marks} == set(REASONS)
    document = (repository / "docs" / "oracle.md").read_text("utf-8")
    assert [reason for reason in REASONS if f"`{reason}`" not in document] == []


KEYED = make_schema(
    [
        {"name": "id", "constraints": {"required": True}},
        {"name": "year", "type": "integer", "constraints": {"required": True}},
        {"name": "parent_id"},
        {"name": "parent_year", "type": "integer"},
    ],
    ["id", "year"],
    [(["parent_id", "parent_year"], ["id", "year"])],
)


def test_a_key_is_its_values_not_how_they_are_written():
    rows = [["a", "2024", None, None], ["a", "+2024", None, None], ["a", "02024", None, None]]
    ours, theirs = judge(KEYED, rows)
    assert ours == theirs == {(1, "primary_key", "id,year"), (2, "primary_key", "id,year")}


def test_a_key_of_two_columns_is_given_whole_or_not_at_all():
    rows = [
        ["a", "2024", None, None],
        ["b", "2024", "a", "2024"],
        ["c", "2024", "a", "+2024"],
        ["d", "2024", "a", "2025"],
        ["e", "2024", "a", None],
        ["f", "2024", None, "2024"],
        ["g", "2024", "a", "x"],
    ]
    ours, theirs = judge(KEYED, rows)
    missing = {(row, "foreign_key", "parent_id,parent_year") for row in (3, 4, 5, 6)}
    assert ours == theirs == {*missing, (6, "type_integer", "parent_year")}


PART = st.sampled_from(["a", "b"])
YEAR = st.sampled_from(["1", "2", "+1", "01"])
# What a parent that cannot be read itself does to its children is a rule of its own.
ROW = st.tuples(PART, YEAR, PART | st.none(), YEAR | st.sampled_from(["x", None])).map(list)


@settings(max_examples=30, derandomize=True)
@given(st.lists(ROW, min_size=1, max_size=12))
def test_keys_at_random_are_judged_alike(rows):
    ours, theirs = judge(KEYED, rows)
    assert ours == theirs
