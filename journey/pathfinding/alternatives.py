"""Several ways between two places that a railway person would call different.

The lightest ways after the first differ from it by a platform track. A way worth telling keeps to
lightest ways for a good part of its course, and that part lies elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.pathfinding.beside import Ground
from journey.pathfinding.plain_search import PlainSearch, searched

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.pathfinding.plain_search import Reached
    from journey.pathfinding.turn_graph import TurnGraph
    from journey.pathfinding.ways import Place, Spot, Way
    from journey.section_table import SectionTable

STRETCH = 2.5
"""An alternative weighs at most this many times the lightest way."""

SHARED = 0.8
"""At most this share of it may lie beside one told before."""

THERE_AND_BACK_M = 10_000.0
"""So much of a way may lie beside itself: spirals do, and the throat of a terminus."""

MOST_TRIED = 100
"""So many ways are looked at before it is said that there are no more."""


class Alternative(NamedTuple):
    """One of several ways, and its weight."""

    weight: float
    way: Way


def alternative_ways(  # noqa: PLR0913 - what is different enough is for the caller to say
    graph: TurnGraph,
    table: SectionTable,
    start: Place,
    end: Place,
    count: int,
    *,
    stretch: float = STRETCH,
    shared: float = SHARED,
) -> list[Alternative]:
    """Find the lightest way between two places, and others in order of their weight.

    Parameters
    ----------
    graph : TurnGraph
        What is searched.
    table : SectionTable
        The sections it was made of.
    start, end : Place
        Where the ways begin and end.
    count : int
        How many ways to find at most.
    stretch : float
        How many times the weight of the lightest way another may have.
    shared : float
        Share of its length that may lie beside any way before it.

    Returns
    -------
    list of Alternative
        The ways, the lightest first.

    Raises
    ------
    NoWayError
        If no track connects the two places.

    Notes
    -----
    A plateau is a chain of arcs in which the lightest way from the start to the end of it, and
    that from its beginning to the end of the journey, agree; it makes a way that no short detour
    would better (Abraham, Delling, Goldberg and Werneck, "Alternative routes in road networks",
    ACM Journal of Experimental Algorithmics 18, 2013). Here a plateau counts as far as it lies
    away from all ways found before, and must weigh half of what may not be shared of the lightest
    way. A way that goes there and back beside itself is none.
    """
    lightest = graph.shortest_way([start, end])
    found = [Alternative(graph.weight_of(lightest), lightest)]
    plateaus = _Plateaus.of(graph, start, end, stretch * found[0].weight)
    ground = Ground(table)
    courses = [ground.course(lightest)]
    bends = max(THERE_AND_BACK_M, courses[0].beside_itself_m())
    least = (1 - shared) / 2 * found[0].weight
    away = ~ground.sections_beside(courses[0])
    tried: set[int] = set()
    while len(found) < count and len(tried) < MOST_TRIED:
        number = plateaus.best(np.repeat(away, 2), least, tried)
        if number < 0:
            break
        tried.add(number)
        way = plateaus.way(number)
        course = ground.course(way)
        if course.beside_itself_m() <= bends and max(map(course.share_beside, courses)) <= shared:
            found.append(Alternative(plateaus.total[number], way))
            courses.append(course)
            away &= ~ground.sections_beside(course)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Plateaus:
    """Chains of arcs on which the lightest ways from the start and to the end agree.

    Attributes
    ----------
    arcs : ndarray
        The arcs by which some way is light enough.
    plateau : ndarray, shape of `arcs`
        Number of the plateau of each: that of its first arc.
    total : ndarray, shape (all arcs,)
        Weight of the lightest way by each arc.
    ahead, behind : Reached
        The lightest ways from the start, and to the end.
    starts, ends : tuple of Spot
        Where those begin and end.
    graph : TurnGraph
        What is searched.
    """

    arcs: NDArray[np.intp]
    plateau: NDArray[np.intp]
    total: NDArray[np.float64]
    ahead: Reached
    behind: Reached
    starts: tuple[Spot, ...]
    ends: tuple[Spot, ...]
    graph: TurnGraph

    @classmethod
    def of(cls, graph: TurnGraph, start: Place, end: Place, most: float) -> _Plateaus:
        """Search from both places, for ways up to a weight."""
        starts, ends = graph.starts(start), graph.ends(end)
        ahead = PlainSearch(graph.matrix).ahead([(s.arc, rest) for s, rest in starts.items()])
        # What is to be added at an end is less than 0, which no search takes.
        raised = -min(ends.values(), default=0.0)
        behind = searched(
            graph.matrix.T.tocsr(),
            [np.array([spot.arc], dtype=np.int32) for spot in ends],
            [np.array([rest + raised]) for rest in ends.values()],
        )
        count = len(graph.length_m)
        total = ahead.weight[:count] + behind.weight[:count] - raised
        arcs = np.flatnonzero(total <= most)
        plateau = _first_arcs(ahead.previous, behind.previous, count)[arcs]
        return cls(arcs, plateau, total, ahead, behind, tuple(starts), tuple(ends), graph)

    def best(self, away: NDArray[np.bool_], least: float, tried: set[int]) -> int:
        """Find the plateau of the lightest way, or -1.

        Parameters
        ----------
        away : ndarray of bool, shape (all arcs,)
            The arcs that count.
        least : float
            What those of a plateau must weigh together.
        tried : set of int
            The plateaus that are out of the question.
        """
        weight = (self.graph.length_m * self.graph.factor)[self.arcs] * away[self.arcs]
        long = np.bincount(self.plateau, weights=weight) >= least
        long[list(tried & set(range(len(long))))] = False
        numbers = np.flatnonzero(long)
        return int(numbers[self.total[numbers].argmin()]) if numbers.size else -1

    def way(self, arc: int) -> Way:
        """The lightest way by an arc."""
        before, after = self.ahead.way(arc), self.behind.way(arc)
        origin, target = self.starts[before.start], self.ends[after.start]
        arcs = (origin.arc, *before.arcs, *after.arcs[-2::-1])
        return self.graph.way_of(((origin, arcs, target),))


def _first_arcs(
    previous: NDArray[np.int32], following: NDArray[np.int32], count: int
) -> NDArray[np.intp]:
    """The first arc of the plateau that each arc belongs to, by the arcs before and after it."""
    first = np.arange(count)
    before = previous[:count]
    linked = np.flatnonzero((before >= 0) & (before < count))
    linked = linked[following[before[linked]] == linked]
    first[linked] = before[linked]
    while (first[first] != first).any():
        first = first[first]
    return first
