"""Speeds, limits and stops laid on a route: which of them holds where."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.along import ROUNDING_M
from journey.errors import InputError, UnknownPlaceError, naming, nearest_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from journey.route import Route
    from journey.statements import Limit, SpeedRule, Speeds, Stop

STRETCH_WORD = " to "
COUNTRY, LINE, STRETCH = range(3)


class Luck(NamedTuple):
    """What a speed is drawn for: a speed rule, and where sections vary, one section of line.

    `rule` is 0 for the default; `section` is empty where a speed holds from start to end.
    """

    rule: int
    section: str


class Cells(NamedTuple):
    """A route divided so that in each cell one speed and the same limits hold.

    Attributes
    ----------
    bounds_m : ndarray, shape (cells + 1,)
        Chainage of the bounds, m, strictly increasing from 0; every halt is one.
    lucks : tuple of Luck
        The speeds that are drawn.
    luck_of : ndarray of int, shape (cells,)
        Which of them holds.
    limited : ndarray of bool, shape (limits, cells)
        Which limits hold.
    halt_m : ndarray, shape (halts,)
        Where the train comes to a stand on the way, m: at stops, and to reverse.
    """

    bounds_m: NDArray[np.float64]
    lucks: tuple[Luck, ...]
    luck_of: NDArray[np.intp]
    limited: NDArray[np.bool_]
    halt_m: NDArray[np.float64]

    @property
    def rule_of(self) -> NDArray[np.intp]:
        """Which of the speed rules holds, 0 for the default, shape (cells,)."""
        return np.array([luck.rule for luck in self.lucks], dtype=np.intp)[self.luck_of]

    @property
    def middle_m(self) -> NDArray[np.float64]:
        """Chainage of the middle of each cell, m, shape (cells,)."""
        return (self.bounds_m[:-1] + self.bounds_m[1:]) / 2

    @property
    def length_m(self) -> NDArray[np.float64]:
        """Length of each cell, m, shape (cells,)."""
        return np.diff(self.bounds_m)

    def run_before(self, chainage_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Length of each cell run before given chainages, m, shape (points, cells)."""
        beyond_m = chainage_m[:, None] - self.bounds_m[:-1]
        return np.clip(beyond_m, 0.0, self.length_m)


def place_stops(route: Route, stops: Iterable[Stop]) -> tuple[tuple[Stop, ...], NDArray[np.intp]]:
    """Put stops in their order along a route, and find the timing point of each.

    Raises
    ------
    InputError
        If a stop is not on the route, at one of its ends, or named twice.
    """
    placed: dict[int, Stop] = {}
    for stop in stops:
        station = route.index_of(stop.at)
        if station in (0, len(route.timing_points) - 1):
            raise InputError(
                f"stop at {stop.at!r}: the journey begins or ends there; "
                "expected a station on the way, or another [depart]"
            )
        if station in placed:
            raise InputError(f"stop at {stop.at!r}: named twice; give one duration for both")
        placed[station] = stop
    order = sorted(placed)
    return tuple(placed[station] for station in order), np.array(order, dtype=np.intp)


def lay_cells(
    route: Route,
    speeds: Speeds,
    limits: Iterable[Limit],
    stop_m: NDArray[np.float64],
    known: tuple[str, ...],
) -> Cells:
    """Lay speed rules, limits and stops on a route.

    Parameters
    ----------
    route : Route
        The way.
    speeds : Speeds
        Rules by country, line or stretch.
    limits : iterable of Limit
        Limits between two stations; they may overlap, and the lowest holds.
    stop_m : ndarray, shape (stops,)
        Chainage of the stops, m.
    known : tuple of str
        The countries and lines of the network: a rule for one that the route does not touch is
        right, and without effect.

    Raises
    ------
    InputError
        If a rule names nothing that is known, two stretches of speed rules overlap, or a limit
        is not between two stations of the route.
    """
    _refuse_repetitions(speeds)
    claims = [
        (rank, number, start_m, end_m)
        for number, rule in enumerate(speeds.rules, start=1)
        for rank, start_m, end_m in _claims(route, rule.where, known)
    ]
    _refuse_overlaps(sorted(claim[1:] for claim in claims if claim[0] == STRETCH), speeds.every)
    limits_m = [_limited_m(route, limit) for limit in limits]
    edges_m = [edge_m for stretch in (*claims, *limits_m) for edge_m in stretch[-2:]]
    halt_m = np.union1d(stop_m, [point.chainage_m for point in route.reversals])
    sections_m = [stretch.start_m for stretch in route.stretches] if speeds.section_share else []
    bounds_m = _bounds_m([*edges_m, *sections_m, *halt_m.tolist()], route.length_km * 1000)
    middle_m = (bounds_m[:-1] + bounds_m[1:]) / 2
    rule_of = np.zeros(len(middle_m), dtype=np.intp)
    for _, number, start_m, end_m in sorted(claims):
        rule_of[(middle_m > start_m) & (middle_m < end_m)] = number
    ends_m = np.reshape(limits_m, (len(limits_m), 2, 1))
    limited = (middle_m > ends_m[:, 0]) & (middle_m < ends_m[:, 1])
    lucks = _lucks(route, rule_of, middle_m, apart=speeds.section_share > 0)
    kinds = tuple(dict.fromkeys(lucks))
    luck_of = np.array([kinds.index(luck) for luck in lucks], dtype=np.intp)
    return Cells(bounds_m, kinds, luck_of, limited, halt_m)


def _lucks(
    route: Route, rule_of: NDArray[np.intp], middle_m: NDArray[np.float64], *, apart: bool
) -> list[Luck]:
    """What the speed of each cell is drawn for."""
    starts_m = [stretch.start_m for stretch in route.stretches]
    stretch_of = np.searchsorted(starts_m, middle_m) - 1
    sections = [route.stretches[number].section.id if apart else "" for number in stretch_of]
    return [Luck(int(rule), section) for rule, section in zip(rule_of, sections, strict=True)]


def _bounds_m(edges_m: list[float], end_m: float) -> NDArray[np.float64]:
    """Edges in order from 0 to the end, those that differ only by rounding once."""
    in_order_m = np.unique(edges_m)
    inside_m = in_order_m[(in_order_m > ROUNDING_M) & (in_order_m < end_m - ROUNDING_M)]
    apart = np.diff(inside_m, prepend=0.0) > ROUNDING_M
    return np.concatenate([[0.0], inside_m[apart], [end_m]])


def _limited_m(route: Route, limit: Limit) -> tuple[float, float]:
    with naming(f"limit between {limit.between[0]!r} and {limit.between[1]!r}"):
        return _between_m(route, limit.between)


def _between_m(route: Route, places: Iterable[str]) -> tuple[float, float]:
    start_m, end_m = sorted(route.km_of(place) * 1000 for place in places)
    if start_m == end_m:
        raise InputError("expected two different stations")
    return start_m, end_m


def _refuse_repetitions(speeds: Speeds) -> None:
    names = [rule.where for rule in speeds.every]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"speed for {name!r}: stated twice; take one out")


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
        with naming(f"speed for {where!r}"):
            places = where.split(STRETCH_WORD, 1)
            return [(STRETCH, *_between_m(route, [place.strip() for place in places]))]
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
