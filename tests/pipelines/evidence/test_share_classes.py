import pytest

from pipelines.evidence.share_classes import CUTS, share_class


@pytest.mark.parametrize(
    ("ratio", "number"),
    [(None, None), (0.0, 1), (1e-9, 2), (0.25, 2), (0.2500001, 3), (0.5, 3), (0.75, 4), (1.0, 5)],
)
def test_nobody_is_a_class_of_its_own_and_unknown_is_none(ratio, number):
    assert share_class(ratio) == number


def test_what_rounding_puts_above_all_is_all():
    assert share_class(1 + 1e-9) == len(CUTS)
