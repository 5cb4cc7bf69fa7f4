"""A scenario: a journey as it was reported, before any network or draw."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from journey.account import Account
from journey.alternatives import check_weights
from journey.defaults import DRAWS, SEED
from journey.ensemble import Ensemble
from journey.errors import InputError, naming
from journey.laying import lay_cells, place_stops
from journey.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.network import Network
    from journey.route import Route
    from journey.track import Station


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Account):
    """What is stated of a journey, and between which places.

    Attributes
    ----------
    route : tuple of str
        Two places or more; the network fills in the way.
    origin : str
        The file it was read from, for messages.
    """

    route: tuple[str, ...]
    origin: str = "scenario"

    def __post_init__(self) -> None:
        """Check that the statements go together."""
        if not self.departures:
            raise InputError("departures: none; state one at least")
        check_weights([departure.weight for departure in self.departures], len(self.departures))
        if self.train is None and self.running != "cruise":
            raise InputError(f'train: missing; running = "{self.running}" needs one')
        if self.running == "cruise" and self.limits and self.speeds.meaning == "average":
            raise InputError(
                'speed.meaning: "average" with running = "cruise" and a [[limit]]: an average has '
                'its limits in it; take out [[limit]], or say meaning = "maximum", or '
                'running = "profile"'
            )

    def plan(self, network: Network) -> Plan:
        """Lay the scenario on its route through a network.

        Raises
        ------
        JourneyError
            If a place, line or country is unknown, or no track connects the places.
        """
        with naming(self.origin):
            return self._plan(network)

    def simulate(
        self,
        network: Network,
        *,
        draws: int = DRAWS,
        seed: int = SEED,
        places: Iterable[str] | None = None,
    ) -> Ensemble:
        """Draw journeys through a network.

        Parameters
        ----------
        network : Network
            The railway.
        draws : int
            How many journeys.
        seed : int
            What the random streams are spawned from.
        places : iterable of str, optional
            Stations on the way to time alone, which takes less time; all of them by default.

        Returns
        -------
        Ensemble
            The drawn journeys.

        Raises
        ------
        JourneyError
            If a place, line or country is unknown, no track connects the places, or `draws` or
            `seed` is out of range.

        Examples
        --------
        >>> import journey
        >>> scenario = journey.load_scenario("vladivostok-2023")
        >>> ensemble = scenario.simulate(journey.load_network(), draws=1000, seed=7)
        >>> round(ensemble.plan.route.length_km, 1)
        1183.9
        """
        plan = self.plan(network)
        with naming(self.origin):
            events = None if places is None else plan.events_at(places)
            return Ensemble.draw(plan, draws=draws, seed=seed, events=events)

    def _plan(self, network: Network) -> Plan:
        with naming("route"):
            route = network.route(*self.route)
        for key, place in self._places_on_the_way():
            with naming(f"{key} at {place!r}"):
                _check_on_route(route, network.station(place))
        stops, stop_station = place_stops(route, self.stops)
        stop_m = route.station_m[stop_station]
        stated = {each.name: getattr(self, each.name) for each in fields(Account)}
        return Plan(
            **{**stated, "stops": stops},
            route=route,
            stop_station=stop_station,
            cells=lay_cells(route, self.speeds, self.limits, stop_m, network.countries_and_lines),
        )

    def _places_on_the_way(self) -> list[tuple[str, str]]:
        stops = [("stop", stop.at) for stop in self.stops]
        return stops + [("sighting", sighting.at) for sighting in self.sightings]


def _check_on_route(route: Route, station: Station) -> None:
    if all(point.station.id != station.id for point in route.timing_points):
        way = " - ".join(route.places)
        raise InputError(f"it lies off the route {way}; expected a station on the way")
