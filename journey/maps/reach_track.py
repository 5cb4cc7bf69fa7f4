"""The track of a reach as a map draws it: in bands of hours, cut where a time passes a bound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from journey.maps.paths import TRACK_OFF_DEG, needed_of_lines, track_paths
from journey.sample.columns import pack

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.reaching.results import Reach

    Floats = NDArray[np.float64]

MOST_VERTICES, MOST_PIECES = 30_000, 50_000
"""Vertices of a map, some 18 bytes each, besides the ends of pieces, and pieces of track. Where
there are more, all is drawn more coarsely, and what is shorter than that is left out."""
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


def simplified(
    pieces: Pieces, off_deg: float = TRACK_OFF_DEG, most: int = MOST_VERTICES
) -> tuple[Pieces, float]:
    """Leave out vertices without which the track runs hardly elsewhere.

    Parameters
    ----------
    pieces : Pieces
        The track.
    off_deg : float
        How far off its vertices it may be drawn where there are few, degrees of a meridian.
    most : int
        How many vertices may be left, apart from both ends of each piece.

    Returns
    -------
    tuple
        The track, and how far off its own vertices it is at most, degrees of a meridian.
    """
    thinner = _thinned(pieces, off_deg)
    while thinner.columns.shape[1] > most + 2 * min(thinner.band.size, MOST_PIECES):
        off_deg *= 2
        thinner = _thinned(_longer(thinner, off_deg), off_deg)
    return thinner, off_deg


def _thinned(pieces: Pieces, off_deg: float) -> Pieces:
    lon, lat = pieces.columns[LON], pieces.columns[LAT]
    kept = needed_of_lines(lon, lat, pieces.first, off_deg)
    first = np.append(np.searchsorted(kept, pieces.first[:-1]), kept.size)
    return Pieces(pieces.columns[:, kept], first, pieces.band, pieces.sure)


def _longer(pieces: Pieces, off_deg: float) -> Pieces:
    """The pieces that reach farther than a deviation that nobody sees."""
    places, begins = pieces.columns[:LOW], pieces.first[:-1]
    extent = np.maximum.reduceat(places, begins, axis=1)
    extent -= np.minimum.reduceat(places, begins, axis=1)
    chosen = extent.max(axis=0) > off_deg
    count = np.diff(pieces.first)
    first = np.concatenate([[0], np.cumsum(count[chosen])])
    columns = pieces.columns[:, np.repeat(chosen, count)]
    return Pieces(columns, first, pieces.band[chosen], pieces.sure[chosen])


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
    mine = (pieces.band == band) & (pieces.sure == sure)
    count = np.diff(pieces.first)
    columns = pieces.columns[:, np.repeat(mine, count)]
    first = np.concatenate([[0], np.cumsum(count[mine])])
    ticks = np.rint(columns[LOW:] / hours * TICKS)
    line = {
        "band": band,
        "sure": sure,
        "path": "".join(track_paths(columns[LON], columns[LAT], first)),
        "low": pack(ticks[0], along=True),
    }
    return {**line, "high": pack(ticks[HIGH - LOW], along=True)} if sure else line
