"""Where a train starts from: a station, or all the places where its journey may have got to."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.clock import format_local, format_offset, parse_moment
from journey.errors import InputError
from journey.reaching.layers import Halt, TrackPoint, is_narrow, points_of
from journey.reaching.results import Origin

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from journey.ensemble import Ensemble
    from journey.network import Network
    from journey.reaching.layers import Layers
    from journey.route import Route

PLACES = 64

OF_PLACES = (
    f"It starts from {PLACES} places, all alike likely, at which the drawn journeys are at that "
    "moment: the earliest is the 5 % quantile over them at the highest speed, the central one the "
    "median at the middle speed, the latest the 95 % quantile at the lowest speed; kilometres are "
    "medians, 5 % quantiles where fewer than half of the places have a way. Journeys that "
    "have not begun or have ended stand at the ends of the route, and the way that a journey was "
    "to go on does not count: the train may have turned."
)


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

    def on_gauge(self, gauges: Sequence[tuple[str, ...]]) -> Start:
        """Only the places that have a gauge which the stock may have."""
        kept = [number for number, each in enumerate(gauges) if each]
        if len(kept) == len(self.halts):
            return self
        left = f"Places without track of that gauge are left out: {len(kept)} remain."
        return self._replace(
            halts=tuple(self.halts[number] for number in kept),
            origins=tuple(self.origins[n]._replace(share=1 / len(kept)) for n in kept),
            notes=(*self.notes, left),
        )


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


def start_of(network: Network, ensemble: Ensemble, moment: str | datetime) -> Start:
    """Start where drawn journeys have got to at a moment: at 64 places, all alike probable.

    Parameters
    ----------
    network : Network
        The railway on which they run.
    ensemble : Ensemble
        The journeys.
    moment : str or datetime
        With its offset.

    Raises
    ------
    InputError
        If the moment has no offset.

    Notes
    -----
    The places are the quantiles of chainage in the middle of equal shares of the journeys, by
    weight where reports are taken in.
    """
    at = parse_moment(moment)
    shares = (np.arange(PLACES) + 0.5) / PLACES
    halts, origins = _along(network, ensemble.plan.route, ensemble.kilometres_at(at, shares))
    zone = at.tzinfo or UTC
    when = f"{format_local(at, zone)} ({format_offset(at, zone)})"
    name = f"{ensemble.plan.name}, {ensemble.basis}, at {when}"
    standing = ensemble.at(at).standing()
    return Start(name, halts, origins, at, notes=(OF_PLACES, *standing))


def _along(
    network: Network, route: Route, km: NDArray[np.float64]
) -> tuple[tuple[Halt, ...], tuple[Origin, ...]]:
    """Places along a route, given by their kilometres, on the sections of its network."""
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
    return tuple(halts), tuple(origins)


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

    Without one that was told it is not narrow where there is wider track as well.

    Raises
    ------
    InputError
        If stock of the gauge that was told cannot be there.
    """
    found = [layers.gauges_at(halt.points) for halt in start.halts]
    if gauge is None:
        return tuple(_supposed(each) for each in found)
    own = layers.gauge_like(gauge)
    if not any(own in each for each in found):
        has = " or ".join(sorted({one for each in found for one in each}))
        raise InputError(f"gauge {gauge}: no such track at {start.name}; expected {has}")
    return tuple((own,) if own in each else () for each in found)


def narrow_beside(layers: Layers, start: Start) -> tuple[str, ...]:
    """The gauges at the places that the stock is not supposed to have, see `gauges_from`."""
    found = [layers.gauges_at(halt.points) for halt in start.halts]
    left = {gauge for each in found for gauge in set(each) - set(_supposed(each))}
    return tuple(sorted(left, key=int))


def _supposed(gauges: tuple[str, ...]) -> tuple[str, ...]:
    wide = tuple(gauge for gauge in gauges if not is_narrow(gauge))
    return wide or gauges
