"""The earliest and the latest that a scenario allows, every quantity at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journey.drawing.corners import corner_journeys
from journey.running_times import running_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.plan import Event, Plan
    from journey.quantities import Quantity


def bounds_s(plan: Plan, events: tuple[Event, ...]) -> NDArray[np.float64]:
    """Bounds of the times of events, without unreported halts.

    Departure, running time, margin and halts do not depend on one another, so each is at its end.
    Where a train makes up for slowness to keep an average, they are those of the journeys that
    `corner_journeys` tries.

    Parameters
    ----------
    plan : Plan
        The scenario on its route.
    events : tuple of Event
        In their order along the route.

    Returns
    -------
    ndarray, shape (events, 2)
        The earliest and the latest, seconds after the plan's epoch.
    """
    stations = sorted({event.station for event in events})
    at_m = plan.route.station_m[stations]
    rows = running_rows(plan, corner_journeys(plan), at_m)
    running_s = np.array([[row.min(), row.max()] for row in rows])
    moving_s = _ends(plan.depart_s) + running_s * (1 + _ends(plan.margin_share))
    moving_s += at_m[:, None] * _ends(plan.margin_s_per_m)
    dwell_s = [_ends(stop.duration_s) for stop in plan.stops]
    stood_s = np.cumsum([np.zeros(2), *dwell_s], axis=0)
    numbers = np.searchsorted(stations, [event.station for event in events])
    bounds: NDArray[np.float64] = (
        moving_s[numbers] + stood_s[[event.stops_before for event in events]]
    )
    return bounds


def _ends(quantity: Quantity) -> NDArray[np.float64]:
    return np.array([quantity.low, quantity.high])
