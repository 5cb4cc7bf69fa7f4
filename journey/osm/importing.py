"""From an extract to a network: its steps, one after another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.errors import InputError
from journey.osm.chains import chains_of
from journey.osm.curves import curve_parts
from journey.osm.cutting import cut
from journey.osm.edges import edges_of
from journey.osm.placing import place_stations
from journey.osm.rails import rails_of
from journey.osm.raw import is_stop
from journey.osm.report import Seen, report_of
from journey.osm.sections import Assembly
from journey.osm.spots import stations_among
from journey.osm.stations import called, stations_of
from journey.osm.tracks import Tracks
from journey.track import REVERSING_KINDS
from journey.turning import possible_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from journey.osm.chains import Chains
    from journey.osm.placing import Feet
    from journey.osm.raw import Extract
    from journey.osm.report import ImportReport
    from journey.osm.spots import Stop
    from journey.osm.tags import Selection
    from journey.section_table import SectionTable
    from journey.track import Station


class Imported(NamedTuple):
    """A network made of an extract.

    Attributes
    ----------
    stations : tuple of Station
        Its stations.
    table : SectionTable
        Its sections.
    report : ImportReport
        What was found, left out, mended and supposed.
    """

    stations: tuple[Station, ...]
    table: SectionTable
    report: ImportReport


def network_of(
    extract: Extract,
    selection: Selection,
    gauge: str | None,
    source: str,
    tell: Callable[[float], None],
) -> Imported:
    """Make a network of an extract.

    Parameters
    ----------
    extract : Extract
        The tracks and stations.
    selection : Selection
        Which kinds of track it has.
    gauge : str or None
        Of tracks that have none and continue none that has; by default the commonest.
    source : str
        Name of the file.
    tell : callable
        Told the share that is done, 0 to 1.

    Raises
    ------
    InputError
        If all nodes are missing, or no gauge is known.
    """
    edges, ways, counts = edges_of(extract.ways, extract.places)
    if not len(edges.way):
        raise InputError(
            f"no track in it: the nodes of its {len(extract.ways.id):,} ways are missing, or at "
            "one place; take an extract with complete ways"
        )
    extract = replace(extract, ways=ways)
    rails, read = rails_of(extract, edges, gauge)
    chains = chains_of(edges, rails.same[edges.way], extract.places, extract.meetings.branchings)
    tell(0.3)
    way = chains.way[chains.first[:-1]].tolist()
    curves = curve_parts(chains, extract.places, _gauge_mm([rails.gauge[each] for each in way]))
    tell(0.5)
    stops, sorted_out = stations_among(extract.spots, selection)
    tracks = Tracks.of(chains, extract.places, rails)
    feet, placed = place_stations(stops, filter(_is_on_track, extract.spots), tracks)
    tell(0.7)
    reversing = np.array([stop.kind in REVERSING_KINDS for stop in stops], dtype=bool)
    line, station_m = cut(chains, extract.places, feet.at_m, reversing[feet.station])
    found = stations_of(stops, feet, _at(station_m, chains, extract), _lines(way, rails.line, feet))
    ids = tuple(found.stations[number].id for number in found.number.tolist())
    assembly = Assembly(extract, rails, line, curves, ids, station_m)
    table = assembly.table()
    tell(1.0)
    total = extract.counts + counts + read + sorted_out + placed + found.counts
    total["stuck"] += _stuck(table, found.stations)
    dropped = _without_track(stops, feet)
    seen = Seen(source, extract.date, assembly.assumed_km, dropped, total)
    return Imported(found.stations, table, report_of(found.stations, table, seen))


def _stuck(table: SectionTable, stations: Sequence[Station]) -> int:
    """How many ends of sections meet others, and no train can go on from there ahead."""
    turns = possible_turns(table, {station.id: station for station in stations})
    goes_on = np.zeros(2 * len(table), dtype=bool)
    goes_on[turns.out_of[~turns.reverses]] = True
    ends = np.stack([table.nodes.end, table.nodes.start], axis=1).ravel()
    return int((~goes_on & (table.legs[ends] > 1)).sum())


def _without_track(stops: Sequence[Stop], feet: Feet) -> list[str]:
    """What the stations that are on no track are called."""
    placed = set(feet.station.tolist())
    return [called(stop) for number, stop in enumerate(stops) if number not in placed]


def _is_on_track(spot: object) -> bool:
    return is_stop(spot.tags)  # type: ignore[attr-defined]


def _gauge_mm(gauges: list[str]) -> NDArray[np.float64]:
    """The narrowest gauge of each track, mm: its curves allow the least."""
    return np.array([int(gauge.partition("+")[0]) for gauge in gauges], dtype=float)


def _at(
    at_m: NDArray[np.float64], chains: Chains, extract: Extract
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    lon, lat = extract.places.lon[chains.node], extract.places.lat[chains.node]
    return np.interp(at_m, chains.at_m, lon), np.interp(at_m, chains.at_m, lat)


def _lines(way: list[int], line: tuple[str, ...], feet: Feet) -> list[str]:
    return [line[way[chain]] for chain in feet.chain.tolist()]
