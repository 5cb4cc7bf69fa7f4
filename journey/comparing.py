"""How far the geometry of one network is from that of another, and how their lengths differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.along import ROUNDING_M
from journey.errors import InputError
from journey.geodesy import ellipsoid, feet_on_segments, nearest_segments
from journey.pathfinding.ways import NoWayError, Place, Spot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.network import Network
    from journey.pathfinding.turn_graph import TurnGraph
    from journey.section_table import SectionTable
    from journey.track import Section

SAMPLE_M = 250.0
"""How far from each other the points are that are compared."""

COVERED_M = 2_000.0
"""A point farther than this from all track lies where the other network has none."""

BESIDE_M = 150.0
"""Tracks that are farther from a point than the nearest by no more than this may be meant too."""

BETWEEN = 3
"""Points between the ends of a section by which a way over the other network has to go, so that it
is not one by another line."""


class SectionComparison(NamedTuple):
    """A section beside another network.

    Attributes
    ----------
    section : Section
        The section.
    start, end : str
        Names of what is at its ends.
    covered : float
        Share of its points that the other network has track near.
    offsets_m : ndarray
        Distance of each of these from the nearest track, m.
    track_km : float
        Length of the shortest way over the other network between its ends; nan without one.
    """

    section: Section
    start: str
    end: str
    covered: float
    offsets_m: NDArray[np.float64]
    track_km: float


class Offsets(NamedTuple):
    """How far points are from the nearest track: how many they are; median, 95 % and largest, m."""

    points: int
    median_m: float
    most_m: float
    largest_m: float

    @classmethod
    def of(cls, offsets_m: NDArray[np.float64]) -> Offsets:
        """Sum up distances; nan where there are none."""
        shares = np.quantile(offsets_m, [0.5, 0.95, 1.0]) if offsets_m.size else [np.nan] * 3
        return cls(len(offsets_m), *map(float, shares))


@dataclass(frozen=True, eq=False)
class Comparison:
    """The sections of a network beside another network.

    Attributes
    ----------
    network, other : str
        What both are called.
    sections : tuple of SectionComparison
        Those that the other network has track near, in the order of the network.
    left_out : int
        How many it has no track near.
    """

    network: str
    other: str
    sections: tuple[SectionComparison, ...]
    left_out: int

    @property
    def offsets(self) -> Offsets:
        """Of all points, without courses that are estimates."""
        known = [each.offsets_m for each in self.sections if not each.section.estimated]
        return Offsets.of(np.concatenate([np.empty(0), *known]))


def compare_networks(network: Network, other: Network) -> Comparison:
    """Hold a network against another one, such as a coarse one against full-resolution track.

    Parameters
    ----------
    network : Network
        The network whose geometry is in question.
    other : Network
        What it is held against.

    Returns
    -------
    Comparison
        For points every 250 m of each section their distance from the nearest track of `other`,
        and for the section the length of the way over `other` between its ends.

    Raises
    ------
    InputError
        If `other` has no track near any point of `network`.
    """
    points = [_points(section) for section in network.section_list]
    lon, lat = (np.concatenate(columns) for columns in zip(*points, strict=True))
    track = other.table
    off_m = nearest_segments(track.lon, track.lat, track.chainage_m, lon, lat)[2]
    offs_m = np.split(off_m, np.cumsum([len(each[0]) for each in points])[:-1])
    # By their true lengths: a secondary line is no detour here.
    graph = other.graph_of(other.table.length_m)
    found = [
        _compared(network, section, each, other, graph)
        for section, each in zip(network.section_list, offs_m, strict=True)
    ]
    kept = tuple(each for each in found if each.offsets_m.size)
    if not kept:
        raise InputError(
            f"no point of the network lies within {COVERED_M / 1000:g} km of a track of the "
            "other one; expected two networks of one region"
        )
    names = (network.provenance.dataset, other.provenance.dataset)
    return Comparison(*names, kept, len(found) - len(kept))


def _points(section: Section) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places along a section, both ends included."""
    count = max(int(np.ceil(section.length_m / SAMPLE_M)), 1)
    at_m = np.linspace(0.0, section.length_m, count + 1)
    lon, lat = (np.interp(at_m, section.chainage_m, c) for c in (section.lon, section.lat))
    return lon, lat


def _compared(
    network: Network, section: Section, off_m: NDArray[np.float64], other: Network, graph: TurnGraph
) -> SectionComparison:
    near = off_m <= COVERED_M
    start, end = (_name_at_end(network, section, end) for end in (0, -1))
    track_km = _way_km(section, other.table, graph) if near[[0, -1]].all() else float("nan")
    return SectionComparison(section, start, end, float(near.mean()), off_m[near], track_km)


def _name_at_end(network: Network, section: Section, end: int) -> str:
    """Name of the station at an end of a section, or ``near`` the nearest; empty without any."""
    at_m = section.chainage_m[end]
    for id_, station_m in zip(section.station_ids, section.station_m.tolist(), strict=True):
        if station_m == at_m:
            return network.station(id_).name
    if not network.station_list:
        return ""
    lon, lat = (np.array([getattr(s, c) for s in network.station_list]) for c in ("lon", "lat"))
    off_m = ellipsoid().inv(
        lon, lat, np.full_like(lon, section.lon[end]), np.full_like(lat, section.lat[end])
    )[2]
    return f"near {network.station_list[int(off_m.argmin())].name}"


def _way_km(section: Section, table: SectionTable, graph: TurnGraph) -> float:
    """Length of the shortest way along a section over other track; nan without one."""
    at_m = np.linspace(0.0, section.length_m, BETWEEN + 2)
    lon, lat = (np.interp(at_m, section.chainage_m, c) for c in (section.lon, section.lat))
    places = [_place_near(table, *at) for at in zip(lon.tolist(), lat.tolist(), strict=True)]
    try:
        way = graph.shortest_way(places)
    except NoWayError:
        return float("nan")
    return sum(piece.length_m for piece in way.pieces) / 1000


def _place_near(table: SectionTable, lon: float, lat: float) -> Place:
    """The nearest point of each section that is hardly farther from a position than the nearest."""
    start = np.delete(np.arange(len(table.lon) - 1), table.first[1:-1] - 1)
    position = (np.array(lon), np.array(lat))
    share, off_m = feet_on_segments(table.lon, table.lat, start, *position)
    near = np.flatnonzero(off_m <= off_m.min() + BESIDE_M)
    near = near[np.argsort(off_m[near], kind="stable")]
    sections = np.searchsorted(table.first, start[near], side="right") - 1
    spots: list[Spot] = []
    for number, place in zip(*np.unique(sections, return_index=True), strict=True):
        segment, length_m = near[place], float(table.length_m[number])
        before_m, after_m = table.chainage_m[[start[segment], start[segment] + 1]].tolist()
        at_m = before_m + float(share[segment]) * (after_m - before_m)
        # The end of a section farther along the line is another place, not one beside.
        if 0 < at_m < length_m or off_m[segment] <= off_m[near[0]] + ROUNDING_M:
            spots += [Spot(2 * int(number), at_m), Spot(2 * int(number) + 1, length_m - at_m)]
    return Place(tuple(spots), can_reverse=False)
