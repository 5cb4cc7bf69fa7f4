"""Halts that nobody reported."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from journey.ensemble.halts import draw_halts
from journey.ensemble.shares import GROUPS
from journey.errors import InputError
from journey.quantities import LogNormal, Range
from journey.statements import UnreportedHalts

LENGTH_M = 2.5e6
LENGTHS = LogNormal(1200.0, 2.0, 60.0, 36_000.0)
TWO = UnreportedHalts(Range(2.0, 2.0), LENGTHS)
ROW = 512
DRAWS = GROUPS * ROW


def counts_of(halts):
    """Halts of each draw."""
    return np.bincount(halts.draw, minlength=DRAWS)


def test_their_number_has_a_poisson_distribution():
    """With the stated rate times the length for its mean."""
    counts = counts_of(draw_halts(TWO, LENGTH_M, 1, 0, ROW))
    found = np.bincount(counts, minlength=20)[:20] / DRAWS
    assert found == pytest.approx(stats.poisson(5.0).pmf(np.arange(20)), abs=8e-4)


def test_an_uncertain_rate_mixes_such_numbers():
    """From one half to three and a half for each 1,000 km: the variance is more than the mean."""
    stated = UnreportedHalts(Range(0.5, 3.5), LENGTHS)
    counts = counts_of(draw_halts(stated, LENGTH_M, 1, 0, ROW))
    assert counts.mean() == pytest.approx(5, rel=0.01)
    assert counts.var() == pytest.approx(5 + (3 * 2.5) ** 2 / 12, rel=0.03)


def test_places_are_even_and_lengths_as_stated():
    """Anywhere on the way alike, and log-normal."""
    halts = draw_halts(TWO, LENGTH_M, 2, 0, ROW)
    assert stats.kstest(halts.at_m / LENGTH_M, "uniform").pvalue > 0.01
    inside = stats.lognorm(np.log(2.0), scale=1200.0)
    low, high = inside.cdf([60.0, 36_000.0])
    truncated = (inside.cdf(halts.duration_s) - low) / (high - low)
    assert stats.kstest(truncated, "uniform").pvalue > 0.01


def test_more_of_them_are_the_same_and_others_besides():
    """A higher rate adds halts to a draw, and takes none away."""
    few, many = (
        draw_halts(UnreportedHalts(Range(rate, rate), LENGTHS), LENGTH_M, 1, 0, ROW)
        for rate in (1.0, 3.0)
    )
    of_few, of_many = (
        set(zip(*(part.tolist() for part in each), strict=True)) for each in (few, many)
    )
    assert of_few < of_many


def test_time_spent_counts_the_halts_behind():
    """Before several chainages for all draws, or before one of its own for each."""
    halts = draw_halts(TWO, LENGTH_M, 3, 0, 1)
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
        draw_halts(UnreportedHalts(Range(300.0, 300.0), LENGTHS), LENGTH_M, 1, 0, 1)
