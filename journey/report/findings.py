"""What a report is about: both views of a journey, its check, and what if it had been otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from journey.cases import run_study
from journey.cases.axes import axes_of
from journey.cases.grid import Grid
from journey.cases.study import Study
from journey.defaults import DRAWS, LEVEL, SEED
from journey.errors import InputError
from journey.sightings.checked import ELSEWHERE, HERE, Checked, checked_of, every_second
from journey.sightings.contenders import with_rivals
from journey.sightings.rivals import Rivalry, weigh
from journey.track import PRINCIPAL
from journey.views import views_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from journey.cases.axes import Values
    from journey.cases.outcome import Outcome
    from journey.ensemble.windows import Window
    from journey.network import Network
    from journey.plan import Plan
    from journey.scenario import Scenario
    from journey.sightings.rivals import Standing
    from journey.views import View

SPEEDS = "40..80/10"
STANDS = "0, 6:00, 12:00, 24:00"
"""What is asked of a journey where its reader asks nothing: speeds, km/h, and a long stand."""
MOST_CASES = 60
"""A table of more is nothing that anybody prints."""


@dataclass(frozen=True, eq=False)
class Findings:
    """What came out.

    Attributes
    ----------
    views : tuple of View
        One or two views of the journey, the one that the report is about last.
    await_checked : callable
        Gives what became of its reports and claims, once that is known.
    priors : tuple of float
        Probabilities of the scenario and of its rivals, before the reports.
    rivalries : tuple of Rivalry
        What these make of every second rival; of the others that is with what became of them.
    study : Study
        What if it had been otherwise, at the last place alone.
    outcomes : tuple of Outcome
        What would have come out.
    left_out : tuple of str
        A line for each row of a file of reports that could not be placed.
    """

    views: tuple[View, ...]
    await_checked: Callable[[], Checked]
    priors: tuple[float, ...]
    rivalries: tuple[Rivalry, ...]
    study: Study
    outcomes: tuple[Outcome, ...]
    left_out: tuple[str, ...] = ()

    @cached_property
    def checked(self) -> Checked:
        """What became of its reports and claims."""
        return self.await_checked()

    @cached_property
    def rivals(self) -> tuple[Standing, ...]:
        """Its destination and others, weighed by the reports; without these or those, none."""
        others = [*self.rivalries, *self.checked.rivalries]
        others[HERE], others[ELSEWHERE] = self.rivalries, self.checked.rivalries
        own = Rivalry.of(self.view.ensemble)
        return weigh([own, *others], self.priors) if others else ()

    @property
    def view(self) -> View:
        """The view that the report is about."""
        return self.views[-1]

    @property
    def beside(self) -> View | None:
        """The headline, where it is another view."""
        return self.views[0] if self.views[1:] else None

    @property
    def plan(self) -> Plan:
        """The scenario on its route."""
        return self.view.ensemble.plan

    @cached_property
    def windows(self) -> tuple[tuple[Window, ...], ...]:
        """The windows of each view, in order along the route."""
        return tuple(view.ensemble.window_list(view.level) for view in self.views)

    @property
    def principal(self) -> tuple[Window, ...]:
        """Windows of the principal stations, of the halts and of both ends."""
        return tuple(each for each in self.windows[-1] if is_principal(each))


def is_principal(window: Window) -> bool:
    """Whether a window is one that a report lists."""
    return window.station.rank == PRINCIPAL or window.event != "pass"


def find(  # noqa: PLR0913 - as for `Scenario.simulate`, and what is asked
    scenario: Scenario,
    network: Network,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    level: float | None = None,
    speed: Values | Mapping[str | None, Values] = None,
    stop: Mapping[str, Values] | None = None,
    left_out: Sequence[str] = (),
    await_checked: Callable[[], Checked] | None = None,
) -> Findings:
    """Find out what a report says.

    Parameters
    ----------
    scenario : Scenario
        What is stated.
    network : Network
        The railway.
    draws, seed
        As for `Scenario.simulate`.
    level : float, optional
        Share of the drawn journeys that a window holds, as for `journey.views.views_of`.
    speed, stop
        What if, as for `journey.whatif`; where neither is given, some speeds, and some stands at
        the place where the gauge changes, or at the first halt.
    left_out : sequence of str
        A line for each row of a file of reports that could not be placed.
    await_checked : callable, optional
        Gives what `journey.sightings.checked.checked_of` does, where that is computed elsewhere; it
        takes longest. By default it is computed once it is asked for.

    Raises
    ------
    JourneyError
        If the scenario cannot be simulated, or a what-if not be computed.
    """
    # What was asked is read before anything is computed.
    asked = None if speed is None and stop is None else _grid(scenario, speed, stop)
    views = views_of(scenario, network, draws=draws, seed=seed, level=level)
    grid = asked or _grid(scenario, SPEEDS, _stands(views[-1].ensemble.plan))
    last = views[-1].ensemble.plan.route.places[-1]
    study = Study(grid, network, (last,), draws, seed, LEVEL if level is None else level)
    checking = await_checked or partial(checked_of, scenario, network, draws, seed)
    _, priors = with_rivals(scenario)
    rivals = every_second(scenario, network, draws, seed, HERE)
    outcomes = tuple(run_study(study))
    return Findings(views, checking, priors, rivals, study, outcomes, tuple(left_out))


def _grid(
    scenario: Scenario,
    speed: Values | Mapping[str | None, Values],
    stop: Mapping[str, Values] | None,
) -> Grid:
    grid = Grid.of(scenario, axes_of(speed, stop=stop))
    if grid.varied > MOST_CASES:
        raise InputError(
            f"what-if: {grid.varied:,} cases; expected {MOST_CASES} at most in a report: ask for "
            "fewer speeds or stops, or journey whatif for all"
        )
    return grid


def _stands(plan: Plan) -> dict[str, Values] | None:
    """Where a long stand is asked of: where the gauge changes, or at the first halt."""
    end_m = plan.route.length_km * 1000
    changes = [change.at.station for change in plan.route.gauge_breaks]
    inner = [p.station for p in plan.route.timing_points if 0 < p.chainage_m < end_m]
    inner = [station for station in inner if len(plan.route.passes_of(station)) == 1]
    halts = [plan.network.station(stop.at) for stop in plan.stops]
    places = [station.name for station in (*changes, *halts) if station in inner]
    return {places[0]: STANDS} if places else None
