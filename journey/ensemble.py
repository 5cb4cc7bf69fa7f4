"""Many drawn journeys, and the arrival windows they give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.defaults import DRAWS, LEVEL, SEED
from journey.errors import InputError
from journey.running_times import running_times_s
from journey.sampling import corner_journeys, draw_dwells_s, draw_journeys, drawn

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    import pandas as pd
    from numpy.typing import NDArray

    from journey.plan import Event, Plan
    from journey.running_times import Journeys
    from journey.track import Station


class Window(NamedTuple):
    """When the train does something at a timing point: three moments in UTC.

    `basis` says what the figures are: ``"derived"`` by the model from what the scenario states.
    """

    station: Station
    km: float
    event: str
    earliest: datetime
    central: datetime
    latest: datetime
    basis: str

    @property
    def zone(self) -> ZoneInfo:
        """The clock of the place."""
        return self.station.zone


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Drawn journeys along one route.

    Attributes
    ----------
    plan : Plan
        The scenario on its route.
    seed : int
        What the draws were made from.
    depart_s : ndarray, shape (draws,)
        Departure, seconds after the plan's epoch.
    dwell_s : ndarray, shape (stops, draws)
        Duration of each of the plan's stops, s.
    journeys : Journeys
        Speeds, limits and train of each draw.
    margin_share : ndarray, shape (draws,)
        Part of the running time that is added to it.
    margin_s_per_m : ndarray, shape (draws,)
        Seconds that are added for each metre.
    running_s : ndarray, shape (stations, draws)
        Time from the start to each timing point without dwell and margin, s.
    running_bounds_s : ndarray, shape (stations, 2)
        The least and the most that it can be, s; where the plan trades time in one place for
        time in another, the least and the most found.
    """

    plan: Plan
    seed: int
    depart_s: NDArray[np.float64]
    dwell_s: NDArray[np.float64]
    journeys: Journeys
    margin_share: NDArray[np.float64]
    margin_s_per_m: NDArray[np.float64]
    running_s: NDArray[np.float64]
    running_bounds_s: NDArray[np.float64]

    @classmethod
    def draw(cls, plan: Plan, *, draws: int = DRAWS, seed: int = SEED) -> Ensemble:
        """Draw journeys.

        Every uncertain quantity has a random stream of its own, made from the seed and its name:
        a quantity more or less changes nothing of what is drawn for the others. Each is drawn by
        stratified sampling (the middle of each of `draws` slices of equal probability, in random
        order; McKay, Beckman and Conover 1979), so that a single uncertain quantity has no
        sampling noise at all. Trains are drawn from a limited number, and for ``dynamics`` so
        are the runs: what depends on them has as many slices, each of which many draws share.

        Parameters
        ----------
        plan : Plan
            The scenario on its route.
        draws : int
            How many journeys.
        seed : int
            What the random streams are spawned from.

        Raises
        ------
        InputError
            If `draws` is below 1 or `seed` below 0, or an average cannot be kept.
        StalledError
            If a train cannot start.
        """
        if draws < 1:
            raise InputError(f"draws {draws}: expected 1 or more")
        if seed < 0:
            raise InputError(f"seed {seed}: expected 0 or more")
        journeys = draw_journeys(plan, draws, seed)
        running_s = running_times_s(plan, journeys)
        tried_s = running_times_s(plan, corner_journeys(plan))
        if plan.trades:
            tried_s = np.hstack([tried_s, running_s])
        return cls(
            plan,
            seed,
            drawn(plan.depart_s, draws, seed, "depart"),
            draw_dwells_s(plan, draws, seed),
            journeys,
            drawn(plan.margin_share, draws, seed, "margin percent"),
            drawn(plan.margin_s_per_m, draws, seed, "margin minutes"),
            running_s,
            np.stack([tried_s.min(axis=1), tried_s.max(axis=1)], axis=1),
        )

    @property
    def draws(self) -> int:
        """How many journeys were drawn."""
        return len(self.depart_s)

    def event_times_s(self, event: Event) -> NDArray[np.float64]:
        """When each drawn journey reaches an event, seconds after the plan's epoch."""
        chainage_m = self.plan.route.timing_points[event.station].chainage_m
        running_s = self.running_s[event.station] * (1 + self.margin_share)
        running_s += chainage_m * self.margin_s_per_m
        halted_s = self.dwell_s[: event.stops_before].sum(axis=0)
        times_s: NDArray[np.float64] = self.depart_s + running_s + halted_s
        return times_s

    def bounds_s(self, event: Event) -> tuple[float, float]:
        """The earliest and the latest that the scenario allows, seconds after the epoch.

        Departure, running time, margin and halts do not depend on one another, so each is at its
        end. Where a train makes up for slowness to keep an average, they are those of all journeys
        that were tried.
        """
        return self._end_s(event, 0), self._end_s(event, 1)

    def window_list(self, level: float = LEVEL) -> tuple[Window, ...]:
        """Windows of every event, in order along the route.

        Parameters
        ----------
        level : float
            Share of the drawn journeys that a window holds, cut alike at both ends; at 1 the
            bounds are those of the scenario itself: every quantity at its end.

        Returns
        -------
        tuple of Window
            One for each event of the plan.

        Raises
        ------
        InputError
            If `level` is not above 0 and at most 1.
        """
        if not 0 < level <= 1:
            raise InputError(f"level {level:g}: expected a share above 0, at most 1, such as 0.9")
        shares = [(1 - level) / 2, 0.5, (1 + level) / 2]
        windows = []
        for event in self.plan.events:
            bounds_s = np.quantile(self.event_times_s(event), shares)
            if level == 1:
                low_s, high_s = self.bounds_s(event)
                # Rounding must not put the median outside.
                bounds_s[[0, 2]] = min(low_s, bounds_s[1]), max(high_s, bounds_s[1])
            windows.append(self._window(event, bounds_s))
        return tuple(windows)

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
            with offset), earliest_utc, central_utc, latest_utc, timezone, basis.
        """
        import pandas as pd  # noqa: PLC0415 - a heavy import, for those who ask for frames

        return pd.DataFrame([_row(window) for window in self.window_list(level)])

    def _end_s(self, event: Event, end: int) -> float:
        """The earliest, for 0, or the latest, for 1."""
        plan = self.plan
        halts = (stop.duration_s for stop in plan.stops[: event.stops_before])
        quantities = (plan.margin_share, plan.margin_s_per_m, plan.depart_s, *halts)
        share, s_per_m, *others_s = (float(each.at(float(end))) for each in quantities)
        running_s = float(self.running_bounds_s[event.station, end]) * (1 + share)
        chainage_m = plan.route.timing_points[event.station].chainage_m
        return running_s + chainage_m * s_per_m + sum(others_s)

    def _window(self, event: Event, bounds_s: NDArray[np.float64]) -> Window:
        station, chainage_m = self.plan.route.timing_points[event.station]
        earliest, central, latest = (
            self.plan.epoch + timedelta(seconds=round(float(s))) for s in bounds_s
        )
        km = chainage_m / 1000
        return Window(station, km, event.kind, earliest, central, latest, basis="derived")


def _row(window: Window) -> dict[str, object]:
    moments = {"earliest": window.earliest, "central": window.central, "latest": window.latest}
    local = {name: moment.astimezone(window.zone) for name, moment in moments.items()}
    return {
        "id": window.station.id,
        "station": window.station.name,
        "event": window.event,
        "km": round(window.km, 3),
        **local,
        **{f"{name}_utc": moment for name, moment in moments.items()},
        "timezone": window.station.timezone,
        "basis": window.basis,
    }
