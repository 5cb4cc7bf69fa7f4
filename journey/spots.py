"""Where a report puts the train, other than at a station."""

from __future__ import annotations

from dataclasses import dataclass, field

from journey.errors import InputError, plain

FARTHEST_KM = 40_000.0
"""No route is longer than the way round the Earth."""
LARGEST_RADIUS_KM = 1_000.0
MOST_LAT, MOST_LON = 90.0, 180.0


@dataclass(frozen=True, slots=True)
class Kilometres:
    """Somewhere between two kilometres of the route, or at one of them.

    Attributes
    ----------
    start_km, end_km : float
        Chainage, km.

    Raises
    ------
    InputError
        If they are not in order, or no kilometres of a route.
    """

    start_km: float
    end_km: float

    def __post_init__(self) -> None:
        """Check that they are in order."""
        if not 0 <= self.start_km <= self.end_km <= FARTHEST_KM:
            raise InputError(
                f"km {plain(self.start_km)} to {plain(self.end_km)}: expected 0 to "
                f"{FARTHEST_KM:,.0f} km, the lower one first"
            )

    def __str__(self) -> str:
        """Name it for people."""
        if self.start_km == self.end_km:
            return f"km {self.start_km:g}"
        return f"km {self.start_km:g} to {self.end_km:g}"


@dataclass(frozen=True, slots=True)
class Disc:
    """Within so many kilometres of a position.

    Attributes
    ----------
    lat, lon : float
        Degrees, WGS 84.
    radius_km : float
        How far from it the train may have been, km.
    name : str
        What people call it; empty if they call it nothing.

    Raises
    ------
    InputError
        If there is no such position, or the radius is nought or larger than a country.
    """

    lat: float
    lon: float
    radius_km: float
    name: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Check that the position is one."""
        for name, degrees, most in (("lat", self.lat, MOST_LAT), ("lon", self.lon, MOST_LON)):
            if not -most <= degrees <= most:
                expected = f"degrees from {-most:g} to {most:g}"
                raise InputError(f"{name} {plain(degrees)}: expected {expected}")
        if not 0 < self.radius_km <= LARGEST_RADIUS_KM:
            raise InputError(
                f"radius_km {plain(self.radius_km)}: expected above 0, at most "
                f"{LARGEST_RADIUS_KM:,.0f} km; for more name a region"
            )

    def __str__(self) -> str:
        """Name it for people."""
        around = self.name or f"{self.lat:g}, {self.lon:g}"
        return f"{self.radius_km:g} km around {around}"


@dataclass(frozen=True, slots=True)
class Between:
    """Somewhere between two stations of the route, in either order.

    Raises
    ------
    InputError
        If they are one.
    """

    start: str
    end: str

    def __post_init__(self) -> None:
        """Check that there is something between them."""
        if self.start == self.end:
            raise InputError(f"between {self.start!r} and itself: expected two stations")

    def __str__(self) -> str:
        """Name it for people."""
        return f"{self.start} to {self.end}"


@dataclass(frozen=True, slots=True)
class Region:
    """Somewhere in a country (``"RU"``), in a region such as Amur Oblast, or on a line."""

    name: str

    def __str__(self) -> str:
        """Name it for people."""
        return self.name


Spot = str | Kilometres | Disc | Between | Region
"""A station, by any of its names, or one of the above."""
