"""Reports laid on a plan: where on its route they put the train, or why they cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.compass import TOWARDS, bearing_deg
from journey.errors import InputError, UnknownPlaceError, naming, nearest_names
from journey.geodesy import ellipsoid
from journey.spots import Between, Disc, Kilometres, Region

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from journey.network import Network
    from journey.plan import Plan
    from journey.reports import Sighting
    from journey.route import Route
    from journey.spots import Spot

    Spans = tuple[tuple[float, float], ...]

NAMES_OF_REGIONS = {"Amur Oblast": "Asia/Yakutsk", "North Korea": "KP", "Russia": "RU"}
"""Regions that a clock of their own tells from the rest of a network, and countries by name."""
SAMPLE_M = 250.0
"""How far apart the points of a route are that are held against a position."""
HEADINGS_M = (5_000.0, 50_000.0, 200_000.0)
"""How far before and beyond a place the direction of travel is taken over: a train that winds
through the hills is said to run south where its journey leads there, and where its track does."""
HEADING_STEP_M = 1_000.0
RIGHT_ANGLE_DEG = 90.0


class Placed(NamedTuple):
    """A report on a route.

    Attributes
    ----------
    sighting : Sighting
        The report.
    spans_m : tuple of (float, float)
        Where it may have been, chainage, m; a station is a span without length. Empty where the
        report cannot be right on this route.
    why_not : str or None
        Why it cannot be.
    """

    sighting: Sighting
    spans_m: Spans
    why_not: str | None = None


class _Elsewhere(Exception):  # noqa: N818 - no error: an answer
    """A report is not of this route; its text says why."""


def placed(sighting: Sighting, plan: Plan) -> Placed:
    """Lay a report on a plan.

    Parameters
    ----------
    sighting : Sighting
        The report.
    plan : Plan
        The scenario on its route.

    Raises
    ------
    InputError
        If a place is unknown to the network, or a kilometre, position or direction is none.
    """
    # Reports are laid on one way many times over, for every set of others they are held against.
    said = sighting.at, sighting.event, sighting.direction
    if said not in plan.placings:
        with naming(f"sighting at {str(sighting.at)!r}"):
            plan.placings[said] = _placed(sighting, plan)
    return Placed(sighting, *plan.placings[said])


def _placed(sighting: Sighting, plan: Plan) -> tuple[Spans, str | None]:
    try:
        spans_m = _possible(sighting, _spans_m(sighting.at, plan), plan)
        return _heading(sighting.direction, spans_m, plan), None
    except _Elsewhere as why:
        return (), str(why)


def _spans_m(at: Spot, plan: Plan) -> Spans:
    match at:
        case Kilometres():
            return (_kilometres_m(at, plan.route),)
        case Disc():
            return _disc_m(at, plan.route)
        case Between():
            ends_m = [*_passes_m(at.start, plan), *_passes_m(at.end, plan)]
            return ((min(ends_m), max(ends_m)),)
        case Region():
            return _region_m(at.name, plan)
    return tuple((at_m, at_m) for at_m in _passes_m(at, plan))


def _possible(sighting: Sighting, spans_m: Spans, plan: Plan) -> Spans:
    """Those of some spans that a train can arrive at, or depart from."""
    end_m = plan.route.length_km * 1000
    if sighting.event == "arrive":
        kept = tuple(span for span in spans_m if span[1] > 0)
    elif sighting.event == "depart":
        kept = tuple(span for span in spans_m if span[0] < end_m)
    else:
        return spans_m
    if not kept:
        side = "begins" if sighting.event == "arrive" else "ends"
        raise _Elsewhere(f"the way {' - '.join(plan.route.places)} {side} there")
    return kept


def _passes_m(place: str, plan: Plan) -> list[float]:
    """Chainage of every pass of a station, m."""
    station = plan.network.station(place)
    passes = plan.route.passes_of(station)
    if not passes:
        raise _Elsewhere(f"{station.name} is not on the way {' - '.join(plan.route.places)}")
    return [float(plan.route.station_m[number]) for number in passes]


def _kilometres_m(at: Kilometres, route: Route) -> tuple[float, float]:
    if not 0 <= at.start_km <= at.end_km:
        raise InputError(f"{at}: expected kilometres from 0, the lower one first")
    if at.start_km > route.length_km:
        raise _Elsewhere(f"{at} lies beyond the end of the way, km {route.length_km:.1f}")
    return at.start_km * 1000, min(at.end_km, route.length_km) * 1000


def _disc_m(at: Disc, route: Route) -> Spans:
    located = route.locate(at.lon, at.lat)
    nearest_m, off_km = float(located.km) * 1000, float(located.off_track_km)
    if off_km > at.radius_km:
        raise _Elsewhere(f"the way is {off_km:,.1f} km from there, and not within {at.radius_km:g}")
    end_m = route.length_km * 1000
    samples_m = np.union1d(np.linspace(0, end_m, int(end_m / SAMPLE_M) + 2), [nearest_m])
    lon, lat = route.at(samples_m / 1000)
    here = np.full(lon.shape, at.lon), np.full(lat.shape, at.lat)
    within = ellipsoid().inv(*here, lon, lat)[2] <= at.radius_km * 1000
    within |= samples_m == nearest_m
    return _runs(samples_m, within)


def _runs(samples_m: NDArray[np.float64], within: NDArray[np.bool_]) -> Spans:
    """First and last of each run of samples that are within something."""
    edges = np.diff(within.astype(int), prepend=0, append=0)
    first, last = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    return tuple(zip(samples_m[first].tolist(), samples_m[last].tolist(), strict=True))


def _region_m(name: str, plan: Plan) -> Spans:
    """Stretches of the way in a country or region, or on a line."""
    route, wanted = plan.route, NAMES_OF_REGIONS.get(name, name)
    _check_region(name, plan.network)
    spans = [(s.start_m, s.end_m) for s in route.stretches if s.section.line == wanted]
    for starts in (route.clocks, route.countries):
        ends_m = [*(start.start_m for start in starts[1:]), route.length_km * 1000]
        spans += [
            (start.start_m, end_m)
            for start, end_m in zip(starts, ends_m, strict=True)
            if start.name == wanted
        ]
    if not spans:
        raise _Elsewhere(f"the way {' - '.join(route.places)} does not touch {name}")
    return tuple(_merged(sorted(spans)))


def _check_region(name: str, network: Network) -> None:
    known = (*network.countries_and_lines, *NAMES_OF_REGIONS)
    if name not in known:
        offer = nearest_names(name, known)
        raise UnknownPlaceError(
            f"region {name!r}: expected one of {', '.join(known)}{offer and '; ' + offer}; "
            "or give two stations, or a position with a radius"
        )


def _merged(spans: Iterable[tuple[float, float]]) -> Iterable[tuple[float, float]]:
    """Spans without what they have in common; they come in order."""
    start_m, end_m = 0.0, -1.0
    for low_m, high_m in spans:
        if low_m > end_m:
            if end_m >= start_m:
                yield start_m, end_m
            start_m, end_m = low_m, high_m
        end_m = max(end_m, high_m)
    yield start_m, end_m


def _heading(direction: str | None, spans_m: Spans, plan: Plan) -> Spans:
    """Those of some spans where the train heads as reported."""
    if direction is None:
        return spans_m
    if direction.startswith(TOWARDS):
        ahead_m = max(_passes_m(direction.removeprefix(TOWARDS).strip(), plan))
        kept = tuple((start, min(end, ahead_m)) for start, end in spans_m if start < ahead_m)
    else:
        kept = tuple(run for span in spans_m for run in _heading_for(plan.route, span, direction))
    if not kept:
        raise _Elsewhere(f"on the way {' - '.join(plan.route.places)} it does not run {direction}")
    return kept


def _heading_for(route: Route, span_m: tuple[float, float], direction: str) -> Spans:
    """Parts of a span where a route runs into the half of the compass around a direction.

    On any of the scales of `HEADINGS_M`.
    """
    count = int((span_m[1] - span_m[0]) / HEADING_STEP_M) + 1
    samples_m = np.linspace(*span_m, count + (span_m[1] > span_m[0]))
    wanted = bearing_deg(direction)
    off_deg = [
        np.abs((_bearings_deg(route, samples_m, scale_m) - wanted + 180) % 360 - 180)
        for scale_m in HEADINGS_M
    ]
    return _runs(samples_m, np.min(off_deg, axis=0) <= RIGHT_ANGLE_DEG)


def _bearings_deg(
    route: Route, samples_m: NDArray[np.float64], scale_m: float
) -> NDArray[np.float64]:
    """Bearings from so far before each place to so far beyond it, degrees from north."""
    ends_m = np.clip(np.stack([samples_m - scale_m, samples_m + scale_m]), 0, None)
    lon, lat = route.at(np.minimum(ends_m, route.length_km * 1000) / 1000)
    bearings: NDArray[np.float64] = ellipsoid().inv(lon[0], lat[0], lon[1], lat[1])[0]
    return bearings
