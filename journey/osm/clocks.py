"""Country and clock of places, by the borders of the time zones."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.extras import need
from journey.geodesy import on_sphere

if TYPE_CHECKING:
    from numpy.typing import NDArray

OFFSHORE_DEG = 0.5
"""How far a station on a pier may be from one on land, to take its clock."""
SEA = "Etc/"


class Clocks(NamedTuple):
    """Clock and country of places.

    Attributes
    ----------
    timezone, country : tuple of str
        Name in the tz database, and ISO 3166-1 code, empty on the open sea.
    at_sea : ndarray of bool
        Which lie in no country's time zone.
    """

    timezone: tuple[str, ...]
    country: tuple[str, ...]
    at_sea: NDArray[np.bool_]


def clocks_at(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Clocks:
    """Find clock and country of places.

    Parameters
    ----------
    lon, lat : ndarray, shape (places,)
        Degrees.

    Returns
    -------
    Clocks
        Those of a place at sea are those of the nearest place on land, within half a degree.

    Raises
    ------
    InputError
        If tzfpy is missing.
    """
    need("tzfpy", "tzfpy", "network import", extra="osm")
    from tzfpy import get_tz  # noqa: PLC0415 - an optional package

    zones = [get_tz(*place) for place in zip(lon.tolist(), lat.tolist(), strict=True)]
    at_sea = np.array([not zone or zone.startswith(SEA) for zone in zones], dtype=bool)
    zones = [zones[number] or "Etc/UTC" for number in _on_land(lon, lat, at_sea).tolist()]
    countries = country_of_zone()
    return Clocks(tuple(zones), tuple(countries.get(zone, "") for zone in zones), at_sea)


@cache
def country_of_zone() -> dict[str, str]:
    """The country of each time zone, by the tz database."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def _on_land(
    lon: NDArray[np.float64], lat: NDArray[np.float64], at_sea: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """Number of the place whose clock each takes: its own, or that of the nearest on land."""
    taken = np.arange(len(lon))
    if at_sea.any() and not at_sea.all():
        from scipy.spatial import cKDTree  # noqa: PLC0415 - for those who import

        land = np.flatnonzero(~at_sea)
        point = on_sphere(lon, lat)
        off, nearest = cKDTree(point[land]).query(point[at_sea])
        own = np.flatnonzero(at_sea)
        taken[own] = np.where(off <= np.radians(OFFSHORE_DEG), land[nearest], own)
    return taken
