"""Random journeys of a scenario, reports of them, and how often windows hold the truth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.reports import Sighting
from journey.spots import Between

if TYPE_CHECKING:
    from collections.abc import Callable

    from journey.ensemble import Ensemble

DAY_S = 86_400.0
TRUSTS = (1.0, 0.9, 0.6)
SHARES = (0.6, 0.2, 0.2)
"""Of reports of an event, of one that has not happened yet, and of a stretch."""


class Coverage(NamedTuple):
    """Shares of journeys whose true time is in, before and after the window of each event."""

    within: np.ndarray
    before: np.ndarray
    after: np.ndarray


@dataclass
class Press:
    """Reports drawn journeys, each at one to three places.

    A report is right with the probability that it is trusted. Otherwise it is of another journey,
    and anywhere within a day around: it says nothing of this one.
    """

    truths: Ensemble
    random: np.random.Generator
    widths_s: tuple[float, float]

    def __post_init__(self) -> None:
        """Time all events of all journeys."""
        self.times_s = np.stack([self.truths.event_times_s(each) for each in self.truths.events])

    def reports(self) -> list[list[Sighting]]:
        """Reports of every journey."""
        return [self._of(journey) for journey in range(self.times_s.shape[1])]

    def _of(self, journey: int) -> list[Sighting]:
        numbers = self.random.choice(len(self.times_s), self.random.integers(1, 4), replace=False)
        says = (self._event, self._not_yet, self._stretch)
        found = []
        for number in numbers.tolist():
            trust = float(self.random.choice(TRUSTS))
            right = bool(self.random.random() <= trust)
            of = self.times_s[:, journey if right else self.random.integers(self.times_s.shape[1])]
            say = says[self.random.choice(len(says), p=SHARES)]
            at, event, middle_s, width_s = say(of, number, right=right)
            middle = self.truths.plan.epoch + timedelta(seconds=float(middle_s))
            half = timedelta(seconds=float(width_s) / 2)
            found.append(Sighting(at, event, middle - half, middle + half, trust))
        return found

    def _event(self, of, number, *, right):
        """An event, anywhere within an interval of any width."""
        width_s = np.exp(self.random.uniform(*np.log(self.widths_s)))
        around_s = width_s if right else width_s + DAY_S
        middle_s = of[number] + around_s * self.random.uniform(-0.5, 0.5)
        return self._station(number), self.truths.events[number].kind, middle_s, width_s

    def _not_yet(self, of, number, *, right):
        """That an event had not happened at a moment of the day before, or of the day after."""
        moment_s = of[number] - DAY_S * self.random.uniform(0.0 if right else -1.0, 1.0)
        return self._station(number), "not yet at", moment_s, 0.0

    def _stretch(self, of, _, *, right):
        """Between which stations it was at a moment that has nothing to do with it."""
        moment_s = self.random.choice(np.ravel(self.times_s))
        of = of + (not right) * DAY_S * self.random.uniform(-0.5, 0.5)
        behind, ahead = np.flatnonzero(of <= moment_s), np.flatnonzero(of >= moment_s)
        # Before it leaves and after it has arrived it stands at an end.
        ends = [0, 0] if not behind.size else [len(of) - 1] * 2
        if behind.size and ahead.size:
            ends = [self.random.choice(behind), self.random.choice(ahead)]
        names = [self._station(each) for each in ends]
        return Between(*names) if names[0] != names[1] else names[0], "at", moment_s, 0.0

    def _station(self, number: int) -> str:
        event = self.truths.events[number]
        return self.truths.plan.route.timing_points[event.station].station.id


def coverage_of(
    conditioned: Callable[[list[Sighting]], Ensemble],
    times_s: np.ndarray,
    reports: list[list[Sighting]],
    level: float = 0.9,
) -> Coverage:
    """How often windows after reports hold the truth, for each event."""
    low_s, high_s = np.empty_like(times_s), np.empty_like(times_s)
    for journey, sightings in enumerate(reports):
        low_s[:, journey], _, high_s[:, journey] = conditioned(sightings).quantiles_s(level).T
    before, after = times_s < low_s, times_s > high_s
    return Coverage(*(each.mean(axis=1) for each in (~before & ~after, before, after)))
