"""How heavy the tail of importance weights is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_TAIL = 5
"""Weights in the tail, or its shape cannot be told."""
PRIOR_DRAWS = 10.0
PRIOR_SHAPE = 0.5
"""The shape is drawn towards a half as if so many draws said so (Vehtari and others 2024)."""


def pareto_shape(weight: NDArray[np.float64]) -> float:
    """Shape k of the generalised Pareto distribution that fits the largest weights.

    Parameters
    ----------
    weight : ndarray, shape (draws,)
        0 or more.

    Returns
    -------
    float
        Below 0.7 means from weights can be relied on; not a number where the tail is too short to
        tell.

    Notes
    -----
    The tail is the largest 20 % of the weights, but no more than three times the root of their
    number, as in Pareto smoothed importance sampling (Vehtari, Simpson, Gelman, Yao and Gabry,
    Journal of Machine Learning Research 25, 2024). The fit is that of Zhang and Stephens
    (Technometrics 51, 2009).
    """
    in_order = np.sort(weight)
    tail = int(min(0.2 * len(weight), 3 * np.sqrt(len(weight))))
    beyond = in_order[-tail:] - in_order[-tail - 1] if tail else in_order[:0]
    beyond = beyond[beyond > 0]
    if len(beyond) < LEAST_TAIL:
        return np.nan
    shape = _fitted(beyond / beyond[-1])
    return float((len(beyond) * shape + PRIOR_DRAWS * PRIOR_SHAPE) / (len(beyond) + PRIOR_DRAWS))


def _fitted(beyond: NDArray[np.float64]) -> float:
    """Zhang and Stephens' estimate of the shape, from ascending values up to 1."""
    count = len(beyond)
    points = 30 + int(np.sqrt(count))
    quartile = beyond[int(count / 4 + 0.5) - 1]
    place = (1 - np.sqrt(points / (np.arange(1, points + 1) - 0.5))) / (3 * quartile) + 1
    # A place at zero is an exponential tail, which has no likelihood of this form.
    place = place[place != 0]
    shape = np.log1p(-place[:, None] * beyond).mean(axis=1)
    log_likelihood = count * (np.log(-place / shape) - shape - 1)
    share = np.exp(log_likelihood - log_likelihood.max())
    middle = float((place * share).sum() / share.sum())
    return float(np.log1p(-middle * beyond).mean())
