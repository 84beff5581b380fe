"""ATT(g, t) and its averages: against csdid, the published example of the authors, and by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import ttest_ind

from pipelines.evidence.effect.clustered import combine, simultaneous_factor
from pipelines.evidence.effect.did import estimate_group_times
from pipelines.evidence.effect.panel import NEVER, Panel, balance

# csdid 0.4.3 (the authors' port of R's did) on the panel of conftest.py: ATTgt(y ~ 1,
# est_method="reg", bstrap=False), then aggte; before the small-sample factor, which is ours.
ATT_NEVER = [
    [math.nan, -0.2667, -0.7, -0.8238, 1.0952, 1.1571, 2.2143, 1.9048, 1.1143],
    [math.nan, 0.3, -0.35, -1.2571, -0.2714, 1.8286, 1.5857, 1.9429, 2.5357],
    [math.nan, 0.65, -0.1, -0.4071, 1.6286, 0.4286, 0.2571, 1.5071, 2.2],
]
ERROR_NEVER = [
    [0, 0.5046, 0.5686, 0.2898, 0.4767, 0.3476, 0.4596, 0.6935, 0.9406],
    [0, 0.4042, 0.3529, 0.5222, 0.4857, 0.4115, 0.359, 0.5122, 0.8611],
    [0, 0.199, 0.2613, 0.4888, 0.4857, 0.5379, 0.5522, 0.4007, 0.5701],
]
ATT_NOT_YET = [
    [math.nan, -0.4394, -0.6182, -0.5212, 0.8485, 0.7, 1.7, 1.9048, 1.1143],
    [math.nan, 0.2583, -0.1583, -0.9833, -0.6333, 1.7333, 1.4333, 1.9429, 2.5357],
    [math.nan, 0.6667, 0.1333, 0.0083, 1.6889, 0.4286, 0.2571, 1.5071, 2.2],
]
ERROR_NOT_YET = [
    [0, 0.4917, 0.538, 0.3211, 0.3951, 0.4303, 0.5142, 0.6935, 0.9406],
    [0, 0.3985, 0.3263, 0.5235, 0.4622, 0.4092, 0.3237, 0.5122, 0.8611],
    [0, 0.1844, 0.2277, 0.5027, 0.4051, 0.5379, 0.5522, 0.4007, 0.5701],
]


def plain(average):
    """Value and error without the small-sample factor."""
    return average.value, math.sqrt(np.sum(average.influence**2))


@pytest.mark.parametrize(
    ("comparison", "att", "error"),
    [("never", ATT_NEVER, ERROR_NEVER), ("not_yet", ATT_NOT_YET, ERROR_NOT_YET)],
)
def test_every_cell_against_csdid(panel, comparison, att, error):
    found = estimate_group_times(panel, comparison, "varying")
    assert found.groups.tolist() == [5, 6, 8]
    assert found.sizes.tolist() == [3, 2, 2]
    assert found.att == pytest.approx(np.array(att), abs=5e-5, nan_ok=True)
    errors = np.sqrt((found.influence**2).sum(axis=0))
    assert errors == pytest.approx(np.array(error), abs=5e-5)
    assert np.abs(found.influence.sum(axis=0)).max() < 1e-12


@pytest.mark.parametrize(
    ("comparison", "group", "simple", "events", "groups"),
    [
        ("never", (1.735, 0.3293), (1.691, 0.335),
         {-6: (0.65, 0.199), -4: (-0.0536, 0.358), -1: (-0.3571, 0.2997), 0: (1.4224, 0.2644),
          2: (2.1057, 0.3813), 4: (1.1143, 0.9406)},
         {5: (1.4971, 0.4315), 6: (1.9732, 0.4271), 8: (1.8536, 0.4450)}),
        ("not_yet", (1.6129, 0.3249), (1.5373, 0.3358),
         {-6: (0.6667, 0.1844), -4: (0.1333, 0.3173), -1: (-0.3309, 0.2202), 0: (1.2895, 0.2531),
          2: (1.7971, 0.3982), 4: (1.1143, 0.9406)},
         {5: (1.2535, 0.4208), 6: (1.9113, 0.4145), 8: (1.8536, 0.4450)}),
    ],
)  # fmt: skip
def test_every_average_against_csdid(panel, comparison, group, simple, events, groups):
    found = estimate_group_times(panel, comparison, "varying")
    assert plain(found.overall()) == pytest.approx(group, abs=5.1e-5)
    assert plain(found.simple()) == pytest.approx(simple, abs=5.1e-5)
    for event, expected in events.items():
        assert plain(found.at_event(event)) == pytest.approx(expected, abs=5.1e-5), event
    for start, expected in groups.items():
        assert plain(found.of_group(start)) == pytest.approx(expected, abs=5.1e-5), start
    assert found.at_event(5) is None
    assert found.at_event(-7) is None
    if comparison == "never":
        months = {5: (1.0952, 0.4767), 7: (1.9629, 0.3484), 9: (1.8306, 0.6879)}
        for month, expected in months.items():
            assert plain(found.of_month(month)) == pytest.approx(expected, abs=5.1e-5), month


def test_the_published_example_of_minimum_wages():
    """Callaway & Sant'Anna's 500 counties, from what their package's pages print.

    The data are not ours to carry: four groups of the published sizes follow the published
    ATT(g, t), and the averages have to be the published ones.
    """
    published = {
        2004: [-0.0105, -0.0704, -0.1373, -0.1008],
        2006: [0.0065, -0.0028, -0.0046, -0.0412],
        2007: [0.0305, -0.0027, -0.0311, -0.0261],
    }
    years = np.arange(2003, 2008, dtype=np.int32)
    paths = {
        2004: [0.0, *published[2004]],
        # Before the start each year stands against the one before, after it against the last.
        2006: [0.0, 0.0065, 0.0037, 0.0037 - 0.0046, 0.0037 - 0.0412],
        2007: [0.0, 0.0305, 0.0278, -0.0033, -0.0033 - 0.0261],
        NEVER: [0.0] * 5,
    }
    sizes = {2004: 20, 2006: 40, 2007: 131, NEVER: 309}
    starts = np.repeat(list(sizes), list(sizes.values())).astype(np.int32)
    values = np.array([paths[int(start)] for start in starts])
    found = estimate_group_times(Panel(years, values, starts), base="varying")
    assert found.att[:, 1:] == pytest.approx(np.array(list(published.values())), abs=1e-9)
    events = {
        -3: 0.0305, -2: -0.0006, -1: -0.0245, 0: -0.0199, 1: -0.0510, 2: -0.1373, 3: -0.1008
    }  # fmt: skip
    for event, expected in events.items():
        assert found.at_event(event).value == pytest.approx(expected, abs=1.01e-4), event
    after = [found.at_event(event) for event in range(4)]
    assert combine(after, np.full(4, 0.25)).value == pytest.approx(-0.0772, abs=6e-5)
    for start, expected in {2004: -0.0797, 2006: -0.0229, 2007: -0.0261}.items():
        assert found.of_group(start).value == pytest.approx(expected, abs=6e-5)
    assert found.overall().value == pytest.approx(-0.0310, abs=6e-5)
    by_year = {2004: -0.0105, 2005: -0.0704, 2006: -0.0488, 2007: -0.0371}
    for year, expected in by_year.items():
        assert found.of_month(year).value == pytest.approx(expected, abs=6e-5)


def test_one_start_is_welch_on_each_streets_change(panel):
    """With one group the estimate is a two-sample t of the streets' own changes."""
    starts = np.where(panel.starts == NEVER, NEVER, 6).astype(np.int32)
    found = estimate_group_times(Panel(panel.months, panel.values, starts)).overall()
    change = panel.values[:, 5:].mean(axis=1) - panel.values[:, 4]
    expected = ttest_ind(change[:7], change[7:], equal_var=False)
    ours, interval = found.estimate(), expected.confidence_interval()
    assert ours.value == pytest.approx(change[:7].mean() - change[7:].mean())
    assert (ours.degrees, ours.p_value) == pytest.approx((expected.df, expected.pvalue))
    assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high))
    assert found.streets == (7, 7)


