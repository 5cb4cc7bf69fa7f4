"""Where the train is at a moment: a window of chainage."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.ensemble.bounds import bounds_s
from journey.ensemble.counting import count_draws
from journey.ensemble.sampling import draw_block

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from numpy.typing import NDArray

    from journey.along import TimingPoint
    from journey.ensemble.draws import Draws
    from journey.ensemble.shares import Blocks
    from journey.ensemble.tally import Tally
    from journey.plan import Plan
    from journey.route import Route

GRAINS_KM = (0.1, 0.5, 1.0, 5.0, 10.0, 50.0)
"""What kilometres are rounded to; each divides the next."""
PHASES = 4
"""Which divide the bins of a tally evenly."""
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


def locate(plan: Plan, blocks: Blocks, seed: int, at: datetime, level: float) -> Whereabouts:
    """Find where drawn journeys are at a moment.

    Parameters
    ----------
    plan : Plan
        The scenario on its route.
    blocks : Blocks
        How the draws are divided.
    seed : int
        What they are drawn from.
    at : datetime
        The moment.
    level : float
        Share of the journeys between the first place and the last; at 1 the places are the ends of
        what the scenario allows.
    """
    after_s = (at - plan.epoch).total_seconds()
    positions = _positions(plan, blocks, seed, after_s)
    shares = ((1 - level) / 2, 0.5, (1 + level) / 2)
    chainages_m = positions.quantiles(shares)[0]
    errors_m = positions.standard_errors(shares)[0]
    if level == 1:
        allowed_m = [*_allowed_m(plan, after_s), *(positions.ends[0] if plan.tried else ())]
        chainages_m[[0, 2]] = min(allowed_m), max(allowed_m)
        errors_m[[0, 2]] = np.nan if plan.tried else 0.0
    grain_km = _grain_km(errors_m, float(positions.width[0]))
    places = _rounded_km(chainages_m / 1000, grain_km).clip(0, plan.route.length_km)
    waiting, _, arrived, _ = positions.counts[1].reshape(PHASES, -1).sum(axis=1) / positions.draws
    earliest, central, latest = (_place(plan.route, km) for km in places.tolist())
    errors_km = tuple((errors_m / 1000).tolist())
    return Whereabouts(
        at, level, earliest, central, latest, errors_km, grain_km, float(waiting), float(arrived)
    )


def _positions(plan: Plan, blocks: Blocks, seed: int, after_s: float) -> Tally:
    """Chainages, and in a second row who waits (0), is under way (1) and has arrived (2)."""
    end_m = plan.route.length_km * 1000

    def values(draws: Draws) -> Iterator[NDArray[np.float64]]:
        chainage_m = draws.positions_m(after_s)
        yield chainage_m
        yield np.add(draws.depart_s <= after_s, chainage_m == end_m, dtype=np.float64)

    draw = partial(draw_block, plan, blocks, seed)
    expected = np.array([[0.0, end_m], [0.0, PHASES]])
    return count_draws(blocks.count, draw, values, expected, sure=False)


def _allowed_m(plan: Plan, after_s: float) -> tuple[float, float]:
    """The least and the most advanced chainage that the scenario allows, m."""
    ends_s = bounds_s(plan, plan.events)
    at_m = plan.route.station_m[[event.station for event in plan.events]]
    least_m, most_m = (float(np.interp(after_s, ends_s[:, end], at_m)) for end in (1, 0))
    return least_m, most_m


def _grain_km(errors_m: NDArray[np.float64], bin_m: float) -> float:
    """Two standard errors at most, but never finer than places are counted."""
    largest_m = max(ERRORS_PER_GRAIN * np.nan_to_num(errors_m).max(), bin_m)
    fine_enough = [grain_km for grain_km in GRAINS_KM if grain_km * 1000 <= largest_m]
    return fine_enough[-1] if fine_enough else GRAINS_KM[0]


def _rounded_km(km: NDArray[np.float64], grain_km: float) -> NDArray[np.float64]:
    """Bounds outward, the middle to the nearest."""
    rounding = np.array([-0.5 + ROUNDING, 0.0, 0.5 - ROUNDING])
    rounded: NDArray[np.float64] = np.rint(km / grain_km + rounding) * grain_km
    return rounded


def _place(route: Route, km: float) -> Place:
    lon, lat = route.at(km)
    nearest = int(np.abs(route.station_m - km * 1000).argmin())
    return Place(km, float(lat), float(lon), route.timing_points[nearest])
