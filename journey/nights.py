"""Nights along a way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from journey.daylight import nights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journey.route import Route

DAY_S = 86_400.0
NIGHT_STEP_KM = 150.0
"""How far apart the places are whose nights are shown: the sun sets there minutes apart."""


def nights_along(
    route: Route, periods: list[tuple[datetime, datetime]]
) -> Iterator[tuple[float, list[tuple[datetime, datetime]]]]:
    """Nights at places along a route.

    Parameters
    ----------
    route : Route
        The way.
    periods : list of (datetime, datetime)
        What to look at. Each is taken from the noon before its beginning on, so that its first
        night is the same one everywhere.

    Yields
    ------
    km : float
        Where, about `NIGHT_STEP_KM` apart.
    nights : list of (datetime, datetime)
        From sunset to sunrise, in order.
    """
    places_km = np.linspace(0, route.length_km, int(route.length_km / NIGHT_STEP_KM) + 2)
    lon, lat = route.at(places_km)
    middle = float(lon.mean())
    for km, east, north in zip(places_km.tolist(), lon.tolist(), lat.tolist(), strict=True):
        found = [nights(north, east, _noon_before(start, middle), end) for start, end in periods]
        yield km, [night for some in found for night in some]


def _noon_before(moment: datetime, lon: float) -> datetime:
    """When the sun was last highest at a longitude, to some minutes."""
    noon_s = (0.5 - lon / 360) * DAY_S
    days = (moment.timestamp() - noon_s) // DAY_S
    return datetime.fromtimestamp(days * DAY_S + noon_s, tz=UTC)