def test_single_streets_of_their_own_month_are_not_certain(panel):
    """Each street begins in a month of its own: their spread is in the error all the same."""
    starts = panel.starts.copy()
    starts[:4] = [4, 5, 6, 7]
    starts[4:7] = NEVER
    found = estimate_group_times(Panel(panel.months, panel.values, starts))
    own = found.overall()
    assert np.all(found.sizes == 1)
    treated = math.sqrt(np.sum(own.influence[own.treated] ** 2))
    groups = [found.of_group(start).value for start in (4, 5, 6, 7)]
    assert treated == pytest.approx(np.std(groups) / 2)
    assert found.of_group(4).estimate().std_error is None


def test_universal_and_varying_base_agree_from_the_start_on(panel):
    universal = estimate_group_times(panel)
    varying = estimate_group_times(panel, base="varying")
    after = universal.event >= 0
    assert universal.att[after] == pytest.approx(varying.att[after])
    assert universal.at_event(-1).value == 0
    assert universal.at_event(-1).estimate().low is None
    # Month 2 against month 4, for those that begin in 5: the steps to 3 and 4, turned round.
    assert universal.att[0, 1] == pytest.approx(0.7 + 0.8238, abs=1e-4)


def test_a_month_nobody_counted_moves_the_base_back(panel):
    values = panel.values.copy()
    values[:, 3] = np.nan
    whole = balance(panel.months, values, panel.starts)
    assert whole.months_left_out == 1
    found = estimate_group_times(whole.panel)
    change = panel.values[:, 4] - panel.values[:, 2]
    assert found.att[0, 3] == pytest.approx(change[:3].mean() - change[7:].mean())


