"""Calibration of each section: official kilometres along its geometry."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from building.course import geometry, passed_stations
from building.planar import Plane, Points, geodesic_m, lengths_m, places

if TYPE_CHECKING:
    from building.sources import Plan, Row, Sources

FURTHEST_TIE_M = {"station": 1_000.0, "town": 1_500.0}
"""A point says where on the track a station is only if the track passes this near."""

RATIO = {"station": 0.70, "town": 0.80}
"""Least geodesic over official length between neighbouring ties, by the worse of their points: a
chord between distant nodes can be that much shorter than a winding track."""

ROUNDING_M = {"KP": 100.0, "RU": 500.0}
"""Excess forgiven between two ties: kilometres are published to 0.1 km in the DPRK and to 1 km in
Russia."""

TIE_WORTH = {"station": 3.0, "town": 1.0}

APART_M = 10.0
"""A vertex this near to a station gives way to the station's own."""


class Tie(NamedTuple):
    """A station whose published point can tie official to geodesic length."""

    station: str
    official_m: float
    along_m: float
    offset_m: float
    quality: str
    rounding_m: float


@dataclass(frozen=True, eq=False)
class Laid:
    """A section with geometry and chainage.

    Attributes
    ----------
    plan : Plan
        What it was made from.
    lonlat : ndarray, shape (n, 2)
        Vertices, degrees.
    km : ndarray, shape (n,)
        Official chainage of the vertices from the section's start.
    timing_points : tuple of (str, float)
        Station and its km, in order, both ends included.
    ties : tuple of str
        Stations that tie official to geodesic length, without the two ends.
    dropped : tuple of (str, str)
        Stations with a point that was not used, and why.
    """

    plan: Plan
    lonlat: Points
    km: Points
    timing_points: tuple[tuple[str, float], ...]
    ties: tuple[str, ...]
    dropped: tuple[tuple[str, str], ...]

    @property
    def geodesic_km(self) -> float:
        """Length of the geometry on the ellipsoid, km."""
        return float(geodesic_m(self.lonlat)[-1]) / 1000


def lay(plan: Plan, sources: Sources) -> Laid:
    """Lay one section: its geometry, its tie points, its chainage and timing points."""
    passed = passed_stations(plan, sources)
    line = geometry(plan, sources)
    along = geodesic_m(line)
    ends = (0.0, plan.length_km * 1000), (0.0, float(along[-1]))
    ties, dropped = _chosen(_candidates(line, passed), *zip(*ends, strict=True))
    official = np.array([0.0, *(tie.official_m for tie in ties), ends[0][1]])
    measured = np.array([0.0, *(tie.along_m for tie in ties), ends[1][1]])
    points = (
        (plan.attributes["start"], 0.0),
        *((row.id, km) for row, km in passed),
        (plan.attributes["end"], plan.length_km),
    )
    at = np.interp([km * 1000 for _, km in points], official, measured)
    lonlat, measure = _with_vertices(line, along, at)
    km = np.round(np.interp(measure, measured, official) / 1000, 4)
    km[[int(np.argmin(np.abs(measure - m))) for m in at]] = [km_ for _, km_ in points]
    return Laid(plan, lonlat, km, points, tuple(t.station for t in ties), dropped)


def _with_vertices(line: Points, along: Points, at: Points) -> tuple[Points, Points]:
    """Give the line a vertex at each place, and leave out others beside it."""
    near = np.abs(along[:, None] - at).min(axis=1) < APART_M
    measure = np.sort(np.concatenate([along[~near], at]))
    lonlat = np.column_stack([np.interp(measure, along, line[:, axis]) for axis in (0, 1)])
    return np.round(lonlat, 5), measure


def _candidates(line: Points, passed: list[tuple[Row, float]]) -> list[Tie]:
    plane = Plane.about(line)
    xy = plane.to_xy(line)
    scale = geodesic_m(line)[-1] / lengths_m(xy)[-1]
    found = []
    for row, km in passed:
        if row.point is not None and row.quality in TIE_WORTH:
            place = places(xy, plane.to_xy(np.array([row.point]))[0])[0]
            along = place.along_m * scale
            found.append(
                Tie(row.id, km * 1000, along, place.offset_m, row.quality, ROUNDING_M[row.country])
            )
    return found


def _chosen(
    candidates: list[Tie], start: tuple[float, float], end: tuple[float, float]
) -> tuple[tuple[Tie, ...], tuple[tuple[str, str], ...]]:
    """Choose the worthiest ties between which the ratio of lengths keeps in its bounds.

    Parameters
    ----------
    candidates : list of Tie
        In order of official length.
    start, end : (float, float)
        Official and geodesic m of the two ends.
    """
    near = [tie for tie in candidates if tie.offset_m <= FURTHEST_TIE_M[tie.quality]]
    chain = [
        Tie("", start[0], start[1], 0.0, "", 0.0),
        *near,
        Tie("", end[0], end[1], 0.0, "", 0.0),
    ]
    best: list[tuple[float, int]] = [(0.0, -1)]
    for k in range(1, len(chain)):
        options = [
            (best[j][0] + TIE_WORTH.get(chain[k].quality, 0.0), -j)
            for j in range(k)
            if best[j][0] > -np.inf and _consistent(chain[j], chain[k])
        ]
        worth, j = max(options, default=(-np.inf, 0))
        best.append((worth, -j))
    used: list[Tie] = []
    k = best[-1][1] if best[-1][0] > -np.inf else 0
    while k > 0:
        used.insert(0, chain[k])
        k = best[k][1]
    return tuple(used), tuple((tie.station, _reason(tie)) for tie in candidates if tie not in used)


def _consistent(before: Tie, after: Tie) -> bool:
    official = after.official_m - before.official_m
    along = after.along_m - before.along_m
    slack = max(before.rounding_m, after.rounding_m)
    least = RATIO["town" if "town" in (before.quality, after.quality) else "station"]
    return official > 0 and least * official - slack <= along <= official + slack


def _reason(tie: Tie) -> str:
    if tie.offset_m > FURTHEST_TIE_M[tie.quality]:
        return f"{tie.quality} point, {tie.offset_m / 1000:.1f} km off the track"
    return f"{tie.quality} point, disagrees with the kilometres of its neighbours"


def ratios(section: Laid) -> list[float]:
    """Geodesic over official length between neighbouring ties."""
    along = geodesic_m(section.lonlat) / 1000
    ends = (section.plan.attributes["start"], section.plan.attributes["end"])
    tied = [km for id_, km in section.timing_points if id_ in (*section.ties, *ends)]
    at = np.interp(tied, section.km, along)
    return [(b - a) / (y - x) for (a, b), (x, y) in zip(pairwise(at), pairwise(tied), strict=True)]
