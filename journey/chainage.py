"""Finding where in a sorted array of chainage values lie, a million at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUCKETS_PER_VERTEX = 4


@dataclass(frozen=True, eq=False)
class SegmentIndex:
    """The segments of a line, by chainage.

    A binary search jumps about in memory at every step. Here the line is divided into buckets of
    equal length, each of which knows the segment at its start; a few steps forward do the rest.

    Attributes
    ----------
    vertex_m : ndarray, shape (n,)
        Chainage of the vertices, m, strictly increasing from 0.
    first : ndarray of int, shape (buckets + 1,)
        Segment at the start of each bucket.
    """

    vertex_m: NDArray[np.float64]
    first: NDArray[np.intp]

    @classmethod
    def of(cls, vertex_m: NDArray[np.float64]) -> SegmentIndex:
        """Index the segments between vertices."""
        starts_m = np.linspace(0.0, vertex_m[-1], BUCKETS_PER_VERTEX * len(vertex_m) + 1)
        first = np.searchsorted(vertex_m, starts_m, side="right") - 1
        return cls(vertex_m, np.minimum(first, len(vertex_m) - 2))

    def find(self, chainage_m: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the segment that each chainage lies in.

        Parameters
        ----------
        chainage_m : ndarray
            Chainage, m, from 0 to the last vertex, any shape.

        Returns
        -------
        ndarray of int
            Numbers of the segments, 0 to n - 2, in that shape.
        """
        buckets_per_m = (len(self.first) - 1) / self.vertex_m[-1]
        segment: NDArray[np.intp] = self.first[(chainage_m * buckets_per_m).astype(np.intp)]
        while (beyond := self.vertex_m[segment + 1] < chainage_m).any():
            segment = segment + beyond
        return segment
