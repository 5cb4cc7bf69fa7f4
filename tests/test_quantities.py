"""Uncertain quantities: each kind against another library, and what all of them have in common."""

from __future__ import annotations

import math
import timeit

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import journey
from journey.alternatives import Listed, Mixture, alternatives
from journey.distributions import beta_quantile
from journey.errors import InputError
from journey.quantities import LogNormal, Normal, Pert, Range

SHARES = st.floats(0, 1)
VALUES = st.floats(-1e6, 1e6)
EVEN = (np.arange(100_000) + 0.5) / 100_000
TO_THE_ENDS = np.concatenate(
    [[0], 10.0 ** np.linspace(-15, -2, 200), np.linspace(0.01, 1, 500), 1 - 0.1 ** np.arange(3, 13)]
)


def ordered(count):
    """So many values from the least to the greatest, not all too near to each other."""
    values = st.lists(VALUES, min_size=count, max_size=count).map(sorted)
    return values.filter(lambda each: each[-1] - each[0] > 1e-3)


def make_normal(bounds, place, deviation):
    """A normal quantity with its mean somewhere in its bounds."""
    width = bounds[1] - bounds[0]
    return Normal(bounds[0] + place * width, deviation * width, *bounds)


def make_log_normal(low, ratio, place, factor):
    """A log-normal quantity with its median somewhere in its bounds, perhaps from 0 on."""
    return LogNormal(max(low, 1.0) * ratio**place, factor, low, max(low, 1.0) * ratio)


DEVIATIONS = st.floats(0.01, 100)
RANGES = ordered(2).map(lambda each: Range(*each)) | ordered(3).map(
    lambda each: Range(each[0], each[2], each[1])
)
PERTS = ordered(3).map(lambda each: Pert(*each))
NORMALS = st.builds(make_normal, ordered(2), SHARES, DEVIATIONS)
LOG_NORMALS = st.builds(
    make_log_normal,
    st.just(0.0) | st.floats(1, 1e4),
    st.floats(1.1, 1e4),
    SHARES,
    st.floats(1.05, 20),
)


def weighed(parts):
    """Several of these, with weights that sum to 1."""
    weights = st.lists(st.floats(0.01, 1), min_size=2, max_size=5)
    return weights.flatmap(
        lambda each: st.tuples(
            st.lists(parts, min_size=len(each), max_size=len(each)).map(tuple),
            st.just(tuple(weight / sum(each) for weight in each)),
        )
    )


LISTS = weighed(VALUES).map(lambda each: Listed(*each))
RISING = RANGES | PERTS | NORMALS | LOG_NORMALS | LISTS
MIXTURES = weighed(RISING).map(lambda each: Mixture(*each))


def rounding(quantity):
    """How much rounding may matter."""
    return 1e-9 * (1 + abs(quantity.low) + abs(quantity.high))


@given(RISING, st.lists(SHARES, min_size=2, max_size=50).map(sorted))
def test_a_larger_share_never_gives_a_smaller_value(quantity, shares):
    """Every kind but the mixture gives quantiles."""
    assert (np.diff(quantity.at(shares)) >= -rounding(quantity)).all()


@given(RISING | MIXTURES, st.lists(SHARES, min_size=1, max_size=50))
def test_no_value_leaves_the_bounds(quantity, shares):
    """Whatever the share."""
    values = quantity.at(shares)
    assert (values >= quantity.low - rounding(quantity)).all()
    assert (values <= quantity.high + rounding(quantity)).all()


@given(RISING)
def test_the_first_and_the_last_share_give_the_bounds(quantity):
    """Nothing is lost at the ends."""
    assert float(quantity.at(0.0)) == pytest.approx(quantity.low, abs=rounding(quantity))
    assert float(quantity.at(1.0)) == pytest.approx(quantity.high, abs=rounding(quantity))


