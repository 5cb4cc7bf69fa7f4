"""What lies along a route: timing points, stretches of section, breaks of gauge, clocks, borders.

Each is a value at a chainage, in metres from the start of the route.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from journey.track import usable_mm

if TYPE_CHECKING:
    from journey.track import Section, Station


ROUNDING_M = 1e-3
"""Two chainages nearer than this are one: metres to kilometres and back, sums of lengths."""


class TimingPoint(NamedTuple):
    """A station of a route and its chainage, m."""

    station: Station
    chainage_m: float


class Stretch(NamedTuple):
    """A stretch of one section as the route runs it, with its chainage on the route, m."""

    section: Section
    start_m: float
    end_m: float


class Start(NamedTuple):
    """Where something begins to hold, m, and its name: a clock or a country."""

    start_m: float
    name: str


class GaugeBreak(NamedTuple):
    """A change of gauge: from where to where the train must have been regauged.

    Where the two gauges share a stretch of dual-gauge track, regauging can take place anywhere
    between `dual_from` and `at`.
    """

    dual_from: TimingPoint
    at: TimingPoint
    gauge_from: str
    gauge_to: str


def starts_of(points: tuple[TimingPoint, ...], attribute: str) -> tuple[Start, ...]:
    """Where each value of an attribute of the stations begins to hold.

    Parameters
    ----------
    points : tuple of TimingPoint
        The stations of a route, in order.
    attribute : str
        ``"timezone"`` or ``"country"``.

    Returns
    -------
    tuple of Start
        The first at 0. Between two stations that differ, the change is put at the border if one
        of them marks it, otherwise half way.
    """
    starts = [Start(0.0, getattr(points[0].station, attribute))]
    for before, after in pairwise(points):
        value = getattr(after.station, attribute)
        if value != getattr(before.station, attribute):
            starts.append(Start(_border_m(before, after), value))
    return tuple(starts)


def find_gauge_breaks(
    stretches: tuple[Stretch, ...], points: tuple[TimingPoint, ...]
) -> tuple[GaugeBreak, ...]:
    """Where stock of one gauge can go no farther.

    Parameters
    ----------
    stretches : tuple of Stretch
        The sections run, in order.
    points : tuple of TimingPoint
        The stations passed, those at the ends of the stretches among them.
    """
    breaks = []
    usable, single_until_m = stretches[0].section.gauges_mm, 0.0
    for stretch in stretches:
        here = stretch.section.gauges_mm
        through = usable_mm(here, usable)
        if not through:
            ends = (_nearest(points, single_until_m), _nearest(points, stretch.start_m))
            breaks.append(GaugeBreak(*ends, _gauge_text(usable), _gauge_text(here)))
        usable = through or here
        if len(here) == 1:
            single_until_m = stretch.end_m
    return tuple(breaks)


def cut_points(
    points: tuple[TimingPoint, ...], start_m: float, end_m: float
) -> tuple[TimingPoint, ...]:
    """Timing points between two chainages, counted from the first."""
    return tuple(
        TimingPoint(station, min(max(at_m, start_m), end_m) - start_m)
        for station, at_m in points
        if start_m - ROUNDING_M <= at_m <= end_m + ROUNDING_M
    )


def cut_stretches(
    stretches: tuple[Stretch, ...], start_m: float, end_m: float
) -> tuple[Stretch, ...]:
    """Stretches between two chainages, counted from the first."""
    parts = []
    for section, from_m, to_m in stretches:
        first_m, last_m = max(from_m, start_m), min(to_m, end_m)
        if last_m > first_m + ROUNDING_M:
            parts.append(Stretch(section, first_m - start_m, last_m - start_m))
    return tuple(parts)


def cut_starts(starts: tuple[Start, ...], start_m: float, end_m: float) -> tuple[Start, ...]:
    """What holds between two chainages, counted from the first."""
    here = [start for start in starts if start.start_m <= start_m][-1]
    later = [start for start in starts if start_m < start.start_m < end_m]
    return (Start(0.0, here.name), *(Start(at_m - start_m, name) for at_m, name in later))


def _border_m(before: TimingPoint, after: TimingPoint) -> float:
    for point in (before, after):
        if point.station.kind == "border":
            return point.chainage_m
    return (before.chainage_m + after.chainage_m) / 2


def _nearest(points: tuple[TimingPoint, ...], chainage_m: float) -> TimingPoint:
    return min(points, key=lambda point: abs(point.chainage_m - chainage_m))


def _gauge_text(gauges_mm: frozenset[int]) -> str:
    return "+".join(str(gauge) for gauge in sorted(gauges_mm))
