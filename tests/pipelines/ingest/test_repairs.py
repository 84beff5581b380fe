from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contracts import FieldContract
from pipelines.ingest.repairs import REPAIRS, repair_column

TYPES = ("string", "integer", "number", "date")


def repaired(value: str | None, kind: str, *extra: str) -> tuple[str | None, dict[str, int]]:
    field = FieldContract(name="x", title="x", title_en="x", type=kind, repairs=extra)
    column, counts = repair_column(pa.array([value], pa.string()), field, ("",))
    return column[0].as_py(), counts


@pytest.mark.parametrize(
    ("kind", "before", "after", "names"),
    [
        ("string", "　中野\t", "中野", {"trim"}),
        ("string", "１丁目", "１丁目", set()),
        ("integer", "１２", "12", {"half_width"}),
        ("integer", "1,290", "1290", {"plain_number"}),
        ("integer", "1290.0", "1290", {"whole_number"}),
        ("integer", "1290.5", "1290.5", set()),
        ("integer", "12,90", "12,90", set()),
        ("number", " ３５．７ ", "35.7", {"trim", "half_width"}),
        ("number", "35,7", "35,7", set()),
        ("date", "2024/9/1", "2024-09-01", {"iso_date"}),
        ("date", "2024.9.1", "2024-09-01", {"iso_date"}),
        ("date", "2024-9-1", "2024-09-01", {"iso_date"}),
        ("date", "令和6年9月1日", "2024-09-01", {"iso_date"}),
        ("date", "R6.9.1", "2024-09-01", {"iso_date"}),
        ("date", "4月頃", "4月頃", set()),
        ("date", "9/1/2024", "9/1/2024", set()),
        ("string", "   ", None, {"trim"}),
        ("string", "", None, set()),
        ("string", None, None, set()),
    ],
)
def test_a_repair_is_named_and_what_is_not_certain_is_left(kind, before, after, names):
    value, counts = repaired(before, kind)
    assert value == after
    assert counts == dict.fromkeys(names, 1)


@pytest.mark.parametrize(
    ("kind", "unit", "before", "after", "names"),
    [
        ("number", "%", "12.5%", "12.5", {"percent"}),
        ("number", "%", "１２．５％", "12.5", {"half_width", "percent"}),
        ("number", "%", "-1,200.5 %", "-1200.5", {"percent", "plain_number"}),
        ("integer", "%", "100%", "100", {"percent"}),
        ("number", "%", "12.5", "12.5", set()),
        ("number", "%", "約12%", "約12%", set()),
        ("number", "%", "%", "%", set()),
        ("number", "", "12.5%", "12.5%", set()),
        ("number", "人", "12.5%", "12.5%", set()),
        ("string", "%", "12.5%", "12.5%", set()),
    ],
)
def test_a_percent_sign_goes_only_where_the_unit_is_percent(kind, unit, before, after, names):
    field = FieldContract(name="x", title="x", title_en="x", type=kind, unit=unit)
    column, counts = repair_column(pa.array([before]), field, ("",))
    assert column[0].as_py() == after
    assert counts == dict.fromkeys(names, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(054)626-2171", "054-626-2171"),
        ("054(626)2171", "054-626-2171"),
        ("０３－３３６３－０６６１", "03-3363-0661"),
        ("03‐3363‐0661", "03-3363-0661"),
        ("0333630661", "0333630661"),
        ("333630661", "333630661"),
        ("代表 03-3363-0661", "代表 03-3363-0661"),
    ],
)
def test_telephone_numbers_get_hyphens_and_no_digit_is_guessed(before, after):
    assert repaired(before, "string", "telephone")[0] == after


def test_a_code_is_mended_where_its_digit_proves_it():
    assert repaired("37201", "string", "municipality_code")[0] == "372013"
    assert repaired("131149", "string", "municipality_code")[0] == "131149"


def test_a_field_may_ask_for_more():
    assert repaired("南台１丁目", "string", "half_width") == ("南台1丁目", {"half_width": 1})


@given(st.text(), st.sampled_from(TYPES))
def test_repairing_twice_changes_nothing_more(text, kind):
    once, _ = repaired(text, kind)
    again, counts = repaired(once, kind)
    assert (again, counts) == (once, {})


def test_every_repair_is_named_in_both_languages():
    for name, rule in REPAIRS.items():
        assert name == rule.name
        assert rule.title
        assert rule.title_en.isascii() or "“" in rule.title_en
