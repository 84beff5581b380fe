from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ingest.codes import check_digit, is_valid_code, repair_code


@pytest.mark.parametrize("code", ["131148", "130001", "222127", "372013", "122319", "011002"])
def test_published_codes_have_the_right_digit(code):
    assert check_digit(code[:5]) == code[5]
    assert is_valid_code(code)
    assert repair_code(code) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("13114", "131148"),  # without its check digit
        ("37201", "372013"),
        ("52019", "052019"),  # Akita, the zero lost; no prefecture has the number 52
        ("1.31148E+05", "131148"),
        ("131148.0", "131148"),
    ],
)
def test_what_the_digits_prove_is_repaired(text, code):
    assert repair_code(text) == code


@pytest.mark.parametrize(
    "text",
    ["11002", "131149", "1.31E+05", "990001", "13114x", "", "１３１１４８", "1311", "1311480"],
)
def test_what_they_do_not_prove_is_left(text):
    assert repair_code(text) == text


@given(st.text(alphabet="0123456789.E+", max_size=12))
def test_a_repair_gives_a_right_code_or_the_text(text):
    repaired = repair_code(text)
    assert repaired == text or is_valid_code(repaired)