@given(RISING | MIXTURES, st.floats(1e-3, 1e3), SHARES)
def test_another_unit_changes_the_unit_alone(quantity, factor, share):
    """Kind, bounds and values are those of before, times the factor."""
    other = quantity.scaled(factor)
    tolerance = factor * rounding(quantity) + rounding(other)
    assert type(other) is type(quantity)
    assert other.low == pytest.approx(quantity.low * factor, abs=tolerance)
    assert other.high == pytest.approx(quantity.high * factor, abs=tolerance)
    expected = float(quantity.at(share)) * factor
    # A share at the bound of two parts, give or take rounding, may fall to either.
    if not isinstance(quantity, Mixture | Listed):
        near = tolerance + 1e-6 * (other.high - other.low)
        assert float(other.at(share)) == pytest.approx(expected, abs=near)


@given(RISING | MIXTURES)
def test_values_have_the_shape_of_the_shares(quantity):
    """A number, a row, a table."""
    for shape in ((), (3,), (2, 3)):
        assert quantity.at(np.full(shape, 0.3)).shape == shape
    assert quantity.at([[0.3, 0.6]])[0, 1] == quantity.at(0.6)


@given(RANGES | PERTS | NORMALS | LOG_NORMALS)
def test_what_has_two_bounds_is_not_fixed(quantity):
    """It may have several values."""
    assert not quantity.fixed


@pytest.mark.parametrize(
    "quantity",
    [
        Range(5.0, 5.0),
        Range(5.0, 5.0, 5.0),
        Pert(5.0, 5.0, 5.0),
        Listed((5.0, 5.0), (0.5, 0.5)),
        Mixture((Range(5.0, 5.0), Pert(5.0, 5.0, 5.0)), (0.5, 0.5)),
    ],
)
def test_what_has_one_value_is_fixed(quantity):
    """It has that value at every share."""
    assert quantity.fixed
    np.testing.assert_array_equal(quantity.at([0.0, 0.3, 1.0]), 5.0)


def test_triangular_quantiles_agree_with_another_library():
    """Scipy's triangular distribution gives the same quantiles."""
    expected = stats.triang.ppf(TO_THE_ENDS, c=0.5, loc=25, scale=30)
    np.testing.assert_allclose(Range(25, 55, 40).at(TO_THE_ENDS), expected, rtol=1e-12)


@pytest.mark.parametrize("peak", [0.0, 0.001, 0.1, 0.25, 0.5, 0.8, 1.0])
def test_quantiles_of_a_beta_are_exact_to_a_millionth(peak):
    """Scipy's beta distribution, from one that falls all the way to one that rises."""
    rise, fall = 1 + 4 * peak, 5 - 4 * peak
    expected = stats.beta.ppf(TO_THE_ENDS, rise, fall)
    np.testing.assert_allclose(beta_quantile(TO_THE_ENDS, rise, fall), expected, rtol=0, atol=1e-6)


@given(PERTS)
def test_a_pert_is_a_beta_with_the_mean_of_the_method(quantity):
    """(low + 4 mode + high) / 6, as the method has it."""
    expected = (quantity.low + 4 * quantity.mode + quantity.high) / 6
    near = 1e-5 * (quantity.high - quantity.low) + rounding(quantity)
    assert quantity.at(EVEN).mean() == pytest.approx(expected, abs=near)


def test_a_pert_has_the_quantiles_of_its_beta():
    """Scipy's beta distribution between the bounds."""
    expected = stats.beta.ppf(TO_THE_ENDS, 3, 3, loc=25, scale=30)
    np.testing.assert_allclose(Pert(25, 40, 55).at(TO_THE_ENDS), expected, rtol=0, atol=30e-6)


@pytest.mark.parametrize(
    ("mean", "deviation", "low", "high"),
    [(59, 4, 45, 70), (59, 4, 59, 60), (0, 1, 3, 9), (0, 1, -9, -4), (0, 100, -1, 1), (0, 1, 4, 5)],
)
def test_a_normal_has_the_quantiles_of_another_library(mean, deviation, low, high):
    """Scipy's truncated normal distribution; bounds may cut off the middle."""
    ends = (low - mean) / deviation, (high - mean) / deviation
    expected = stats.truncnorm.ppf(TO_THE_ENDS, *ends, loc=mean, scale=deviation)
    found = Normal(mean, deviation, low, high).at(TO_THE_ENDS)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6 * deviation)


