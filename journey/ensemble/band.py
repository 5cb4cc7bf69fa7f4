"""What train graphs and maps show of drawn journeys, besides their windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.ensemble.timed import Timed

BAND = (0.1, 0.9)
"""The shares of the journeys between which it lies."""


def band_s(ensemble: Timed) -> NDArray[np.float64]:
    """When the first and the last of `BAND` come to each event, Unix time, s, shape (2, events)."""
    times_s = ensemble.arrivals.quantiles(BAND)[: len(ensemble.events)]
    in_order_s: NDArray[np.float64] = np.maximum.accumulate(times_s, axis=0)
    return np.rint(in_order_s.T + ensemble.plan.epoch.timestamp())
