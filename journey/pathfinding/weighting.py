"""What a way is to be light in: length or running time, and what it is to keep off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from journey.errors import InputError, UnknownPlaceError, naming
from journey.geodesy import on_sphere
from journey.names import Gazetteer
from journey.pathfinding.beside import tree_of
from journey.pathfinding.turn_graph import SECONDARY_FACTOR, weights_by_length
from journey.track import gauges_of, usable_mm
from journey.turning import REVERSAL_WEIGHT_M
from journey.units import FASTEST_TRACK_KMH, MPS_PER_KMH, SLOWEST_KMH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from journey.pathfinding.ways import Piece
    from journey.section_table import SectionTable
    from journey.track import Station

MAX_SPEED_KMH = 100.0
"""How fast a train runs that nothing is said of, where the track lets it."""

REVERSAL_S = 1_200.0
"""How long a reversal takes: the locomotive runs round its train, and the brakes are tried."""


@dataclass(frozen=True, slots=True)
class Weighting:
    """What the lightest way is.

    Attributes
    ----------
    by : str
        ``"length"``: official length, secondary lines at `SECONDARY_FACTOR` times theirs;
        ``"time"``: running time at steady speed.
    max_speed_kmh : float
        How fast the train may run, for ``"time"``.
    avoid : tuple of str
        What the way keeps off: stations by id or any of their names, lines by name, countries by
        their code, or sections by id. A station keeps trains off every section it lies on.
    gauge_mm : int or None
        The gauge of the train, which keeps it off track of another; None for any.

    Notes
    -----
    The running time of a section is that at the least of the train's own speed, the limit (the
    middle of its range where it is not posted) and what curves allow, part by part. Braking and
    acceleration are left out, so that it is a lower bound. Where nothing is known of the limits,
    main lines are run at the train's speed, and secondary ones at half of it.

    Examples
    --------
    >>> from journey import load_network
    >>> inland = Weighting(avoid=("Rajin",))
    >>> round(load_network().route("Chongjin", "Tumangang", weighting=inland).length_km)
    295
    """

    by: Literal["length", "time"] = "length"
    max_speed_kmh: float = MAX_SPEED_KMH
    avoid: tuple[str, ...] = ()
    gauge_mm: int | None = None

    def __post_init__(self) -> None:
        """Check that such a train can be."""
        if self.by not in ("length", "time"):
            raise InputError(f"by {self.by!r}: expected length or time")
        if not SLOWEST_KMH <= self.max_speed_kmh <= FASTEST_TRACK_KMH:
            raise InputError(
                f"max_speed_kmh {self.max_speed_kmh:g}: expected {SLOWEST_KMH:g} to "
                f"{FASTEST_TRACK_KMH:g} km/h"
            )
        if isinstance(self.avoid, str):
            raise InputError(f"avoid {self.avoid!r}: expected a tuple of names, such as ('RU',)")

    @property
    def restriction(self) -> str:
        """What is left out, in words; empty if nothing is."""
        gauge = f"on a gauge of {self.gauge_mm} mm" if self.gauge_mm is not None else ""
        avoided = f"without {', '.join(self.avoid)}" if self.avoid else ""
        return " ".join(filter(None, (gauge, avoided)))

    def weights(self, table: SectionTable, stations: Mapping[str, Station]) -> NDArray[np.float64]:
        """Weight of running each section, shape (sections,); inf where trains are to keep off.

        Running times are scaled so that a reversal, which weighs `REVERSAL_WEIGHT_M`, counts as
        `REVERSAL_S`.

        Raises
        ------
        UnknownPlaceError
            If something to avoid is nothing in the network.
        InputError
            If no section has the gauge, or the name of a station to avoid is that of several.
        """
        if self.by == "time":
            time_s = running_time_s(table, self.max_speed_kmh)
            weights = time_s * (REVERSAL_WEIGHT_M / REVERSAL_S)
        else:
            weights = weights_by_length(table)
        barred = np.zeros(len(table), dtype=bool)
        for name in self.avoid:
            barred |= _sections_of(name, table, stations)
        if self.gauge_mm is not None:
            barred |= ~_with_gauge(table, self.gauge_mm)
        return np.where(barred, np.inf, weights)


def running_time_s(table: SectionTable, max_speed_kmh: float) -> NDArray[np.float64]:
    """Running time of a train over each section at steady speed, s, shape (sections,).

    Parameters
    ----------
    table : SectionTable
        The sections, with their limits.
    max_speed_kmh : float
        How fast the train may run.
    """
    secondary = np.array([usage == "secondary" for usage in table.values["usage"]], dtype=bool)
    open_kmh = np.where(secondary, max_speed_kmh / SECONDARY_FACTOR, max_speed_kmh)
    section, part_m = _limit_parts(table)
    limits = table.limits
    # What is not known does not limit.
    middle_kmh = np.fmin((limits.low_kmh + limits.high_kmh) / 2, limits.curve_kmh)
    speed_kmh = np.fmin(middle_kmh, max_speed_kmh)
    with np.errstate(divide="ignore"):
        part_s = part_m / (speed_kmh * MPS_PER_KMH)
    limited_s = np.bincount(section, weights=part_s, minlength=len(table))
    known = np.diff(table.limit_first) > 0
    return np.where(known, limited_s, table.length_m / (open_kmh * MPS_PER_KMH))


class SteadyRun(NamedTuple):
    """A run at steady speed, without acceleration, braking, reversals and halts.

    Attributes
    ----------
    time_s : float
        How long it takes, s.
    max_speed_kmh : float
        How fast the train may run.
    unknown_km : float
        Of how much of the way no limit is known.
    assumed_km : float
        Of how much of it limits are a range that is assumed by the class of the line.
    """

    time_s: float
    max_speed_kmh: float
    unknown_km: float
    assumed_km: float


def steady_run(pieces: Sequence[Piece], table: SectionTable, max_speed_kmh: float) -> SteadyRun:
    """Run pieces of sections at steady speed; of part of a section in proportion."""
    section = np.array([piece.section for piece in pieces])
    share = np.array([piece.length_m for piece in pieces]) / table.length_m[section]
    parts, part_m = _limit_parts(table)
    assumed_m = np.bincount(
        parts, weights=part_m * np.isnan(table.limits.posted_kmh), minlength=len(table)
    )
    unknown_m = np.where(np.diff(table.limit_first) > 0, 0.0, table.length_m)
    time_s = running_time_s(table, max_speed_kmh)
    total = ((each[section] * share).sum() for each in (time_s, unknown_m / 1000, assumed_m / 1000))
    time, unknown_km, assumed_km = map(float, total)
    return SteadyRun(time, max_speed_kmh, unknown_km, assumed_km)


def _limit_parts(table: SectionTable) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Section and length, m, of every part with a limit of its own."""
    parts = np.diff(table.limit_first)
    end_m = np.append(table.limits.start_m[1:], 0.0)
    last = table.limit_first[1:][parts > 0] - 1
    end_m[last] = table.length_m[parts > 0]
    return np.repeat(np.arange(len(table)), parts), end_m - table.limits.start_m


