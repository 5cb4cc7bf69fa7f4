"""Running times. So far at constant speed, the press's model of the journey."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def cruise_time_s(
    run_m: NDArray[np.float64], speed_mps: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Running time at constant speeds, without stops.

    Parameters
    ----------
    run_m : ndarray, shape (..., speeds)
        Length run at each speed before each point, m.
    speed_mps : ndarray, shape (speeds, draws)
        The speeds, m/s, above zero.

    Returns
    -------
    ndarray, shape (..., draws)
        Seconds since the start at each point: the sum of length over speed.
    """
    return run_m @ (1 / speed_mps)
