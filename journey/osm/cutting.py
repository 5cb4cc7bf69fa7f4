"""Sections of a network: chains cut at the stations where trains can reverse."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.osm.chains import Chains
    from journey.osm.raw import Places

SAME_VERTEX_M = 0.01
"""A cut this near to a vertex is made there."""


class Line(NamedTuple):
    """The vertices of all chains, those at cuts included, and the sections between them.

    Attributes
    ----------
    at_m, lon, lat : ndarray, shape (vertices,)
        Place on the axis of the chains, m, and on the Earth, degrees.
    way : ndarray of int, shape (vertices,)
        Way of the track from each vertex on; -1 at the end of a chain.
    node : ndarray of int, shape (vertices,)
        Number of the node; -1 at a cut between nodes.
    begin, end : ndarray of int, shape (sections,)
        First and last vertex of every section.
    """

    at_m: NDArray[np.float64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    way: NDArray[np.intp]
    node: NDArray[np.intp]
    begin: NDArray[np.intp]
    end: NDArray[np.intp]

    @property
    def begin_m(self) -> NDArray[np.float64]:
        """Where each section begins on the axis, m."""
        return self.at_m[self.begin]

    @property
    def end_m(self) -> NDArray[np.float64]:
        """Where each section ends on the axis, m."""
        return self.at_m[self.end]


def cut(
    chains: Chains, places: Places, at_m: NDArray[np.float64], cuts: NDArray[np.bool_]
) -> tuple[Line, NDArray[np.float64]]:
    """Cut chains at some of the stations on them.

    Parameters
    ----------
    chains : Chains
        Their vertices.
    places : Places
        Where these are.
    at_m : ndarray, shape (feet,)
        Places of stations on their axis, m.
    cuts : ndarray of bool, shape (feet,)
        At which of them a chain is to be cut.

    Returns
    -------
    line : Line
        Vertices and sections.
    at_m : ndarray, shape (feet,)
        The places of the stations, at a vertex where one is very near, or a cut is made.
    """
    lon, lat = places.lon[chains.node], places.lat[chains.node]
    snapped_m = _snapped(at_m, chains.at_m)
    new_m = np.setdiff1d(snapped_m[cuts], chains.at_m)
    place = np.searchsorted(chains.at_m, new_m)
    line_m = np.insert(chains.at_m, place, new_m)
    inner = np.searchsorted(line_m, np.unique(snapped_m[cuts]))
    starts, ends = (
        np.searchsorted(line_m, chains.at_m[v]) for v in (chains.first[:-1], chains.last)
    )
    inner = np.setdiff1d(inner, np.concatenate([starts, ends]))
    return Line(
        at_m=line_m,
        lon=np.insert(lon, place, np.interp(new_m, chains.at_m, lon)),
        lat=np.insert(lat, place, np.interp(new_m, chains.at_m, lat)),
        way=np.insert(chains.way, place, chains.way[place - 1]),
        node=np.insert(chains.node, place, -1),
        begin=np.sort(np.concatenate([starts, inner])),
        end=np.sort(np.concatenate([ends, inner])),
    ), snapped_m


def gathered(line: Line) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Numbers of the vertices of all sections one after another, and where each begins."""
    counts = line.end - line.begin + 1
    first = np.concatenate([[0], np.cumsum(counts)])
    within = np.arange(first[-1]) - np.repeat(first[:-1], counts)
    return np.repeat(line.begin, counts) + within, first.astype(np.intp)


def _snapped(cuts_m: NDArray[np.float64], at_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cuts, moved to a vertex where one is very near, and to one another's place."""
    after = np.clip(np.searchsorted(at_m, cuts_m), 1, len(at_m) - 1)
    nearest_m = np.where(
        cuts_m - at_m[after - 1] <= at_m[after] - cuts_m, at_m[after - 1], at_m[after]
    )
    moved_m = np.where(np.abs(nearest_m - cuts_m) <= SAME_VERTEX_M, nearest_m, cuts_m)
    return _joined(moved_m)


def _joined(cuts_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cuts, those very near to the one before moved there."""
    order = np.argsort(cuts_m, kind="stable")
    sorted_m = cuts_m[order]
    new = np.ones(len(sorted_m), dtype=bool)
    new[1:] = np.diff(sorted_m) > SAME_VERTEX_M
    joined_m = np.empty_like(cuts_m)
    joined_m[order] = sorted_m[new][np.cumsum(new) - 1] if len(new) else sorted_m
    return joined_m
