"""The track that a train can have reached, cut into lines with the times at their vertices."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.reaching.breaks import MOST_EXACT, Points, breaks
from journey.reaching.results import ReachedTrack
from journey.reaching.spreading import at_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journey.reaching.spreading import Spread
    from journey.section_table import SectionTable

GRID_M = 1_000.0
"""Distance of points where times from many places are put together."""

LEAST_RISE_H = 1e-8
"""Times nearer to each other than this, much less than a millisecond, are alike."""


class Covered(NamedTuple):
    """Points of all track that is reached, in order along the sections.

    Attributes
    ----------
    points : Points
        The points.
    hours : ndarray, shape (3, n)
        When the train is there at the earliest, in the middle, at the latest.
    edge : ndarray of bool, shape (3, n)
        Whether the time is just up there.
    lon, lat : ndarray, shape (n,)
        Degrees, WGS 84.
    """

    points: Points
    hours: NDArray[np.float64]
    edge: NDArray[np.bool_]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]


def cover(table: SectionTable, spreads: Sequence[Spread], hours: float) -> Covered:
    """Find the points of all sections that are reached, and when the train is there.

    Parameters
    ----------
    table : SectionTable
        The sections.
    spreads : sequence of Spread
        At the earliest, in the middle, at the latest.
    hours : float
        The time that the train has.
    """
    sections = _entered(spreads[0], hours)
    points = _vertices(table, sections)
    courses = {spread.times: spread for spread in spreads}.values()
    points = points.together(*(breaks(spread, sections) for spread in courses))
    if max(len(spread.every) for spread in spreads) > MOST_EXACT:
        points = points.together(_grid(table, sections))
    times = at_points(spreads, *points)
    bent = [
        _bisected(spread, points, of_bound, hours)
        for spread, of_bound in zip(spreads, times, strict=True)
    ]
    if any(each.section.size for each in bent):
        points = points.together(*bent)
        times = at_points(spreads, *points)
    ups = [_ups(points, of_bound, hours) for of_bound in times]
    points = points.together(*ups)
    times = at_points(spreads, *points)
    edge = np.abs(times - hours) < LEAST_RISE_H
    times[edge] = hours
    return Covered(points, times, edge, *_places(table, points))


def tracks(table: SectionTable, covered: Covered, hours: float) -> tuple[ReachedTrack, ...]:
    """Cut what is covered into lines, see `ReachedTrack`."""
    section = covered.points.section
    within = covered.hours[0] <= hours
    joined = (section[1:] == section[:-1]) & within[1:] & within[:-1]
    through = np.zeros(section.size, dtype=bool)
    through[1:-1] = joined[1:] & joined[:-1] & ~_meets(covered.hours, hours)
    begins = np.flatnonzero(_with_end(joined, first=False) & ~through)
    ends = np.flatnonzero(_with_end(joined, first=True) & ~through)
    shown = np.where(covered.hours <= hours, covered.hours, np.inf)
    lines, gauges = table.values["line"], table.values["gauge"]
    return tuple(
        ReachedTrack(
            lines[number],
            gauges[number],
            covered.lon[begin : end + 1],
            covered.lat[begin : end + 1],
            *shown[:, begin : end + 1],
        )
        for begin, end, number in zip(
            begins.tolist(), ends.tolist(), section[begins].tolist(), strict=True
        )
    )


def _with_end(joined: NDArray[np.bool_], *, first: bool) -> NDArray[np.bool_]:
    """Whether each point is joined to the one before it (`first`), or to the one after it."""
    return np.concatenate([[False], joined] if first else [joined, [False]])


def _meets(times: NDArray[np.float64], hours: float) -> NDArray[np.bool_]:
    """Whether a time is later at an inner point than on both sides of it."""
    middle = times[:, 1:-1]
    later = middle > np.maximum(times[:, :-2], times[:, 2:]) + LEAST_RISE_H
    met: NDArray[np.bool_] = np.logical_or.reduce(later & (middle <= hours), axis=0)
    return met


def _entered(earliest: Spread, hours: float) -> NDArray[np.intp]:
    """Numbers of the sections that a train may be on in time."""
    soonest = earliest.soonest
    entered = np.logical_or.reduce(earliest.entered(hours), axis=1)
    begun = soonest.source_h * earliest.scale < hours
    entered[soonest.sources.section[begun]] = True
    return np.flatnonzero(entered)


def _vertices(table: SectionTable, sections: NDArray[np.intp]) -> Points:
    wanted = np.zeros(len(table), dtype=bool)
    wanted[sections] = True
    of_vertex = np.repeat(np.arange(len(table)), np.diff(table.first))
    kept = wanted[of_vertex]
    return Points(of_vertex[kept], table.chainage_m[kept])


def _grid(table: SectionTable, sections: NDArray[np.intp]) -> Points:
    count = np.floor(table.length_m[sections] / GRID_M).astype(np.intp)
    section = np.repeat(sections, count)
    number = np.arange(section.size) - np.repeat(np.cumsum(count) - count, count)
    return Points(section, np.multiply(number + 0.5, GRID_M, dtype=np.float64))


def _bisected(spread: Spread, points: Points, times: NDArray[np.float64], hours: float) -> Points:
    """Further points, so that the time is linear between any two where it may be up.

    It rises or falls at one rate everywhere; so between two points it is linear if they differ by
    as much, and can be up only if they are near enough to that.
    """
    rate = spread.per_m
    one = points.section[1:] == points.section[:-1]
    section, ends_m = (
        points.section[:-1][one],
        np.stack([points.at_m[:-1], points.at_m[1:]])[:, one],
    )
    ends_h = np.stack([times[:-1], times[1:]])[:, one]
    found = [Points(section[:0], ends_m[0, :0])]
    while section.size:
        split = _may_bend(ends_h, (ends_m[1] - ends_m[0]) * rate, hours)
        section, ends_m, ends_h = section[split], ends_m[:, split], ends_h[:, split]
        middle = Points(section, ends_m.mean(axis=0))
        found.append(middle)
        section = np.repeat(section, 2)
        ends_m = _halves(ends_m, middle.at_m)
        ends_h = _halves(ends_h, spread.at(*middle))
    return Points(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _may_bend(
    ends_h: NDArray[np.float64], way_h: NDArray[np.float64], hours: float
) -> NDArray[np.bool_]:
    """Between which pairs of points the time may be up, and is not linear."""
    with np.errstate(invalid="ignore"):
        near = np.abs(ends_h - hours).sum(axis=0) <= way_h + LEAST_RISE_H
        bent = np.abs(ends_h[1] - ends_h[0]) < way_h - LEAST_RISE_H
    may_be: NDArray[np.bool_] = near & bent
    return may_be


def _halves(ends: NDArray[np.float64], middle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Both halves of intervals, one after another."""
    first, second = np.stack([ends[0], middle], axis=1), np.stack([middle, ends[1]], axis=1)
    return np.stack([first.ravel(), second.ravel()])


def _ups(points: Points, times: NDArray[np.float64], hours: float) -> Points:
    """Points within sections where the time is up."""
    first, second = times[:-1], times[1:]
    crossed = (points.section[1:] == points.section[:-1]) & ((first < hours) != (second < hours))
    crossed &= (first != hours) & (second != hours) & np.isfinite(first) & np.isfinite(second)
    before, after = first[crossed], second[crossed]
    from_m, to_m = points.at_m[:-1][crossed], points.at_m[1:][crossed]
    at_m = from_m + (hours - before) / (after - before) * (to_m - from_m)
    return Points(points.section[:-1][crossed], at_m)


def _places(table: SectionTable, points: Points) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    # One chainage for all sections, with a gap between each two.
    begin_m = np.concatenate([[0.0], np.cumsum(table.length_m + 1.0)[:-1]])
    along_m = table.chainage_m + np.repeat(begin_m, np.diff(table.first))
    at_m = points.at_m + begin_m[points.section]
    lon, lat = (np.interp(at_m, along_m, degrees) for degrees in (table.lon, table.lat))
    return lon, lat
