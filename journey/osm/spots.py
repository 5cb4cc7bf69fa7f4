"""Stations of an extract: which objects are stations, and which of them are the same."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from journey.osm.areas import apart_m
from journey.osm.raw import is_station
from journey.osm.station_names import keys_of, names_of, with_names
from journey.osm.tags import LIFE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.osm.raw import Spot
    from journey.osm.tags import Selection

SAME_PLACE_M = 500.0
SHORTEST_DEGREE_M = 110_500.0
"""Of latitude."""

KIND = {
    "station": "station",
    "halt": "halt",
    "site": "site",
    "yard": "site",
    "service_station": "siding",
    "junction": "junction",
    "spur_junction": "junction",
    "crossover": "post",
    "border": "border",
}
"""What a value of ``railway`` is called here, the most important first."""

FORMS = ("node", "way", "relation")
RAILWAYS = frozenset({"rail", "narrow_gauge", "preserved"})
OTHER_RAILWAYS = ("subway", "light_rail", "monorail", "funicular", "tram", "miniature")


class Stop(NamedTuple):
    """A station before it is put on a track.

    Attributes
    ----------
    spot : Spot
        Where it is, with the tags of every object that is the same station.
    kind : str
        As `journey.track.Station` has it.
    serves : frozenset of str
        Kinds of track that it is on.
    """

    spot: Spot
    kind: str
    serves: frozenset[str]


def stations_among(
    spots: Iterable[Spot], selection: Selection
) -> tuple[tuple[Stop, ...], Counter[str]]:
    """Find the stations, each once.

    Parameters
    ----------
    spots : iterable of Spot
        Stations, areas of stations, stops.
    selection : Selection
        Which tracks are asked for: stations of other railways are left out.

    Returns
    -------
    stations : tuple of Stop
        In the order of their numbers; of objects with a name or a number in common, less than
        500 m from the outline of each other, the node of the station, with the tags of all. An
        area without a name is that of the station within it.
    counts : Counter
        How many are left out or merged.
    """
    found = _Found(Counter(), [], {}, [])
    for spot in sorted(filter(_is_place, spots), key=_importance):
        if _is_out_of_use(spot.tags):
            found.counts["stations_not_in_use"] += 1
        elif serves := _serves(spot.tags) & selection.kinds:
            found.take(spot, serves)
        else:
            found.counts["other_stations"] += 1
    order = sorted(found.stops, key=lambda s: (FORMS.index(s.spot.form), s.spot.id))
    return tuple(order), found.counts


class _Found(NamedTuple):
    """The stations found so far, which of them have a key, and which had no name."""

    counts: Counter[str]
    stops: list[Stop]
    by_key: dict[str, list[int]]
    nameless: list[int]

    def take(self, spot: Spot, serves: frozenset[str]) -> None:
        """Take an object: another one of a station that is known, or a new one."""
        keys = keys_of(spot.tags)
        number = self._same(spot, keys)
        if number is not None:
            self.counts["stations_merged"] += 1
            self.stops[number] = _with(self.stops[number], spot, serves)
        elif spot.form != "node" and not names_of(spot.tags).name:
            self.counts["areas_unnamed"] += 1
            return
        else:
            number = len(self.stops)
            self.nameless.extend([] if names_of(spot.tags).name else [number])
            self.stops.append(Stop(spot, KIND[spot.tags["railway"]], serves))
        for key in keys:
            self.by_key.setdefault(key, []).append(number)

    def _same(self, spot: Spot, keys: tuple[str, ...]) -> int | None:
        """Number of the station that an object is, too."""
        alike = dict.fromkeys(number for key in keys for number in self.by_key.get(key, ()))
        close = self._in_box(spot, alike, SAME_PLACE_M)
        near = ((apart_m(self.stops[n].spot, spot), n) for n in close)
        off_m, number = min(near, default=(SAME_PLACE_M, -1))
        if number >= 0 and off_m <= SAME_PLACE_M:
            return number
        return None if spot.form == "node" else self._within(spot)

    def _within(self, area: Spot) -> int | None:
        """Number of the node of a station in an area, where one of the two has no name."""
        is_named = bool(names_of(area.tags).name)
        candidates = self.nameless if is_named else range(len(self.stops))
        for number in self._in_box(area, candidates, 0.0):
            own = self.stops[number].spot
            is_free = not (is_named and names_of(own.tags).name)
            if own.form == "node" and is_free and apart_m(own, area) == 0:
                return number
        return None

    def _in_box(self, spot: Spot, numbers: Iterable[int], margin_m: float) -> list[int]:
        """Those of some stations that may be within a distance: a first look, as they are many."""
        lon, lat = zip(*(place for run in spot.outline or (((spot.lon, spot.lat),),)
                         for place in run), strict=True)  # fmt: skip
        y = margin_m / SHORTEST_DEGREE_M
        x = y / max(math.cos(math.radians(spot.lat)), y)
        west, east, south, north = min(lon) - x, max(lon) + x, min(lat) - y, max(lat) + y
        spots = ((n, self.stops[n].spot) for n in numbers)
        return [n for n, own in spots if own.outline
                or (west <= own.lon <= east and south <= own.lat <= north)]  # fmt: skip


def _is_place(spot: Spot) -> bool:
    return is_station(spot.tags)


def _importance(spot: Spot) -> tuple[int, int, int]:
    return FORMS.index(spot.form), list(KIND).index(spot.tags["railway"]), spot.id


def _is_out_of_use(tags: dict[str, str]) -> bool:
    return any(tags.get(key) == "yes" for key in LIFE)


def _serves(tags: dict[str, str]) -> frozenset[str]:
    """Kinds of track that a station is on."""
    stated = tags.get("station", "")
    if stated in OTHER_RAILWAYS:
        return frozenset({stated})
    others = frozenset(kind for kind in OTHER_RAILWAYS if tags.get(kind) == "yes")
    return others if others and tags.get("train") == "no" else RAILWAYS | others


def _with(stop: Stop, spot: Spot, serves: frozenset[str]) -> Stop:
    tags = with_names(stop.spot.tags, spot.tags)
    return Stop(stop.spot._replace(tags=tags), stop.kind, stop.serves | serves)
