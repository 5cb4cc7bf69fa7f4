"""Which of the tracks that pass a station are its own: not a line that only runs beside it."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from journey.osm.traits import UNNAMED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from journey.osm.tracks import Tracks

JOINED_M = 1500.0
"""The tracks of a station are joined by rail within this of its nearest."""

PARALLEL_M = 15.0
"""The tracks of a double line are 4 to 6 m apart, and twice that with a platform between."""


def belonging(
    feet: Mapping[int, tuple[float, float]],
    nearest: int,
    carrying: Collection[int],
    tracks: Tracks,
) -> set[int]:
    """Tell which tracks a station is on.

    Parameters
    ----------
    feet : mapping
        From each chain that passes it to its place on the axis and its distance, m.
    nearest : int
        The chain that is nearest.
    carrying : collection of int
        Chains that carry a stop of its name.
    tracks : Tracks
        All tracks.

    Returns
    -------
    set of int
        The nearest chain, those that are joined with it by rail within 1500 m, are of the same
        line, or carry such a stop, and those that run close beside one of these at its level.
    """
    if len(feet) == 1:
        return {nearest}
    sure = _joined(nearest, feet[nearest][0], tracks) | set(carrying)
    line = tracks.lines[nearest]
    own = {chain for chain in feet if chain in sure or tracks.lines[chain] == line != UNNAMED}
    new, others = sorted(own), set(feet) - own
    while new and others:
        chain = new.pop()
        beside = _beside(chain, feet[chain][0], sorted(others), tracks)
        new += beside
        others.difference_update(beside)
    return set(feet) - others


def _beside(chain: int, at_m: float, others: Collection[int], tracks: Tracks) -> list[int]:
    """Those of some chains that run close beside a place of another, at its level."""
    lon, lat, level = tracks.at(chain, at_m)
    feet = ((other, *tracks.foot(other, lon, lat)) for other in others)
    return [other for other, beside_m, off_m in feet
            if off_m <= PARALLEL_M and tracks.at(other, beside_m)[2] == level]  # fmt: skip


def _joined(chain: int, at_m: float, tracks: Tracks) -> set[int]:
    """Chains that begin or end within `JOINED_M` of rail from a place, whatever the turns."""
    found, done = {chain}, set()
    queue = [(abs(end_m - at_m), node) for node, end_m in tracks.ends_of(chain)]
    heapq.heapify(queue)
    while queue:
        so_far_m, node = heapq.heappop(queue)
        if node in done or so_far_m > JOINED_M:
            continue
        done.add(node)
        for other in tracks.ending_at(node):
            found.add(other)
            (start, start_m), (end, end_m) = tracks.ends_of(other)
            heapq.heappush(queue, (so_far_m + end_m - start_m, end if start == node else start))
    return found
