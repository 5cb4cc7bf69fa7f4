"""How far a train can be, as GeoJSON."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from journey.errors import InputError
from journey.export.content import Content
from journey.export.features import Feature, cleaned, feature_id, places
from journey.export.geojson import to_geojson
from journey.export.plain import clean
from journey.files import write_text
from journey.reaching import bands
from journey.reaching.document import frontier_members, reach_document, rounded, station_members
from journey.reaching.results import BOUNDS
from journey.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.network import Network
    from journey.reaching import Band, Reach, ReachedStation

ENDINGS = (".geojson", ".json", ".html")
KINDS = ("band", "reach", "station", "origin", "frontier")
DECIMALS = 6
"""Of degrees along track: 0.1 m."""
MOST_HOURLY = 48
"""More hours than these are put together into wider bands."""
TERMS = ("hours", "speed_kmh", "gauge", "gauge_change_h", "after", "until")


def reach_to_geojson(reach: Reach) -> str:
    """Write how far a train can be as GeoJSON, by RFC 7946.

    Parameters
    ----------
    reach : Reach
        How far it can be.

    Returns
    -------
    str
        A FeatureCollection. The property ``kind`` of a feature is ``band`` (track reached between
        two hours in the middle), ``reach`` (all track reached in one of the bounds), ``station``,
        ``origin`` or ``frontier`` (a point at which the time is up in one of the bounds).
        What is known of the whole stands in the member ``about``.
    """
    points = (*_stations(reach), *_origins(reach), *_frontiers(reach))
    features = (*_bands(reach), *_reaches(reach), *points)
    return to_geojson(Content(clean(reach.place), _about(reach), features))


def write_reach(reach: Reach, path: str | Path, network: Network | None = None) -> Path:
    """Write how far a train can be as GeoJSON, or as a map.

    Parameters
    ----------
    reach : Reach
        How far it can be.
    path : str or Path
        A file whose name ends in ``.geojson`` (or ``.json``), or in ``.html``.
    network : Network, optional
        Its track beyond the reach is drawn too, on a map.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        If the ending is another one.
    OutputError
        If the file cannot be written there.
    """
    page = reach_format(path) == ".html"
    return write_text(path, _as_page(reach, network) if page else reach_to_geojson(reach))


def reach_format(path: str | Path) -> str:
    """What a file will be, by its ending.

    Raises
    ------
    InputError
        If nothing is written to such a file.
    """
    ending = Path(path).suffix.lower()
    if ending not in ENDINGS:
        raise InputError(f"{path}: its ending says no format; expected .html or .geojson")
    return ending


def _as_page(reach: Reach, network: Network | None) -> str:
    from journey.maps.reach_map import draw_reach_map  # noqa: PLC0415 - only for those who draw

    page: str = draw_reach_map(reach, network=network).get_root().render()
    return page


def _about(reach: Reach) -> dict[str, Any]:
    known = reach_document(reach)
    origin = reach.provenance
    return {
        "schema": "journey.reach.geojson/1",
        "place": clean(reach.place),
        **{key: known[key] for key in TERMS},
        "program": f"journey {__version__}",
        "dataset": origin.dataset,
        "kinds": list(KINDS),
        "notes": [clean(note) for note in reach.notes],
        "licence": {"name": origin.licence, "url": origin.licence_url},
        "attribution": [each._asdict() for each in origin.credits],
    }


def _bands(reach: Reach) -> Iterable[Feature]:
    edges_h = (*np.arange(reach.hours).tolist(), reach.hours)
    hourly = bands(reach, edges_h if len(edges_h) <= MOST_HOURLY + 1 else None)
    for number, band in enumerate(hourly, 1):
        if band.lines:
            parts = _parts(band)
            hours = {"hours_from": rounded(band.hours_from), "hours_to": rounded(band.hours_to)}
            title = f"{band.hours_from:g} to {band.hours_to:g} h"
            about = cleaned({"kind": "band", "bound": "central", **hours})
            yield Feature(feature_id("band", number), "band", title, parts, about)


def _parts(band: Band) -> tuple[list[list[float]], ...]:
    """The positions of all lines of a band."""
    lon, lat = (np.concatenate(column) for column in zip(*band.lines, strict=True))
    every = places(np.round(lon, DECIMALS), np.round(lat, DECIMALS))
    ends = np.cumsum([len(line) for line, _ in band.lines]).tolist()
    return tuple(every[first:end] for first, end in pairwise([0, *ends]))


def _reaches(reach: Reach) -> Iterable[Feature]:
    for bound in BOUNDS:
        (whole,) = bands(reach, (0.0, reach.hours), bound)
        if whole.lines:
            parts = _parts(whole)
            about = cleaned({"kind": "reach", "bound": bound, "hours": reach.hours})
            yield Feature(feature_id("reach", bound), "reach", bound, parts, about)


def _stations(reach: Reach) -> Iterable[Feature]:
    return (_station(reached, reach) for reached in reach.stations)


def _station(reached: ReachedStation, reach: Reach) -> Feature:
    station = reached.station
    point = [[round(station.lon, 7), round(station.lat, 7)]]
    about = {"kind": "station", **station_members(reached, reach)}
    del about["lat"], about["lon"]
    return Feature(
        feature_id("station", station.id), "station", station.name, (point,), cleaned(about)
    )


def _origins(reach: Reach) -> Iterable[Feature]:
    for number, origin in enumerate(reach.origins, 1):
        point = [[round(origin.lon, 7), round(origin.lat, 7)]]
        about = cleaned({"kind": "origin", "place": reach.place, "share": round(origin.share, 6)})
        yield Feature(feature_id("origin", number), "origin", reach.place, (point,), about)


def _frontiers(reach: Reach) -> Iterable[Feature]:
    for number, frontier in enumerate(reach.frontiers, 1):
        point = [[round(frontier.lon, DECIMALS), round(frontier.lat, DECIMALS)]]
        about = {"kind": "frontier", **frontier_members(frontier)}
        del about["lat"], about["lon"]
        identity = feature_id("frontier", number)
        yield Feature(identity, "frontier", frontier.place, (point,), cleaned(about))
