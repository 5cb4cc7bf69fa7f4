"""The track of a reach as a map draws it: in bands of hours, cut where a time passes a bound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from journey.maps.paths import TRACK_OFF_DEG, needed_vertices, track_path
from journey.sample.columns import pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from journey.reaching.results import Reach
    from journey.section_table import SectionTable

    Floats = NDArray[np.float64]

MOST_VERTICES = 60_000
"""Vertices of a map: some 20 bytes each. Beyond, track is drawn more coarsely."""
BESIDE_OFF_DEG = 0.001
"""How far off its own vertices track beyond the reach is drawn at most: 111 m."""
MOST_BESIDE = 20_000
"""The same for track that is only drawn for orientation."""
TICKS = 10_000
"""Into how many parts the hours are divided: 9 seconds, 150 m at 60 km/h, of a day."""
LON, LAT, LOW, CENTRAL, HIGH = range(5)


class Pieces(NamedTuple):
    """Track cut into pieces that are drawn alike from end to end.

    Attributes
    ----------
    columns : ndarray, shape (5, n)
        Degrees of longitude and latitude, hours at the earliest, in the middle and at the latest
        of each vertex; a piece begins with the vertex that the one before it ended with.
    first : ndarray of int, shape (pieces + 1,)
        Where each piece begins.
    band : ndarray of int, shape (pieces,)
        In which band it is by its middle hours; -1 where these are more than were asked for.
    sure : ndarray of bool, shape (pieces,)
        Whether it is reached at the latest, too.
    """

    columns: Floats
    first: NDArray[np.intp]
    band: NDArray[np.intp]
    sure: NDArray[np.bool_]


def cut_track(reach: Reach, edges_h: Floats) -> Pieces:
    """Cut the track of a reach where a time passes a bound.

    Parameters
    ----------
    reach : Reach
        What can be reached.
    edges_h : ndarray, shape (bands,)
        Where bands end, increasing; the last is the time asked for.

    Returns
    -------
    Pieces
        In the order of the reach's track.
    """
    tracks = [each for each in reach.tracks if each.lon.size > 1]
    if not tracks:
        none = np.zeros(0, np.intp)
        return Pieces(np.zeros((HIGH + 1, 0)), np.zeros(1, np.intp), none, none > 0)
    track = np.repeat(np.arange(len(tracks)), [each.lon.size for each in tracks])
    columns = np.concatenate([np.stack(each[2:]) for each in tracks], axis=1)
    columns, track = _divided(columns, track, edges_h)
    return _grouped(columns, track, edges_h)


def _divided(
    columns: Floats, track: NDArray[np.intp], edges_h: Floats
) -> tuple[Floats, NDArray[np.intp]]:
    """With a further vertex wherever a time passes a bound."""
    here = np.flatnonzero(track[1:] == track[:-1])
    bounds = [*((CENTRAL, edge) for edge in edges_h), (HIGH, edges_h[-1])]
    places = [np.arange(track.size, dtype=np.float64)]
    for column, bound_h in bounds:
        before, after = columns[column, here], columns[column, here + 1]
        passes = np.isfinite(before + after) & ((before < bound_h) != (after < bound_h))
        share = (bound_h - before[passes]) / (after[passes] - before[passes])
        inside = (share > 0) & (share < 1)
        places.append(here[passes][inside] + share[inside])
    place = np.unique(np.concatenate(places))
    whole = place.astype(np.intp)
    share = place - whole
    beyond = np.minimum(whole + 1, track.size - 1)
    with np.errstate(invalid="ignore"):
        between = columns[:, whole] + share * (columns[:, beyond] - columns[:, whole])
    return np.where(share > 0, between, columns[:, whole]), track[whole]


def _grouped(columns: Floats, track: NDArray[np.intp], edges_h: Floats) -> Pieces:
    """Vertices as pieces: neighbours on one track that are alike, and do not turn back in time."""
    step = np.flatnonzero(track[1:] == track[:-1])
    with np.errstate(invalid="ignore"):
        middle = (columns[LOW:, step] + columns[LOW:, step + 1]) / 2
        later = np.sign(columns[LOW:, step + 1] - columns[LOW:, step])
    band = np.searchsorted(edges_h, middle[CENTRAL - LOW])
    band[band == edges_h.size] = -1
    sure = middle[HIGH - LOW] < edges_h[-1]
    kinds = np.stack([track[step], band, sure, later[0], np.where(sure, later[HIGH - LOW], 0)])
    begins = np.flatnonzero(np.append(True, (kinds[:, 1:] != kinds[:, :-1]).any(axis=0)))
    ends = np.append(begins[1:], step.size)
    count = ends - begins + 1
    first = np.concatenate([[0], np.cumsum(count)])
    vertex = np.arange(first[-1]) - np.repeat(first[:-1], count) + np.repeat(step[begins], count)
    return Pieces(columns[:, vertex], first, band[begins], sure[begins])


def simplified(pieces: Pieces, most: int = MOST_VERTICES) -> tuple[Pieces, float]:
    """Leave out vertices without which a time stands hardly elsewhere.

    Parameters
    ----------
    pieces : Pieces
        The track.
    most : int
        How many vertices may be left, apart from both ends of each piece.

    Returns
    -------
    tuple
        The track, and how far off its own vertices it is at most, degrees of a meridian.
    """
    off_deg = TRACK_OFF_DEG
    thinner = _thinned(pieces, off_deg)
    while thinner.columns.shape[1] > most + 2 * thinner.band.size:
        off_deg *= 2
        thinner = _thinned(pieces, off_deg)
    return thinner, off_deg


def _thinned(pieces: Pieces, off_deg: float) -> Pieces:
    kept, count = [], []
    for start, end in zip(pieces.first[:-1].tolist(), pieces.first[1:].tolist(), strict=True):
        lon, lat, low = pieces.columns[: LOW + 1, start:end]
        # Going back in time, as from where two trains meet, is as good a measure.
        along = np.abs(low - low[0])
        needed = _needed(along, lon, lat, off_deg)
        kept.append(start + needed)
        count.append(needed.size)
    vertices = np.concatenate(kept) if kept else np.zeros(0, np.intp)
    first = np.concatenate([[0], np.cumsum(count, dtype=np.intp)])
    return Pieces(pieces.columns[:, vertices], first, pieces.band, pieces.sure)


def _needed(along: Floats, lon: Floats, lat: Floats, off_deg: float) -> NDArray[np.intp]:
    if along.size == 2 or along[-1] == 0:  # noqa: PLR2004 - both ends
        return np.array([0, along.size - 1])
    apart = np.flatnonzero(np.append(True, np.diff(along) > 0))
    return apart[needed_vertices(along[apart], lon[apart], lat[apart], off_deg)]


def packed_track(pieces: Pieces, hours: float) -> list[dict[str, Any]]:
    """Track as one path for each band and certainty, with its hours.

    Parameters
    ----------
    pieces : Pieces
        The track.
    hours : float
        The time asked for.

    Returns
    -------
    list of dict
        ``band``, counted from 0, -1 where only a fast train gets; ``sure``; ``path``; ``low`` and,
        where sure, ``high``: `TICKS` to the hours, packed, one for each vertex of the path.
    """
    kinds = sorted({*zip(pieces.band.tolist(), pieces.sure.tolist(), strict=True)})
    return [_packed(pieces, hours, band, sure=sure) for band, sure in kinds]


def _packed(pieces: Pieces, hours: float, band: int, *, sure: bool) -> dict[str, Any]:
    chosen = np.flatnonzero((pieces.band == band) & (pieces.sure == sure))
    spans = [slice(*pieces.first[number : number + 2].tolist()) for number in chosen.tolist()]
    columns = np.concatenate([pieces.columns[:, span] for span in spans], axis=1)
    ticks = np.rint(columns[LOW:] / hours * TICKS)
    line = {
        "band": band,
        "sure": sure,
        "path": "".join(track_path(*pieces.columns[:LOW, span]) for span in spans),
        "low": pack(ticks[0], along=True),
    }
    return {**line, "high": pack(ticks[HIGH - LOW], along=True)} if sure else line


def track_beside(table: SectionTable, bounds: Sequence[Sequence[float]]) -> str:
    """Path of all track of a network that begins or ends in some part of the world.

    Parameters
    ----------
    table : SectionTable
        The sections.
    bounds : sequence, ``[[south, west], [north, east]]``
        The part, degrees.

    Returns
    -------
    str
        More coarsely drawn where there is much of it.
    """
    spans = list(_within(table, bounds))
    off_deg = BESIDE_OFF_DEG
    while True:
        lines = [_coarse(table, span, off_deg) for span in spans]
        if sum(lon.size - 2 for lon, _ in lines) <= MOST_BESIDE:
            return "".join(track_path(lon, lat) for lon, lat in lines)
        off_deg *= 2


def _within(table: SectionTable, bounds: Sequence[Sequence[float]]) -> Iterable[slice]:
    (south, west), (north, east) = bounds
    first, last = table.first[:-1], table.first[1:] - 1
    inside = (table.lon >= west) & (table.lon <= east) & (table.lat >= south) & (table.lat <= north)
    for number in np.flatnonzero(inside[first] | inside[last]).tolist():
        yield slice(int(first[number]), int(last[number]) + 1)


def _coarse(table: SectionTable, span: slice, off_deg: float) -> tuple[Floats, Floats]:
    lon, lat = table.lon[span], table.lat[span]
    kept = _needed(table.chainage_m[span], lon, lat, off_deg)
    return lon[kept], lat[kept]
