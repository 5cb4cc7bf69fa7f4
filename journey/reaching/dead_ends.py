"""Where the network itself ends before the time of a train is up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journey.reaching.frontiers import Places
from journey.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from journey.reaching.spreading import Spread
    from journey.section_table import SectionTable
    from journey.track import Station

MOST_NAMED = 5
"""More stations than this are not named."""


def dead_end_notes(
    table: SectionTable, stations: Mapping[str, Station], earliest: Spread, hours: float
) -> tuple[str, ...]:
    """Say where the network ends before the time is up, by the stations there, the soonest first.

    Parameters
    ----------
    table : SectionTable
        The sections.
    stations : mapping of str to Station
        The stations on them, by id.
    earliest : Spread
        When the train is where at the earliest.
    hours : float
        The time that it has.
    """
    section, of_end = _ends(table)
    length_m = table.length_m[section]
    times = earliest.at(section, np.where(of_end, length_m, 0.0))
    within = np.flatnonzero(times < hours)
    if not within.size:
        return ()
    soonest = within[np.argsort(times[within], kind="stable")].tolist()
    places = Places.of(stations)
    every = (_name(table, stations, places, (section[n], of_end[n])) for n in soonest)
    names = _first_names(every)
    ends = "1 end" if len(soonest) == 1 else f"{len(soonest):,} ends"
    named = listed(names if len(names) <= MOST_NAMED else [*names[:MOST_NAMED], "others"])
    said = f"At {ends} of track the network itself ends before the time is up: {named}"
    return (f"{said}; where a line goes on there, the train may be beyond.",)


def _first_names(names: Iterable[str]) -> list[str]:
    """Each once, and no more looked up than tell that there are too many to name."""
    found: dict[str, None] = {}
    for name in names:
        found[name] = None
        if len(found) > MOST_NAMED:
            break
    return list(found)


def _ends(table: SectionTable) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Sections that no other one meets, in order, and whether at their end, not their start."""
    nodes = table.nodes
    alone = np.stack([table.legs[nodes.start], table.legs[nodes.end]], axis=1) == 1
    section, side = np.nonzero(alone)
    return section, side == 1


def _name(
    table: SectionTable,
    stations: Mapping[str, Station],
    places: Places,
    end: tuple[np.intp, np.bool_],
) -> str:
    """The station at an end of a section, or the nearest one."""
    section, of_end = end
    first, last = table.station_first[section : section + 2]
    ids = table.station_ids[first:last]
    if ids:
        return stations[ids[-1 if of_end else 0]].name
    vertex = table.first[section + 1] - 1 if of_end else table.first[section]
    return places.nearest(float(table.lon[vertex]), float(table.lat[vertex])).name
