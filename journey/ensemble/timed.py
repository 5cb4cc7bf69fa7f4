"""The times of events of drawn journeys, and their windows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from journey.assumptions import condition
from journey.defaults import LEVEL
from journey.ensemble.windows import Moments, cut, grain_s, rounded, windows_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.drawing.population import Population
    from journey.drawing.tally import Tally
    from journey.ensemble.window_table import WindowTable
    from journey.ensemble.windows import Window
    from journey.evidence import Evidence
    from journey.plan import Event, Plan

AS_STATED, AS_REPORTED = "as stated", "as reported"
LEVEL_REPORTED = 0.9
MEASURED_SHARES = (0.05, 0.5, 0.95)
"""Quantiles whose standard errors say what windows are rounded to."""


@dataclass(frozen=True, eq=False, repr=False)
class Timed:
    """Times of some events of drawn journeys.

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
        place for time in another, has unreported halts, or reports were taken in, of the journeys
        that were tried.
    population : Population
        Where the journeys are drawn from.
    basis : str
        What windows are: of the scenario ``"as stated"``, of its ``"headline"``, or ``"as
        reported"``, after reports were taken in.
    evidence : Evidence or None
        What these say.
    """

    plan: Plan
    draws: int
    seed: int
    events: tuple[Event, ...]
    arrivals: Tally
    allowed_s: NDArray[np.float64]
    population: Population
    basis: str = AS_STATED
    evidence: Evidence | None = None

    @property
    def effective_draws(self) -> float:
        """As many independent journeys tell as much."""
        return self.evidence.effective_draws if self.evidence else float(self.draws)

    @property
    def reports(self) -> int:
        """How many reports were taken in, of those that can be right on the way."""
        return len(self.evidence.possible) if self.evidence else 0

    @property
    def log_evidence(self) -> float:
        """Natural logarithm of the probability of the reports, see `Evidence`; 0 without any."""
        return self.evidence.log_evidence if self.evidence else 0.0

    @property
    def default_level(self) -> float:
        """Share of the journeys that windows hold where nothing is said.

        All of them, by the scenario's own bounds; after reports, which leave no such bounds, 90 %.
        """
        return LEVEL if self.evidence is None else LEVEL_REPORTED

    @property
    def bounds_s(self) -> NDArray[np.float64]:
        """The earliest and the latest of each event, s, shape (events, 2), see `allowed_s`."""
        return self.allowed_s[: len(self.events)]

    @property
    def resolution_s(self) -> NDArray[np.float64]:
        """How far a quantile is at most from that of the draws themselves, s, shape (events,)."""
        return self.arrivals.width[: len(self.events)]

    def quantiles_s(self, level: float | None = None) -> NDArray[np.float64]:
        """Earliest, central and latest of every event, not rounded.

        Parameters
        ----------
        level : float, optional
            Share of the drawn journeys that a window holds, cut alike at both ends; at 1 the
            bounds are those of the scenario itself: every quantity at its end. By default
            `default_level`.

        Returns
        -------
        ndarray, shape (events, 3)
            Seconds after the plan's epoch, in order along the route.

        Raises
        ------
        InputError
            If `level` is not above 0 and at most 1.
        """
        level = self.default_level if level is None else level
        times_s = self.arrivals.quantiles(cut(level))[: len(self.events)]
        if level == 1:
            # Rounding must not put the median outside.
            times_s[:, 0] = np.minimum(self.bounds_s[:, 0], times_s[:, 1])
            times_s[:, 2] = np.maximum(self.bounds_s[:, 1], times_s[:, 1])
        # Of the draws they are in order; bins of different widths could disturb it.
        return np.maximum.accumulate(times_s, axis=0)

    def standard_errors_s(self, level: float | None = None) -> NDArray[np.float64]:
        """Standard errors of `quantiles_s`, s, shape (events, 3).

        Not a number where too few draws do not tell. The scenario's own bounds have none; those
        of the journeys that were tried have one that is not known.
        """
        level = self.default_level if level is None else level
        errors_s = self._errors_s(cut(level))[: len(self.events)]
        if level == 1:
            errors_s[:, 0] = 0.0 if self.sure[0] else np.nan
            errors_s[:, 2] = 0.0 if self.sure[1] else np.nan
        return errors_s

    @property
    def sure(self) -> tuple[bool, bool]:
        """Whether the earliest and the latest bounds are the scenario's own, and no others."""
        stated = self.evidence is None
        return stated and not self.plan.tried_earliest, stated and not self.plan.tried

    @cached_property
    def grain_s(self) -> NDArray[np.float64]:
        """What the windows of each event are rounded to, s, shape (events,).

        What the last event of the route supports, for all; after reports what each one supports,
        since those near a report are known far better.
        """
        errors_s = self._errors_s(MEASURED_SHARES)
        if self.evidence is None:
            return np.full(len(self.events), grain_s(errors_s[-1]))
        return np.array([grain_s(each) for each in errors_s[: len(self.events)]])

    def _errors_s(self, shares: tuple[float, ...]) -> NDArray[np.float64]:
        """Standard errors of quantiles, s; none where only one moment is possible."""
        certain = self.allowed_s[:, :1] == self.allowed_s[:, 1:]
        return np.where(certain, 0.0, self.arrivals.standard_errors(shares))

    def window_list(self, level: float | None = None) -> tuple[Window, ...]:
        """Windows of every event, in order along the route.

        Those of `quantiles_s`, rounded to `grain_s`, but never beyond the scenario's own bounds.
        """
        level = self.default_level if level is None else level
        if level not in self._window_lists:
            self._window_lists[level] = self._windows(level)
        return self._window_lists[level]

    @cached_property
    def _window_lists(self) -> dict[float, tuple[Window, ...]]:
        """By level: tables, maps and charts of one result all ask for the same."""
        return {}

    def _windows(self, level: float) -> tuple[Window, ...]:
        sure_s = np.where(self.sure, self.bounds_s, [-np.inf, np.inf])
        epoch_s = self.plan.epoch.timestamp()
        unix_s = rounded(self.quantiles_s(level) + epoch_s, self.grain_s, sure_s + epoch_s)
        moments = Moments(unix_s, self.standard_errors_s(level), self.grain_s)
        return tuple(windows_of(self.plan, self.events, moments, self.basis))

    def windows(self, level: float | None = None) -> WindowTable:
        """Windows of every event as a table.

        Parameters
        ----------
        level : float, optional
            Share of the drawn journeys that a window holds; `default_level` by default.

        Returns
        -------
        WindowTable
            A DataFrame whose `in_words` says a window as a sentence. Columns: id, station, event,
            km, earliest, central, latest (local clock of the place, with offset), earliest_utc,
            central_utc, latest_utc, earliest_standard_error_s, central_standard_error_s,
            latest_standard_error_s, rounded_to_s, timezone, basis.

        Examples
        --------
        >>> import journey
        >>> scenario = journey.load_scenario("vladivostok-2023").as_headline()
        >>> ensemble = scenario.simulate(journey.load_network(), draws=1000, places=["Khasan"])
        >>> [str(moment) for moment in ensemble.windows()["earliest"]]
        ['2023-09-11 03:32:26+10:00']
        """
        # A heavy import, for those who ask for frames.
        from journey.ensemble.window_table import Basis, WindowTable  # noqa: PLC0415

        level = self.default_level if level is None else level
        rests_on = Basis(self.plan, condition(self.plan, level, self.reports))
        return WindowTable.of(self.window_list(level), rests_on)
