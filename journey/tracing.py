"""A way through a network traced as one route: one chainage, its stations and stretches."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.along import ROUNDING_M, Stretch, TimingPoint, starts_of
from journey.route import Route

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from journey.attribution import Provenance
    from journey.pathfinding.ways import Piece, Way
    from journey.track import Section, Station

STATION_SPREAD_M = 1_000.0
"""Points of one station on successive tracks of a way, nearer than this, are one stop at it."""

ALIKE = ("line", "gauge", "tracks", "electrification", "usage", "estimated")
"""Sections that agree in these, with no station between them, are one stretch of a route."""


class _Run(NamedTuple):
    """A piece of section as it is run: its chainage from the start of the route, m, and places."""

    section: Section
    chainage_m: NDArray[np.float64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    points: tuple[TimingPoint, ...]

    @property
    def ends_at_station(self) -> bool:
        return bool(self.points) and self.points[-1].chainage_m == self.chainage_m[-1]


@dataclass(frozen=True)
class Tracer:
    """Traces ways over the sections and stations of a network.

    Attributes
    ----------
    sections : sequence of Section
        The sections, by number.
    stations : mapping of str to Station
        The stations, by id.
    """

    sections: Sequence[Section]
    stations: Mapping[str, Station]

    def route(self, way: Way, places: tuple[str, ...], provenance: Provenance) -> Route:
        """Join the pieces of a way into a route through given places."""
        runs = self._runs(way.pieces)
        points = tuple(_once([point for run in runs for point in run.points]))
        return Route(
            places=places,
            chainage_m=_chained([run.chainage_m for run in runs]),
            lon=_chained([run.lon for run in runs]),
            lat=_chained([run.lat for run in runs]),
            timing_points=points,
            stretches=tuple(map(_stretch, _alike(runs, way.reversed_before))),
            reversals=tuple(
                _nearest(points, float(runs[number].chainage_m[0]))
                for number in sorted(way.reversed_before)
            ),
            clocks=starts_of(points, "timezone"),
            countries=starts_of(points, "country"),
            pieces=way.pieces,
            provenance=provenance,
        )

    def _runs(self, pieces: Sequence[Piece]) -> list[_Run]:
        starts_m = np.cumsum([0.0, *(piece.length_m for piece in pieces)]).tolist()
        return [
            self._run(piece, *ends_m)
            for piece, *ends_m in zip(pieces, starts_m[:-1], starts_m[1:], strict=True)
        ]

    def _run(self, piece: Piece, start_m: float, end_m: float) -> _Run:
        section = self.sections[piece.section]
        at_m = piece.vertices_m(section.chainage_m)
        lon, lat = (np.interp(at_m, section.chainage_m, c) for c in (section.lon, section.lat))
        chainage_m = np.abs(at_m - piece.from_m) + start_m
        # The same sum as the next piece begins with, so that what meets has one chainage.
        chainage_m[-1] = end_m
        return _Run(section, chainage_m, lon, lat, self._passed(section, piece, start_m, end_m))

    def _passed(
        self, section: Section, piece: Piece, start_m: float, end_m: float
    ) -> tuple[TimingPoint, ...]:
        low, high = sorted((piece.from_m, piece.to_m))
        passed = [
            TimingPoint(self.stations[id_], _run_to(piece, at_m, start_m, end_m))
            for id_, at_m in zip(section.station_ids, section.station_m.tolist(), strict=True)
            if low - ROUNDING_M <= at_m <= high + ROUNDING_M
        ]
        return tuple(passed if piece.to_m > piece.from_m else passed[::-1])


def _run_to(piece: Piece, at_m: float, start_m: float, end_m: float) -> float:
    """Chainage on the route of a place on a piece, just that of an end where it is one."""
    if abs(at_m - piece.to_m) <= ROUNDING_M:
        return end_m
    run_m = abs(at_m - piece.from_m)
    return start_m if run_m <= ROUNDING_M else start_m + run_m


def _once(points: Sequence[TimingPoint]) -> Iterable[TimingPoint]:
    """Each stop at a station once, though tracks that follow each other may both have a point.

    The first of them counts: a way that ends at a station ends at the first that it comes to.
    """
    at_m: dict[str, float] = {}
    for point in points:
        if point.chainage_m - at_m.get(point.station.id, -math.inf) > STATION_SPREAD_M:
            at_m[point.station.id] = point.chainage_m
            yield point


def _nearest(points: Sequence[TimingPoint], chainage_m: float) -> TimingPoint:
    """A chainage with the station that is nearest to it, of several one where trains reverse."""

    def farther(point: TimingPoint) -> tuple[float, bool]:
        off_m = abs(point.chainage_m - chainage_m)
        return (0.0 if off_m <= ROUNDING_M else off_m, not point.station.can_reverse)

    return TimingPoint(min(points, key=farther).station, chainage_m)


def _alike(runs: Sequence[_Run], reversed_before: frozenset[int]) -> list[list[_Run]]:
    """Group successive pieces that are one stretch."""
    groups = [[runs[0]]]
    for number, run in enumerate(runs[1:], 1):
        before = groups[-1][-1]
        same = all(getattr(run.section, a) == getattr(before.section, a) for a in ALIKE)
        if same and not before.ends_at_station and number not in reversed_before:
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _stretch(runs: Sequence[_Run]) -> Stretch:
    start_m, end_m = float(runs[0].chainage_m[0]), float(runs[-1].chainage_m[-1])
    return Stretch(runs[0].section if len(runs) == 1 else _joined(runs), start_m, end_m)


def _joined(runs: Sequence[_Run]) -> Section:
    """One section made of successive pieces, in the direction in which they are run."""
    points = list(_once([point for run in runs for point in run.points]))
    start_m = runs[0].chainage_m[0]
    return replace(
        runs[0].section,
        id=f"{runs[0].section.id} to {runs[-1].section.id}",
        end=runs[-1].section.end,
        chainage_m=_chained([run.chainage_m for run in runs]) - start_m,
        lon=_chained([run.lon for run in runs]),
        lat=_chained([run.lat for run in runs]),
        station_ids=tuple(point.station.id for point in points),
        station_m=np.array([point.chainage_m for point in points]) - start_m,
        end_kinds=("", ""),
        limits=None,
        structures=(),
    )


def _chained(parts: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Concatenate arrays whose first value repeats the last of the one before."""
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
