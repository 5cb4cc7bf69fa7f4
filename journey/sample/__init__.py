"""A few journeys that stand for all: what a page can be asked with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from journey.drawing.draws import Draws, Point
from journey.ensemble.windows import Moments, cut, rounded_each, windows_of
from journey.errors import InputError, shown, whole
from journey.quantities import Range
from journey.running_times import Journeys
from journey.sample.changes import Change
from journey.sample.choosing import choose, outermost, part_bounds_m
from journey.sample.columns import pack
from journey.sample.paces import MS_PER_KM, Paced, paced
from journey.statements import Stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from journey.ensemble import Ensemble
    from journey.ensemble.window_table import WindowTable
    from journey.ensemble.windows import Window
    from journey.plan import Event, Plan

__all__ = ["Change", "Sample"]

SIZE = 512
"""Journeys in a sample: their quantiles are about as exact as what windows are rounded to."""
LEAST, MOST = 2, 100_000
HOUR_S = 3600.0
KMH_TO_MS_PER_KM = 3.6e6


@dataclass(frozen=True, eq=False, repr=False)
class Sample:
    """Some journeys of an ensemble in whole numbers, each as likely as any other.

    Where a scenario has bounds of its own, two more are the journeys at these. A page that has the
    same numbers gets the same times. Between two bounds a journey keeps its pace, so that times of
    trains which accelerate and brake are exact at the bounds.

    Attributes
    ----------
    plan : Plan
        The scenario on its route.
    basis : str
        What windows are, as of the ensemble.
    bounds_m : ndarray, shape (parts + 1,)
        Bounds of the parts of the way, whole metres.
    journeys : Paced
        What the journeys are made of.
    grain_s : ndarray, shape (events,)
        What windows are rounded to, s: as those of the ensemble.
    level : float
        Share of the journeys that windows hold where nothing is said, as of the ensemble.
    spread_s : float
        Seconds of halts that are spread evenly over the way.
    """

    plan: Plan
    basis: str
    bounds_m: NDArray[np.float64]
    journeys: Paced
    grain_s: NDArray[np.float64]
    level: float
    spread_s: float = 0.0

    @classmethod
    def of(cls, ensemble: Ensemble, size: int = SIZE) -> Sample:
        """Choose journeys of an ensemble.

        Parameters
        ----------
        ensemble : Ensemble
            The drawn journeys, of all its events.
        size : int
            How many to choose.

        Returns
        -------
        Sample
            The journeys, and where the scenario has bounds of its own the two at these, so that no
            window of all is narrower.

        Raises
        ------
        InputError
            If `size` is out of range, or only some places were timed.
        """
        size = whole("size", size, LEAST, MOST)
        if ensemble.events != ensemble.plan.events:
            raise InputError("sample: only some places were timed; simulate without places")
        bounds_m = part_bounds_m(ensemble.plan)
        chosen = choose(ensemble, size, bounds_m)
        exact = ensemble.sure[0]
        if exact:
            chosen = chosen.joined(outermost(ensemble.plan, bounds_m))
        journeys = paced(chosen, bounds_m, exact=exact)
        return cls(
            plan=ensemble.plan,
            basis=ensemble.basis,
            bounds_m=bounds_m,
            journeys=journeys,
            grain_s=ensemble.grain_s,
            level=ensemble.default_level,
        )

    @property
    def size(self) -> int:
        """How many journeys there are."""
        return len(self.journeys.depart_s)

    def changed(self, change: Change) -> Sample:
        """The same journeys, with some quantities held at one value each.

        Reports are not weighed anew: what they say of all else stays as it was.

        Parameters
        ----------
        change : Change
            What is held, and at which value. At a station that is no stop yet the journeys then
            arrive and depart.

        Returns
        -------
        Sample
            As many journeys.

        Raises
        ------
        InputError
            If a country or a station is not on the way, or a station is one of its ends or is
            passed more than once.

        Examples
        --------
        >>> import journey
        >>> scenario = journey.load_scenario("vladivostok-2023").as_headline()
        >>> sample = journey.Sample.of(scenario.simulate(journey.load_network(), draws=1000))
        >>> waits = sample.changed(journey.Change(stand_h={"khasan": 6}))
        >>> str(waits.window_list()[-1].earliest - sample.window_list()[-1].earliest)
        '6:00:00'
        """
        stands_s = self._stands_s(change)
        made = self._with_stops(stands_s)
        dwell_s = made.journeys.dwell_s.copy()
        for number, stand_s in stands_s.items():
            dwell_s[made.plan.stop_station == number] = stand_s
        halts, spread_s = self.journeys.halts, self.spread_s
        if change.halts_h is not None:
            halts, spread_s = halts.part(0, 0), change.halts_h * HOUR_S
        journeys = Paced(
            depart_s=self._departures(change),
            pace_ms_per_km=self._paces(change),
            dwell_s=dwell_s,
            halts=halts,
        )
        return replace(made, journeys=journeys, spread_s=spread_s)

    def _with_stops(self, numbers: Iterable[int]) -> Sample:
        """Let the journeys stop at more timing points, for no time yet."""
        made = self
        for number in numbers:
            if number not in made.plan.stop_station:
                made = made._with_stop(number)
        return made

    def _with_stop(self, number: int) -> Sample:
        plan, place = self.plan, int(np.searchsorted(self.plan.stop_station, number))
        event = next(n for n, each in enumerate(plan.events) if each.station == number)
        stop = Stop(plan.route.timing_points[number].station.id, Range(0.0, 0.0))
        return replace(
            self,
            plan=replace(
                plan,
                stops=(*plan.stops[:place], stop, *plan.stops[place:]),
                stop_station=np.insert(plan.stop_station, place, number),
            ),
            journeys=self.journeys._replace(
                dwell_s=np.insert(self.journeys.dwell_s, place, 0.0, axis=0)
            ),
            grain_s=np.insert(self.grain_s, event, self.grain_s[event]),
        )

    def _departures(self, change: Change) -> NDArray[np.float64]:
        if change.moment is None:
            return self.journeys.depart_s
        return np.full(self.size, (change.moment - self.plan.epoch).total_seconds())

    def _paces(self, change: Change) -> NDArray[np.float64]:
        pace = self.journeys.pace_ms_per_km.copy()
        for country, speed_kmh in change.speed_kmh.items():
            here = self.country_of == country
            if not here.any():
                known = ", ".join(sorted(set(self.country_of.tolist())))
                raise InputError(
                    f"speed in {shown(country)}: expected a country on the way, {known}"
                )
            pace[here] = KMH_TO_MS_PER_KM / speed_kmh
        return pace

    def _stands_s(self, change: Change) -> dict[int, float]:
        """How long it stands at which timing points, s."""
        route = self.plan.route
        stands_s = {route.index_of(each): hours * HOUR_S for each, hours in change.stand_h.items()}
        for number in stands_s:
            if number in (0, len(route.timing_points) - 1):
                name = shown(route.timing_points[number].station.id)
                raise InputError(f"standing at {name}: expected a station between the ends")
        return stands_s

    @property
    def country_of(self) -> NDArray[np.str_]:
        """Country of each part of the way, by its code, shape (parts,)."""
        starts_m = [start.start_m for start in self.plan.route.countries]
        names = np.array([start.name for start in self.plan.route.countries])
        middle_m = (self.bounds_m[:-1] + self.bounds_m[1:]) / 2
        return names[np.searchsorted(starts_m, middle_m, side="right") - 1]

    @property
    def draws(self) -> Draws:
        """The journeys, as others are drawn."""
        nothing = np.zeros(self.size)
        return Draws(
            plan=self.plan,
            block=0,
            group=np.zeros(self.size, dtype=np.intp),
            depart_s=self.journeys.depart_s,
            dwell_s=self.journeys.dwell_s,
            journeys=Journeys(np.empty((0, 0)), np.empty((0, 0)), (), np.zeros(0, dtype=np.intp)),
            run_of=None,
            margin_share=nothing,
            margin_s_per_m=nothing,
            halts=self.journeys.halts,
            rows=self._running_rows,
        )

    def _running_rows(self, at_m: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
        """Times of running, and of halts that are spread evenly, up to chainages, s."""
        length_m = float(self.bounds_m[-1])
        for here_m in at_m:
            run_m = np.clip(here_m - self.bounds_m[:-1], 0.0, np.diff(self.bounds_m))
            running_s = np.zeros(self.size)
            for pace, part_m in zip(self.journeys.pace_ms_per_km, run_m, strict=True):
                running_s = running_s + pace * part_m / MS_PER_KM
            yield running_s + self.spread_s * here_m / length_m

    @property
    def station_m(self) -> NDArray[np.float64]:
        """Chainage of the timing points, whole metres."""
        return np.rint(self.plan.route.station_m)

    def times_s(self) -> NDArray[np.float64]:
        """When the journeys come to each event of the plan.

        Returns
        -------
        ndarray, shape (events, journeys)
            Seconds after the plan's epoch.
        """
        return np.stack(list(self.draws.times_s(self._points(self.plan.events))))

    def _points(self, events: Iterable[Event]) -> list[Point]:
        at_m = self.station_m
        return [Point(float(at_m[each.station]), each.stops_before) for each in events]

    def window_list(self, level: float | None = None) -> tuple[Window, ...]:
        """Windows of every event, in order along the route.

        Each is rounded by itself, outward, to what those of the ensemble are rounded to.

        Parameters
        ----------
        level : float, optional
            Share of the journeys that a window holds; that of the ensemble by default.

        Raises
        ------
        InputError
            If `level` is not above 0 and at most 1.
        """
        level = self.level if level is None else level
        times_s = self.times_s() + self.plan.epoch.timestamp()
        quantiles_s = np.quantile(times_s, cut(level), axis=1).T
        unbounded = np.tile([-np.inf, np.inf], (len(times_s), 1))
        ends_s = np.stack([times_s.min(axis=1), times_s.max(axis=1)], axis=1)
        unix_s = rounded_each(quantiles_s, self.grain_s, ends_s if level == 1 else unbounded)
        unknown = np.full(unix_s.shape, np.nan)
        moments = Moments(unix_s, unknown, self.grain_s)
        return tuple(windows_of(self.plan, self.plan.events, moments, self.basis))

    def windows(self, level: float | None = None) -> WindowTable:
        """Windows of every event as a table, as of `journey.ensemble.Ensemble.windows`.

        Parameters
        ----------
        level : float, optional
            Share of the journeys that a window holds; that of the ensemble by default.

        Returns
        -------
        WindowTable
            A row for each event.

        Raises
        ------
        InputError
            If `level` is not above 0 and at most 1.
        """
        # A heavy import, for those who ask for frames.
        from journey.ensemble.window_table import Basis, WindowTable  # noqa: PLC0415

        level = self.level if level is None else level
        holds = f"so for {100 * level:g} % of {self.size} journeys that stand for all"
        rests_on = Basis(self.plan, holds)
        return WindowTable.of(self.window_list(level), rests_on)

    def packed(self) -> dict[str, Any]:
        """The journeys as a page reads them: plain data, whole numbers."""
        found = self.journeys
        per_draw = np.bincount(found.halts.draw, minlength=self.size)
        return {
            "size": self.size,
            "depart": pack(found.depart_s + self.plan.epoch.timestamp()),
            "bounds_m": self.bounds_m.astype(int).tolist(),
            "country": self.country_of.tolist(),
            "pace": [pack(row) for row in found.pace_ms_per_km],
            "dwell": [pack(row) for row in found.dwell_s],
            "halts": {
                "per_journey": pack(per_draw),
                "at_m": pack(found.halts.at_m),
                "s": pack(found.halts.duration_s),
            },
        }
