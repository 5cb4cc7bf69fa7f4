"""Which tracks lie beside each other, so that a way by one is a way by the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from journey.geodesy import on_sphere

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.spatial import KDTree

    from journey.pathfinding.ways import Piece, Way
    from journey.section_table import SectionTable

BESIDE_M = 500.0
"""Tracks nearer to each other than this are one railway."""

STEP_M = 250.0
"""Ways are compared at points so far apart."""

APART_M = 5_000.0
"""A way is beside itself where it comes back after more than this."""

EARTH_RADIUS_M = 6_371_000.0


@dataclass(frozen=True, eq=False)
class Course:
    """Where a way runs: points `STEP_M` apart on a sphere, m, shape (n, 3)."""

    points_m: NDArray[np.float64]

    @cached_property
    def tree(self) -> KDTree:
        """The points, ready to be searched."""
        return tree_of(self.points_m)

    def has_beside(self, points_m: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which points, shape (m, 3), lie beside the way."""
        distance_m, _ = self.tree.query(points_m, distance_upper_bound=BESIDE_M)
        return np.asarray(np.isfinite(distance_m))

    def share_beside(self, other: Course) -> float:
        """Share of the way that lies beside another."""
        return float(other.has_beside(self.points_m).mean())

    def beside_itself_m(self) -> float:
        """Length of the way that lies beside another part of it, m."""
        pairs = self.tree.query_pairs(BESIDE_M, output_type="ndarray")
        again = pairs[np.abs(pairs[:, 0] - pairs[:, 1]) > APART_M / STEP_M]
        return len(np.unique(again)) * STEP_M


@dataclass(frozen=True, eq=False)
class Ground:
    """Where the sections of a network lie.

    Attributes
    ----------
    table : SectionTable
        The sections.
    """

    table: SectionTable

    def course(self, way: Way) -> Course:
        """Where a way runs."""
        parts = [self._laid(piece) for piece in way.pieces]
        run_m, lon, lat = (np.concatenate(column) for column in zip(*parts, strict=True))
        ends_m = np.cumsum([0.0, *(piece.length_m for piece in way.pieces)])
        run_m += np.repeat(ends_m[:-1], [len(part[0]) for part in parts])
        at_m = np.arange(0.0, ends_m[-1] + STEP_M, STEP_M).clip(max=ends_m[-1])
        points = on_sphere(np.interp(at_m, run_m, lon), np.interp(at_m, run_m, lat))
        return Course(EARTH_RADIUS_M * points)

    def sections_beside(self, course: Course) -> NDArray[np.bool_]:
        """Which sections have their middle beside a way, shape (sections,)."""
        return course.has_beside(self._middles_m)

    @cached_property
    def _middles_m(self) -> NDArray[np.float64]:
        every = np.arange(len(self.table))
        middles = on_sphere(*self.table.places_at(every, self.table.length_m / 2))
        return EARTH_RADIUS_M * middles

    def _laid(self, piece: Piece) -> tuple[NDArray[np.float64], ...]:
        """Length run from the start of a piece, m, and degrees, at its ends and vertices."""
        vertices = slice(*self.table.first[piece.section : piece.section + 2].tolist())
        chainage_m = self.table.chainage_m[vertices]
        at_m = piece.vertices_m(chainage_m)
        lon, lat = (
            np.interp(at_m, chainage_m, each[vertices]) for each in (self.table.lon, self.table.lat)
        )
        return np.abs(at_m - piece.from_m), lon, lat


def tree_of(points_m: NDArray[np.float64]) -> KDTree:
    """Make points ready to be searched for the nearest."""
    from scipy.spatial import KDTree  # noqa: PLC0415 - a heavy import, for those who compare ways

    return KDTree(points_m)
