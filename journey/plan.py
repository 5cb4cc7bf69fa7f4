"""A scenario laid on a route: the quantities that are drawn, and where each of them acts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.errors import InputError, UnknownPlaceError, nearest_names
from journey.units import MPS_PER_KMH, Range

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from numpy.typing import NDArray

    from journey.route import Route
    from journey.statements import Departure, Sighting, Source, SpeedRule, Speeds, Stop

STRETCH_WORD = " to "
COUNTRY, LINE, STRETCH = range(3)


class Event(NamedTuple):
    """Something the train does at a timing point; `stops_before` counts the halts before it."""

    station: int
    kind: str
    stops_before: int


@dataclass(frozen=True, eq=False)
class Plan:
    """A scenario on a route.

    Attributes
    ----------
    name : str
        Title of the scenario.
    route : Route
        The way.
    depart : Departure
        When it began.
    speeds : Speeds
        How fast it runs, as stated.
    stops : tuple of Stop
        Where it stands, in order along the route.
    sightings : tuple of Sighting
        What was reported of it.
    sources : tuple of Source
        The reports that the statements refer to.
    route_source : str or None
        The report that names the destination.
    stop_station : ndarray of int, shape (stops,)
        Timing point of each stop.
    speed_mps : tuple of Range
        The distinct speeds, m/s.
    run_m : ndarray, shape (stations, speeds)
        Length run at each speed before each timing point, m.
    """

    name: str
    route: Route
    depart: Departure
    speeds: Speeds
    stops: tuple[Stop, ...]
    sightings: tuple[Sighting, ...]
    sources: tuple[Source, ...]
    route_source: str | None
    stop_station: NDArray[np.intp]
    speed_mps: tuple[Range, ...]
    run_m: NDArray[np.float64]

    @property
    def epoch(self) -> datetime:
        """The moment that times are counted from: the earliest departure."""
        return self.depart.earliest

    @property
    def depart_s(self) -> Range:
        """Departure, seconds after the epoch."""
        return Range(0.0, (self.depart.latest - self.depart.earliest).total_seconds())

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What the train does at each timing point, in order."""
        events: list[Event] = []
        last = len(self.route.timing_points) - 1
        for station in range(last + 1):
            before = int(np.searchsorted(self.stop_station, station))
            if station in self.stop_station:
                events += [Event(station, "arrive", before), Event(station, "depart", before + 1)]
            else:
                kind = {0: "depart", last: "arrive"}.get(station, "pass")
                events.append(Event(station, kind, before))
        return tuple(events)


def stop_stations(route: Route, stops: Iterable[Stop]) -> NDArray[np.intp]:
    """Timing point of each stop.

    Raises
    ------
    InputError
        If a stop is not on the route, at one of its ends, or named twice.
    """
    stations: list[int] = []
    for stop in stops:
        station = route.index_of(stop.at)
        if station in (0, len(route.timing_points) - 1):
            raise InputError(
                f"stop at {stop.at!r}: the journey begins or ends there; "
                "expected a station on the way, or another [depart]"
            )
        if station in stations:
            raise InputError(f"stop at {stop.at!r}: named twice; give one duration for both")
        stations.append(station)
    return np.array(stations, dtype=np.intp)


def lay_speeds(
    route: Route, speeds: Speeds, known: Iterable[str]
) -> tuple[tuple[Range, ...], NDArray[np.float64]]:
    """Lay the speed rules on a route.

    Parameters
    ----------
    route : Route
        The way.
    speeds : Speeds
        Rules by country, line or stretch.
    known : iterable of str
        The countries and lines of the network: a rule for one that the route does not touch is
        right, and without effect.

    Returns
    -------
    speed_mps : tuple of Range
        The distinct speeds, m/s, the default first.
    run_m : ndarray, shape (stations, speeds)
        Length run at each before each timing point, m.

    Raises
    ------
    InputError
        If a rule names nothing that is known, or two stretches overlap.
    """
    bounds_m, rule_of = _ruled_intervals(route, speeds.rules, tuple(known))
    low_m, high_m = bounds_m[:-1], bounds_m[1:]
    inside_m = np.clip(route.station_m[:, None] - low_m, 0.0, high_m - low_m)
    holds = rule_of[:, None] == np.arange(-1, len(speeds.rules))
    speed_mps = tuple(rule.speed_kmh.scaled(MPS_PER_KMH) for rule in speeds.every)
    return speed_mps, inside_m @ holds


def _ruled_intervals(
    route: Route, rules: tuple[SpeedRule, ...], known: tuple[str, ...]
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Bounds of the intervals of one rule each, m, and the number of that rule, -1 for none."""
    claims = [
        (rank, number, start_m, end_m)
        for number, rule in enumerate(rules)
        for rank, start_m, end_m in _claims(route, rule.where, known)
    ]
    edges_m = [0.0, route.length_km * 1000, *(edge for claim in claims for edge in claim[2:])]
    bounds_m = np.unique(edges_m)
    rule_of = np.full(len(bounds_m) - 1, -1, dtype=np.intp)
    _refuse_overlaps(sorted(claim[1:] for claim in claims if claim[0] == STRETCH), rules)
    for _, number, start_m, end_m in sorted(claims):
        rule_of[(bounds_m[:-1] >= start_m) & (bounds_m[1:] <= end_m)] = number
    return bounds_m, rule_of


def _refuse_overlaps(
    stretches: list[tuple[int, float, float]], rules: tuple[SpeedRule, ...]
) -> None:
    in_order = sorted(stretches, key=lambda stretch: stretch[1])
    for (one, _, end_m), (other, start_m, _) in pairwise(in_order):
        if start_m < end_m:
            names = f"{rules[one].where!r} and {rules[other].where!r}"
            raise InputError(f"speeds for {names} overlap; divide them at a station")


def _claims(route: Route, where: str, known: tuple[str, ...]) -> list[tuple[int, float, float]]:
    """Rank (a higher one goes before) and bounds, m, of every stretch that a rule means."""
    if STRETCH_WORD in where:
        ends_m = sorted(route.km_of(place.strip()) * 1000 for place in where.split(STRETCH_WORD, 1))
        return [(STRETCH, ends_m[0], ends_m[1])]
    if where not in known:
        offer = nearest_names(where, known)
        raise UnknownPlaceError(
            f"speed for {where!r}: expected a country or line ({', '.join(known)}) or "
            f'"A{STRETCH_WORD}B" with two stations{offer and "; " + offer}'
        )
    lines = [(LINE, s.start_m, s.end_m) for s in route.stretches if s.section.line == where]
    starts = (*route.countries, (route.length_km * 1000, ""))
    countries = [(COUNTRY, a[0], b[0]) for a, b in pairwise(starts) if a[1] == where]
    return lines + countries
