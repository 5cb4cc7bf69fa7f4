"""What a way through a network is made of: places, spots and pieces of sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.along import ROUNDING_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class NoWayError(LookupError):
    """No track connects two successive places; the argument is the number of the leg."""


class Spot(NamedTuple):
    """A place on a directed section: arc number and distance run along it, m."""

    arc: int
    run_m: float


class Place(NamedTuple):
    """A place to go through: where it lies, both directions, and whether trains reverse there."""

    spots: tuple[Spot, ...]
    can_reverse: bool


class Piece(NamedTuple):
    """A stretch of one section as a train runs it, from one chainage of the section to another."""

    section: int
    from_m: float
    to_m: float

    @property
    def length_m(self) -> float:
        """Its length, m."""
        return abs(self.to_m - self.from_m)

    def at(self, run_m: float) -> float:
        """Chainage of the section after a length run, m."""
        return self.from_m + run_m if self.to_m > self.from_m else self.from_m - run_m

    def vertices_m(self, chainage_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Chainages of its ends, and of the vertices of the section between, as it is run."""
        low, high = sorted((self.from_m, self.to_m))
        # A vertex within the rounding of an end is that end.
        inside = (chainage_m > low + ROUNDING_M) & (chainage_m < high - ROUNDING_M)
        at_m = np.concatenate([[low], chainage_m[inside], [high]])
        return at_m if self.to_m > self.from_m else at_m[::-1]


def cut_pieces(pieces: Sequence[Piece], start_m: float, end_m: float) -> tuple[Piece, ...]:
    """Pieces of a way between two lengths run from its start, m."""
    kept, before_m = [], 0.0
    for piece in pieces:
        first_m = max(start_m - before_m, 0.0)
        last_m = min(end_m - before_m, piece.length_m)
        if last_m > first_m:
            kept.append(Piece(piece.section, piece.at(first_m), piece.at(last_m)))
        before_m += piece.length_m
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Way:
    """The shortest way: its pieces in order, and the pieces that begin with a reversal."""

    pieces: tuple[Piece, ...]
    reversed_before: frozenset[int]
