"""Speeds, limits and stops laid on a route: which of them holds where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.along import ROUNDING_M, Start
from journey.errors import InputError, naming
from journey.ruling import DEFAULT, between_m, claims_of, rules_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from journey.route import Route
    from journey.statements import Limit, Speeds, Stop, UnreportedHalts


class Luck(NamedTuple):
    """What a speed is drawn for: a speed rule, and where these vary, one country or section.

    `rule` is 0 for the default; `country` and `section` are empty where speeds do not vary by them.
    """

    rule: int
    country: str
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

    def first_m(self, luck: int) -> float:
        """Chainage from which on one of the speeds is run, m."""
        return float(self.bounds_m[np.argmax(self.luck_of == luck)])

    def run_before(self, chainage_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Length of each cell run before given chainages, m, shape (points, cells)."""
        beyond_m = chainage_m[:, None] - self.bounds_m[:-1]
        return np.clip(beyond_m, 0.0, self.length_m)


class HaltWay(NamedTuple):
    """Where a table of unreported halts holds: stretches of the route.

    Attributes
    ----------
    stated : UnreportedHalts
        How many halts, and how long.
    start_m, length_m : ndarray, shape (stretches,)
        Chainage where each begins, and its length, m.
    """

    stated: UnreportedHalts
    start_m: NDArray[np.float64]
    length_m: NDArray[np.float64]

    def between(self, from_m: float, to_m: float) -> HaltWay:
        """What of it lies between two chainages."""
        start_m = np.clip(self.start_m, from_m, to_m)
        end_m = np.clip(self.start_m + self.length_m, from_m, to_m)
        return self._replace(start_m=start_m, length_m=end_m - start_m)

    def chainage_m(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Chainage at shares of all the way it holds on, 0 to 1, m."""
        ends_m = np.cumsum(self.length_m)
        beyond_m = share * ends_m[-1]
        number = np.minimum(np.searchsorted(ends_m, beyond_m), len(ends_m) - 1)
        before_m = ends_m - self.length_m
        chainage_m: NDArray[np.float64] = self.start_m[number] + beyond_m - before_m[number]
        return chainage_m


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
    claims = claims_of(route, "speed", [rule.where for rule in speeds.every], known)
    limits_m = [_limited_m(route, limit) for limit in limits]
    edges_m = [edge_m for stretch in (*claims, *limits_m) for edge_m in stretch[-2:]]
    halt_m = np.union1d(stop_m, [point.chainage_m for point in route.reversals])
    apart = [start.start_m for start in (route.countries if speeds.country_share else ())]
    apart += [stretch.start_m for stretch in route.stretches] if speeds.section_share else []
    bounds_m = _bounds_m([*edges_m, *apart, *halt_m.tolist()], route.length_km * 1000)
    middle_m = (bounds_m[:-1] + bounds_m[1:]) / 2
    ends_m = np.reshape(limits_m, (len(limits_m), 2, 1))
    limited = (middle_m > ends_m[:, 0]) & (middle_m < ends_m[:, 1])
    lucks = _lucks(route, speeds, rules_at(claims, middle_m, 0), middle_m)
    kinds = tuple(dict.fromkeys(lucks))
    luck_of = np.array([kinds.index(luck) for luck in lucks], dtype=np.intp)
    return Cells(bounds_m, kinds, luck_of, limited, halt_m)


def lay_halts(
    route: Route, stated: Sequence[UnreportedHalts], known: tuple[str, ...]
) -> tuple[HaltWay, ...]:
    """Lay unreported halts on a route: for each table, where it holds.

    Raises
    ------
    InputError
        As of `lay_cells`.
    """
    wheres = [halts.where for halts in stated]
    claims = claims_of(route, "unreported_halts", wheres, known)
    edges_m = [edge_m for claim in claims for edge_m in claim[-2:]]
    bounds_m = _bounds_m(edges_m, route.length_km * 1000)
    default = wheres.index(DEFAULT) if DEFAULT in wheres else len(wheres)
    rule_of = rules_at(claims, (bounds_m[:-1] + bounds_m[1:]) / 2, default)
    parts = [np.flatnonzero(rule_of == number) for number in range(len(wheres))]
    return tuple(
        HaltWay(halts, bounds_m[part], np.diff(bounds_m)[part])
        for halts, part in zip(stated, parts, strict=True)
        if part.size
    )


def _lucks(
    route: Route, speeds: Speeds, rule_of: NDArray[np.intp], middle_m: NDArray[np.float64]
) -> list[Luck]:
    """What the speed of each cell is drawn for."""
    sections = [Start(each.start_m, each.section.id) for each in route.stretches]
    return [
        Luck(rule, country, section)
        for rule, country, section in zip(
            rule_of.tolist(),
            _names_at(route.countries if speeds.country_share else (), middle_m),
            _names_at(sections if speeds.section_share else (), middle_m),
            strict=True,
        )
    ]


def _names_at(starts: Sequence[Start], at_m: NDArray[np.float64]) -> list[str]:
    """What holds at each chainage; nothing if nothing does."""
    if not starts:
        return [""] * len(at_m)
    numbers = np.searchsorted([start.start_m for start in starts], at_m) - 1
    return [starts[number].name for number in numbers]


def _bounds_m(edges_m: list[float], end_m: float) -> NDArray[np.float64]:
    """Edges in order from 0 to the end, those that differ only by rounding once."""
    in_order_m = np.unique(edges_m)
    inside_m = in_order_m[(in_order_m > ROUNDING_M) & (in_order_m < end_m - ROUNDING_M)]
    apart = np.diff(inside_m, prepend=0.0) > ROUNDING_M
    return np.concatenate([[0.0], inside_m[apart], [end_m]])


def _limited_m(route: Route, limit: Limit) -> tuple[float, float]:
    with naming(f"limit between {limit.between[0]!r} and {limit.between[1]!r}"):
        return between_m(route, limit.between)
