"""The sections of a network as columns: what is asked of all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import numpy as np

from journey.track import HEADING_BASE_M, Section, TrackLimits, bearing_deg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from journey.track import Structure

FIELDS = (
    *("id", "start", "end", "line", "gauge", "tracks", "electrification", "usage"),
    *("estimated", "service", "end_kinds"),
)
"""What a section has one value of."""


class Nodes(NamedTuple):
    """The nodes of a network by number, in the order in which sections first name them.

    Attributes
    ----------
    names : tuple of str
        Their identifiers.
    start, end : ndarray of int, shape (sections,)
        Number of the node at either end of each section.
    """

    names: tuple[str, ...]
    start: NDArray[np.intp]
    end: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class SectionTable(Sequence[Section]):
    """Sections as columns; a `Section` is made when one is asked for.

    Attributes
    ----------
    values : mapping of str to tuple
        Of every section what it has one value of, by the name of the attribute: `FIELDS`.
    first : ndarray of int, shape (n + 1,)
        Where the vertices of each section begin.
    chainage_m, lon, lat : ndarray, shape (vertices,)
        The vertices of all sections, one after another, see `Section`.
    station_first : ndarray of int, shape (n + 1,)
        Where the stations of each section begin.
    station_ids, station_m : tuple of str, ndarray, length (stations,)
        The stations on all sections, one after another.
    limit_first : ndarray of int, shape (n + 1,)
        Where the speed limits of each section begin; a section without any has none.
    limits : TrackLimits
        The limits of all sections, one after another.
    structures : tuple of tuple of Structure
        Tunnels and bridges of every section.
    heading_base_m : float
        Over what length from a node the heading of a train is read, m: short where the geometry
        is that of the track, long where it is simplified.
    """

    values: Mapping[str, tuple[Any, ...]]
    first: NDArray[np.intp]
    chainage_m: NDArray[np.float64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    station_first: NDArray[np.intp]
    station_ids: tuple[str, ...]
    station_m: NDArray[np.float64]
    limit_first: NDArray[np.intp]
    limits: TrackLimits
    structures: tuple[tuple[Structure, ...], ...]
    heading_base_m: float = HEADING_BASE_M

    @classmethod
    def of(
        cls, sections: Iterable[Section], heading_base_m: float = HEADING_BASE_M
    ) -> SectionTable:
        """Gather sections into columns."""
        if isinstance(sections, SectionTable):
            return sections
        known = tuple(sections)
        limits = [section.limits or _NO_LIMITS for section in known]
        parts = zip(_NO_LIMITS, *limits, strict=True)
        return cls(
            values={name: tuple(getattr(each, name) for each in known) for name in FIELDS},
            first=_offsets(each.chainage_m for each in known),
            chainage_m=_joined(each.chainage_m for each in known),
            lon=_joined(each.lon for each in known),
            lat=_joined(each.lat for each in known),
            station_first=_offsets(each.station_ids for each in known),
            station_ids=tuple(chain.from_iterable(each.station_ids for each in known)),
            station_m=_joined(each.station_m for each in known),
            limit_first=_offsets(each.start_m for each in limits),
            limits=TrackLimits(*map(_joined, parts)),
            structures=tuple(each.structures for each in known),
            heading_base_m=heading_base_m,
        )

    def __len__(self) -> int:
        """How many sections there are."""
        return len(self.first) - 1

    @overload
    def __getitem__(self, number: int) -> Section: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Section, ...]: ...
    def __getitem__(self, number: int | slice) -> Section | tuple[Section, ...]:
        """One section, or several."""
        if isinstance(number, slice):
            return tuple(self[each] for each in range(len(self))[number])
        number = range(len(self))[number]
        vertices, stations = _part(self.first, number), _part(self.station_first, number)
        parts = _part(self.limit_first, number)
        return Section(
            **{name: column[number] for name, column in self.values.items()},
            chainage_m=self.chainage_m[vertices],
            lon=self.lon[vertices],
            lat=self.lat[vertices],
            station_ids=self.station_ids[stations],
            station_m=self.station_m[stations],
            limits=TrackLimits(*(column[parts] for column in self.limits))
            if parts.stop > parts.start
            else None,
            structures=self.structures[number],
        )

    @cached_property
    def length_m(self) -> NDArray[np.float64]:
        """Official length of every section, m."""
        return self.chainage_m[self.first[1:] - 1]

    @cached_property
    def section_of_station(self) -> NDArray[np.intp]:
        """Number of the section of each entry of `station_ids`."""
        return np.repeat(np.arange(len(self)), np.diff(self.station_first))

    @cached_property
    def nodes(self) -> Nodes:
        """The nodes between the sections."""
        numbers: dict[str, int] = {}
        start, end = (
            np.fromiter((numbers.setdefault(n, len(numbers)) for n in names), np.intp, len(self))
            for names in (self.values["start"], self.values["end"])
        )
        return Nodes(tuple(numbers), start, end)

    @cached_property
    def legs(self) -> NDArray[np.intp]:
        """How many ends of sections meet at each node."""
        ends = np.concatenate([self.nodes.start, self.nodes.end])
        return np.bincount(ends, minlength=len(self.nodes.names))

    @cached_property
    def headings_deg(self) -> NDArray[np.float64]:
        """Heading of a train that enters each section at its start and at its end, shape (n, 2)."""
        every = np.arange(len(self))
        base_m = np.minimum(self.length_m, self.heading_base_m)
        sides = (
            (np.zeros(len(self)), base_m),
            (self.length_m, self.length_m - base_m),
        )
        return np.stack(
            [
                bearing_deg(*self.places_at(every, node_m), *self.places_at(every, inner_m))
                for node_m, inner_m in sides
            ],
            axis=1,
        )

    def places_at(
        self, section: NDArray[np.intp], at_m: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Longitude and latitude at chainages of sections, each by its number, degrees."""
        along_m, begin_m = self._one_chainage
        lon, lat = (np.interp(begin_m[section] + at_m, along_m, c) for c in (self.lon, self.lat))
        return lon, lat

    @cached_property
    def _one_chainage(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """One chainage for all vertices, with a gap between sections; and where each begins."""
        begin_m = np.cumsum(self.length_m + 1.0) - self.length_m - 1.0
        return self.chainage_m + np.repeat(begin_m, np.diff(self.first)), begin_m

    def rescaled(
        self, maps: Mapping[int, tuple[NDArray[np.float64], NDArray[np.float64]]]
    ) -> SectionTable:
        """Give sections another chainage.

        Parameters
        ----------
        maps : mapping of int to (ndarray, ndarray)
            By the number of a section: chainages, m, from 0 to its length, and what they become;
            straight in between.
        """
        chainage_m, station_m = self.chainage_m.copy(), self.station_m.copy()
        start_m, structures = self.limits.start_m.copy(), list(self.structures)
        for number, (old_m, new_m) in maps.items():
            for values, first in (
                (chainage_m, self.first),
                (station_m, self.station_first),
                (start_m, self.limit_first),
            ):
                part = _part(first, number)
                values[part] = np.interp(values[part], old_m, new_m)
            structures[number] = tuple(
                each._replace(
                    start_m=float(np.interp(each.start_m, old_m, new_m)),
                    end_m=float(np.interp(each.end_m, old_m, new_m)),
                )
                for each in structures[number]
            )
        limits = self.limits._replace(start_m=start_m)
        return replace(
            self,
            chainage_m=chainage_m,
            station_m=station_m,
            limits=limits,
            structures=tuple(structures),
        )

    def not_increasing(self) -> NDArray[np.intp]:
        """Numbers of the sections whose chainage does not increase from each vertex to the next."""
        steps_m = np.diff(self.chainage_m)
        steps_m[self.first[1:-1] - 1] = np.inf
        wrong = np.flatnonzero(~(steps_m > 0))
        return np.unique(np.searchsorted(self.first, wrong, side="right") - 1)


_NO_LIMITS = TrackLimits(*[np.empty(0)] * 5)


def _part(first: NDArray[np.intp], number: int) -> slice:
    return slice(int(first[number]), int(first[number + 1]))


def _offsets(parts: Iterable[Sequence[Any] | NDArray[np.float64]]) -> NDArray[np.intp]:
    return np.cumsum([0, *map(len, parts)], dtype=np.intp)


def _joined(parts: Iterable[NDArray[np.float64]]) -> NDArray[np.float64]:
    return np.concatenate([np.empty(0), *parts])
