"""A scenario: a journey as it was reported, before any network or draw."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from journey.account import Account
from journey.alternatives import check_weights
from journey.defaults import DRAWS, SEED
from journey.ensemble import Ensemble
from journey.errors import InputError, naming
from journey.laying import lay_cells, lay_halts, place_stops
from journey.plan import Plan
from journey.quantities import Range
from journey.reports import stations_of
from journey.statements import SpeedRule, Speeds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.network import Network
    from journey.reports import Rival
    from journey.route import Route
    from journey.statements import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Account):
    """What is stated of a journey, and between which places.

    Attributes
    ----------
    route : tuple of str
        Two places or more; the network fills in the way.
    origin : str
        The file it was read from, for messages.
    rivals : tuple of Rival
        Other scenarios for the same reports.
    basis : str
        What windows of it are: of the scenario ``"as stated"``, or of its ``"headline"``.
    """

    route: tuple[str, ...]
    origin: str = "scenario"
    rivals: tuple[Rival, ...] = ()
    basis: str = "as stated"

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

    def as_headline(self) -> Scenario:
        """Return what is said of the journey in short: one speed all the way, and no halt.

        Of departures that contradict each other the likeliest counts. Itself where the scenario has
        no headline.
        """
        if self.headline is None:
            return self
        said = self.headline
        speed = Range(said.speed_kmh, said.speed_kmh)
        return Scenario(
            name=self.name,
            route=self.route,
            departures=(replace(max(self.departures, key=lambda each: each.weight), weight=1.0),),
            speeds=Speeds(SpeedRule("default", speed, said.source, said.reason)),
            sightings=self.sightings,
            sources=self.sources,
            route_source=self.route_source,
            claims=self.claims,
            origin=self.origin,
            basis="headline",
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
            return Ensemble.draw(plan, draws=draws, seed=seed, events=events, basis=self.basis)

    def _plan(self, network: Network) -> Plan:
        with naming("route"):
            route = network.route(*self.route)
        self._check_places(network)
        stops, stop_station = place_stops(route, self._stops_of(route, network))
        stop_m = route.station_m[stop_station]
        stated = {each.name: getattr(self, each.name) for each in fields(Account)}
        return Plan(
            **{**stated, "stops": stops},
            network=network,
            route=route,
            stop_station=stop_station,
            cells=lay_cells(route, self.speeds, self.limits, stop_m, network.countries_and_lines),
            halt_ways=lay_halts(route, self.unreported_halts, network.countries_and_lines),
        )

    def _check_places(self, network: Network) -> None:
        """Look up every place that is said to be a station, also of what lies off the route."""
        for sighting in self.sightings:
            with naming(f"sighting at {str(sighting.at)!r}"):
                for place in stations_of(sighting):
                    network.station(place)
        for claim in self.claims:
            with naming(f"claim of {claim.what}"):
                for place in claim.between:
                    network.station(place)

    def _stops_of(self, route: Route, network: Network) -> list[Stop]:
        """The stops on a route, those that are optional only where it passes between its ends."""
        stops, ends = [], {0, len(route.timing_points) - 1}
        for stop in self.stops:
            with naming(f"stop at {stop.at!r}"):
                passes = route.passes_of(network.station(stop.at))
                if not (passes or stop.optional):
                    way = " - ".join(route.places)
                    raise InputError(f"it lies off the route {way}; expected a station on the way")
            if not stop.optional or set(passes) - ends:
                stops.append(stop)
        return stops