def test_nothing_to_compare(panel):
    alone = Panel(panel.months, panel.values[:3], panel.starts[:3])
    assert estimate_group_times(alone).overall() is None
    assert estimate_group_times(alone, "not_yet").overall() is None
    nobody = Panel(panel.months, panel.values[7:], panel.starts[7:])
    assert estimate_group_times(nobody) is None
    assert (nobody.months_before, nobody.months_after) == (0, 0)
    # Those that begin later serve until they begin.
    later = Panel(panel.months, panel.values[:7], panel.starts[:7])
    found = estimate_group_times(later, "not_yet")
    assert np.isnan(found.att[:, -1]).all()
    assert found.overall().streets == (5, 2)


def test_equal_streets_leave_no_error(panel):
    flat = Panel(panel.months, np.full_like(panel.values, 30.0), panel.starts)
    found = estimate_group_times(flat).overall().estimate()
    assert (found.value, found.std_error, found.low, found.excludes_zero) == (0, None, None, False)


def test_two_streets_have_no_interval(panel):
    two = Panel(panel.months, panel.values[[0, 7]], panel.starts[[0, 7]])
    found = estimate_group_times(two).overall()
    assert found.streets == (1, 1)
    assert found.estimate().low is None


def test_what_cannot_be_compared_is_left_out_and_counted(panel):
    values = panel.values.copy()
    values[1, 4] = values[8, 0] = np.nan
    starts = panel.starts.copy()
    starts[2], starts[3] = 1, -5
    found = balance(panel.months, values, starts)
    assert (found.incomplete, found.always, found.months_left_out) == (2, 2, 0)
    assert found.kept.tolist() == [i not in {1, 2, 3, 8} for i in range(14)]
    assert found.panel.values.shape == (10, 9)
    assert (found.panel.months_before, found.panel.months_after) == (4, 2)
    # One that begins after the last month has no subsidy in these months.
    assert not Panel(panel.months, panel.values, starts + 20).treated[4]
    empty = balance(panel.months, np.full_like(values, np.nan), starts)
    assert (empty.panel.values.shape, empty.incomplete, empty.months_left_out) == ((14, 0), 0, 9)


def test_an_empty_panel_has_no_streets_with_it(panel):
    empty = balance(panel.months, np.full_like(panel.values, np.nan), panel.starts).panel
    assert estimate_group_times(empty) is None


@pytest.mark.parametrize("what", ["short", "turned", "infinite"])
def test_what_is_no_panel_is_an_error(panel, what):
    months, values = panel.months, panel.values
    if what == "short":
        values = values[:, :4]
    elif what == "turned":
        months = months[::-1]
    else:
        values[0, 0] = np.inf
    with pytest.raises(ValueError, match="streets x months"):
        balance(months, values, panel.starts)


def test_a_band_is_wider_than_its_intervals_and_the_same_each_time(panel):
    found = estimate_group_times(panel)
    averages = [found.at_event(event) for event in range(3)]
    factor = simultaneous_factor(averages, seed=1)
    assert factor == simultaneous_factor(averages, seed=1)
    points = [
        (one.high - one.value) / one.std_error for one in (each.estimate() for each in averages)
    ]
    assert max(points) < factor < 2 * max(points)
    # One alone is its own band.
    assert simultaneous_factor(averages[:1], seed=1) == pytest.approx(points[0], rel=0.05)
    assert simultaneous_factor([found.at_event(-1), *averages], seed=1) is None
    assert simultaneous_factor([], seed=1) is None
