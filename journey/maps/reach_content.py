"""What the page of a reach shows, as plain data: for its text, and for its scripts."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from journey.geodesy import distance_m
from journey.maps.base_map import base_map_under
from journey.maps.clocks import offsets
from journey.maps.paths import off_track_deg
from journey.maps.reach_beside import track_beside
from journey.maps.reach_track import (
    TICKS,
    cut_track,
    packed_track,
    simplified,
)
from journey.maps.reach_words import (
    CAUTION,
    CHANGE_TEXTS,
    alternative_of,
    bands_in_words,
    caption_of,
    columns_of,
    frontier_text,
    key_of,
    local_name,
    many_of,
    moments_of,
    offset_of,
    period_of,
    start_of,
    subtitle_of,
    times_of,
    title_of,
    zone_of,
)
from journey.reaching.bands import MOST_BANDS, round_edges
from journey.reaching.results import BOUNDS
from journey.track import PRINCIPAL
from journey.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from journey.network import Network
    from journey.reaching.results import Frontier, Reach, ReachedStation

SCHEMA = "journey.reach-map/1"
MOST_STATIONS = 2_000
"""Stations that the map draws; a browser is slow with many more."""
MOST_ROWS, LEAST_ROWS = 150, 8
MOST_FRONTIERS = 60
M_PER_DEG = 111_195.0
SIDE = 0.35
"""Part of the reach's own extent around it within which other track is drawn."""


def build_reach_content(reach: Reach, network: Network | None = None) -> dict[str, Any]:
    """Put what the page of a reach shows into plain data.

    Parameters
    ----------
    reach : Reach
        How far a train can be.
    network : Network, optional
        Its track beyond the reach is drawn, too.

    Returns
    -------
    dict
        Only texts, numbers, lists and dictionaries; ``"schema": "journey.reach-map/1"``.
    """
    bounds = _bounds(reach)
    stations = sorted(reach.stations, key=lambda each: each.station.rank)[:MOST_STATIONS]
    rows = _rows(reach, [each.station.id for each in stations])
    track, off_deg = _track(reach, bounds)
    return {
        "schema": SCHEMA,
        **_heading(reach),
        "zones": _zones(reach),
        "bounds": bounds,
        **base_map_under(bounds),
        "beside": track_beside(network.table, _around(bounds)) if network else "",
        **track,
        "stations": [_station(each) for each in stations],
        "rows": rows,
        "reached": _reached(reach),
        "origins": [each._asdict() for each in reach.origins],
        "frontiers": _frontiers(reach),
        "notes": [*reach.notes, *_left_out(reach, len(rows), off_deg)],
        **_words(reach),
        "attribution": [each._asdict() for each in reach.provenance.credits],
        "dataset": f"{reach.provenance.dataset}, {reach.provenance.licence}",
        "version": __version__,
    }


def _heading(reach: Reach) -> dict[str, Any]:
    """What was asked."""
    return {
        "title": title_of(reach),
        "subtitle": subtitle_of(reach),
        "period": period_of(reach),
        "place": reach.place,
        "from": start_of(reach),
        "many": many_of(reach),
        "gauge": reach.gauge,
        "hours": reach.hours,
        "ticks": TICKS,
        "spread": reach.is_spread,
        "speeds": [f"{each:g}" for each in reach.speed_kmh],
        "zone": zone_of(reach),
        "start": reach.after.timestamp() if reach.after else None,
    }


def _track(reach: Reach, bounds: Sequence[Sequence[float]]) -> tuple[dict[str, Any], float]:
    """Bands of hours with their track, and how far off its vertices that is drawn, degrees."""
    edges_h = np.array(round_edges(reach.hours)[1:])
    (south, west), (north, east) = bounds
    across_km = distance_m(west, south, east, north) / 1000
    pieces, off_deg = simplified(cut_track(reach, edges_h), off_track_deg(across_km))
    packed = packed_track(pieces, reach.hours)
    return {"bands": _bands(reach, edges_h), "key": key_of(reach), "track": packed}, off_deg


def _words(reach: Reach) -> dict[str, Any]:
    """What stands around map and table."""
    return {
        "change": CHANGE_TEXTS,
        "columns": columns_of(reach),
        "caption": caption_of(reach),
        "alternative": alternative_of(reach),
        "caution": CAUTION,
    }


