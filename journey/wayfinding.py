"""Routes between stations by one weighting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journey.errors import NoRouteError
from journey.pathfinding.alternatives import SHARED, STRETCH, alternative_ways
from journey.pathfinding.ways import NoWayError
from journey.tracing import Tracer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from journey.attribution import Provenance
    from journey.pathfinding.plain_search import Search
    from journey.pathfinding.turn_graph import TurnGraph
    from journey.pathfinding.ways import Place, Way
    from journey.pathfinding.weighting import Weighting
    from journey.route import Route
    from journey.section_table import SectionTable
    from journey.track import Station


@dataclass(frozen=True, eq=False)
class Wayfinder:
    """Finds routes on one network by one weighting.

    Attributes
    ----------
    table : SectionTable
        The sections.
    stations : mapping of str to Station
        The stations, by id.
    places : mapping of str to Place
        Where each station lies, by its id.
    provenance : Provenance
        What routes say of the data.
    weighting : Weighting
        What the lightest way is.
    graph : TurnGraph
        The sections weighted so.
    search : Search or None
        What searches the graph; the whole of it is searched for each question otherwise.
    """

    table: SectionTable
    stations: Mapping[str, Station]
    places: Mapping[str, Place]
    provenance: Provenance
    weighting: Weighting
    graph: TurnGraph
    search: Search | None = None

    def route(self, stations: Sequence[Station]) -> Route:
        """Find the lightest route through stations in their order.

        Raises
        ------
        NoRouteError
            If no track that the weighting allows connects two successive ones.
        """
        return self._traced(self.way(stations), stations)

    def way(self, stations: Sequence[Station]) -> Way:
        """Find the lightest way, as `route` does, without tracing it."""
        try:
            return self.graph.shortest_way([self.places[s.id] for s in stations], self.search)
        except NoWayError as error:
            leg = error.args[0]
            raise self._no_route(stations[leg], stations[leg + 1]) from None

    def alternatives(
        self,
        ends: Sequence[Station],
        count: int,
        stretch: float = STRETCH,
        shared: float = SHARED,
    ) -> tuple[Route, ...]:
        """Find routes between two stations that differ, see `alternative_ways`.

        Raises
        ------
        NoRouteError
            If no track that the weighting allows connects the two.
        """
        start, end = (self.places[station.id] for station in ends)
        try:
            found = alternative_ways(
                self.graph, self.table, start, end, count, stretch=stretch, shared=shared
            )
        except NoWayError:
            raise self._no_route(*ends) from None
        return tuple(self._traced(each.way, ends) for each in found)

    def _traced(self, way: Way, stations: Sequence[Station]) -> Route:
        names = tuple(station.name for station in stations)
        return Tracer(self.table, self.stations).route(way, names, self.provenance)

    def _no_route(self, before: Station, after: Station) -> NoRouteError:
        where = f"no track connects {before.name} and {after.name}"
        if restriction := self.weighting.restriction:
            avoids = ["avoid less"][: bool(self.weighting.avoid)]
            gauges = ["allow another gauge"][: self.weighting.gauge_mm is not None]
            return NoRouteError(f"{where} {restriction}; {', or '.join([*avoids, *gauges])}")
        return NoRouteError(f"{where}; name places on one connected railway")
