"""Arrival times by convolution: what drawn journeys are measured against.

Nothing is drawn here, and nothing of `journey` is used. A journey at constant speeds arrives at
departure + running time + time at stops, which do not depend on one another. Each is laid on a
grid, as the probability of the cells around the multiples of a step, from its distribution
function; their sum has the convolution of these, by the fast Fourier transform. The middle of a
cell stands for all of it, so that the error falls with the square of the step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import fft, stats

NODES = 20_001
"""Shares at which a running time is computed; between them it is interpolated."""
SCORES = np.arange(-6.0, 6.01, 0.2)
"""Normal scores of a whole journey: for smooth functions the sum over them is exact (the trapezoid
rule for a bell curve)."""
OWN_SCORES = np.linspace(-6.0, 6.0, 2001)
"""Those of a section."""
RATES = 50
"""Rates of halts that stand for all of them, each for as much of the probability."""


class Masses(NamedTuple):
    """Probability of each multiple of a step, from the multiple `first` on."""

    first: int
    share: np.ndarray

    def quantiles_s(self, shares, step_s):
        """Times below which given shares lie, straight from edge to edge of a cell."""
        edges_s = step_s * (self.first - 0.5 + np.arange(len(self.share) + 1))
        return np.interp(shares, np.concatenate([[0.0], self.share.cumsum()]), edges_s)


@dataclass
class Truncated:
    """A distribution of `scipy.stats` of which only the values from `low` to `high` occur."""

    whole: object
    low: float
    high: float

    def support(self):
        """The least and the greatest value."""
        return self.low, self.high

    def cdf(self, values):
        """Probability of no more than given values."""
        before, within = self.whole.cdf(self.low), self.whole.cdf(self.high)
        return (self.whole.cdf(np.clip(values, self.low, self.high)) - before) / (within - before)


def uniform(low, high):
    """All alike likely."""
    return stats.uniform(low, high - low)


def triangular(low, mode, high):
    """Likeliest at `mode`."""
    return stats.triang((mode - low) / (high - low), low, high - low)


def log_normal(median, factor, low, high):
    """Median and geometric standard deviation before truncation."""
    return Truncated(stats.lognorm(np.log(factor), scale=median), low, high)


def laid(cdf, low_s, high_s, step_s):
    """A distribution on the grid."""
    first, last = round(low_s / step_s), round(high_s / step_s)
    edges_s = step_s * (np.arange(first, last + 2) - 0.5)
    edges_s[0], edges_s[-1] = low_s, high_s
    return Masses(first, np.diff(cdf(edges_s)))


def of_quantity(quantity, step_s):
    """A bounded distribution on the grid."""
    return laid(quantity.cdf, *quantity.support(), step_s)


def of_running(kms, speeds_kmh, step_s):
    """Running time over several stretches at speeds that are all at the same quantile.

    A slow train is slow everywhere: ``sum(km / quantile(u))`` falls with the one share u, so its
    distribution function is 1 - u. The shares are denser at the ends, where quantiles are steep.
    """
    u = np.sin(np.linspace(0, np.pi / 2, NODES)) ** 2
    legs = zip(kms, speeds_kmh, strict=True)
    running_s = sum(3600 * km / speed.ppf(u) for km, speed in legs)

    def cdf(time_s):
        return np.interp(time_s, running_s[::-1], 1 - u[::-1])

    return laid(cdf, running_s[-1], running_s[0], step_s)


def of_sections(sections, speeds_kmh, own, step_s):
    """Running time over sections, each of which has a part of the variance of its own.

    The quantile of a section's speed is that of a normal score, of which a part of the variance is
    the section's `own` and the rest the whole journey's. Under each score of the journey sections
    do not depend on one another.

    Parameters
    ----------
    sections : list of tuple
        Kilometres of each section under each of the speeds.
    """
    weights = stats.norm.pdf(SCORES) * (SCORES[1] - SCORES[0])
    under = [_under_score(score, sections, speeds_kmh, own, step_s) for score in SCORES]
    first = min(masses.first for masses in under)
    share = np.zeros(max(masses.first + len(masses.share) for masses in under) - first)
    for weight, masses in zip(weights, under, strict=True):
        start = masses.first - first
        share[start : start + len(masses.share)] += weight * masses.share
    return Masses(first, share)


def of_halts(per_1000_km, duration_s, km, step_s):
    """Time in halts that come as a Poisson process, at a rate that is uncertain itself.

    With a mean number m, and f the transform of one halt's length, the transform of the sum is
    ``exp(m (f - 1))``.
    """
    means = per_1000_km.ppf((np.arange(RATES) + 0.5) / RATES) * km / 1000
    one = of_quantity(duration_s, step_s)
    most = int(stats.poisson.isf(1e-12, means.max())) + 1
    length = fft.next_fast_len(most * (one.first + len(one.share)), real=True)
    transform = fft.rfft(np.concatenate([np.zeros(one.first), one.share]), length)
    several = np.mean([np.exp(mean * (transform - 1)) for mean in means], axis=0)
    return Masses(0, fft.irfft(several, length).clip(0.0))


def total(parts):
    """The sum of quantities that do not depend on one another."""
    size = sum(len(part.share) - 1 for part in parts) + 1
    length = fft.next_fast_len(size, real=True)
    product = np.prod([fft.rfft(part.share, length) for part in parts], axis=0)
    share = fft.irfft(product, length)[:size].clip(0.0)
    return Masses(sum(part.first for part in parts), share)


def _under_score(whole, sections, speeds_kmh, own, step_s):
    """Running time over sections under one score of the whole journey."""
    probability = stats.norm.pdf(OWN_SCORES) * (OWN_SCORES[1] - OWN_SCORES[0])
    u = stats.norm.cdf(np.sqrt(1 - own) * whole + np.sqrt(own) * OWN_SCORES)
    s_per_km = [3600 / speed.ppf(u) for speed in speeds_kmh]
    return total([_of_values(np.dot(kms, s_per_km), probability, step_s) for kms in sections])


def _of_values(values_s, probability, step_s):
    """Values on the grid: each divided between its two neighbours, which keeps the mean.

    A section's time may vary by less than a step, and there are many sections.
    """
    place = values_s / step_s
    before = np.floor(place).astype(int)
    first, after = before.min(), place - before
    near = np.bincount(before - first, probability * (1 - after), before.max() - first + 2)
    far = np.bincount(before - first + 1, probability * after, before.max() - first + 2)
    return Masses(int(first), near + far)
