"""By how much to raise stated speeds so that a train keeps to them on average."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journey.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

LEAST = 1e-3
TOLERANCE_S = 1e-6
STEPS = 60


def slowness_for(
    excess_s: Callable[[NDArray[np.float64]], NDArray[np.float64]], shape: tuple[int, ...]
) -> NDArray[np.float64]:
    """Find the slowness, 1 over a factor of speed, at which each leg takes as long as it should.

    False position for all legs at once, in the Illinois variant (Dowell and Jarratt 1971):
    where one end of the bracket stays for a second time, half its excess is taken.

    Parameters
    ----------
    excess_s : callable
        Gives, for slownesses of that shape, by how much each leg takes longer than it should, s:
        increasing, and at `LEAST` not above zero.
    shape : tuple of int
        Journeys and legs.

    Returns
    -------
    ndarray of that shape
        Above `LEAST`, at most 1.

    Raises
    ------
    InputError
        If the search does not end, as where the excess jumps from below zero to above.
    """
    ends = np.stack([np.full(shape, LEAST), np.ones(shape)])
    excess = np.stack([excess_s(ends[0]), excess_s(ends[1])])
    found: NDArray[np.float64] = ends[1].copy()
    found_s = excess[1].copy()
    stayed = np.full(shape, -1)
    for _ in range(STEPS):
        wanting = found_s > TOLERANCE_S
        wanting |= (found_s < -TOLERANCE_S) & (found < 1)
        if not wanting.any():
            break
        share = np.divide(excess[1], excess[1] - excess[0], out=np.zeros(shape), where=wanting)
        found = np.where(wanting, ends[1] - share * (ends[1] - ends[0]), found)
        found_s = np.where(wanting, excess_s(found), found_s)
        for moved, other in ((0, 1), (1, 0)):
            here = wanting & ((found_s > 0) == (moved == 1))
            excess[other] /= np.where(here & (stayed == other), 2, 1)
            ends[moved] = np.where(here, found, ends[moved])
            excess[moved] = np.where(here, found_s, excess[moved])
            stayed[here] = other
    else:
        raise InputError('speed: no way was found to keep the average; say meaning = "maximum"')
    return found
