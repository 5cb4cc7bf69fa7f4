"""Random journeys of a scenario, reports of them, and how often windows hold the truth."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.reports import Sighting

if TYPE_CHECKING:
    from collections.abc import Callable

    from journey.ensemble import Ensemble
    from journey.network import Network
    from journey.plan import Event
    from journey.scenario import Scenario

DAY_S = 86_400.0
TRUSTS = (1.0, 0.9, 0.6)


class Coverage(NamedTuple):
    """Shares of journeys whose true time is in, before and after the window of each event."""

    within: np.ndarray
    before: np.ndarray
    after: np.ndarray


def reports_of(
    scenario: Scenario, network: Network, journeys: int, seed: int, widths_s: tuple[float, float]
) -> tuple[np.ndarray, list[list[Sighting]]]:
    """Draw journeys, and report each at one to three places.

    A report is as wide as chance has it and holds the truth at any place within it alike; it is
    right with the probability that it is trusted, and otherwise anywhere within a day and its
    width around the truth of another journey: it says nothing of this one.
    """
    ensemble = scenario.simulate(network, draws=journeys, seed=seed + 1000)
    times_s = np.stack([ensemble.event_times_s(event) for event in ensemble.events])
    random = np.random.default_rng(seed)
    reports = []
    for journey in range(journeys):
        numbers = random.choice(len(times_s), random.integers(1, 4), replace=False)
        reports.append([])
        for number in numbers:
            width_s = float(np.exp(random.uniform(*np.log(widths_s))))
            middle_s, trust = _said(times_s[number], journey, width_s, random)
            reports[-1].append(_report(ensemble, ensemble.events[number], middle_s, width_s, trust))
    return times_s, reports


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


def _said(
    here_s: np.ndarray, journey: int, width_s: float, random: np.random.Generator
) -> tuple[float, float]:
    """The middle of what is reported of a journey, and how far it is trusted."""
    trust = float(random.choice(TRUSTS))
    middle_s = here_s[journey] + width_s * random.uniform(-0.5, 0.5)
    if random.random() > trust:
        middle_s = random.choice(here_s) + (width_s + DAY_S) * random.uniform(-0.5, 0.5)
    return float(middle_s), trust


def _report(
    ensemble: Ensemble, event: Event, middle_s: float, width_s: float, trust: float
) -> Sighting:
    middle = ensemble.plan.epoch + timedelta(seconds=middle_s)
    half = timedelta(seconds=width_s / 2)
    station = ensemble.plan.route.timing_points[event.station].station
    return Sighting(station.id, event.kind, middle - half, middle + half, trust)
