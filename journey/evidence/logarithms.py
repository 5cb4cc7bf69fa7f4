"""Weights by their logarithms, since the product of many small ones is nought to a computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray


def logarithm(values: ArrayLike) -> NDArray[np.float64]:
    """Natural logarithm; minus infinity of nought."""
    with np.errstate(divide="ignore"):
        logs: NDArray[np.float64] = np.log(values)
    return logs


def log_sum(logs: NDArray[np.float64]) -> float:
    """Logarithm of the sum of what some logarithms stand for."""
    most = logs.max()
    return float(most + np.log(np.exp(logs - most).sum())) if np.isfinite(most) else -np.inf


def log_sums(rows: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """As `log_sum`, of each place over several rows."""
    return np.array([log_sum(logs) for logs in np.transpose(rows)])


def weights_of(logs: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Weights of which the greatest is 1, and the logarithm that each is short of."""
    most = float(logs.max(initial=-np.inf))
    scale = most if np.isfinite(most) else 0.0
    return np.exp(logs - scale), scale
