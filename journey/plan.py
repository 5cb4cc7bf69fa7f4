"""A scenario laid on a route: the quantities that are drawn, and where each of them acts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.account import Account
from journey.alternatives import alternatives
from journey.errors import InputError, shown
from journey.quantities import Range
from journey.units import MPS_PER_KMH

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable
    from datetime import datetime

    from numpy.typing import NDArray

    from journey.laying import Cells, HaltWay
    from journey.network import Network
    from journey.quantities import Quantity
    from journey.route import Route

S_PER_M = 60.0 / 100_000.0
"""One minute for each 100 km, s/m."""


class Event(NamedTuple):
    """Something the train does at a timing point; `stops_before` counts the halts before it."""

    station: int
    kind: str
    stops_before: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Plan(Account):
    """What is stated of a journey, on a route; its stops in their order along it.

    Attributes
    ----------
    network : Network
        The railway.
    route : Route
        The way.
    stop_station : ndarray of int, shape (stops,)
        Timing point of each stop.
    cells : Cells
        Where which speed and which limits hold.
    halt_ways : tuple of HaltWay
        Where which unreported halts may happen.
    """

    network: Network
    route: Route
    stop_station: NDArray[np.intp]
    cells: Cells
    halt_ways: tuple[HaltWay, ...] = ()

    @property
    def epoch(self) -> datetime:
        """The moment that times are counted from: the earliest departure of all."""
        return min(departure.earliest for departure in self.departures)

    @property
    def depart_s(self) -> Quantity:
        """Departure, seconds after the epoch."""
        parts = [departure.after(self.epoch) for departure in self.departures]
        return alternatives(parts, [departure.weight for departure in self.departures])

    @property
    def speed_mps(self) -> tuple[Quantity, ...]:
        """Each speed that is drawn, m/s, in the order of the cells' lucks."""
        rules = [rule.speed_kmh.scaled(MPS_PER_KMH) for rule in self.speeds.every]
        return tuple(rules[luck.rule] for luck in self.cells.lucks)

    @property
    def limit_mps(self) -> tuple[Quantity, ...]:
        """Each limit, m/s."""
        return tuple(limit.speed_kmh.scaled(MPS_PER_KMH) for limit in self.limits)

    @property
    def margin_share(self) -> Quantity:
        """Part of the running time that is added to it."""
        return self.margin.percent.scaled(0.01) if self.margin else Range(0.0, 0.0)

    @property
    def margin_s_per_m(self) -> Quantity:
        """Seconds that are added for each metre."""
        return self.margin.min_per_100km.scaled(S_PER_M) if self.margin else Range(0.0, 0.0)

    @property
    def rule_km(self) -> NDArray[np.float64]:
        """How far each speed rule holds on this route, km, shape (speeds,)."""
        counts = len(self.speeds.every)
        return np.bincount(self.cells.rule_of, self.cells.length_m, minlength=counts) / 1000

    @cached_property
    def placings(self) -> dict[Hashable, tuple[tuple[tuple[float, float], ...], str | None]]:
        """Where reports lie on the way, or why not, once that was worked out: it takes its time."""
        return {}

    @property
    def stop_m(self) -> NDArray[np.float64]:
        """Chainage of each stop, m, shape (stops,)."""
        return self.route.station_m[self.stop_station]

    def passage_s(self, from_m: float, to_m: float) -> float:
        """Time from coming to one chainage to leaving another, at middling speeds and dwells, s."""
        middling_mps = np.array([float(each.at(0.5)) for each in self.speed_mps])
        run_m = np.diff(self.cells.run_before(np.array([from_m, to_m])), axis=0)[0]
        dwells_s = np.array([float(stop.duration_s.at(0.5)) for stop in self.stops])
        here = (self.stop_m >= from_m) & (self.stop_m <= to_m)
        return float((run_m / middling_mps[self.cells.luck_of]).sum() + dwells_s[here].sum())

    @property
    def uncertain(self) -> tuple[bool, ...]:
        """Which of the drawn speeds and then of the limits may have several values."""
        return tuple(not each.fixed for each in (*self.speed_mps, *self.limit_mps))

    @property
    def trades(self) -> bool:
        """Whether a train that is slow in one place is quicker in another, to keep an average."""
        if self.train is None or self.speeds.meaning != "average":
            return False
        return any(self.uncertain) or not self.train.fixed_for(self.running)

    @property
    def tried_earliest(self) -> bool:
        """Whether the earliest bounds can only be those of the journeys that were tried.

        So it is where time is traded, and of trains of which more masses are possible than tried.
        """
        uncertain = self.train is not None and not self.train.fixed_for(self.running)
        return self.trades or (self.running == "dynamics" and uncertain)

    @property
    def tried(self) -> bool:
        """Whether the latest bounds can only be those of the journeys that were tried."""
        return self.tried_earliest or bool(self.halt_ways)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What the train does at each timing point, in order."""
        stations = np.arange(len(self.route.timing_points))
        stops_before = np.searchsorted(self.stop_station, stations).tolist()
        halts = set(self.stop_station.tolist())
        kinds = {0: "depart", len(stations) - 1: "arrive"}
        events: list[Event] = []
        for station, before in enumerate(stops_before):
            if station in halts:
                events += [Event(station, "arrive", before), Event(station, "depart", before + 1)]
            else:
                events.append(Event(station, kinds.get(station, "pass"), before))
        return tuple(events)

    def events_at(self, places: Iterable[str]) -> tuple[Event, ...]:
        """What the train does at some stations, in order along the route.

        Raises
        ------
        InputError
            If one of them is not on the route, or passed more than once, or none is named.
        """
        if isinstance(places, str):
            raise InputError(f"places {shown(places)}: expected a list, such as [{shown(places)}]")
        stations = {self.route.index_of(place) for place in places}
        if not stations:
            raise InputError("places: none; name a station on the route at least")
        return tuple(event for event in self.events if event.station in stations)
