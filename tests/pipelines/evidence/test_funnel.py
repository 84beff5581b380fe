"""Limits of the funnel against their formula."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.evidence.funnel import funnel_limits


def test_the_limits_narrow_with_the_shops():
    low, high = funnel_limits(np.array([0.5, 0.5]), np.array([25.0, 100.0]), level=0.95)
    # 0.5 ± 1.959964 × 0.5 ÷ √n
    assert low == pytest.approx([0.304004, 0.402002], abs=1e-6)
    assert high == pytest.approx([0.695996, 0.597998], abs=1e-6)


@pytest.mark.parametrize("centre", [0.0, 1.0])
def test_where_all_are_alike_there_is_no_width(centre):
    low, high = funnel_limits(np.array([centre]), np.array([5.0]), level=0.998)
    assert (low[0], high[0]) == (centre, centre)


def test_of_no_shops_nothing_can_be_said():
    low, high = funnel_limits(np.array([0.4]), np.array([0.0]), level=0.95)
    assert (low[0], high[0]) == (0, 1)


def test_nothing_leaves_the_scale():
    low, high = funnel_limits(np.array([0.02]), np.array([3.0]), level=0.95)
    assert low[0] == 0
    assert 0 < high[0] < 1
