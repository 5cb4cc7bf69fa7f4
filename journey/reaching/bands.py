"""The track that is reached, hour by hour: cut at round hours."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from journey.reaching.results import Reach, ReachedTrack

MOST_BANDS = 8
ROUND_HOURS = (0.25, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 24.0, 48.0, 72.0, 96.0)


_Line = tuple["NDArray[np.float64]", "NDArray[np.float64]"]


class Band(NamedTuple):
    """The track that is reached between two hours.

    Attributes
    ----------
    hours_from, hours_to : float
        Hours after the start.
    lines : tuple of (ndarray, ndarray)
        Longitude and latitude of the vertices of each line, degrees, WGS 84.
    """

    hours_from: float
    hours_to: float
    lines: tuple[tuple[NDArray[np.float64], NDArray[np.float64]], ...]


def round_edges(hours: float) -> tuple[float, ...]:
    """Round hours from 0 to the end, between which there are at most eight bands."""
    step = next((each for each in ROUND_HOURS if hours / each <= MOST_BANDS), hours / MOST_BANDS)
    inner = np.arange(0.0, hours, step).tolist()
    return (*inner, hours)


def bands(
    reach: Reach, edges_h: Sequence[float] | None = None, bound: str = "central"
) -> tuple[Band, ...]:
    """Cut the track that is reached at hours.

    Parameters
    ----------
    reach : Reach
        How far the train can be.
    edges_h : sequence of float, optional
        The hours to cut at, in ascending order; by default round ones, see `round_edges`.
    bound : str
        Which of the times counts: ``"earliest"``, ``"central"`` or ``"latest"``.

    Returns
    -------
    tuple of Band
        From each hour to the next, a band without track included.
    """
    edges = round_edges(reach.hours) if edges_h is None else tuple(edges_h)
    steps = _Steps.of(reach.tracks, bound)
    return tuple(
        Band(first, last, tuple(steps.cut(first, last))) for first, last in pairwise(edges)
    )


class _Steps(NamedTuple):
    """All tracks one after another: vertices, hours, and which steps join two of one track."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    hours: NDArray[np.float64]
    joined: NDArray[np.bool_]

    @classmethod
    def of(cls, tracks: Sequence[ReachedTrack], bound: str) -> _Steps:
        number = np.repeat(np.arange(len(tracks)), [len(track.lon) for track in tracks])
        parts = ([t.lon for t in tracks], [t.lat for t in tracks], [t.hours(bound) for t in tracks])
        columns = (np.concatenate([np.empty(0), *part]) for part in parts)
        lon, lat, hours = columns
        return cls(lon, lat, hours, number[1:] == number[:-1])

    def cut(self, first: float, last: float) -> Iterator[_Line]:
        """The parts of lines that are reached between two hours.

        On each step from vertex to vertex the time is linear, so the part of it that is wanted has
        two ends; steps whose parts touch are one line.
        """
        # What is never reached gives no number, and is not wanted.
        with np.errstate(invalid="ignore", divide="ignore"):
            begin, rise = self.hours[:-1], np.diff(self.hours)
            shares = np.stack([(first - begin) / rise, (last - begin) / rise])
            low, high = np.sort(shares, axis=0).clip(0.0, 1.0)
            low, high = np.where(rise == 0, 0.0, low), np.where(rise == 0, 1.0, high)
            middle = begin + (low + high) / 2 * rise
            wanted = np.isfinite(rise) & (high > low) & (middle >= first) & (middle < last)
        return self._lines(low, high, wanted & self.joined)

    def _lines(
        self, low: NDArray[np.float64], high: NDArray[np.float64], wanted: NDArray[np.bool_]
    ) -> Iterator[_Line]:
        """Join the wanted parts of successive steps where one ends as the next begins."""
        touching = wanted[1:] & wanted[:-1] & (high[:-1] == 1.0) & (low[1:] == 0.0)
        begins = np.flatnonzero(wanted & ~np.concatenate([[False], touching]))
        ends = np.flatnonzero(wanted & ~np.concatenate([touching, [False]]))
        # One after another, each with its first point, the vertices within it, and its last.
        count = ends - begins + 2
        first = np.concatenate([[0], np.cumsum(count)])
        vertex = np.arange(first[-1]) + np.repeat(begins - first[:-1], count)
        lon, lat = self.lon[vertex], self.lat[vertex]
        for degrees, line in ((self.lon, lon), (self.lat, lat)):
            line[first[:-1]] = _between(degrees, begins, low)
            line[first[1:] - 1] = _between(degrees, ends, high)
        for begin, end in pairwise(first.tolist()):
            yield lon[begin:end], lat[begin:end]


def _between(
    degrees: NDArray[np.float64], steps: NDArray[np.intp], shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Where on some steps a share of each ends."""
    share = shares[steps]
    inside = degrees[steps] + share * (degrees[steps + 1] - degrees[steps])
    return np.where(share == 1.0, degrees[steps + 1], inside)