@pytest.mark.parametrize(
    ("median", "factor", "low", "high"),
    [(3600, 1.5, 600, 21600), (1200, 2, 0, 21600), (5, 10, 6, 7), (5, 1.1, 4, 1000)],
)
def test_a_log_normal_has_the_quantiles_of_another_library(median, factor, low, high):
    """Scipy's log-normal distribution, of which a part is taken by its distribution function."""
    whole = stats.lognorm(math.log(factor), scale=median)
    shares = TO_THE_ENDS[(TO_THE_ENDS > 0) & (TO_THE_ENDS < 1 - 1e-9)]
    expected = whole.ppf(whole.cdf(low) + shares * (whole.cdf(high) - whole.cdf(low)))
    found = LogNormal(median, factor, low, high).at(shares)
    np.testing.assert_allclose(found, expected, rtol=1e-6)


def test_the_factor_of_a_log_normal_holds_about_two_thirds():
    """From the median over the factor to the median times it, as one deviation of a normal."""
    values = LogNormal(100.0, 2.0, 0.0, 1e6).at(EVEN)
    share = np.mean((values > 50) & (values < 200))
    assert share == pytest.approx(math.erf(1 / math.sqrt(2)), abs=1e-4)


def test_the_exponential_of_a_wide_log_normal_stays_finite():
    """However far its factor would carry it."""
    values = LogNormal(1.0, 1e300, 0.0, 1e6).at(EVEN)
    assert (values <= 1e6).all()


@given(LISTS)
def test_each_listed_value_has_its_weight(quantity):
    """Of evenly spread shares, that many."""
    values = quantity.at(EVEN)
    for value in set(quantity.values):
        weight = sum(
            w for v, w in zip(quantity.values, quantity.weights, strict=True) if v == value
        )
        assert np.mean(values == value) == pytest.approx(weight, abs=2e-5)
    assert set(values) <= set(quantity.values)


def test_a_mixture_has_the_distribution_of_its_parts():
    """Its distribution function is the weighted sum of theirs, by scipy."""
    mixture = Mixture(
        (Range(0.0, 10.0), Normal(6.0, 1.0, 4.0, 8.0), Range(9.0, 9.0)), (0.5, 0.3, 0.2)
    )
    values = np.sort(mixture.at(EVEN))
    at = np.linspace(0.1, 11, 50)
    expected = (
        0.5 * stats.uniform.cdf(at, 0, 10)
        + 0.3 * stats.truncnorm.cdf(at, -2, 2, loc=6)
        + 0.2 * (at >= 9)
    )
    found = np.searchsorted(values, at, side="right") / len(values)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-4)


@given(weighed(RANGES), SHARES)
def test_the_share_picks_the_part_and_its_rest_the_value(parts, rest):
    """In the order of the parts."""
    mixture = Mixture(*parts)
    start = 0.0
    for part, weight in zip(*parts, strict=True):
        inside = 0.001 + 0.998 * rest
        expected = float(part.at(inside))
        near = 1e-6 * (part.high - part.low) + rounding(part)
        assert float(mixture.at(start + inside * weight)) == pytest.approx(expected, abs=near)
        start += weight


def test_a_mixture_may_have_mixtures_for_parts():
    """Half of a half is a quarter."""
    inner = Mixture((Range(0.0, 1.0), Range(10.0, 11.0)), (0.5, 0.5))
    values = Mixture((inner, Range(20.0, 21.0)), (0.5, 0.5)).at(EVEN)
    assert np.mean(values < 5) == pytest.approx(0.25, abs=1e-4)


