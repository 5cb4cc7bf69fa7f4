"""The inverse question: what an arrival that was reported needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.clock import parse_moment
from journey.drawing.counting import count_draws
from journey.drawing.shares import shares
from journey.ensemble.windows import cut
from journey.errors import InputError, naming
from journey.units import MPS_PER_KMH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from numpy.typing import NDArray

    from journey.drawing.draws import Draws
    from journey.drawing.tally import Tally
    from journey.ensemble import Ensemble
    from journey.plan import Event
    from journey.track import Station


class Needs(NamedTuple):
    """What an arrival needs: one or the other.

    Attributes
    ----------
    station : Station
        Where.
    km : float
        At which kilometre of the route.
    earliest, latest : datetime
        The arrival, at any time between them alike.
    level : float
        Share of the drawn journeys that the bounds hold.
    speed_kmh : tuple of float
        Average speed while moving, with the stated halts: lowest, median and highest, km/h.
        Infinite where there is no time left to move in.
    halts_s : tuple of float
        Total of all halts on the way, at the stated speeds: least, median and most, s. Below zero
        where the train is too late without any.
    """

    station: Station
    km: float
    earliest: datetime
    latest: datetime
    level: float
    speed_kmh: tuple[float, ...]
    halts_s: tuple[float, ...]


def needs_of(
    ensemble: Ensemble,
    place: str,
    earliest: str | datetime,
    latest: str | datetime | None = None,
    *,
    level: float = 0.9,
) -> Needs:
    """Find the speed, or the total of halts, that an arrival needs.

    Parameters
    ----------
    ensemble : Ensemble
        The drawn journeys; their departure, halts, margins and for the halts their speeds count.
    place : str
        A station on the way.
    earliest, latest : str or datetime
        When the train was reported there, each with its offset; one moment if `latest` is missing.
    level : float
        Share of the drawn journeys that the bounds hold; at 1 all of them.

    Returns
    -------
    Needs
        Bounds and medians of both.

    Raises
    ------
    InputError
        If the place is not on the way, or the journey begins there, or the moments are none or not
        in order, or `level` is out of range.

    Examples
    --------
    >>> import journey
    >>> scenario = journey.load_scenario("vostochny-2023")
    >>> ensemble = scenario.as_headline().simulate(journey.load_network())
    >>> needs = journey.needs_of(ensemble, "Khasan", "2023-09-12T06:00+10:00")
    >>> [round(speed) for speed in needs.speed_kmh]
    [21, 23, 24]
    """
    shares_of = cut(level)
    event = _arrival_at(ensemble, place)
    ends = (parse_moment(earliest), parse_moment(earliest if latest is None else latest))
    if ends[1] < ends[0]:
        raise InputError(f"latest {ends[1].isoformat()} is before earliest {ends[0].isoformat()}")
    counted = _counted(
        ensemble, event, [(end - ensemble.plan.epoch).total_seconds() for end in ends]
    )
    quantiles = counted.quantiles(shares_of)
    if level == 1:
        quantiles[:, [0, 2]] = counted.ends
    station, at_m = ensemble.plan.route.timing_points[event.station]
    left_s, halts_s = quantiles
    # The less time is left, the faster the train must be.
    mps = np.divide(at_m, left_s[::-1], out=np.full(3, np.inf), where=left_s[::-1] > 0)
    speeds_kmh = tuple((mps / MPS_PER_KMH).tolist())
    return Needs(station, at_m / 1000, *ends, level, speeds_kmh, tuple(halts_s.tolist()))


def _arrival_at(ensemble: Ensemble, place: str) -> Event:
    (event, *_) = ensemble.plan.events_at([place])
    if event.station == 0:
        with naming(f"arrive at {place!r}"):
            raise InputError("the journey begins there; expected a station farther on")
    return event


def _counted(ensemble: Ensemble, event: Event, arrival_s: list[float]) -> Tally:
    """Time left to move in, and time left to stand in, s."""
    population = ensemble.population
    low_s, high_s = arrival_s

    def values(draws: Draws) -> Iterator[NDArray[np.float64]]:
        share = shares(ensemble.seed, "arrive", draws.block, population.row)[: draws.count]
        return _left_s(draws, event, low_s + share * (high_s - low_s) - draws.depart_s)

    return count_draws(population, values)


def _left_s(
    draws: Draws, event: Event, after_s: NDArray[np.float64]
) -> Iterator[NDArray[np.float64]]:
    """What is left of the time from departure to arrival, s: to move in, and to stand in."""
    at_m = draws.plan.route.timing_points[event.station].chainage_m
    halted_s = draws.halted_s(event)
    yield (after_s - halted_s - at_m * draws.margin_s_per_m) / (1 + draws.margin_share)
    (arrives_s,) = draws.event_times_s((event,))
    yield after_s - (arrives_s - draws.depart_s - halted_s)
