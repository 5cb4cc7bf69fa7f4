"""Where the train is at a moment: a window of chainage."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.drawing.counting import count_draws
from journey.ensemble.windows import cut

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from numpy.typing import NDArray

    from journey.along import TimingPoint
    from journey.drawing.draws import Draws
    from journey.drawing.population import Population
    from journey.drawing.tally import Tally
    from journey.plan import Plan
    from journey.route import Route

GRAINS_KM = (0.1, 0.5, 1.0, 5.0, 10.0, 50.0)
"""What kilometres are rounded to; each divides the next."""
ERRORS_PER_GRAIN = 2.0
ROUNDING = 1e-6


class Place(NamedTuple):
    """A place on a route: kilometre, position in degrees (WGS 84), and the nearest timing point."""

    km: float
    lat: float
    lon: float
    near: TimingPoint


class Whereabouts(NamedTuple):
    """Where the train is at a moment.

    Attributes
    ----------
    at : datetime
        The moment.
    level : float
        Share of the drawn journeys from the first place to the last.
    earliest, central, latest : Place
        The least advanced, the median and the most advanced.
    standard_errors_km : tuple of float
        Of their kilometres, before they were rounded.
    grain_km : float
        What kilometres are rounded to.
    not_departed, arrived : float
        Share of the drawn journeys that have not begun, and that have ended.
    """

    at: datetime
    level: float
    earliest: Place
    central: Place
    latest: Place
    standard_errors_km: tuple[float, ...]
    grain_km: float
    not_departed: float
    arrived: float

    def standing(self) -> Iterator[str]:
        """Say of how many journeys the train stands at an end; nothing where of none."""
        for share, what in ((self.not_departed, "has not departed"), (self.arrived, "has arrived")):
            if share:
                yield f"In {100 * share:.3g} % of the drawn journeys the train {what}."


def locate(
    plan: Plan,
    population: Population,
    bounds: NDArray[np.float64] | None,
    at: datetime,
    level: float,
) -> Whereabouts:
    """Find where drawn journeys are at a moment.

    Parameters
    ----------
    plan : Plan
        The scenario on its route.
    population : Population
        The journeys.
    bounds : ndarray, shape (events, 2), or None
        The earliest and the latest of every event that the scenario allows, s after the plan's
        epoch; None where only the journeys that were tried are known.
    at : datetime
        The moment.
    level : float
        Share of the journeys between the first place and the last; at 1 the places are the ends of
        what the scenario allows.
    """
    after_s = (at - plan.epoch).total_seconds()
    positions, waiting, arrived = _positions(plan, population, after_s)
    shares = np.array(cut(level))
    chainages_m = positions.quantiles(shares)[0]
    errors_m = positions.standard_errors(shares)[0]
    # Those who stand at an end stand just there.
    chainages_m[shares < waiting] = 0.0
    chainages_m[shares > 1 - arrived] = plan.route.length_km * 1000
    ends_m = _ends_m(plan, bounds, after_s, positions)
    if level == 1:
        chainages_m[[0, 2]] = ends_m
        errors_m[0] = np.nan if plan.tried or bounds is None else 0.0
        errors_m[2] = np.nan if plan.tried_earliest or bounds is None else 0.0
    grain_km = _grain_km(errors_m, float(positions.width[0]))
    places = _rounded_km(chainages_m / 1000, grain_km)
    places = places.clip(*_rounded_km(ends_m / 1000, GRAINS_KM[0])).clip(0, plan.route.length_km)
    earliest, central, latest = (_place(plan.route, km) for km in places.tolist())
    errors_km = tuple((errors_m / 1000).tolist())
    return Whereabouts(at, level, earliest, central, latest, errors_km, grain_km, waiting, arrived)


def kilometres(
    plan: Plan, population: Population, at: datetime, shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Kilometre that a share of the drawn journeys has not passed at a moment, for each share."""
    positions, waiting, arrived = _positions(plan, population, (at - plan.epoch).total_seconds())
    chainages_m = positions.quantiles(shares)[0]
    chainages_m[shares < waiting] = 0.0
    chainages_m[shares > 1 - arrived] = plan.route.length_km * 1000
    km: NDArray[np.float64] = chainages_m.clip(0.0, plan.route.length_km * 1000) / 1000
    return km


def _positions(plan: Plan, population: Population, after_s: float) -> tuple[Tally, float, float]:
    """Chainages, and the shares of the draws that wait and that have arrived."""
    end_m = plan.route.length_km * 1000
    standing: list[tuple[float, float, float]] = []

    def values(draws: Draws) -> Iterator[NDArray[np.float64]]:
        chainage_m = draws.positions_m(after_s)
        weight = draws.weights
        waiting, there = draws.depart_s > after_s, chainage_m == end_m
        # Sums of whole numbers, the same in any order.
        standing.append((weight[waiting].sum(), weight[there].sum(), weight.sum()))
        yield chainage_m

    tally = count_draws(population, values)
    waiting, arrived, total = np.sum(standing, axis=0).tolist()
    return tally, waiting / total, arrived / total


def _ends_m(
    plan: Plan, bounds: NDArray[np.float64] | None, after_s: float, positions: Tally
) -> NDArray[np.float64]:
    """The least and the most advanced chainage that the scenario allows, or that was drawn, m.

    The bounds of times are known at stations, and taken as linear between them.
    """
    drawn_m = positions.ends[0]
    if bounds is None:
        return np.array(drawn_m)
    at_m = plan.route.station_m[[event.station for event in plan.events]]
    least_m, most_m = (float(np.interp(after_s, bounds[:, end], at_m)) for end in (1, 0))
    return np.array([min(least_m, drawn_m[0]), max(most_m, drawn_m[1])])


def _grain_km(errors_m: NDArray[np.float64], bin_m: float) -> float:
    """Two standard errors at most, but never finer than places are counted."""
    known_m = errors_m[~np.isnan(errors_m)]
    if not known_m.size:
        return GRAINS_KM[-1]
    largest_km = max(ERRORS_PER_GRAIN * float(np.median(known_m)), bin_m) / 1000
    return max([GRAINS_KM[0], *(each for each in GRAINS_KM if each <= largest_km)])


def _rounded_km(km: NDArray[np.float64], grain_km: float) -> NDArray[np.float64]:
    """Bounds outward, what is between them to the nearest."""
    rounding = np.zeros(len(km))
    rounding[[0, -1]] = -0.5 + ROUNDING, 0.5 - ROUNDING
    # Zero is added to it, since there is no kilometre -0.
    rounded: NDArray[np.float64] = np.rint(km / grain_km + rounding) * grain_km + 0.0
    return rounded


def _place(route: Route, km: float) -> Place:
    lon, lat = route.at(km)
    nearest = int(np.abs(route.station_m - km * 1000).argmin())
    return Place(km, float(lat), float(lon), route.timing_points[nearest])
