"""The ways that the journeys of a map take: one geometry, whatever runs on it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from journey.maps.paths import needed_vertices, off_track_deg, track_path
from journey.nights import nights_along
from journey.sample.columns import pack

if TYPE_CHECKING:
    from datetime import datetime

    from journey.along import Stretch
    from journey.ensemble.windows import Window
    from journey.route import Route
    from journey.track import Station

    Period = tuple[datetime, datetime]

BEFORE = timedelta(days=1)
"""How far before a journey nights are shown: a what-if may begin so much sooner."""
AFTER = timedelta(days=7)
"""How far beyond its time at `SLOWEST_KMH`: for halts, and a later departure."""
SLOWEST_KMH = 10.0
"""The lowest speed that a slider has."""
STEP_M = 50.0
"""What the chainage of a vertex is rounded to: about as much as the track is simplified by."""


class Ways:
    """Ways and the lines of track they run on, each kept once.

    Attributes
    ----------
    stations : dict
        Every station of any way, by its id.
    """

    def __init__(self) -> None:
        self.stations: dict[str, Station] = {}
        self._lines: dict[tuple[str, bytes], dict[str, Any]] = {}
        self._ways: dict[tuple[int, ...], tuple[Route, dict[str, Any]]] = {}
        self._periods: dict[tuple[int, ...], list[Period]] = {}

    def number_of(self, route: Route, windows: tuple[Window, ...]) -> int:
        """Number of a route's way; a new one where no other journey takes it.

        Parameters
        ----------
        route : Route
            The way.
        windows : tuple of Window
            When it is taken, which says which nights are shown.

        Returns
        -------
        int
            Counted from 0.
        """
        lines = tuple(self._line(route, stretch) for stretch in route.stretches)
        if lines not in self._ways:
            self._ways[lines] = (route, self._way(route, lines))
        self._periods.setdefault(lines, []).append(_period(route, windows))
        return list(self._ways).index(lines)

    def packed(self) -> dict[str, Any]:
        """``lines`` and ``ways`` as plain data."""
        ways = [
            {**way, "nights": _nights(route, _merged(self._periods[lines]))}
            for lines, (route, way) in self._ways.items()
        ]
        return {"lines": list(self._lines.values()), "ways": ways}

    def _line(self, route: Route, stretch: Stretch) -> int:
        part = route.along(stretch)
        key = (stretch.section.id, np.stack([part.lon, part.lat]).tobytes())
        if key not in self._lines:
            kept = needed_vertices(
                part.chainage_m, part.lon, part.lat, off_track_deg(route.length_km)
            )
            self._lines[key] = {
                "gauge": stretch.section.gauge,
                "line": stretch.section.line,
                "estimated": stretch.section.estimated,
                "path": track_path(part.lon[kept], part.lat[kept]),
                "m": pack(np.rint(part.chainage_m[kept] / STEP_M) * STEP_M, along=True),
            }
        return list(self._lines).index(key)

    def _way(self, route: Route, lines: tuple[int, ...]) -> dict[str, Any]:
        for point in route.timing_points:
            self.stations.setdefault(point.station.id, point.station)
        numbers = {station: number for number, station in enumerate(self.stations)}
        return {
            "places": list(route.places),
            "lines": list(lines),
            "starts_m": [round(stretch.start_m) for stretch in route.stretches],
            "length_m": round(route.length_km * 1000),
            "stations": [numbers[point.station.id] for point in route.timing_points],
            "at_m": pack(np.rint(route.station_m), along=True),
            "clocks": [[round(start.start_m), start.name] for start in route.clocks],
        }


def _period(route: Route, windows: tuple[Window, ...]) -> Period:
    """From when to when what-ifs of a journey may lead."""
    slowest = timedelta(hours=route.length_km / SLOWEST_KMH)
    return windows[0].earliest - BEFORE, windows[0].latest + slowest + AFTER


def _merged(periods: list[Period]) -> list[Period]:
    """Periods in order, those that have something in common as one."""
    merged: list[Period] = []
    for start, end in sorted(periods):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _nights(route: Route, periods: list[Period]) -> list[dict[str, Any]]:
    """Nights along a route: beginning and end by turns, minutes of Unix time, packed."""
    found = []
    for km, every in nights_along(route, periods):
        dark = [moment.timestamp() / 60 for night in every for moment in night]
        found.append({"m": round(km * 1000), "dark": pack(dark, along=True)})
    return found
