"""Many drawn journeys, and the arrival windows they give."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from journey.clock import parse_moment
from journey.defaults import DRAWS, LEVEL, SEED
from journey.ensemble.bounds import bounds_s
from journey.ensemble.counting import count_draws
from journey.ensemble.sampling import draw_block
from journey.ensemble.shares import Blocks
from journey.ensemble.whereabouts import locate
from journey.ensemble.windows import cut, frame_of, grain_s, rounded, windows_of
from journey.errors import whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    import pandas as pd
    from numpy.typing import NDArray

    from journey.ensemble.draws import Draws
    from journey.ensemble.tally import Tally
    from journey.ensemble.whereabouts import Whereabouts
    from journey.ensemble.windows import Window
    from journey.plan import Event, Plan

MOST_DRAWS = 1_000_000_000
"""More would take hours, and tell nothing more."""
MEASURED_SHARES = (0.05, 0.5, 0.95)
"""Quantiles whose standard errors say what all windows are rounded to."""


@dataclass(frozen=True, eq=False, repr=False)
class Ensemble:
    """Drawn journeys along one route.

    The journeys themselves are not kept: they are counted as they are drawn, and drawn again where
    they are needed. So any number of them takes the same memory.

    Attributes
    ----------
    plan : Plan
        The scenario on its route.
    draws : int
        How many journeys.
    seed : int
        What they were drawn from.
    events : tuple of Event
        What was timed, in order along the route.
    arrivals : Tally
        The times of each event, and then of the route's last if it is not among them, seconds
        after the plan's epoch.
    allowed_s : ndarray, shape (rows of arrivals, 2)
        The earliest and the latest that the scenario allows, s; where the plan trades time in one
        place for time in another, or has unreported halts, of the journeys that were tried.
    """

    plan: Plan
    draws: int
    seed: int
    events: tuple[Event, ...]
    arrivals: Tally
    allowed_s: NDArray[np.float64]

    @classmethod
    def draw(
        cls,
        plan: Plan,
        *,
        draws: int = DRAWS,
        seed: int = SEED,
        events: tuple[Event, ...] | None = None,
    ) -> Ensemble:
        """Draw journeys.

        Every uncertain quantity has random streams of its own, made from the seed, its name and
        the number of a block of draws: a quantity more or less changes nothing of what is drawn
        for the others, and draws are the same in whatever order blocks are drawn. How they are
        spread is said in `journey.ensemble.shares`. For ``dynamics``, and of trains, fewer are
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
        # The last event is timed in any case: all windows are rounded to what it supports.
        counted = timed if timed[-1] == plan.events[-1] else (*timed, plan.events[-1])
        blocks = Blocks.of(draws)
        arrivals = count_draws(
            blocks.count,
            partial(draw_block, plan, blocks, seed),
            lambda drawn: drawn.event_times_s(counted),
        )
        allowed_s = bounds_s(plan, counted)
        if plan.tried:
            allowed_s = _widened(allowed_s, arrivals.ends)
        return cls(plan, draws, seed, timed, arrivals, allowed_s)

    def __repr__(self) -> str:
        """Say in short what it is: how many journeys, and of what."""
        return f"<Ensemble of {self.draws:,} journeys, seed {self.seed}: {self.plan.name}>"

    def blocks(self) -> Iterator[Draws]:
        """The journeys, drawn again, block by block."""
        blocks = Blocks.of(self.draws)
        for number in range(blocks.count):
            yield draw_block(self.plan, blocks, self.seed, number)

    def event_times_s(self, event: Event) -> NDArray[np.float64]:
        """When each drawn journey reaches an event, seconds after the plan's epoch.

        Returns
        -------
        ndarray, shape (draws,)
            All of them, in memory.
        """
        times_s = [next(drawn.event_times_s((event,))) for drawn in self.blocks()]
        return np.concatenate(times_s)

    @property
    def bounds_s(self) -> NDArray[np.float64]:
        """The earliest and the latest of each event, s, shape (events, 2), see `allowed_s`."""
        return self.allowed_s[: len(self.events)]

    @property
    def resolution_s(self) -> NDArray[np.float64]:
        """How far a quantile is at most from that of the draws themselves, s, shape (events,)."""
        return self.arrivals.width[: len(self.events)]

    def quantiles_s(self, level: float = LEVEL) -> NDArray[np.float64]:
        """Earliest, central and latest of every event, not rounded.

        Parameters
        ----------
        level : float
            Share of the drawn journeys that a window holds, cut alike at both ends; at 1 the
            bounds are those of the scenario itself: every quantity at its end.

        Returns
        -------
        ndarray, shape (events, 3)
            Seconds after the plan's epoch, in order along the route.

        Raises
        ------
        InputError
            If `level` is not above 0 and at most 1.
        """
        times_s = self.arrivals.quantiles(cut(level))[: len(self.events)]
        if level == 1:
            # Rounding must not put the median outside.
            times_s[:, 0] = np.minimum(self.bounds_s[:, 0], times_s[:, 1])
            times_s[:, 2] = np.maximum(self.bounds_s[:, 1], times_s[:, 1])
        # Of the draws they are in order; bins of different widths could disturb it.
        return np.maximum.accumulate(times_s, axis=0)

    def standard_errors_s(self, level: float = LEVEL) -> NDArray[np.float64]:
        """Standard errors of `quantiles_s`, s, shape (events, 3).

        Not a number where too few draws do not tell. The scenario's own bounds have none; those
        of the journeys that were tried have one that is not known.
        """
        errors_s = self._errors_s(cut(level))[: len(self.events)]
        if level == 1:
            errors_s[:, 0] = np.nan if self.plan.tried_earliest else 0.0
            errors_s[:, 2] = np.nan if self.plan.tried else 0.0
        return errors_s

    @cached_property
    def grain_s(self) -> float:
        """What all windows are rounded to, s: what the last event of the route supports."""
        return grain_s(self._errors_s(MEASURED_SHARES)[-1])

    def _errors_s(self, shares: tuple[float, ...]) -> NDArray[np.float64]:
        """Standard errors of quantiles, s; none where only one moment is possible."""
        certain = self.allowed_s[:, :1] == self.allowed_s[:, 1:]
        return np.where(certain, 0.0, self.arrivals.standard_errors(shares))

    def window_list(self, level: float = LEVEL) -> tuple[Window, ...]:
        """Windows of every event, in order along the route.

        Those of `quantiles_s`, rounded to `grain_s`, but never beyond the scenario's own bounds.
        """
        sure_s = self.bounds_s.copy()
        sure_s[:, 0] = -np.inf if self.plan.tried_earliest else sure_s[:, 0]
        sure_s[:, 1] = np.inf if self.plan.tried else sure_s[:, 1]
        epoch_s = self.plan.epoch.timestamp()
        moments = rounded(self.quantiles_s(level) + epoch_s, self.grain_s, sure_s + epoch_s)
        errors_s = self.standard_errors_s(level)
        return tuple(windows_of(self.plan, self.events, moments, errors_s, self.grain_s))

    def windows(self, level: float = LEVEL) -> pd.DataFrame:
        """Windows of every event as a table.

        Parameters
        ----------
        level : float
            Share of the drawn journeys that a window holds.

        Returns
        -------
        DataFrame
            Columns: id, station, event, km, earliest, central, latest (local clock of the place,
            with offset), earliest_utc, central_utc, latest_utc, earliest_standard_error_s,
            central_standard_error_s, latest_standard_error_s, rounded_to_s, timezone, basis.
        """
        return frame_of(self.window_list(level))

    def at(self, moment: str | datetime, level: float = LEVEL) -> Whereabouts:
        """Where the train is at a moment.

        Parameters
        ----------
        moment : str or datetime
            With its offset, such as ``"2023-09-12T10:00+09:00"``.
        level : float
            Share of the drawn journeys between the least and the most advanced place; at 1 all of
            them, and all that the scenario's own bounds allow.

        Returns
        -------
        Whereabouts
            Window of chainage, and the stations nearest to its bounds.

        Raises
        ------
        InputError
            If the moment has no offset, or `level` is out of range.
        """
        return locate(self.plan, Blocks.of(self.draws), self.seed, parse_moment(moment), level)


def _widened(allowed_s: NDArray[np.float64], drawn_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bounds that hold the drawn journeys too."""
    low_s = np.minimum(allowed_s[:, 0], drawn_s[:, 0])
    return np.stack([low_s, np.maximum(allowed_s[:, 1], drawn_s[:, 1])], axis=1)
