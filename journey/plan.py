"""A scenario laid on a route: the quantities that are drawn, and where each of them acts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.account import Account
from journey.units import MPS_PER_KMH, Range

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from journey.laying import Cells
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
    route : Route
        The way.
    stop_station : ndarray of int, shape (stops,)
        Timing point of each stop.
    cells : Cells
        Where which speed and which limits hold.
    """

    route: Route
    stop_station: NDArray[np.intp]
    cells: Cells

    @property
    def epoch(self) -> datetime:
        """The moment that times are counted from: the earliest departure."""
        return self.depart.earliest

    @property
    def depart_s(self) -> Range:
        """Departure, seconds after the epoch."""
        return Range(0.0, (self.depart.latest - self.depart.earliest).total_seconds())

    @property
    def quantities(self) -> dict[str, Range]:
        """Every speed and then every limit, m/s, by the name of its random stream."""
        speeds = {f"speed {rule.where}": rule.speed_kmh for rule in self.speeds.every}
        limits = {
            f"limit {n} {' '.join(x.between)}": x.speed_kmh for n, x in enumerate(self.limits)
        }
        return {name: each.scaled(MPS_PER_KMH) for name, each in (speeds | limits).items()}

    @property
    def margin_share(self) -> Range:
        """Part of the running time that is added to it."""
        return self.margin.percent.scaled(0.01) if self.margin else Range(0.0, 0.0)

    @property
    def margin_s_per_m(self) -> Range:
        """Seconds that are added for each metre."""
        return self.margin.min_per_100km.scaled(S_PER_M) if self.margin else Range(0.0, 0.0)

    @property
    def rule_km(self) -> NDArray[np.float64]:
        """How far each speed rule holds on this route, km, shape (speeds,)."""
        counts = len(self.speeds.every)
        return np.bincount(self.cells.rule_of, self.cells.length_m, minlength=counts) / 1000

    @property
    def stop_m(self) -> NDArray[np.float64]:
        """Chainage of each stop, m, shape (stops,)."""
        return self.route.station_m[self.stop_station]

    @property
    def uncertain(self) -> tuple[bool, ...]:
        """Which of the speeds and limits may have several values somewhere on this route."""
        used = [*(self.rule_km > 0), *(True for _ in self.limits)]
        ranges = self.quantities.values()
        return tuple(here and not each.fixed for here, each in zip(used, ranges, strict=True))

    @property
    def trades(self) -> bool:
        """Whether a train that is slow in one place is quicker in another, to keep an average."""
        if self.train is None or self.speeds.meaning != "average":
            return False
        return any(self.uncertain) or not self.train.fixed_for(self.running)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What the train does at each timing point, in order."""
        events: list[Event] = []
        last = len(self.route.timing_points) - 1
        for station in range(last + 1):
            before = int(np.searchsorted(self.stop_station, station))
            if station in self.stop_station:
                events += [Event(station, "arrive", before), Event(station, "depart", before + 1)]
            else:
                kind = {0: "depart", last: "arrive"}.get(station, "pass")
                events.append(Event(station, kind, before))
        return tuple(events)
