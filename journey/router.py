"""Many routes on one large network, each found in milliseconds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from journey.pathfinding.hierarchy import Hierarchy
from journey.pathfinding.plain_search import NO_LEG, Leg
from journey.pathfinding.weighting import BY_LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scipy.sparse import csr_array

    from journey.network import Network
    from journey.pathfinding.hierarchy import Ahead
    from journey.pathfinding.ways import Way
    from journey.pathfinding.weighting import Weighting
    from journey.route import Route
    from journey.wayfinding import Wayfinder


@dataclass(frozen=True, eq=False)
class Router:
    """A network made ready for many questions; each is answered as `Network.route` does.

    Attributes
    ----------
    network : Network
        Whose stations are asked for.
    wayfinder : Wayfinder
        What finds the ways.

    Notes
    -----
    Of two ways of equal weight it may find the other.
    """

    network: Network
    wayfinder: Wayfinder

    @classmethod
    def of(cls, network: Network, weighting: Weighting = BY_LENGTH) -> Router:
        """Make a network ready, which takes seconds for a million sections.

        Parameters
        ----------
        network : Network
            The network.
        weighting : Weighting
            What the lightest way is, and what it keeps off.

        Examples
        --------
        >>> from journey import load_network
        >>> router = Router.of(load_network())
        >>> round(router.route("Khasan", "Vladivostok").length_km)
        326
        """
        plain = network.wayfinder(weighting)
        return cls(network, replace(plain, search=HierarchySearch.of(plain.graph.matrix)))

    def route(self, *places: str) -> Route:
        """Find the lightest way through places in their order, see `Network.route`.

        Raises
        ------
        UnknownPlaceError, NoRouteError, InputError
            As `Network.route` does.
        """
        return self.wayfinder.route(self.network.called_at(places))

    def way(self, *places: str) -> Way:
        """Find the pieces of track of that way, without tracing them vertex by vertex."""
        return self.wayfinder.way(self.network.called_at(places))


class HierarchySearch(NamedTuple):
    """A search by a hierarchy.

    Attributes
    ----------
    matrix : csr_array, shape (arcs, arcs)
        Weight of turning from one arc into another and running it.
    hierarchy : Hierarchy
        The same, ready for many searches.
    """

    matrix: csr_array
    hierarchy: Hierarchy

    @classmethod
    def of(cls, matrix: csr_array) -> HierarchySearch:
        """Make a graph ready."""
        return cls(matrix, Hierarchy.of(matrix))

    def ahead(self, starts: Sequence[tuple[int, float]]) -> _FromArcs:
        """Search from arcs at whose heads a train stands, each with the weight so far."""
        entered: dict[int, float] = {}
        by: dict[int, int] = {}
        for number, (start, before) in enumerate(starts):
            row = slice(*self.matrix.indptr[start : start + 2].tolist())
            weights = self.matrix.data[row].tolist()
            for arc, weight in zip(self.matrix.indices[row].tolist(), weights, strict=True):
                if arc not in entered or before + weight < entered[arc]:
                    entered[arc], by[arc] = before + weight, number
        return _FromArcs(self.hierarchy.ahead(entered), by)


class _FromArcs(NamedTuple):
    """A search begun, and the number of the start from which each first arc was entered."""

    begun: Ahead
    by: dict[int, int]

    def to(self, ends: Mapping[int, float]) -> Leg:
        """Find the lightest way to having run one of several arcs, each with a weight to add."""
        weight, arcs = self.begun.to(ends)
        return Leg(weight, self.by[arcs[0]], arcs) if arcs else NO_LEG
