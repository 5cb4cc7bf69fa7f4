"""Where a train starts from: a station, or all the places where its journey may have got to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.errors import InputError
from journey.reaching.layers import Halt, TrackPoint, points_of
from journey.reaching.results import Origin

if TYPE_CHECKING:
    from datetime import datetime

    from journey.network import Network
    from journey.reaching.layers import Layers
    from journey.route import Route


class Start(NamedTuple):
    """Where a train starts from.

    Attributes
    ----------
    name : str
        What is said of it.
    halts : tuple of Halt
        The places, all alike probable.
    origins : tuple of Origin
        The same for a map.
    after : datetime or None
        When it is there, where that is known.
    notes : tuple of str
        What is to be said of it besides.
    """

    name: str
    halts: tuple[Halt, ...]
    origins: tuple[Origin, ...]
    after: datetime | None = None
    notes: tuple[str, ...] = ()


def start_at(network: Network, place: str) -> Start:
    """Start at a station.

    Raises
    ------
    UnknownPlaceError
        If there is none of that name.
    InputError
        If no track leads to it.
    """
    station = network.station(place)
    points = points_of(network.table, station.id)
    if not points:
        raise InputError(
            f"{station.name}: no track of the network leads there; name a station on a line"
        )
    origin = Origin(station.lon, station.lat, 1.0)
    return Start(station.name, (Halt(station.id, points),), (origin,))


def start_along(
    network: Network, route: Route, km: np.ndarray, name: str, after: datetime
) -> Start:
    """Start at places along a route, all alike probable.

    Parameters
    ----------
    network : Network
        The railway of the route.
    route : Route
        A way through it.
    km : ndarray, shape (n,)
        Chainage of the places on the route, km.
    name : str
        What is said of them.
    after : datetime
        When the train is there.
    """
    ends_m = np.cumsum([piece.length_m for piece in route.pieces])
    halts, origins = [], []
    for each in km.tolist():
        number = min(int(np.searchsorted(ends_m, each * 1000)), len(ends_m) - 1)
        piece = route.pieces[number]
        run_m = piece.length_m - (float(ends_m[number]) - each * 1000)
        at_m = piece.at(min(max(run_m, 0.0), piece.length_m))
        halts.append(Halt(f"km {each:g}", _same_place(network, piece.section, at_m)))
        lon, lat = route.at(each)
        origins.append(Origin(float(lon), float(lat), 1 / len(km)))
    return Start(name, tuple(halts), tuple(origins), after)


def _same_place(network: Network, section: int, at_m: float) -> tuple[TrackPoint, ...]:
    """A point of a section, and where it is the end of it, the ends of all that meet there."""
    table, nodes = network.table, network.table.nodes
    length_m = float(table.length_m[section])
    if 0 < at_m < length_m:
        return (TrackPoint(section, at_m),)
    node = (nodes.start if at_m <= 0 else nodes.end)[section]
    starts = [TrackPoint(number, 0.0) for number in np.flatnonzero(nodes.start == node).tolist()]
    ends = np.flatnonzero(nodes.end == node)
    return (*starts, *map(TrackPoint, ends.tolist(), table.length_m[ends].tolist()))


def gauges_from(layers: Layers, start: Start, gauge: str | None) -> tuple[tuple[str, ...], ...]:
    """The gauges that the stock may have, at each of the places.

    Raises
    ------
    InputError
        If stock of the gauge that was told cannot be there.
    """
    found = [layers.gauges_at(halt.points) for halt in start.halts]
    if gauge is None:
        return tuple(found)
    if not any(gauge in each for each in found):
        has = " or ".join(sorted({one for each in found for one in each}))
        raise InputError(f"gauge {gauge}: no such track at {start.name}; expected {has}")
    return tuple((gauge,) if gauge in each else () for each in found)
