"""Official lengths: the chainage of a network scaled to kilometres that someone has measured."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.attribution import CALIBRATED
from journey.csv_rows import check_columns, csv_rows
from journey.errors import InputError, naming, shown
from journey.reading import read_text
from journey.units import parse_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.network import Network
    from journey.pathfinding.turn_graph import TurnGraph
    from journey.pathfinding.ways import Place

COLUMNS = ("from", "to", "km")
BESIDES = ("source", "note")
LONGEST_KM = 20_000.0

DETOUR = 1.02
DETOUR_M = 500.0
"""Tracks on ways longer than the shortest by no more than this share and length are parallel ones
of the same line, and are scaled as it is."""

LEAST_FACTOR, MOST_FACTOR = 0.8, 1.25
"""A length that differs more from the track than this is not of the way that was found."""


class OfficialLength(NamedTuple):
    """A row of a file of lengths: where it stands, two stations and the km between them."""

    where: str
    start: str
    end: str
    km: float


class Scaled(NamedTuple):
    """What became of an official length: the km of the track, and what they were scaled by."""

    start: str
    end: str
    official_km: float
    track_km: float

    @property
    def factor(self) -> float:
        """Official length over that of the track."""
        return self.official_km / self.track_km


class _Interval(NamedTuple):
    """A stretch of a section that is scaled: from and to which chainage, m."""

    section: int
    start_m: float
    end_m: float


@dataclass(frozen=True, eq=False)
class Calibration:
    """A network whose chainage agrees with official lengths, and how each was met.

    Attributes
    ----------
    network : Network
        The network, with the chainage of the sections named scaled.
    scaled : tuple of Scaled
        Each length, in the order of the file.
    """

    network: Network
    scaled: tuple[Scaled, ...]


def load_lengths(file: str | Path) -> tuple[OfficialLength, ...]:
    """Load official lengths.

    Parameters
    ----------
    file : str or Path
        A CSV file with the columns ``from``, ``to`` (stations, by any of their names) and ``km``,
        perhaps ``source`` and ``note``.

    Raises
    ------
    InputError
        If it cannot be read, or says something that cannot be; the message names file and line.
    """
    path = Path(file)
    with naming(str(path)):
        rows = list(csv_rows(read_text(path, "a readable CSV file")))
        if not rows:
            raise InputError(f"empty; expected the columns {', '.join(COLUMNS)}")
        columns = rows[0].cells
        check_columns(columns, (*COLUMNS, *BESIDES), COLUMNS)
        return tuple(
            _length(f"{path}: line {row.line}", dict(zip(columns, row.cells, strict=False)))
            for row in rows[1:]
        )


def _length(where: str, cells: dict[str, str]) -> OfficialLength:
    for column in COLUMNS:
        if not cells.get(column):
            raise InputError(f"{where.rpartition(': ')[2]}: {column} is empty; fill it in")
    with naming(f"{where.rpartition(': ')[2]}: km"):
        km = parse_number(cells["km"])
        if not 0 < km <= LONGEST_KM:
            raise InputError(f"{shown(cells['km'])}: expected km above 0 to {LONGEST_KM:,.0f}")
    return OfficialLength(where, cells["from"], cells["to"], km)


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
        If a length differs by more than a quarter from that of the track, or two scale the same
        track in different ways.
    """
    known: dict[int, list[tuple[_Interval, float, str]]] = {}
    scaled = []
    for length in lengths:
        with naming(length.where):
            route = network.route(length.start, length.end)
            met = Scaled(length.start, length.end, length.km, route.length_km)
            _check_factor(met)
            for interval in _intervals(network, length):
                _check_apart(interval, met.factor, known.setdefault(interval.section, []))
                known[interval.section].append((interval, met.factor, length.where))
            scaled.append(met)
    maps = {
        number: _chainage_map(network.table.length_m[number], [each[:2] for each in found])
        for number, found in known.items()
    }
    dataset = f"{network.provenance.dataset}, calibrated to official lengths"
    calibrated = replace(
        network,
        section_list=network.table.rescaled(maps),
        provenance=network.provenance._replace(dataset=dataset, kilometres=CALIBRATED),
    )
    return Calibration(calibrated, tuple(scaled))


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


def _chainage_map(
    length_m: float, scaled: list[tuple[_Interval, float]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Chainages of a section where its scale changes, and what they become."""
    edges_m = np.unique([0.0, length_m, *(m for each, _ in scaled for m in each[1:])])
    middle_m = (edges_m[:-1] + edges_m[1:]) / 2
    factor = np.ones(len(middle_m))
    for interval, by in scaled:
        factor[(middle_m > interval.start_m) & (middle_m < interval.end_m)] = by
    return edges_m, np.concatenate([[0.0], np.cumsum(np.diff(edges_m) * factor)])