def test_alternatives_are_what_is_simplest():
    """One alone is itself, values are a list, anything else a mixture."""
    fixed, uniform = Range(5.0, 5.0), Range(6.0, 9.0)
    assert alternatives([uniform], [1.0]) is uniform
    assert alternatives([fixed, Range(6.0, 6.0)], [0.25, 0.75]) == Listed((5.0, 6.0), (0.25, 0.75))
    assert alternatives([fixed, uniform], [0.25, 0.75]) == Mixture((fixed, uniform), (0.25, 0.75))


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: Range(2.0, 1.0), r"range \[2\.0, 1\.0\]: expected them in order"),
        (lambda: Range(1.0, 2.0, 3.0), r"range .*in order"),
        (lambda: Range(1.0, math.inf), r"range .*expected finite numbers"),
        (lambda: Pert(1.0, 3.0, 2.0), r"pert \[1\.0, 3\.0, 2\.0\]: expected them in order"),
        (lambda: Pert(math.nan, 3.0, 2.0), r"pert .*expected finite numbers"),
        (lambda: Normal(1.0, 0.0, 0.0, 2.0), r"deviation 0: expected a finite number above 0"),
        (lambda: Normal(1.0, -1.0, 0.0, 2.0), r"deviation -1: expected a finite number above 0"),
        (lambda: Normal(1.0, math.nan, 0.0, 2.0), r"deviation nan: expected"),
        (lambda: Normal(math.inf, 1.0, 0.0, 2.0), r"mean \[inf\]: expected finite numbers"),
        (lambda: Normal(1.0, 1.0, 2.0, 0.0), r"bounds \[2\.0, 0\.0\]: expected .* in order"),
        (lambda: Normal(1.0, 1.0, 2.0, 2.0), r"the bounds leave 0 of the probability"),
        (lambda: Normal(0.0, 1.0, 6.0, 9.0), r"leave 1e-09 of .* 1e-06 or more; widen them"),
        (lambda: LogNormal(0.0, 2.0, 0.0, 9.0), r"median 0: expected a finite number above 0"),
        (lambda: LogNormal(1.0, 1.0, 0.0, 9.0), r"factor 1: expected a finite number above 1"),
        (lambda: LogNormal(1.0, math.inf, 0.0, 9.0), r"factor inf: expected a finite number"),
        (lambda: LogNormal(1.0, 2.0, -1.0, 9.0), r"low -1: expected 0 or more"),
        (lambda: LogNormal(1.0, 2.0, 0.0, 0.0), r"high 0: expected a finite number above 0"),
        (lambda: LogNormal(1.0, 1.01, 5.0, 9.0), r"the bounds leave 0 of the probability"),
        (lambda: Listed((), ()), r"0 weights for 0 alternatives"),
        (lambda: Listed((1.0,), (0.5, 0.5)), r"2 weights for 1 alternatives: expected one for"),
        (lambda: Listed((1.0, math.nan), (0.5, 0.5)), r"values .*expected finite numbers"),
        (lambda: Listed((1.0, 2.0), (0.5, 0.4)), r"sum to 90 %, expected 100 %; mend one of them"),
        (lambda: Listed((1.0, 2.0), (1.5, -0.5)), r"weight -50 %: expected above 0; take that one"),
        (lambda: Listed((1.0, 2.0), (1.0, math.nan)), r"weight nan %: expected above 0"),
        (lambda: Mixture((Range(1.0, 2.0),), (0.99,)), r"the weights sum to 99 %, expected 100 %"),
        (lambda: Mixture((), ()), r"0 weights for 0 alternatives"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(make, expected):
    """With the value, what was expected and the remedy."""
    with pytest.raises(InputError, match=expected) as caught:
        make()
    assert "\n" not in str(caught.value)


def test_the_package_names_every_kind():
    """A scenario can be made in Python."""
    kinds = (journey.Range, journey.Pert, journey.Normal, journey.LogNormal)
    assert kinds == (Range, Pert, Normal, LogNormal)
    assert (journey.Listed, journey.Mixture) == (Listed, Mixture)


def test_many_values_are_quickly_had():
    """A block of draws in a small part of the time that the exact inverse of a beta would take."""
    shares = np.random.default_rng(7).random(16_384)
    kinds = [
        Range(1.0, 3.0, 2.0),
        Pert(1.0, 2.0, 3.0),
        Normal(59.0, 4.0, 45.0, 70.0),
        LogNormal(1200.0, 2.0, 120.0, 21600.0),
        Listed((40.0, 45.0), (0.5, 0.5)),
        Mixture((Pert(1.0, 2.0, 3.0), LogNormal(1.0, 2.0, 0.0, 9.0)), (0.5, 0.5)),
    ]
    for quantity in kinds:
        assert min(timeit.repeat(lambda each=quantity: each.at(shares), number=1, repeat=20)) < 3e-3
