"""Weights by their logarithms, since the product of many small ones is nought to a computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
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
