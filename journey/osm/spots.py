"""Stations of an extract: which objects are stations, and which of them are the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from journey.geodesy import distance_m
from journey.names import fold
from journey.osm.raw import is_station
from journey.osm.station_names import names_of
from journey.osm.tags import LIFE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.osm.raw import Spot
    from journey.osm.tags import Selection

SAME_PLACE_M = 500.0
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
        In the order of their numbers; of objects with the same name or number within 500 m the
        node of the station, with the tags of all.
    counts : Counter
        How many are left out or merged.
    """
    counts: Counter[str] = Counter()
    kept: list[Stop] = []
    by_key: dict[str, list[int]] = {}
    for spot in sorted(filter(_is_place, spots), key=_importance):
        serves = _serves(spot.tags) & selection.kinds
        if not serves:
            counts["other_stations"] += 1
            continue
        keys = _keys(spot)
        found = next((n for key in keys for n in by_key.get(key, ()) if _near(kept[n], spot)), None)
        if found is None:
            for key in keys:
                by_key.setdefault(key, []).append(len(kept))
            kept.append(Stop(spot, KIND[spot.tags["railway"]], serves))
        else:
            counts["stations_merged"] += 1
            kept[found] = _with(kept[found], spot, serves)
    return tuple(sorted(kept, key=lambda s: (FORMS.index(s.spot.form), s.spot.id))), counts


def names_key(spot: Spot) -> str:
    """What tells whether two objects have the same name."""
    return fold(names_of(spot.tags).name)


def _is_place(spot: Spot) -> bool:
    return is_station(spot.tags)


def _importance(spot: Spot) -> tuple[int, int, int]:
    return FORMS.index(spot.form), list(KIND).index(spot.tags["railway"]), spot.id


def _serves(tags: dict[str, str]) -> frozenset[str]:
    """Kinds of track that a station is on; none where it is out of use."""
    if any(tags.get(key) == "yes" for key in LIFE):
        return frozenset()
    stated = tags.get("station", "")
    if stated in OTHER_RAILWAYS:
        return frozenset({stated})
    others = frozenset(kind for kind in OTHER_RAILWAYS if tags.get(kind) == "yes")
    return others if others and tags.get("train") == "no" else RAILWAYS | others


def _keys(spot: Spot) -> tuple[str, ...]:
    number = spot.tags.get("uic_ref", "")
    return tuple(filter(None, (names_key(spot), f"uic {number}" if number else "")))


def _near(stop: Stop, spot: Spot) -> bool:
    off_m = distance_m(stop.spot.lon, stop.spot.lat, spot.lon, spot.lat)
    return off_m <= SAME_PLACE_M


def _with(stop: Stop, spot: Spot, serves: frozenset[str]) -> Stop:
    tags = {**spot.tags, **stop.spot.tags}
    return Stop(stop.spot._replace(tags=tags), stop.kind, stop.serves | serves)
