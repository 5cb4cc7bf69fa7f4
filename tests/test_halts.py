"""Halts that nobody reported."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from journey.drawing.halts import Halts, draw_halts
from journey.drawing.shares import GROUPS, shares, stream
from journey.errors import InputError
from journey.laying import HaltWay
from journey.quantities import LogNormal, Range
from journey.statements import UnreportedHalts

LENGTH_M = 2.5e6
LENGTHS = LogNormal(1200.0, 2.0, 60.0, 36_000.0)
TWO = UnreportedHalts(Range(2.0, 2.0), LENGTHS)
ROW = 512
DRAWS = GROUPS * ROW


def drawn(*stated, row=ROW):
    """Draw halts all along a way: what is stated, and the seed."""
    *tables, seed = stated
    ways = [HaltWay(table, np.zeros(1), np.full(1, LENGTH_M)) for table in tables]
    return drawn_on(ways, seed, row)


def drawn_on(ways, seed, row=ROW):
    """Draw halts on given parts of a way."""
    return draw_halts(
        ways,
        lambda name: shares(seed, name, 0, row),
        lambda name: stream(seed, name, 0),
    )


def counts_of(halts):
    """Halts of each draw."""
    return np.bincount(halts.draw, minlength=DRAWS)


def test_their_number_has_a_poisson_distribution():
    """With the stated rate times the length for its mean."""
    counts = counts_of(drawn(TWO, 1))
    found = np.bincount(counts, minlength=20)[:20] / DRAWS
    assert found == pytest.approx(stats.poisson(5.0).pmf(np.arange(20)), abs=8e-4)


def test_an_uncertain_rate_mixes_such_numbers():
    """From one half to three and a half for each 1,000 km: the variance is more than the mean."""
    stated = UnreportedHalts(Range(0.5, 3.5), LENGTHS)
    counts = counts_of(drawn(stated, 1))
    assert counts.mean() == pytest.approx(5, rel=0.01)
    assert counts.var() == pytest.approx(5 + (3 * 2.5) ** 2 / 12, rel=0.03)


def test_places_are_even_and_lengths_as_stated():
    """Anywhere on the way alike, and log-normal."""
    halts = drawn(TWO, 2)
    assert stats.kstest(halts.at_m / LENGTH_M, "uniform").pvalue > 0.01
    inside = stats.lognorm(np.log(2.0), scale=1200.0)
    low, high = inside.cdf([60.0, 36_000.0])
    truncated = (inside.cdf(halts.duration_s) - low) / (high - low)
    assert stats.kstest(truncated, "uniform").pvalue > 0.01


def test_more_of_them_are_the_same_and_others_besides():
    """A higher rate adds halts to a draw, and takes none away."""
    few, many = (drawn(UnreportedHalts(Range(rate, rate), LENGTHS), 1) for rate in (1.0, 3.0))
    of_few, of_many = (
        set(zip(*(part.tolist() for part in each), strict=True)) for each in (few, many)
    )
    assert of_few < of_many


def test_time_spent_counts_the_halts_behind():
    """Before several chainages for all draws, or before one of its own for each."""
    halts = drawn(TWO, 3, row=1)
    at_m = np.array([0.0, 1e6, 1.7e6, LENGTH_M])
    spent_s = np.array([each.copy() for each in halts.before(at_m, GROUPS)])
    for chainage_m, row in zip(at_m, spent_s, strict=True):
        expected = [
            sum(d for n, x, d in zip(*halts, strict=True) if n == draw and x < chainage_m)
            for draw in range(GROUPS)
        ]
        assert row == pytest.approx(expected)
        assert halts.short_of(np.full(GROUPS, chainage_m)) == pytest.approx(row)


def test_too_many_are_refused():
    """Each would have to be drawn."""
    with pytest.raises(InputError, match=r"unreported_halts.per_1000_km: 750 halts on the way"):
        drawn(UnreportedHalts(Range(300.0, 300.0), LENGTHS), 1, row=1)


def test_each_table_has_its_own_part_of_the_way():
    """Halts of the one lie only where it holds, in proportion to the length of each part."""
    west = HaltWay(TWO, np.array([0.0, 2e6]), np.array([5e5, 1e6]))
    slow = UnreportedHalts(Range(4.0, 4.0), Range(60.0, 60.0), where="Main")
    halts = drawn_on([west, HaltWay(slow, np.array([5e5]), np.array([1.5e6]))], 1)
    in_between = (halts.at_m > 5e5) & (halts.at_m < 2e6)
    assert (halts.duration_s[in_between] == 60).all()
    assert (halts.duration_s[~in_between] >= 60).all()
    assert in_between.sum() / DRAWS == pytest.approx(6, rel=0.02)
    assert (halts.at_m < 5e5).sum() / DRAWS == pytest.approx(1, rel=0.05)
    assert (halts.at_m > 2e6).sum() / DRAWS == pytest.approx(2, rel=0.05)


def test_a_part_of_a_way_is_cut_out():
    """Between two chainages; the rest has no length."""
    way = HaltWay(TWO, np.array([0.0, 2e6]), np.array([5e5, 1e6])).between(4e5, 2.5e6)
    halts = drawn_on([way], 1)
    assert ((halts.at_m >= 4e5) & (halts.at_m <= 2.5e6)).all()
    assert not ((halts.at_m > 5e5) & (halts.at_m < 2e6)).any()
    assert len(halts.at_m) / DRAWS == pytest.approx(1.2, rel=0.05)


def test_halts_go_with_whoever_is_chosen():
    """As often as one is chosen, in the order of the choice."""
    halts = Halts(np.array([2, 0, 2]), np.array([10.0, 20.0, 30.0]), np.array([1.0, 2.0, 3.0]))
    chosen = halts.of(np.array([2, 1, 2, 0]), 3)
    found = sorted(zip(*(each.tolist() for each in chosen), strict=True))
    assert found == [(0, 10, 1), (0, 30, 3), (2, 10, 1), (2, 30, 3), (3, 20, 2)]
