"""Quantiles of distributions, on arrays and quickly: of the beta and of the cut off normal."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

NODES = 2048
ROOT = 8
"""Nodes are even in this root of a share: that crowds them where quantiles are steep."""


def beta_quantile(share: ArrayLike, rise: float, fall: float) -> NDArray[np.float64]:
    """Quantiles of a beta distribution, between nodes of a table.

    Parameters
    ----------
    share : array_like
        Shares of probability, 0 to 1, any shape.
    rise, fall : float
        The two parameters of the distribution, each from 1 to 5.

    Returns
    -------
    ndarray
        The values, 0 to 1, below which those shares lie: within a millionth.
    """
    share = np.asarray(share, dtype=np.float64)
    upper = share > 1 / 2
    place = NODES * np.sqrt(np.sqrt(np.sqrt(2 * np.where(upper, 1 - share, share))))
    node = np.minimum(place.astype(np.intp), NODES - 1)
    tails, steps = _beta_tails(rise, fall)
    cell = node + NODES * upper
    tail = tails[cell] + (place - node) * steps[cell]
    quantiles: NDArray[np.float64] = np.where(upper, 1 - tail, tail)
    return quantiles


# A distribution is asked again and again, and its nodes take longer than the quantiles between.
@lru_cache(maxsize=64)
def _beta_tails(rise: float, fall: float) -> NDArray[np.float64]:
    """How far nodes lie from their end, and from it to the next, shape (2, 2 * nodes).

    The nodes of the lower half of all probability come first, then those of the upper half.
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - slow to import, and seldom needed

    share = (np.arange(NODES + 1) / NODES) ** ROOT / 2
    halves = np.stack([betaincinv(rise, fall, share), betaincinv(fall, rise, share)])
    table = np.stack([halves[:, :-1].ravel(), np.diff(halves).ravel()])
    table.setflags(write=False)
    return table


def normal_quantile(share: ArrayLike, low: float, high: float) -> NDArray[np.float64]:
    """Quantiles of a standard normal distribution of which only a part is possible.

    Parameters
    ----------
    share : array_like
        Shares of the probability of that part, 0 to 1, any shape.
    low, high : float
        The bounds of the part; they may be infinite.

    Returns
    -------
    ndarray
        The values, `low` to `high`, below which those shares lie.
    """
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 - slow to import, and seldom needed

    if low + high > 0:
        # Small shares of all are more exact than those near to one.
        return -normal_quantile(1 - np.asarray(share), -high, -low)
    below, above = ndtr([low, high])
    share_of_all = below + np.asarray(share, dtype=np.float64) * (above - below)
    quantiles: NDArray[np.float64] = np.clip(ndtri(np.minimum(share_of_all, 1.0)), low, high)
    return quantiles


def normal_share(low: float, high: float) -> float:
    """Share of a standard normal distribution that lies from `low` to `high`."""
    from scipy.special import ndtr  # noqa: PLC0415 - slow to import, and seldom needed

    below, above = ndtr([low, high])
    return float(above - below)
