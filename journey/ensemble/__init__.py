"""Many drawn journeys, and the arrival windows they give."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from journey.clock import parse_moment
from journey.defaults import DRAWS, SEED
from journey.drawing.bounds import bounds_s
from journey.drawing.counting import count_draws
from journey.drawing.population import Stated
from journey.drawing.shares import Blocks
from journey.ensemble.legs import legs_of
from journey.ensemble.timed import AS_REPORTED, AS_STATED, Timed
from journey.ensemble.whereabouts import kilometres, locate
from journey.ensemble.windows import cut
from journey.errors import InputError, whole
from journey.evidence.conditioning import condition, probability_of
from journey.evidence.following import Follower

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from numpy.typing import ArrayLike, NDArray

    from journey.drawing.draws import Draws
    from journey.drawing.population import Population
    from journey.drawing.tally import Tally
    from journey.ensemble.legs import Leg
    from journey.ensemble.whereabouts import Whereabouts
    from journey.plan import Event, Plan
    from journey.reports import Sighting

WANTED = 600.0
"""Independent journeys that windows after reports should rest on."""
MOST_DRAWS = 1_000_000_000
"""More would take hours, and tell nothing more."""


@dataclass(frozen=True, eq=False, repr=False)
class Ensemble(Timed):
    """Drawn journeys along one route.

    The journeys themselves are not kept: they are counted as they are drawn, and drawn again where
    they are needed. So any number of them takes the same memory.
    """

    @classmethod
    def draw(
        cls,
        plan: Plan,
        *,
        draws: int = DRAWS,
        seed: int = SEED,
        events: tuple[Event, ...] | None = None,
        basis: str = AS_STATED,
    ) -> Ensemble:
        """Draw journeys.

        Every uncertain quantity has random streams of its own, made from the seed, its name and
        the number of a block of draws: a quantity more or less changes nothing of what is drawn
        for the others, and draws are the same in whatever order blocks are drawn. How they are
        spread is said in `journey.drawing.shares`. For ``dynamics``, and of trains, fewer are
        drawn, each of which several draws share.

        Parameters
        ----------
        plan : Plan
            The scenario on its route.
        draws : int
            How many journeys.
        seed : int
            What the random streams are spawned from.
        events : tuple of Event, optional
            What to time, in order along the route; all events of the plan by default.
        basis : str
            What its windows are.

        Raises
        ------
        InputError
            If `draws` is below 1 or beyond `MOST_DRAWS`, `seed` is below 0, or an average cannot be
            kept.
        StalledError
            If a train cannot start.
        """
        draws, seed = whole("draws", draws, 1, MOST_DRAWS), whole("seed", seed, 0)
        timed = plan.events if events is None else events
        population = Stated(plan, Blocks.of(draws), seed)
        arrivals = _counted(plan, population, timed)
        allowed_s = bounds_s(plan, _with_last(plan, timed))
        if plan.tried:
            allowed_s = _widened(allowed_s, arrivals.ends)
        return cls(plan, draws, seed, timed, arrivals, allowed_s, population, basis)

    def given(
        self,
        sightings: Iterable[Sighting],
        *,
        wanted: float = WANTED,
        events: tuple[Event, ...] | None = None,
        follower: Follower | None = None,
    ) -> Ensemble:
        """Take reports in: the same journeys, each as likely as the reports leave it.

        Parameters
        ----------
        sightings : iterable of Sighting
            The reports, besides those that were taken in before. Those that say the same count
            once.
        wanted : float
            Independent journeys that should be left: where the drawn ones do not suffice, more are
            drawn, within limits.
        events : tuple of Event, optional
            What to time, in order along the route; what was timed before by default.
        follower : Follower, optional
            What follows journeys from report to report. One that several calls have in common
            remembers what it drew, and saves time where their reports begin alike.

        Returns
        -------
        Ensemble
            Its windows are those after the reports; `evidence` says what they say, and on how many
            independent journeys the windows rest. Itself where there is no report.

        Raises
        ------
        InputError
            If a place is unknown, no journey satisfies the reports that are trusted entirely, or
            `follower` follows other journeys.

        Examples
        --------
        >>> import journey
        >>> scenario = journey.load_scenario("vostochny-2023")
        >>> ensemble = scenario.simulate(journey.load_network())
        >>> reported = ensemble.given(scenario.sightings)
        >>> reported.evidence.enough
        True
        """
        if not wanted >= 1:
            raise InputError(f"wanted {wanted:g}: expected one independent journey at least")
        if follower and (follower.plan is not self.plan or follower.seed != self.seed):
            raise InputError("follower: it follows other journeys; give one of this plan and seed")
        before = self.evidence.sightings if self.evidence else ()
        every = (*before, *sightings)
        if not every:
            return self
        population, evidence = condition(self._stated, every, wanted, follower)
        timed = self.events if events is None else events
        arrivals = _counted(self.plan, population, timed)
        return replace(
            self,
            events=timed,
            arrivals=arrivals,
            allowed_s=arrivals.ends,
            population=population,
            basis=AS_REPORTED,
            evidence=evidence,
        )

    def after_each(self, sightings: Iterable[Sighting]) -> Iterator[Ensemble]:
        """Take reports in one by one, in the order given.

        Yields
        ------
        Ensemble
            After the first report, after the first two, and so on.
        """
        every = tuple(sightings)
        follower = Follower(self.plan, self.seed)
        for count in range(1, len(every) + 1):
            yield self.given(every[:count], follower=follower)

    @cached_property
    def _stated(self) -> Stated:
        """The journeys before any report."""
        if isinstance(self.population, Stated):
            return self.population
        return Stated(self.plan, Blocks.of(self.draws), self.seed)

    def probability_of(self, sighting: Sighting) -> float:
        """Share of the journeys of which a report would hold, each by its weight.

        Of a report so narrow that it holds of few of the drawn ones, from those of which it nearly
        holds, as if their times were spread evenly.

        Raises
        ------
        InputError
            If its place is unknown.
        """
        return probability_of(self.plan, self.population, sighting)

    def legs(self, places: Iterable[str] | None = None, level: float = 0.9) -> tuple[Leg, ...]:
        """How fast the train runs, and how long it stands, on each part of the way.

        Parameters
        ----------
        places : iterable of str, optional
            Stations that divide the way; the sections of line by default.
        level : float
            Share of the journeys between the low and the high.

        Raises
        ------
        InputError
            If a place is not on the way, or `level` is out of range.

        Examples
        --------
        >>> import journey
        >>> scenario = journey.load_scenario("vladivostok-2023").as_headline()
        >>> ensemble = scenario.simulate(journey.load_network(), draws=1000)
        >>> (leg,) = ensemble.legs(["Pyongyang", "Khasan"])
        >>> round(leg.speed_kmh[1])
        59
        """
        return legs_of(self.plan, self.population, places, cut(level))

    def _repr_html_(self) -> str | None:
        """Draw the map, for a notebook; None where only some places were timed."""
        if self.events != self.plan.events:
            return None
        # The facade knows every room; this one knows none above it.
        import journey  # noqa: PLC0415

        drawn = journey.draw_map(self)
        page: str = drawn._repr_html_()
        return page

    def __repr__(self) -> str:
        """Say in short what it is: how many journeys, and of what."""
        return f"<Ensemble of {self.draws:,} journeys, seed {self.seed}: {self.plan.name}>"

    def blocks(self) -> Iterator[Draws]:
        """The journeys, drawn again, block by block."""
        for number in range(self.population.count):
            yield self.population.block(number)

    def event_times_s(self, event: Event) -> NDArray[np.float64]:
        """When each drawn journey reaches an event, seconds after the plan's epoch.

        Returns
        -------
        ndarray, shape (journeys,)
            All of them, in memory; after reports, each counts as much as `weights` says.
        """
        times_s = [next(drawn.event_times_s((event,))) for drawn in self.blocks()]
        return np.concatenate(times_s)

    @property
    def weights(self) -> NDArray[np.float64]:
        """How much each drawn journey counts, shape (journeys,); they sum to 1."""
        weights = np.concatenate([drawn.weights for drawn in self.blocks()])
        shares: NDArray[np.float64] = weights / weights.sum()
        return shares

    def at(self, moment: str | datetime, level: float | None = None) -> Whereabouts:
        """Where the train is at a moment.

        Parameters
        ----------
        moment : str or datetime
            With its offset, such as ``"2023-09-12T10:00+09:00"``.
        level : float, optional
            Share of the drawn journeys between the least and the most advanced place; at 1 all of
            them, and all that the scenario's own bounds allow. By default `default_level`.

        Returns
        -------
        Whereabouts
            Window of chainage, and the stations nearest to its bounds.

        Raises
        ------
        InputError
            If the moment has no offset, or `level` is out of range.

        Examples
        --------
        >>> import journey
        >>> scenario = journey.load_scenario("vladivostok-2023").as_headline()
        >>> ensemble = scenario.simulate(journey.load_network(), draws=1000)
        >>> there = ensemble.at("2023-09-11T00:00+09:00")
        >>> there.earliest.km, there.latest.km
        (354.0, 708.0)
        """
        level = self.default_level if level is None else level
        bounds = bounds_s(self.plan, self.plan.events) if self.evidence is None else None
        return locate(self.plan, self.population, bounds, parse_moment(moment), level)

    def kilometres_at(self, moment: str | datetime, shares: ArrayLike) -> NDArray[np.float64]:
        """Say which kilometre each of some shares of the journeys has not passed at a moment.

        Parameters
        ----------
        moment : str or datetime
            With its offset, such as ``"2023-09-12T10:00+09:00"``.
        shares : array_like, shape (n,)
            Shares of the journeys, 0 to 1.

        Returns
        -------
        ndarray, shape (n,)
            Chainage, km, not rounded.

        Raises
        ------
        InputError
            If the moment has no offset.
        """
        wanted = np.asarray(shares, dtype=np.float64)
        return kilometres(self.plan, self.population, parse_moment(moment), wanted)


def _with_last(plan: Plan, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Some events and the last of all, which says what all windows are rounded to."""
    return events if events[-1] == plan.events[-1] else (*events, plan.events[-1])


def _counted(plan: Plan, population: Population, events: tuple[Event, ...]) -> Tally:
    counted = _with_last(plan, events)
    return count_draws(population, lambda drawn: drawn.event_times_s(counted))


def _widened(allowed_s: NDArray[np.float64], drawn_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bounds that hold the drawn journeys too."""
    low_s = np.minimum(allowed_s[:, 0], drawn_s[:, 0])
    return np.stack([low_s, np.maximum(allowed_s[:, 1], drawn_s[:, 1])], axis=1)