def _with_gauge(table: SectionTable, gauge_mm: int) -> NDArray[np.bool_]:
    """Which sections a train of a gauge can run."""
    gauges = {*table.values["gauge"]}
    stock = frozenset({gauge_mm})
    usable = {each for each in gauges if usable_mm(gauges_of(each), stock)}
    if not usable:
        known = sorted({part for each in gauges for part in each.split("+")}, key=int)
        raise InputError(f"gauge {gauge_mm} mm: no section has it; expected {' or '.join(known)}")
    return np.array([each in usable for each in table.values["gauge"]], dtype=bool)


def _sections_of(
    name: str, table: SectionTable, stations: Mapping[str, Station]
) -> NDArray[np.bool_]:
    """Which sections a name stands for: a section, a line, a country, else a station."""
    for field in ("id", "line"):
        named = np.array([each == name for each in table.values[field]], dtype=bool)
        if named.any():
            return named
    if name in {station.country for station in stations.values()}:
        return _in_country(name, table, stations)
    with naming("avoid"):
        try:
            found = Gazetteer.of(stations.values(), "the network").find(name)
        except UnknownPlaceError as error:
            raise UnknownPlaceError(f"{error}; nor is it a line, a country or a section") from None
    return _with_station(table, [id_ == found.id for id_ in table.station_ids])


def _with_station(table: SectionTable, wanted: list[bool]) -> NDArray[np.bool_]:
    return np.bincount(table.section_of_station, weights=wanted, minlength=len(table)).astype(bool)


def _in_country(
    country: str, table: SectionTable, stations: Mapping[str, Station]
) -> NDArray[np.bool_]:
    """Which sections have a station of a country, or none and are nearest to one of its."""
    inside = _with_station(table, [stations[id_].country == country for id_ in table.station_ids])
    bare = np.flatnonzero(np.diff(table.station_first) == 0)
    if bare.size:
        known = list(stations.values())
        tree = tree_of(on_sphere(*np.array([(each.lon, each.lat) for each in known]).T))
        vertex = (table.first[bare] + table.first[bare + 1]) // 2
        _, nearest = tree.query(on_sphere(table.lon[vertex], table.lat[vertex]))
        inside[bare] = np.array([each.country == country for each in known])[nearest]
    return inside


BY_LENGTH = Weighting()
"""As routes are found unless something else is asked for."""