def _bands(reach: Reach, edges_h: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - an array
    words = bands_in_words(reach, edges_h.tolist())
    shades = np.rint(np.linspace(0, MOST_BANDS - 1, len(words))).astype(int).tolist()
    return [{**each, "shade": shade} for each, shade in zip(words, shades, strict=True)]


def _zones(reach: Reach) -> dict[str, list[tuple[int, int]]]:
    """Offsets of every clock while the train may arrive."""
    start = reach.after or datetime(2000, 1, 1, tzinfo=UTC)
    hours = [0.0, reach.hours, *(hours for each in reach.stations for hours in times_of(each))]
    last = max(filter(math.isfinite, hours)) if reach.after else 0.0
    zones = {zone_of(reach), *(each.station.timezone for each in reach.stations)}
    return offsets(zones, start, start + timedelta(hours=last))


def _bounds(reach: Reach) -> list[list[float]]:
    """South-western and north-eastern corner of all that can be reached."""
    lon = np.concatenate([[each.lon for each in reach.origins], *(t.lon for t in reach.tracks)])
    lat = np.concatenate([[each.lat for each in reach.origins], *(t.lat for t in reach.tracks)])
    return [[float(lat.min()), float(lon.min())], [float(lat.max()), float(lon.max())]]


def _around(bounds: Sequence[Sequence[float]]) -> list[list[float]]:
    (south, west), (north, east) = bounds
    side = SIDE * max(north - south, east - west)
    return [[south - side, west - side], [north + side, east + side]]


def _station(reached: ReachedStation) -> dict[str, Any]:
    station = reached.station
    return {
        "id": station.id,
        "name": station.name,
        "local": local_name(station),
        "lat": station.lat,
        "lon": station.lon,
        "rank": station.rank,
        "zone": station.timezone,
        "km": round(reached.km),
        "hours": times_of(reached),
        "gauge_change": reached.gauge_change,
    }


def _reached(reach: Reach) -> list[list[float]]:
    """Hours at which each station is reached, of all stations, drawn or not, in ascending order.

    At the earliest, and at the latest.
    """
    times = zip(*map(times_of, reach.stations), strict=True) if reach.stations else [[], [], []]
    within = [sorted(each for each in column if each <= reach.hours) for column in times]
    return [within[0], within[2]]


def _rows(reach: Reach, drawn: list[str]) -> list[dict[str, Any]]:
    """The principal stations; all, where there are hardly any. Each with its number on the map."""
    principal = [each for each in reach.stations if each.station.rank == PRINCIPAL]
    shown = principal if len(principal) >= LEAST_ROWS else reach.stations
    numbers = {id_: number for number, id_ in enumerate(drawn)}
    return [
        {**_row(reach, each), "number": numbers.get(each.station.id)} for each in shown[:MOST_ROWS]
    ]


def _row(reach: Reach, reached: ReachedStation) -> dict[str, Any]:
    moments = {"moments": moments_of(reach, reached), "offset": offset_of(reach, reached)}
    return {**_station(reached), **moments}


def _frontiers(reach: Reach) -> list[dict[str, Any]]:
    """As the command lists them; of one speed and gauge each once."""
    told = [each for each in reach.frontiers if reach.is_spread or each.bound == BOUNDS[0]]
    return [_frontier(reach, each) for each in told[:MOST_FRONTIERS]]


def _frontier(reach: Reach, frontier: Frontier) -> dict[str, Any]:
    return {
        "bound": frontier.bound,
        "speed": f"{reach.speed_kmh[2 - BOUNDS.index(frontier.bound)]:g}",
        "line": frontier.line,
        "text": frontier_text(frontier),
        "km": f"{frontier.km:,.0f}",
        "length": f"{frontier.km:,.1f}",
        "place": frontier.place,
        "lat": frontier.lat,
        "lon": frontier.lon,
    }


def _left_out(reach: Reach, rows: int, off_deg: float) -> Iterable[str]:
    yield f"Track is drawn to within {off_deg * M_PER_DEG:,.0f} m of the course that the data have."
    if rows < len(reach.stations):
        yield f"The table has {rows:,} of the {len(reach.stations):,} stations within reach."
    if len(reach.stations) > MOST_STATIONS:
        yield f"The map draws {MOST_STATIONS:,} of them, the principal ones first."
    if len(reach.frontiers) > MOST_FRONTIERS:
        yield (
            f"Of the {len(reach.frontiers):,} points where the time is up the first "
            f"{MOST_FRONTIERS:,} are shown."
        )
