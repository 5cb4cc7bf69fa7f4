"""A what-if as a whole: which cases, on which network, watched where, with how many draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from journey.cases.fingerprint import fingerprint
from journey.cases.grid import BASE
from journey.cases.outcome import Outcome, base_of, rows_of
from journey.cases.railway import Railway
from journey.ensemble import Ensemble
from journey.errors import InputError, naming
from journey.version import __version__

if TYPE_CHECKING:
    from journey.cases.grid import Grid
    from journey.cases.outcome import Base
    from journey.network import Network
    from journey.plan import Event, Plan


@dataclass(frozen=True, eq=False)
class Study:
    """Cases to be computed; all that a result depends on.

    Attributes
    ----------
    grid : Grid
        The cases.
    network : Network
        The railway.
    places : tuple of str
        Where windows are wanted; empty for the places of each case's own route but the first.
    draws, seed : int
        As for `Scenario.simulate`, the same in every case.
    level : float
        Share of the drawn journeys that a window holds.
    """

    grid: Grid
    network: Network
    places: tuple[str, ...]
    draws: int
    seed: int
    level: float

    def check(self) -> None:
        """Find out, before much is computed, whether places and routes fit.

        Raises
        ------
        JourneyError
            If they do not; the message names the case.
        """
        passed: set[str] = set()
        for case in self.grid.samples():
            plan, _ = self.plan(case)
            passed |= {point.station.id for point in plan.route.timing_points}
        for place in self.places:
            if self.network.station(place).id not in passed:
                raise InputError(f"place {place!r}: it lies on the way of no case; leave it out")

    def plan(self, case: int) -> tuple[Plan, tuple[Event, ...]]:
        """Lay a case on its route, and say what is timed there."""
        with naming(self.grid.title(case)):
            plan = self.grid.scenario(case, self.network).plan(self._railway)
            wanted = {
                self.network.station(place).id for place in self.places or plan.route.places[1:]
            }
            points = plan.route.timing_points
            events = tuple(e for e in plan.events if points[e.station].station.id in wanted)
            if not events:
                way = " - ".join(plan.route.places)
                raise InputError(
                    f"places {', '.join(self.places)}: none lies on the route {way}; "
                    "expected one or more that do"
                )
        return plan, events

    def timed(self, case: int) -> list[tuple[str, str]]:
        """Station and event of each row of a case."""
        plan, events = self.plan(case)
        points = plan.route.timing_points
        return [(points[event.station].station.id, event.kind) for event in events]

    def ensemble(self, case: int) -> Ensemble:
        """Draw the journeys of a case."""
        plan, events = self.plan(case)
        with naming(self.grid.title(case)):
            return Ensemble.draw(plan, draws=self.draws, seed=self.seed, events=events)

    def outcome(self, case: int) -> Outcome:
        """Compute a case and hold it beside the base."""
        if case == BASE:
            return Outcome(BASE, self.base.rows)
        return Outcome(case, rows_of(self.ensemble(case), self.level, self.base))

    @cached_property
    def base(self) -> Base:
        """What the others are compared with."""
        return base_of(self.ensemble(BASE), self.level)

    @cached_property
    def _railway(self) -> Railway:
        network = self.network
        return Railway(network.station_list, network.section_list, network.provenance)

    @cached_property
    def fingerprint(self) -> str:
        """A name for all of it: what has the same name gives the same results."""
        grid = self.grid
        scenarios = [replace(scenario, origin="") for scenario in grid.scenarios]
        railway = (self.network.station_list, self.network.section_list)
        terms = (self.places, self.draws, self.seed, self.level, __version__)
        return fingerprint(scenarios, grid.axes, terms, railway)
