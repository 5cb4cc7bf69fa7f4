"""What is said of the gauge: whose stock must change it, where, and how long that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.units import HOUR_S, format_duration
from journey.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from journey.reaching.layers import Layers
    from journey.reaching.results import Bounds
    from journey.reaching.spreading import Spread
    from journey.reaching.times import Times
    from journey.track import Station

MOST_NAMED = 8
"""More places than this are counted, not named."""


class Kept(NamedTuple):
    """Where stock of one gauge gets without changing it: the gauge, and the least lengths, km."""

    gauge: str
    km: Times


def gauge_notes(
    layers: Layers,
    stations: Mapping[str, Station],
    kept: Sequence[Kept],
    earliest: Spread,
    within: tuple[float, float],
    change_h: Bounds,
) -> tuple[str, ...]:
    """Say beyond which stations stock of each gauge gets only after a change.

    Parameters
    ----------
    layers : Layers
        The sections and the gauges.
    stations : mapping of str to Station
        The stations on them, by id.
    kept : sequence of Kept
        Where stock of each gauge that the train may have gets without a change.
    earliest : Spread
        When the train can be where at the earliest.
    within : tuple of float
        The time that it has, h, and how far it gets in that, km.
    change_h : Bounds
        How long a change of gauge takes, h.
    """
    hours, most_km = within
    entered = np.min([times.enter_h for times in earliest.every], axis=0) < hours
    notes = []
    for gauge, km in kept:
        beyond = _beyond(layers, stations, km, gauge, most_km, entered)
        if beyond:
            where = [
                stations[halt.name].name
                for halt in layers.halts
                if _least_km(km, halt.points) < most_km
            ]
            notes.append(
                f"Stock of {gauge} mm gets beyond {_named(beyond)} only after a change of gauge"
                f"{_changed_at(where)}."
            )
    return (*notes, _counted(change_h)) if notes else ()


def _counted(change_h: Bounds) -> str:
    low, central, high = (format_duration(each * HOUR_S) for each in change_h)
    span = low if low == high else f"{low} at the earliest, {central} in the middle, {high} at most"
    return (
        f"A change of gauge was counted as {span}: assumed, for no source says how long it takes."
    )


def _changed_at(names: Sequence[str]) -> str:
    if not names:
        return ""
    return f", at a station with track of both: {_named(sorted(dict.fromkeys(names)))}"


def _named(names: Iterable[str]) -> str:
    every = list(names)
    rest = len(every) - MOST_NAMED
    return listed(every) if rest <= 0 else f"{', '.join(every[:MOST_NAMED])} and {rest} others"


def _least_km(km: Times, points: Iterable[tuple[int, float]]) -> float:
    return min(float(km.at(np.array([section]), np.array([at_m]))[0]) for section, at_m in points)


def _beyond(
    layers: Layers,
    stations: Mapping[str, Station],
    km: Times,
    gauge: str,
    most_km: float,
    entered: NDArray[np.bool_],
) -> list[str]:
    """``Khasan towards Baranovsky`` for each section of another gauge that is entered."""
    carries = layers.carries[layers.gauges.index(gauge)]
    nodes = layers.table.nodes
    node_km = np.full(len(nodes.names), np.inf)
    own = np.flatnonzero(carries)
    for ends, at_m in ((nodes.start, np.zeros(own.size)), (nodes.end, layers.table.length_m[own])):
        np.minimum.at(node_km, ends[own], km.at(own, at_m))
    found = []
    for side, ends in enumerate((nodes.start, nodes.end)):
        here = (node_km[ends] < most_km) & ~carries & entered[:, side]
        found += [(float(node_km[ends[n]]), n, side) for n in np.flatnonzero(here).tolist()]
    words = [_towards(layers, stations, number, side) for _, number, side in sorted(found)]
    return list(dict.fromkeys(words))


def _towards(layers: Layers, stations: Mapping[str, Station], number: int, side: int) -> str:
    """The station where a section begins and the last one on it, or the line where none is."""
    table = layers.table
    names = [
        stations[id_].name
        for id_ in table.station_ids[table.station_first[number] : table.station_first[number + 1]]
    ]
    if not names:
        return f"the beginning of {table.values['line'][number] or 'a line without a name'}"
    first, last = (names[-1], names[0]) if side else (names[0], names[-1])
    return first if first == last else f"{first} towards {last}"
