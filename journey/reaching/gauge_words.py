"""What is said of the gauge: whose stock must change it, where, and how long that takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journey.reaching.layers import STANDARD_MM, is_narrow
from journey.units import HOUR_S, format_duration
from journey.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from journey.reaching.layers import Halt, Layers
    from journey.reaching.results import Bounds
    from journey.reaching.times import Times
    from journey.track import Station

MOST_NAMED = 5
"""More places than this are counted, not named."""


@dataclass(frozen=True, eq=False)
class GaugeWords:
    """Says beyond which stations stock of a gauge gets only after a change of it.

    Attributes
    ----------
    layers : Layers
        The sections and the gauges.
    stations : mapping of str to Station
        The stations on them, by id.
    most_km : float
        How far the train can get at the earliest, km.
    entered : ndarray of bool, shape (sections, 2)
        Which sections it can enter in time at their start and at their end.
    """

    layers: Layers
    stations: Mapping[str, Station]
    most_km: float
    entered: NDArray[np.bool_]

    def notes(self, kept: Mapping[str, Times], change_h: Bounds) -> tuple[str, ...]:
        """A sentence for every gauge, and one on the time that a change takes.

        Parameters
        ----------
        kept : mapping of str to Times
            For each gauge that the stock may have, how far it is to everywhere without a change,
            km.
        change_h : Bounds
            How long a change takes, h.
        """
        found = [self._about(gauge, km) for gauge, km in sorted(kept.items())]
        said = [note for note in found if note]
        changes = not all(map(is_narrow, kept))
        return (
            (*said, _counted(change_h, several=len(kept) > 1)) if said and changes else tuple(said)
        )

    def _about(self, gauge: str, km: Times) -> str:
        beyond = list(dict.fromkeys(self._beyond(gauge, km)))
        changed_at = self._changed_at(km)
        if not beyond:
            return ""
        if is_narrow(gauge) or not changed_at:
            return (
                f"Stock of {gauge} mm cannot go beyond {_named(beyond)}: nowhere can it be changed."
            )
        return (
            f"Stock of {gauge} mm needs the change of gauge to go beyond {_named(beyond)}, which "
            f"is possible where there is track of both: {_named(changed_at)}."
        )

    def _beyond(self, gauge: str, km: Times) -> Iterator[str]:
        """``Khasan towards Baranovsky``: where sections of another gauge begin, by distance."""
        carries = self.layers.carries[self.layers.gauges.index(gauge)]
        nodes = self.layers.table.nodes
        node_km = self._node_km(carries, km)
        found = []
        for side, ends in enumerate((nodes.start, nodes.end)):
            here = (node_km[ends] < self.most_km) & ~carries & self.entered[:, side]
            found += [(float(node_km[ends[n]]), n, side) for n in np.flatnonzero(here).tolist()]
        return (self._towards(number, side) for _, number, side in sorted(found))

    def _node_km(self, carries: NDArray[np.bool_], km: Times) -> NDArray[np.float64]:
        """How far it is to each node on track of one gauge, km."""
        nodes = self.layers.table.nodes
        node_km = np.full(len(nodes.names), np.inf)
        own = np.flatnonzero(carries)
        length_m = self.layers.table.length_m[own]
        for ends, at_m in ((nodes.start, np.zeros(own.size)), (nodes.end, length_m)):
            np.minimum.at(node_km, ends[own], km.at(own, at_m))
        return node_km

    def _towards(self, number: int, side: int) -> str:
        """The station where a section begins and the last one on it, or the line without any."""
        table = self.layers.table
        first, end = table.station_first[number : number + 2]
        names = [self.stations[id_].name for id_ in table.station_ids[first:end]]
        if not names:
            return f"the beginning of {table.values['line'][number] or 'a line without a name'}"
        begin, last = (names[-1], names[0]) if side else (names[0], names[-1])
        return begin if begin == last else f"{begin} towards {last}"

    def _changed_at(self, km: Times) -> list[str]:
        """Where the gauge can be changed: principal stations first, then the nearest."""
        halts = self.layers.halts
        stations = [self.stations[halt.name] for halt in halts]
        found = sorted(
            (station.rank, way_km, station.name)
            for station, way_km in zip(stations, _least_km(km, halts), strict=True)
            if way_km < self.most_km
        )
        return [name for _, _, name in found]


def narrow_notes(
    layers: Layers, supposed: Iterable[str], left_out: Sequence[str]
) -> tuple[str, ...]:
    """What is said of narrow gauges.

    Parameters
    ----------
    layers : Layers
        The sections and the gauges.
    supposed : iterable of str
        The gauges that the stock may have.
    left_out : sequence of str
        Narrow ones of the track where it starts that it is not supposed to have.
    """
    keeping = [gauge for gauge in supposed if is_narrow(gauge)]
    notes = []
    if keeping and len(layers.gauges) > 1:
        least = f"only gauges of {STANDARD_MM:,} mm or more are taken to be changed"
        notes.append(f"Stock of {_in_mm(keeping)} keeps its gauge: {least}, which is assumed.")
    if left_out:
        told = f"--gauge {left_out[0]} does"
        notes.append(
            f"There is track of {_in_mm(left_out)} too; stock of it was not supposed: {told}."
        )
    return tuple(notes)


def _in_mm(gauges: Sequence[str]) -> str:
    return listed([f"{gauge} mm" for gauge in gauges])


def _counted(change_h: Bounds, *, several: bool) -> str:
    low, central, high = (format_duration(each * HOUR_S) for each in change_h)
    span = low if low == high else f"{low} at the earliest, {central} in the middle, {high} at most"
    told = (
        " The earliest and the central times hold for stock of the gauge that suits, and have a "
        "change in them only where every stock needs one; the latest for stock that must change."
    )
    return (
        f"A change of gauge was counted as {span}: assumed, for no source says how long it takes."
        f"{told if several else ''}"
    )


def _named(names: Iterable[str]) -> str:
    every = list(names)
    rest = len(every) - MOST_NAMED
    return listed(every if rest <= 0 else [*every[:MOST_NAMED], f"{rest} more"])


def _least_km(km: Times, halts: Sequence[Halt]) -> list[float]:
    """How far it is to each of some places, km."""
    found = [(*point, number) for number, halt in enumerate(halts) for point in halt.points]
    section, at_m, of_halt = np.array(sorted(found)).reshape(-1, 3).T
    least = np.full(len(halts), np.inf)
    np.minimum.at(least, of_halt.astype(np.intp), km.at(section.astype(np.intp), at_m))
    return least.tolist()
