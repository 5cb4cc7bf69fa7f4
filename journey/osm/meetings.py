"""Nodes at which tracks meet, also where some of these are left out or cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journey.osm.raw import Meetings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from journey.osm.raw import Tags, Ways

BRANCHING_LEGS, CROSSING_LEGS = 3, 4
SAID = frozenset({"switch", "railway_crossing"})


def meetings_of(
    ways: Ways, aside: Sequence[NDArray[np.int64]], marks: Mapping[int, Tags]
) -> Meetings:
    """Find the nodes at which tracks meet.

    Parameters
    ----------
    ways : Ways
        The tracks that are kept, with the nodes that are missing from the extract.
    aside : sequence of ndarray of int
        Nodes of the service tracks that are left out.
    marks : mapping of int to dict
        Tags of nodes: switches and crossings are what they are.
    """
    tail, head = _pieces(ways, aside)
    legs = np.stack([np.concatenate([tail, head]), np.concatenate([head, tail])], axis=1)
    # Most nodes have two neighbours: those are out before what is drawn twice is looked for.
    node, count = np.unique(legs[:, 0], return_counts=True)
    many = np.intersect1d(node[count >= BRANCHING_LEGS], ways.node)
    distinct = np.unique(legs[np.isin(legs[:, 0], many)], axis=0)
    node, count = np.unique(distinct[:, 0], return_counts=True)
    met: list[int] = node[count >= CROSSING_LEGS].tolist()
    unsaid = frozenset(each for each in met if marks.get(each, {}).get("railway") not in SAID)
    return Meetings(node[count >= BRANCHING_LEGS], unsaid)


def _pieces(
    ways: Ways, aside: Sequence[NDArray[np.int64]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Nodes at both ends of every piece of track."""
    node = np.concatenate([ways.node, *aside])
    lengths = np.concatenate([np.diff(ways.first), [len(run) for run in aside]]).astype(np.intp)
    way = np.repeat(np.arange(len(lengths)), lengths)
    within = (way[1:] == way[:-1]) & (node[1:] != node[:-1])
    return node[:-1][within], node[1:][within]
