"""A route: one array of chainage with a place for each value.

Everything along a route (stations, sections, clocks) is a value at a chainage; positions come from
one search in that array.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from journey.along import ROUNDING_M, cut_points, cut_starts, cut_stretches, find_gauge_breaks
from journey.attribution import UNSTATED
from journey.chainage import SegmentIndex
from journey.errors import InputError
from journey.geodesy import line_length_m, nearest_on_line
from journey.names import Gazetteer
from journey.pathfinding.ways import cut_pieces

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

    from journey.along import GaugeBreak, Start, Stretch, TimingPoint
    from journey.attribution import Provenance
    from journey.pathfinding.ways import Piece
    from journey.track import Station


BLOCK = 16_384


class Located(NamedTuple):
    """Where on a route points lie: chainage, km, and distance from the track, km."""

    km: NDArray[np.float64]
    off_track_km: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Route:
    """A way along the track, with its chainage calibrated to official lengths.

    Attributes
    ----------
    places : tuple of str
        Names of the places it was asked through.
    chainage_m : ndarray, shape (n,)
        Official chainage of each vertex, m, strictly increasing from 0.
    lon, lat : ndarray, shape (n,)
        The vertices, degrees, WGS 84.
    timing_points : tuple of TimingPoint
        Every station passed, in order.
    stretches : tuple of Stretch
        The sections run, in order.
    reversals : tuple of TimingPoint
        Stations at which the train changes direction.
    clocks : tuple of Start
        Where each clock begins to apply, by its name in the tz database.
    countries : tuple of Start
        Where each country begins, by its ISO code.
    pieces : tuple of Piece
        The pieces of the network's sections that are run, by number, in order.
    provenance : Provenance
        What maps, reports and exports say of the data.
    """

    places: tuple[str, ...]
    chainage_m: NDArray[np.float64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    timing_points: tuple[TimingPoint, ...]
    stretches: tuple[Stretch, ...]
    reversals: tuple[TimingPoint, ...]
    clocks: tuple[Start, ...]
    countries: tuple[Start, ...]
    pieces: tuple[Piece, ...] = ()
    provenance: Provenance = UNSTATED

    @property
    def length_km(self) -> float:
        """Official length, km."""
        return float(self.chainage_m[-1]) / 1000

    @property
    def geodesic_km(self) -> float:
        """Length of the geometry on the ellipsoid, km; shorter than the track it simplifies."""
        return line_length_m(self.lon, self.lat) / 1000

    @cached_property
    def station_m(self) -> NDArray[np.float64]:
        """Chainage of every timing point, m, shape (stations,)."""
        return np.array([point.chainage_m for point in self.timing_points])

    @cached_property
    def stations(self) -> gpd.GeoDataFrame:
        """Every station passed: id, name, name_local, country, timezone, km, geometry."""
        import geopandas as gpd  # noqa: PLC0415 - a heavy import, for those who ask for frames

        stations = [point.station for point in self.timing_points]
        fields = ("id", "name", "name_local", "country", "timezone", "kind", "rank")
        columns: dict[str, object] = {f: [getattr(s, f) for s in stations] for f in fields}
        points = gpd.points_from_xy([s.lon for s in stations], [s.lat for s in stations])
        columns["km"] = self.station_m / 1000
        return gpd.GeoDataFrame(columns, geometry=points, crs="EPSG:4326")

    def at(self, km: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Positions at given kilometres.

        Parameters
        ----------
        km : array_like
            Chainage, km, any shape.

        Returns
        -------
        lon, lat : ndarray
            Degrees, WGS 84, in the shape of `km`.

        Raises
        ------
        InputError
            If a value lies outside the route or is not a number.

        Examples
        --------
        >>> from journey import load_network
        >>> route = load_network().route("Pyongyang", "Khasan")
        >>> lon, lat = route.at([0.0, route.length_km])
        >>> lat.round(1).tolist()
        [39.0, 42.4]
        """
        chainage_m = self._checked_m(km)
        flat_m = chainage_m.ravel()
        lon, lat = np.empty_like(flat_m), np.empty_like(flat_m)
        # Blocks that stay in the cache: three times as fast as one sweep over a million.
        for start in range(0, flat_m.size, BLOCK):
            block = slice(start, start + BLOCK)
            lon[block], lat[block] = self._places_at(flat_m[block])
        return lon.reshape(chainage_m.shape), lat.reshape(chainage_m.shape)

    def locate(self, lon: ArrayLike, lat: ArrayLike) -> Located:
        """Chainage of the points of the route nearest to given positions.

        Parameters
        ----------
        lon, lat : array_like
            Degrees, WGS 84, of one shape.

        Returns
        -------
        Located
            Chainage and distance from the track, km, in that shape.
        """
        chainage_m, off_m = nearest_on_line(self.lon, self.lat, self.chainage_m, lon, lat)
        return Located(chainage_m / 1000, off_m / 1000)

    def km_of(self, place: str) -> float:
        """Kilometre at which a station is passed.

        Parameters
        ----------
        place : str
            Its id or any of its names.

        Raises
        ------
        UnknownPlaceError
            If the route does not pass it.
        InputError
            If the route passes it more than once.
        """
        return self.timing_points[self.index_of(place)].chainage_m / 1000

    def index_of(self, place: str) -> int:
        """Position of a station in `timing_points`, by its id or any of its names."""
        wanted = self._gazetteer.find(place)
        passed = self.passes_of(wanted)
        if len(passed) > 1:
            at_km = " and ".join(f"{self.station_m[number] / 1000:.1f}" for number in passed)
            raise InputError(
                f"{wanted.name!r} is passed more than once, at km {at_km}; "
                "name a station that is passed once"
            )
        return passed[0]

    def passes_of(self, station: Station) -> list[int]:
        """Positions of a station in `timing_points`: none, or several if it is passed again."""
        return [n for n, point in enumerate(self.timing_points) if point.station.id == station.id]

    def between(self, start: str | float, end: str | float) -> Route:
        """Cut a part out of the route.

        Parameters
        ----------
        start, end : str or float
            Stations passed in this order, or kilometres.

        Returns
        -------
        Route
            The part, with its chainage counted from `start`.

        Raises
        ------
        InputError
            If `end` does not lie beyond `start`, or one of them is not on the route.
        """
        km = [self.km_of(place) if isinstance(place, str) else place for place in (start, end)]
        start_m, end_m = self._checked_m(km)
        if end_m <= start_m:
            raise InputError(f"between {start!r} and {end!r}: expected the second farther along")
        return self._cut(float(start_m), float(end_m), (str(start), str(end)))

    def name_at(self, chainage_m: float) -> str:
        """Name of the station at a chainage, m, or ``near`` the nearest one."""
        nearest = int(np.abs(self.station_m - chainage_m).argmin())
        name = self.timing_points[nearest].station.name
        here = abs(self.station_m[nearest] - chainage_m) <= ROUNDING_M
        return name if here else f"near {name}"

    def along(self, stretch: Stretch) -> Route:
        """Cut out the part of the route on one section."""
        return self._cut(stretch.start_m, stretch.end_m, (stretch.section.line,))

    def timezone_at(self, km: ArrayLike) -> NDArray[np.str_]:
        """Name of the clock in the tz database at given kilometres, in the shape of `km`."""
        starts_m = np.array([start_m for start_m, _ in self.clocks])
        names = np.array([name for _, name in self.clocks])
        return names[np.searchsorted(starts_m, self._checked_m(km), side="right") - 1]

    def utc_offset_s(self, km: ArrayLike, moments: ArrayLike) -> NDArray[np.float64]:
        """Offset of the local clock from UTC at given kilometres and moments.

        Parameters
        ----------
        km : array_like
            Chainage, km.
        moments : array_like of datetime64
            Moments in UTC, broadcast against `km`.

        Returns
        -------
        ndarray
            Seconds to add to UTC, by the tz database at those dates.
        """
        import pandas as pd  # noqa: PLC0415 - a heavy import, for those who ask for many clocks

        zones, moments = np.broadcast_arrays(
            self.timezone_at(km), np.asarray(moments, dtype="datetime64[s]")
        )
        offset_s = np.empty(zones.shape)
        for zone in np.unique(zones):
            here = zones == zone
            utc = pd.DatetimeIndex(moments[here])
            local = utc.tz_localize("UTC").tz_convert(ZoneInfo(str(zone))).tz_localize(None)
            offset_s[here] = (local - utc).total_seconds()
        return offset_s

    @cached_property
    def gauge_breaks(self) -> tuple[GaugeBreak, ...]:
        """Where stock of one gauge can go no farther."""
        return find_gauge_breaks(self.stretches, self.timing_points)

    def _cut(self, start_m: float, end_m: float, places: tuple[str, ...]) -> Route:
        # A vertex within the rounding of an end is that end.
        inside = self.chainage_m > start_m + ROUNDING_M
        inside &= self.chainage_m < end_m - ROUNDING_M
        chainage_m = np.concatenate([[start_m], self.chainage_m[inside], [end_m]])
        lon, lat = self._places_at(chainage_m)
        ends_m = (start_m, end_m)
        return Route(
            places=places,
            chainage_m=chainage_m - start_m,
            lon=lon,
            lat=lat,
            timing_points=cut_points(self.timing_points, *ends_m),
            stretches=cut_stretches(self.stretches, *ends_m),
            reversals=cut_points(self.reversals, *ends_m),
            clocks=cut_starts(self.clocks, *ends_m),
            countries=cut_starts(self.countries, *ends_m),
            pieces=cut_pieces(self.pieces, *ends_m),
            provenance=self.provenance,
        )

    def _places_at(
        self, chainage_m: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        segment = self._segments.find(chainage_m)
        beyond_m = chainage_m - self.chainage_m[segment]
        lon_per_m, lat_per_m = self._degrees_per_m
        lon = self.lon[segment] + beyond_m * lon_per_m[segment]
        return lon, self.lat[segment] + beyond_m * lat_per_m[segment]

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        stations = {point.station.id: point.station for point in self.timing_points}
        return Gazetteer.of(stations.values(), f"the route {' - '.join(self.places)}")

    @cached_property
    def _segments(self) -> SegmentIndex:
        return SegmentIndex.of(self.chainage_m)

    @cached_property
    def _degrees_per_m(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        length_m = np.diff(self.chainage_m)
        return np.diff(self.lon) / length_m, np.diff(self.lat) / length_m

    def _checked_m(self, km: ArrayLike) -> NDArray[np.float64]:
        chainage_m = np.asarray(km, dtype=np.float64) * 1000
        inside = chainage_m >= -ROUNDING_M
        inside &= chainage_m <= self.chainage_m[-1] + ROUNDING_M
        if not inside.all():
            wrong = np.extract(~inside, chainage_m)[0] / 1000
            raise InputError(f"km {wrong:g}: expected 0 to {self.length_km:g}, the route's length")
        clipped: NDArray[np.float64] = np.clip(chainage_m, 0.0, self.chainage_m[-1])
        return clipped
