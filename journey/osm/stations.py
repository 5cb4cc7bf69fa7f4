"""The stations of a network as an extract has them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.osm.clocks import clocks_at
from journey.osm.station_names import names_of, slug
from journey.osm.traits import UNNAMED
from journey.track import Station

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journey.osm.clocks import Clocks
    from journey.osm.placing import Feet
    from journey.osm.spots import Stop

PRINCIPAL_CATEGORIES = frozenset({"1", "2"})
MOSTLY = 0.5


class Placed(NamedTuple):
    """Stations that are on a track.

    Attributes
    ----------
    stations : tuple of Station
        All of them.
    number : ndarray of int, shape (feet,)
        Which station each foot belongs to.
    counts : Counter
        What was remarkable.
    """

    stations: tuple[Station, ...]
    number: NDArray[np.intp]
    counts: Counter[str]


def stations_of(
    stops: Sequence[Stop],
    feet: Feet,
    at: tuple[NDArray[np.float64], NDArray[np.float64]],
    lines: Sequence[str],
) -> Placed:
    """Make stations of the stops that are on a track.

    Parameters
    ----------
    stops : sequence of Stop
        All stops.
    feet : Feet
        Where they are on tracks.
    at : tuple of ndarray, shape (feet,)
        Longitude and latitude of the feet, degrees.
    lines : sequence of str, length (feet,)
        Line of the track of each foot.
    """
    kept, number = np.unique(feet.station, return_inverse=True)
    order = np.lexsort((feet.off_m, feet.station))
    nearest = order[np.unique(feet.station[order], return_index=True)[1]]
    lon, lat = (degrees[nearest] for degrees in at)
    clocks = clocks_at(lon, lat)
    met: list[set[str]] = [set() for _ in kept]
    for station, line in zip(number.tolist(), lines, strict=True):
        met[station].add(line)
    chosen = [stops[each] for each in kept.tolist()]
    places = zip(lon.tolist(), lat.tolist(), clocks.country, clocks.timezone, strict=True)
    stations = tuple(
        _station(stop, id_, place, met_here)
        for stop, id_, place, met_here in zip(chosen, _ids(chosen), places, met, strict=True)
    )
    counts = Counter(unnamed=sum(not names_of(stop.spot.tags).name for stop in chosen))
    return Placed(stations, number, counts + _at_sea(clocks))


def called(stop: Stop) -> str:
    """The name of a station, or its number where it has none."""
    return names_of(stop.spot.tags).name or f"{stop.kind} {stop.spot.id}"


def _at_sea(clocks: Clocks) -> Counter[str]:
    """How many stations lie at sea, near land and far from it; and whether most do."""
    sea, far = int(clocks.at_sea.sum()), clocks.country.count("")
    mostly = sea if sea > MOSTLY * len(clocks.country) else 0
    return Counter(at_sea=sea - far, far_at_sea=far, mostly_at_sea=mostly)


def _station(
    stop: Stop, id_: str, place: tuple[float, float, str, str], lines: set[str]
) -> Station:
    names = names_of(stop.spot.tags)
    lon, lat, country, timezone = place
    return Station(
        id=id_,
        name=called(stop),
        name_ko=names.name_ko,
        name_ru=names.name_ru,
        aliases=names.aliases,
        country=country,
        timezone=timezone,
        kind=stop.kind,
        rank=_rank(stop, lines),
        lat=lat,
        lon=lon,
        point_quality="station",
        source=f"OpenStreetMap {stop.spot.form} {stop.spot.id}",
        native=names.native,
        names_by_language=names.by_language,
    )


def _rank(stop: Stop, lines: set[str]) -> int:
    """1 for stations of the two highest categories or where lines meet, 2 for other stations."""
    if stop.kind != "station":
        return 3
    category = stop.spot.tags.get("railway:station_category", "")
    is_principal = category in PRINCIPAL_CATEGORIES or len(lines - {UNNAMED}) > 1
    return 1 if is_principal else 2


def _ids(stops: Sequence[Stop]) -> list[str]:
    """Identifiers: the name, with the number where it comes again."""
    slugs = [slug(names_of(stop.spot.tags).name) for stop in stops]
    often = Counter(slugs)
    return [
        name if name and often[name] == 1 else "-".join(filter(None, (name, _number(stop))))
        for name, stop in zip(slugs, stops, strict=True)
    ]


def _number(stop: Stop) -> str:
    return f"{stop.spot.form[0]}{stop.spot.id}"
