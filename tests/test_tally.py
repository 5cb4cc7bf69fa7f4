"""Counting draws in bins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.drawing.shares import GROUPS
from journey.drawing.tally import BINS, Tally

EXPECTED = np.array([[0.0, 100.0], [50.0, 50.0]])


def tally_of(values, group):
    """Values in the first row, fifty in the second."""
    tally = Tally.between(EXPECTED)
    tally.measure(group)
    tally.add(0, values, group)
    tally.add(1, np.full(len(values), 50.0), group)
    return tally


def some(seed, count=640):
    """Values of a skewed distribution, and a group for each."""
    random = np.random.default_rng(seed)
    return 100 * random.beta(2, 5, count), np.repeat(np.arange(GROUPS), count // GROUPS)


@settings(max_examples=20)
@given(cut=st.integers(1, 639), seed=st.integers(0, 99))
def test_parts_add_up_to_the_whole(cut, seed):
    """To the last count, in any order."""
    values, group = some(seed)
    whole = tally_of(values, group)
    parts = [tally_of(values[s], group[s]) for s in (slice(cut), slice(cut, None))]
    for order in (parts, parts[::-1]):
        total = whole.emptied()
        assert total.draws == 0
        np.testing.assert_array_equal(total.width, whole.width)
        for part in order:
            total += part
        for name in ("counts", "group_counts", "group_sizes", "ends"):
            np.testing.assert_array_equal(getattr(total, name), getattr(whole, name))


@settings(max_examples=20)
@given(seed=st.integers(0, 99), share=st.floats(0, 1))
def test_a_quantile_is_within_a_bin_of_the_true_one(seed, share):
    """Of the values themselves; and where only one is possible it is that."""
    values, group = some(seed)
    tally = tally_of(values, group)
    found = tally.quantiles([share])
    exact = np.quantile(values, share, method="inverted_cdf")
    assert found[0, 0] == pytest.approx(exact, abs=100 / BINS + 1e-6)
    assert found[1, 0] == 50


def test_values_beyond_what_was_expected_are_counted_at_the_ends():
    """And the least and the greatest of them are known."""
    values = np.array([-40.0, 10.0, 20.0, 170.0])
    tally = tally_of(values, np.arange(4))
    assert tally.draws == 4
    assert tally.ends[0].tolist() == [-40.0, 170.0]
    assert tally.quantiles([0.0, 1.0])[0, 1] <= 170


def test_the_standard_error_of_independent_values_is_the_textbook_one():
    """For uniform values: the root of p (1 - p) / n, in units of the range."""
    shares = np.array([0.05, 0.3, 0.5, 0.95])
    found = []
    for seed in range(40):
        values = 100 * np.random.default_rng(seed).random(3200)
        found.append(tally_of(values, np.repeat(np.arange(GROUPS), 100)).standard_errors(shares)[0])
    expected = 100 * np.sqrt(shares * (1 - shares) / 3200)
    assert np.mean(found, axis=0) == pytest.approx(expected, rel=0.06)


def test_one_group_says_nothing_of_its_error():
    """It does not differ from any other; a value that is certain has none."""
    tally = tally_of(some(1)[0], np.zeros(640, dtype=int))
    errors = tally.standard_errors([0.5])
    assert np.isnan(errors[0, 0])
    assert errors[1, 0] == 0


def test_errors_of_a_part_of_the_draws_are_those_of_all():
    """Groups need not be told apart for all: the error falls with the root of their number."""
    values, group = some(3, 6400)
    part, whole = tally_of(values, group), Tally.between(EXPECTED)
    whole.measure(group)
    whole.add(0, values, group)
    whole.add(1, np.full(len(values), 50.0), group)
    for seed in range(3):
        whole.add(0, some(seed + 10, 6400)[0])
        whole.add(1, np.full(6400, 50.0))
    half = part.standard_errors([0.5])[0, 0] / 2
    assert whole.standard_errors([0.5])[0, 0] == pytest.approx(half, rel=0.25)


def spread_and_stated(draw, share):
    """Root mean squares over seeds: how far quantiles scatter, and their stated errors."""
    found = [draw(np.random.default_rng(seed)) for seed in range(60)]
    group = np.repeat(np.arange(GROUPS), len(found[0]) // GROUPS)
    tallies = [tally_of(values, group) for values in found]
    quantiles = [tally.quantiles([share])[0, 0] for tally in tallies]
    errors = [tally.standard_errors([share])[0, 0] for tally in tallies]
    return np.std(quantiles), np.sqrt(np.mean(np.square(errors)))


def test_a_quantile_in_a_gap_is_known_to_be_anywhere_in_it():
    """Of values of which 95 % lie low and the rest high, the 95 % quantile is in neither."""

    def draw(random):
        return np.where(random.random(3200) < 0.95, 0.0, 80.0) + 10 * random.random(3200)

    spread, stated = spread_and_stated(draw, 0.95)
    assert spread / 2 < stated < 2 * spread


def test_a_quantile_among_equal_values_is_exact():
    """Half of them are one value, and a gap not far away does not count."""

    def draw(random):
        return np.where(random.random(3200) < 0.53, 20.0, 80.0)

    spread, stated = spread_and_stated(draw, 0.4)
    assert spread < 100 / BINS
    assert stated < 100 / BINS


def test_errors_of_extreme_quantiles_are_not_known():
    """Ten draws beyond them are the least that tell something."""
    errors = tally_of(*some(1)).standard_errors([0.01, 0.02, 0.5, 0.99])[0]
    assert np.isnan(errors).tolist() == [True, False, False, True]
