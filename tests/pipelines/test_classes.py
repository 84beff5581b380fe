from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipelines.evidence.classes import value_classes

VALUES = st.lists(st.floats(min_value=-1e9, max_value=1e9, allow_nan=False), max_size=60)


def bounds(values, count):
    return [(one.lower, one.upper, one.count) for one in value_classes(values, count)]


def test_ten_values_in_five_classes():
    assert bounds(range(1, 11), 5) == [(1, 2, 2), (3, 4, 2), (5, 6, 2), (7, 8, 2), (9, 10, 2)]


def test_zero_is_a_class_of_its_own():
    assert bounds([0, 0, 0, 1, 2, 3, 4], 3) == [(0, 0, 3), (1, 2, 2), (3, 4, 2)]


def test_fewer_values_than_classes():
    assert bounds([5], 5) == [(5, 5, 1)]
    assert bounds([7, 7, 7], 5) == [(7, 7, 3)]
    assert bounds([0, 0], 5) == [(0, 0, 2)]
    assert bounds([], 5) == []


@given(VALUES, st.integers(min_value=2, max_value=9))
def test_every_value_is_in_exactly_one_class(values, count):
    classes = value_classes(values, count)
    assert len(classes) <= count
    assert sum(one.count for one in classes) == len(values)
    for value in values:
        assert sum(one.lower <= value <= one.upper for one in classes) == 1
    for low, high in pairwise(classes):
        assert low.upper < high.lower
