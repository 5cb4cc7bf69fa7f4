"""What an import counts, and how it says so."""

from __future__ import annotations

from typing import NamedTuple


class Wording(NamedTuple):
    """How a count is said: of one, of several; and whether the user should look at it."""

    one: str
    many: str
    warns: bool = False


WORDS = {
    "not_in_use": Wording("way left out: not in use", "ways left out: not in use"),
    "other_kinds": Wording("way left out: of another kind", "ways left out: of other kinds"),
    "siding": Wording("siding left out", "sidings left out"),
    "yard": Wording("track of a yard left out", "tracks of yards left out"),
    "spur": Wording("spur left out", "spurs left out"),
    "ways_twice": Wording("way given twice: taken once", "ways given twice: taken once"),
    "edges_twice": Wording(
        "piece of track drawn twice: taken once", "pieces of track drawn twice: taken once"
    ),
    "gauges_joined": Wording(
        "way drawn over one of another gauge: the track has both",
        "ways drawn over others of another gauge: the track has both",
    ),
    "twins_differ": Wording(
        "way drawn over another that says something else: the earlier is believed",
        "ways drawn over others that say something else: the earlier are believed",
        warns=True,
    ),
    "nodes_repeated": Wording(
        "node repeated or at the place of its neighbour: taken once",
        "nodes repeated or at the place of their neighbour: taken once",
    ),
    "ends_joined": Wording(
        "end of a way at the place of another end: joined",
        "ends of ways at the place of another end: joined",
    ),
    "ways_of_one_node": Wording(
        "way of fewer than two nodes: dropped", "ways of fewer than two nodes: dropped", warns=True
    ),
    "nodes_missing": Wording(
        "node missing from the extract: the track ends there",
        "nodes missing from the extract: the tracks end there",
        warns=True,
    ),
    "ways_cut": Wording(
        "way cut where nodes are missing", "ways cut where nodes are missing", warns=True
    ),
    "stuck": Wording(
        "track that meets others in a corner or on another gauge: no train goes on there",
        "tracks that meet others in a corner or on another gauge: no train goes on there",
        warns=True,
    ),
    "objects_damaged": Wording(
        "object without place or number: dropped",
        "objects without place or number: dropped",
        warns=True,
    ),
    "broken_off": Wording(
        "remark of the server that its answer is not complete",
        "remarks of the server that its answer is not complete",
        warns=True,
    ),
    "gauge_not_read": Wording(
        "gauge that cannot be read: taken as missing",
        "gauges that cannot be read: taken as missing",
        warns=True,
    ),
    "gauge_inferred": Wording(
        "way without gauge: that of the track it continues",
        "ways without gauge: that of the track they continue",
    ),
    "gauge_given": Wording(
        "way without gauge: the one given with --gauge",
        "ways without gauge: the one given with --gauge",
    ),
    "gauge_usual": Wording(
        "way without gauge: the commonest of the extract; give another with --gauge",
        "ways without gauge: the commonest of the extract; give another with --gauge",
        warns=True,
    ),
    "speed_not_read": Wording(
        "speed limit that cannot be read: taken as unknown",
        "speed limits that cannot be read: taken as unknown",
        warns=True,
    ),
    "unnamed": Wording(
        "station without a name: called by its number",
        "stations without a name: called by their numbers",
        warns=True,
    ),
    "stations_merged": Wording(
        "station given twice: taken once", "stations given twice: taken once"
    ),
    "areas_unnamed": Wording(
        "area of a station without a name, and without a station in it: dropped",
        "areas of stations without a name, and without a station in them: dropped",
        warns=True,
    ),
    "stations_not_in_use": Wording("station left out: not in use", "stations left out: not in use"),
    "other_stations": Wording(
        "station of other railways left out", "stations of other railways left out"
    ),
    "without_track": Wording(
        "station dropped: no track within 500 m",
        "stations dropped: no track within 500 m",
        warns=True,
    ),
    "at_sea": Wording(
        "station just off the coast: clock and country of the nearest on land",
        "stations just off the coast: clock and country of the nearest on land",
    ),
    "far_at_sea": Wording(
        "station far from land: no country, and the clock of the open sea",
        "stations far from land: no country, and the clock of the open sea",
        warns=True,
    ),
    "mostly_at_sea": Wording(
        "station, and so most, lies at sea: are longitude and latitude swapped?",
        "stations, and so most, lie at sea: are longitude and latitude swapped?",
        warns=True,
    ),
}
"""Every count but those of what is kept, in the order in which they are said."""


def line_of(key: str, number: int) -> str:
    """Say a count in words."""
    wording = WORDS[key]
    return f"{number:,} {wording.one if number == 1 else wording.many}"
