"""The ways that the journeys of a map take: one geometry, whatever runs on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from journey.daylight import nights
from journey.maps.paths import needed_vertices, track_path
from journey.sample.columns import pack

if TYPE_CHECKING:
    from journey.along import Stretch
    from journey.ensemble.windows import Window
    from journey.route import Route
    from journey.track import Station

SPAN = timedelta(days=5)
"""How far before and beyond all windows a page knows clocks and nights: what-ifs lead there."""
STEP_M = 50.0
"""What the chainage of a vertex is rounded to: far less than the track is simplified by."""
DAY_S = 86_400.0
NIGHT_STEP_KM = 150.0
"""How far apart the places are whose nights are shown: the sun sets there minutes apart."""


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
        self._ways: dict[tuple[int, ...], dict[str, Any]] = {}

    def number_of(self, route: Route, windows: tuple[Window, ...]) -> int:
        """Number of a route's way; a new one where no other journey takes it.

        Parameters
        ----------
        route : Route
            The way.
        windows : tuple of Window
            When it is taken, which says which nights are shown.
        """
        lines = tuple(self._line(route, stretch) for stretch in route.stretches)
        if lines not in self._ways:
            self._ways[lines] = self._way(route, lines, windows)
        return list(self._ways).index(lines)

    def packed(self) -> dict[str, Any]:
        """``lines`` and ``ways`` as plain data."""
        return {"lines": list(self._lines.values()), "ways": list(self._ways.values())}

    def _line(self, route: Route, stretch: Stretch) -> int:
        part = route.along(stretch)
        key = (stretch.section.id, np.stack([part.lon, part.lat]).tobytes())
        if key not in self._lines:
            kept = needed_vertices(part.chainage_m, part.lon, part.lat)
            self._lines[key] = {
                "gauge": stretch.section.gauge,
                "line": stretch.section.line,
                "estimated": stretch.section.estimated,
                "path": track_path(part.lon[kept], part.lat[kept]),
                "m": pack(np.rint(part.chainage_m[kept] / STEP_M) * STEP_M, along=True),
            }
        return list(self._lines).index(key)

    def _way(
        self, route: Route, lines: tuple[int, ...], windows: tuple[Window, ...]
    ) -> dict[str, Any]:
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
            "nights": _nights(route, windows[0].earliest - SPAN, windows[-1].latest + SPAN),
        }


def _nights(route: Route, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """Nights at places along a route, in whole minutes of Unix time.

    From a noon on, so that the first night is the same one everywhere.
    """
    places_km = np.linspace(0, route.length_km, int(route.length_km / NIGHT_STEP_KM) + 2)
    lon, lat = route.at(places_km)
    noon = _noon_before(start, float(lon.mean()))
    found = []
    for km, east, north in zip(places_km, lon, lat, strict=True):
        dark = nights(float(north), float(east), noon, end)
        minutes = [[round(each.timestamp() / 60) for each in night] for night in dark]
        found.append({"m": round(km * 1000), "dark": minutes})
    return found


def _noon_before(moment: datetime, lon: float) -> datetime:
    """When the sun was last highest at a longitude, to some minutes."""
    noon_s = (0.5 - lon / 360) * DAY_S
    days = (moment.timestamp() - noon_s) // DAY_S
    return datetime.fromtimestamp(days * DAY_S + noon_s, tz=UTC)
