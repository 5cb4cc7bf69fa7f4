"""How far a train can be: from one sighting, the track it can have reached, on every line.

The train runs at an average speed, halts and reversals included, along curves and reversals that
are possible, in stock that keeps its gauge or changes it at a station with track of several.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journey.clock import parse_moment
from journey.defaults import AVERAGE_SPEED, GAUGE_CHANGE, HOURS
from journey.errors import naming
from journey.reaching.bands import Band, bands
from journey.reaching.covering import cover, tracks
from journey.reaching.frontiers import frontiers
from journey.reaching.notes import general_notes, missing_notes
from journey.reaching.results import (
    BOUNDS,
    Bounds,
    Frontier,
    Origin,
    Reach,
    ReachedStation,
    ReachedTrack,
)
from journey.reaching.searching import Search
from journey.reaching.starting import Start, start_at, start_of
from journey.reaching.stating import read_gauge, read_terms

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from journey.network import Network
    from journey.reaching.covering import Covered

__all__ = [
    "BOUNDS",
    "Band",
    "Bounds",
    "Frontier",
    "Origin",
    "Reach",
    "ReachedStation",
    "ReachedTrack",
    "Start",
    "bands",
    "reach",
    "start_of",
]


def reach(  # noqa: PLR0913 - what a sighting says, and what is assumed of the train
    network: Network,
    place: str | Start,
    *,
    hours: float | str = HOURS,
    speed: object = AVERAGE_SPEED,
    after: str | datetime | None = None,
    gauge: str | int | None = None,
    gauge_change: object = GAUGE_CHANGE,
) -> Reach:
    """Find how far a train can be, on every line.

    Parameters
    ----------
    network : Network
        The railway.
    place : str or Start
        Where it was seen: a station by any of its names, or places along a journey.
    hours : float or str
        The time since then, above 0, at most a month: a number, or a duration such as ``"6:30"``
        or ``"390 min"``.
    speed : object
        Average speed, km/h, with halts and reversals: a quantity such as ``59``, ``"50..70"`` or
        ``"40..55..70"``. The highest counts at the earliest, the median in the middle, the lowest
        at the latest.
    after : str or datetime, optional
        When it was seen, with its offset; without it only hours are known.
    gauge : str or int, optional
        Gauge of its stock, mm. Without it any that the track at the place has, but none narrower
        than 1,435 mm beside one that is not: the best of them counts at the earliest and in the
        middle, the worst at the latest.
    gauge_change : object
        How long a change of gauge takes: a quantity such as ``"0:15..1:00..6:00"``, or 0. It can be
        changed at any station (not a halt or post) that has track of both gauges, if both are of
        1,435 mm or more: stock of narrower gauges is taken to keep its own.

    Returns
    -------
    Reach
        Track and stations that it can have reached.

    Raises
    ------
    UnknownPlaceError
        If the place is no station of the network.
    InputError
        If no track leads to the place, none of that gauge, or a value cannot be used.

    Examples
    --------
    >>> import journey
    >>> from journey.reaching import reach
    >>> found = reach(journey.load_network(), "Khasan", hours=6, speed=59)
    >>> [each.station.name for each in found.stations if each.station.rank == 1][-2:]
    ['Vladivostok', 'Shkotovo']
    """
    terms = read_terms(hours, speed, gauge_change)
    told = read_gauge(gauge)
    with naming("after"):
        moment = None if after is None else parse_moment(after)
    start = place if isinstance(place, Start) else start_at(network, place)
    search = Search.of(network, start, told, terms)
    covered = cover(network.table, search.spreads, terms.hours)
    km = _at_edges(search, covered)
    ends = frontiers(network.table, search.by_id, covered, km)
    return Reach(
        place=search.start.name,
        hours=terms.hours,
        speed_kmh=terms.speed_kmh,
        gauge_change_h=terms.change_h,
        gauge=search.gauge,
        after=start.after if moment is None else moment,
        origins=search.start.origins,
        tracks=tracks(network.table, covered, terms.hours),
        stations=search.stations(),
        frontiers=ends,
        notes=(
            *search.notes(),
            *missing_notes(ends, several=len(search.start.halts) > 1),
            *general_notes(search.start, terms),
        ),
        provenance=network.provenance,
    )


def _at_edges(search: Search, covered: Covered) -> NDArray[np.float64]:
    """How far it is to the points at which the time is up, km; nan at others."""
    edges = np.flatnonzero(covered.edge.any(axis=0))
    section, at_m = covered.points
    found = np.full(section.size, np.nan)
    found[edges] = search.km_at(section[edges], at_m[edges])
    return found
