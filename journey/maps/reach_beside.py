"""Track of a network around a reach, drawn for orientation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journey.maps.paths import needed_of_lines, track_paths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journey.section_table import SectionTable

    Floats = NDArray[np.float64]

BESIDE_OFF_DEG = 0.001
"""How far off its own vertices the track is drawn at most where there is little: 111 m."""
MOST_VERTICES, MOST_LINES = 20_000, 20_000
"""Vertices besides the ends of lines, and lines of track. Where there are more, all is drawn more
coarsely, and what is shorter than that is left out."""


def track_beside(table: SectionTable, bounds: Sequence[Sequence[float]]) -> str:
    """Path of all track of a network that begins or ends in some part of the world.

    Parameters
    ----------
    table : SectionTable
        The sections.
    bounds : sequence, ``[[south, west], [north, east]]``
        The part, degrees.

    Returns
    -------
    str
        More coarsely drawn where there is much of it.
    """
    lon, lat, first = _within(table, bounds)
    if first.size == 1:
        return ""
    off_deg = BESIDE_OFF_DEG
    lon, lat, first = _coarser(lon, lat, first, off_deg)
    while lon.size > MOST_VERTICES + 2 * min(first.size - 1, MOST_LINES):
        off_deg *= 2
        lon, lat, first = _coarser(*_visible(lon, lat, first, off_deg), off_deg)
    return "".join(track_paths(lon, lat, first))


def _coarser(
    lon: Floats, lat: Floats, first: NDArray[np.intp], off_deg: float
) -> tuple[Floats, Floats, NDArray[np.intp]]:
    kept = needed_of_lines(lon, lat, first, off_deg)
    return lon[kept], lat[kept], np.append(np.searchsorted(kept, first[:-1]), kept.size)


def _visible(
    lon: Floats, lat: Floats, first: NDArray[np.intp], off_deg: float
) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """The lines that reach farther than a deviation that nobody sees."""
    begins, count = first[:-1], np.diff(first)
    extent = [np.maximum.reduceat(d, begins) - np.minimum.reduceat(d, begins) for d in (lon, lat)]
    chosen = np.maximum(*extent) > off_deg
    kept = np.repeat(chosen, count)
    return lon[kept], lat[kept], np.concatenate([[0], np.cumsum(count[chosen])])


def _within(
    table: SectionTable, bounds: Sequence[Sequence[float]]
) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Vertices of the sections that begin or end within bounds, and where each begins."""
    (south, west), (north, east) = bounds
    inside = (table.lon >= west) & (table.lon <= east) & (table.lat >= south) & (table.lat <= north)
    count = np.diff(table.first)
    chosen = inside[table.first[:-1]] | inside[table.first[1:] - 1]
    vertex = np.repeat(chosen, count)
    first = np.concatenate([[0], np.cumsum(count[chosen])])
    return table.lon[vertex], table.lat[vertex], first
