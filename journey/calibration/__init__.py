"""Official lengths: the chainage of a network scaled to kilometres that someone has measured."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.attribution import CALIBRATED
from journey.calibration.lengths import OfficialLength, load_lengths
from journey.errors import InputError, naming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journey.network import Network
    from journey.pathfinding.turn_graph import TurnGraph
    from journey.pathfinding.ways import Place

__all__ = ["Calibration", "OfficialLength", "Scaled", "calibrate", "load_lengths"]

DETOUR = 1.02
DETOUR_M = 500.0
"""Tracks on ways longer than the shortest by no more than this share and length are parallel ones
of the same line, and are scaled as it is."""

ROUNDING_KM = 1e-5

LEAST_FACTOR, MOST_FACTOR = 0.8, 1.25
"""A length that differs more from the track than this is not of the way that was found."""


class Scaled(NamedTuple):
    """What became of an official length: the km of the track, and what they were scaled by."""

    start: str
    end: str
    official_km: float
    track_km: float
    source: str

    @property
    def factor(self) -> float:
        """Official length over that of the track."""
        return self.official_km / self.track_km


class _Interval(NamedTuple):
    """A stretch of a section that is scaled: from and to which chainage, m."""

    section: int
    start_m: float
    end_m: float


class _Map(NamedTuple):
    """Chainages of a section where its scale changes, what they become; how much is scaled, m."""

    old_m: NDArray[np.float64]
    new_m: NDArray[np.float64]
    scaled_m: float


@dataclass(frozen=True, eq=False)
class Calibration:
    """A network whose chainage agrees with official lengths, and how each was met.

    Attributes
    ----------
    network : Network
        The network, with the chainage of the sections named scaled.
    scaled : tuple of Scaled
        Each length, in the order of the file.
    scaled_km : float
        Length of all track that was scaled, parallel track included, as it is now.
    """

    network: Network
    scaled: tuple[Scaled, ...]
    scaled_km: float


def calibrate(network: Network, lengths: tuple[OfficialLength, ...]) -> Calibration:
    """Scale the chainage of a network to official lengths.

    Parameters
    ----------
    network : Network
        The network.
    lengths : tuple of OfficialLength
        Lengths between two stations each, by the shortest way.

    Returns
    -------
    Calibration
        The network calibrated, and how each length was met. All tracks of ways between the two
        stations that are hardly longer than the shortest are scaled as it is; track beside keeps
        its chainage.

    Raises
    ------
    UnknownPlaceError
        If a station is none of the network.
    NoRouteError
        If no track connects the two.
    InputError
        If a length differs by more than a quarter from that of the track, two scale the same track
        in different ways, or another way becomes the shorter one.
    """
    known: dict[int, list[tuple[_Interval, float, str]]] = {}
    scaled = []
    for length in lengths:
        with naming(length.where):
            route = network.route(length.start, length.end)
            met = Scaled(*length[1:4], route.length_km, length.source)
            _check_factor(met)
            for interval in _intervals(network, length):
                _check_apart(interval, met.factor, known.setdefault(interval.section, []))
                known[interval.section].append((interval, met.factor, length.where))
            scaled.append(met)
    maps = {
        number: _chainage_map(float(network.table.length_m[number]), [each[:2] for each in found])
        for number, found in known.items()
    }
    table = network.table.rescaled({number: each[:2] for number, each in maps.items()})
    provenance = network.provenance._replace(kilometres=CALIBRATED)
    calibrated = replace(network, section_list=table, provenance=provenance)
    _check_met(calibrated, lengths)
    scaled_m = sum(each.scaled_m for each in maps.values())
    return Calibration(calibrated, tuple(scaled), scaled_m / 1000)


def _check_met(network: Network, lengths: tuple[OfficialLength, ...]) -> None:
    """Check that each length is that of the shortest way, now that others were scaled too."""
    for length in lengths:
        found_km = network.route(length.start, length.end).length_km
        if abs(found_km - length.km) > ROUNDING_KM:
            with naming(length.where):
                raise InputError(
                    f"km {length.km:g}: after scaling, another way from {length.start} to "
                    f"{length.end} has {found_km:.3f} km; give its length too"
                )


def _check_factor(met: Scaled) -> None:
    if not LEAST_FACTOR <= met.factor <= MOST_FACTOR:
        raise InputError(
            f"km {met.official_km:g}: the way found from {met.start} to {met.end} has "
            f"{met.track_km:.1f} km of track; divide the length at a station on the way meant"
        )


def _check_apart(new: _Interval, factor: float, known: list[tuple[_Interval, float, str]]) -> None:
    for interval, other, where in known:
        overlap_m = min(new.end_m, interval.end_m) - max(new.start_m, interval.start_m)
        if overlap_m > 1 and abs(factor / other - 1) > 1e-6:  # noqa: PLR2004 - rounding
            line = where.rpartition(": ")[2]
            raise InputError(
                f"scales {overlap_m:,.0f} m of track by {factor:.4f} that {line} scales by "
                f"{other:.4f}; take one of the two lengths out, or divide them at a station"
            )


def _intervals(network: Network, length: OfficialLength) -> list[_Interval]:
    """Stretches of every section on ways between two stations that are hardly detours."""
    graph = network.graph
    start, end = (network.place(name) for name in (length.start, length.end))
    towards, back = (graph.weights_from(place.spots) for place in (start, end))
    run = graph.length_m * graph.factor
    # A way by an arc: to its head from one station, and to its tail from the other.
    through = towards + back.reshape(-1, 2)[:, ::-1].ravel() - run
    ends = [
        *_from_spots(graph, start, back),
        *_from_spots(graph, end, towards),
        *_between_spots(graph, start, end),
    ]
    shortest = min([float(through.min()), *(weight for weight, _ in ends)])
    most = shortest * DETOUR + DETOUR_M
    whole = np.unique(np.flatnonzero(through <= most) // 2)
    found = [_Interval(int(n), 0.0, float(network.table.length_m[n])) for n in whole]
    return found + [interval for weight, interval in ends if weight <= most]


def _from_spots(
    graph: TurnGraph, place: Place, weights: NDArray[np.float64]
) -> list[tuple[float, _Interval]]:
    """What is run of the section on which a way begins, and how much the way weighs."""
    found = []
    for spot in place.spots:
        length_m = float(graph.length_m[spot.arc])
        weight = float(weights[spot.arc ^ 1] - spot.run_m * graph.factor[spot.arc])
        if spot.run_m < length_m:
            found.append((weight, _run(graph, spot.arc, spot.run_m, length_m)))
    return found


def _between_spots(graph: TurnGraph, start: Place, end: Place) -> list[tuple[float, _Interval]]:
    """Stretches between two stations of one section, and how much each weighs."""
    return [
        (
            float((to.run_m - spot.run_m) * graph.factor[spot.arc]),
            _run(graph, spot.arc, spot.run_m, to.run_m),
        )
        for spot in start.spots
        for to in end.spots
        if spot.arc == to.arc and spot.run_m < to.run_m
    ]


def _run(graph: TurnGraph, arc: int, from_m: float, to_m: float) -> _Interval:
    """The stretch of a section that is run of an arc."""
    if arc % 2 == 0:
        return _Interval(arc // 2, from_m, to_m)
    length_m = float(graph.length_m[arc])
    return _Interval(arc // 2, length_m - to_m, length_m - from_m)


def _chainage_map(length_m: float, scaled: Sequence[tuple[_Interval, float]]) -> _Map:
    edges_m = np.unique([0.0, length_m, *(m for each, _ in scaled for m in each[1:])])
    middle_m = (edges_m[:-1] + edges_m[1:]) / 2
    factor, covered = np.ones(len(middle_m)), np.zeros(len(middle_m), dtype=bool)
    for interval, by in scaled:
        inside = (middle_m > interval.start_m) & (middle_m < interval.end_m)
        factor[inside], covered[inside] = by, True
    parts_m = np.diff(edges_m) * factor
    new_m = np.concatenate([[0.0], np.cumsum(parts_m)])
    return _Map(edges_m, new_m, float(parts_m[covered].sum()))
