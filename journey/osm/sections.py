"""The table of sections: what holds along each, which stations are on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from journey.osm.cutting import gathered
from journey.section_table import SectionTable
from journey.track import Structure, TrackLimits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.osm.curves import CurveParts
    from journey.osm.cutting import Line
    from journey.osm.rails import Rails
    from journey.osm.raw import Extract

HEADING_BASE_M = 20.0
"""Over what length the heading of a train at a node is read: the geometry is the track itself."""

NODE_KINDS = {"single_slip": "slip", "double_slip": "slip"}


@dataclass(frozen=True, eq=False)
class Assembly:
    """What the table of sections is made of.

    Attributes
    ----------
    extract : Extract
        The source.
    rails : Rails
        What is known of its ways.
    line : Line
        The vertices, and where sections begin and end.
    curves : CurveParts
        What the curvature allows.
    station_ids : tuple of str
        Identifiers of the stations, each time one is on a chain.
    station_m : ndarray
        Where it is on the axis, m.
    """

    extract: Extract
    rails: Rails
    line: Line
    curves: CurveParts
    station_ids: tuple[str, ...]
    station_m: NDArray[np.float64]

    def table(self) -> SectionTable:
        """Make the table."""
        vertex, first = gathered(self.line)
        begin_m = self.line.begin_m
        chainage_m = self.line.at_m[vertex] - np.repeat(begin_m, np.diff(first))
        stations, station_first = self._stations()
        limits, limit_first = self._limits()
        section = np.repeat(np.arange(len(begin_m)), np.diff(station_first))
        return SectionTable(
            values=self._values(),
            first=first,
            chainage_m=chainage_m,
            lon=self.line.lon[vertex],
            lat=self.line.lat[vertex],
            station_first=station_first,
            station_ids=tuple(self.station_ids[number] for number in stations.tolist()),
            station_m=self.station_m[stations] - begin_m[section],
            limit_first=limit_first,
            limits=limits,
            structures=self._structures(),
            heading_base_m=HEADING_BASE_M,
        )

    @property
    def assumed_km(self) -> float:
        """Length of the track whose limits are assumed."""
        line, rails = self.line, self.rails
        is_assumed = np.array([each.speeds.is_assumed for each in rails.traits])
        counted = (line.way >= 0) & is_assumed[rails.kind[line.way]]
        return float(np.diff(line.at_m)[counted[:-1]].sum()) / 1000

    def _values(self) -> dict[str, tuple[Any, ...]]:
        """What every section has one value of."""
        ways = self.line.way[self.line.begin].tolist()
        traits = [self.rails.of(way) for way in ways]
        names = self._node_names()
        starts, ends = (
            [names[vertex] for vertex in vertices.tolist()]
            for vertices in (self.line.begin, self.line.end)
        )
        kinds = self._node_kinds()
        return {
            "id": _numbered(f"w{self.extract.ways.id[way]}" for way in ways),
            "start": tuple(starts),
            "end": tuple(ends),
            "line": tuple(self.rails.line[way] for way in ways),
            "gauge": tuple(self.rails.gauge[way] for way in ways),
            "tracks": tuple(each.tracks or None for each in traits),
            "electrification": tuple(each.electrification for each in traits),
            "usage": tuple(each.usage for each in traits),
            "estimated": (False,) * len(ways),
            "service": tuple(each.service for each in traits),
            "end_kinds": tuple(
                (kinds.get(start, ""), kinds.get(end, ""))
                for start, end in zip(starts, ends, strict=True)
            ),
        }

    def _node_names(self) -> dict[int, str]:
        """Name of the node at every vertex where a section begins or ends."""
        line, extract = self.line, self.extract
        ends = np.union1d(line.begin, line.end)
        inner = ends[line.node[ends] < 0]
        outer = ends[line.node[ends] >= 0]
        ids = extract.places.id[line.node[outer]]
        names = {
            vertex: f"{extract.prefix}{id_}"
            for vertex, id_ in zip(outer.tolist(), ids.tolist(), strict=True)
        }
        first = dict(zip(self.station_m.tolist()[::-1], self.station_ids[::-1], strict=True))
        stations = [first[at_m] for at_m in line.at_m[inner].tolist()]
        parts = _numbered((f"{station}/1" for station in stations), "/")
        return names | dict(zip(inner.tolist(), parts, strict=True))

    def _node_kinds(self) -> dict[str, str]:
        """What nodes are, by name: crossings, slips, and where tracks meet that say neither."""
        kinds = {
            f"{self.extract.prefix}{id_}": "meeting" for id_ in self.extract.meetings.crossings
        }
        for id_, tags in self.extract.marks.items():
            switch = NODE_KINDS.get(tags.get("railway:switch", ""), "")
            kind = {"railway_crossing": "crossing", "switch": switch}.get(tags["railway"], "")
            if kind:
                kinds[f"{self.extract.prefix}{id_}"] = kind
        return kinds

    def _stations(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Stations of all sections one after another, by number, and where each begins."""
        order = np.lexsort((np.array(self.station_ids, dtype=object), self.station_m))
        at_m = self.station_m[order]
        first = np.searchsorted(at_m, self.line.begin_m, side="left")
        last = np.searchsorted(at_m, self.line.end_m, side="right")
        counts = last - first
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
        within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], counts)
        return order[np.repeat(first, counts) + within], offsets

    def _limits(self) -> tuple[TrackLimits, NDArray[np.intp]]:
        """Speed limits of all sections one after another, and where each begins."""
        line, rails = self.line, self.rails
        kind = np.where(line.way >= 0, rails.kind[line.way], -1)
        posted = np.array([each.speeds[:3] for each in rails.traits]).T
        code = _equal_rows(posted)[kind]
        changes = np.flatnonzero((line.way >= 0) & (code != np.roll(code, 1)))
        at_m = np.unique(np.concatenate([line.at_m[changes], self.curves.at_m, line.begin_m]))
        vertex = np.searchsorted(line.at_m, at_m, side="right") - 1
        curve = np.searchsorted(self.curves.at_m, at_m, side="right") - 1
        first = np.append(np.searchsorted(at_m, line.begin_m), len(at_m)).astype(np.intp)
        start_m = at_m - np.repeat(line.begin_m, np.diff(first))
        posted_kmh, low_kmh, high_kmh = posted[:, kind[vertex]]
        return TrackLimits(start_m, posted_kmh, low_kmh, high_kmh, self.curves.kmh[curve]), first

    def _structures(self) -> tuple[tuple[Structure, ...], ...]:
        """Tunnels and bridges of every section."""
        line = self.line
        found: list[tuple[Structure, ...]] = [()] * len(line.begin)
        for first, last, (kind, name) in self._runs():
            from_m, to_m = line.at_m[first], line.at_m[last]
            low = int(np.searchsorted(line.end_m, from_m, side="right"))
            high = int(np.searchsorted(line.begin_m, to_m, side="left"))
            for section in range(low, high):
                begin_m, end_m = line.begin_m[section], line.end_m[section]
                part = np.clip([from_m, to_m], begin_m, end_m) - begin_m
                found[section] += (Structure(kind, float(part[0]), float(part[1]), name),)
        return tuple(found)

    def _runs(self) -> list[tuple[int, int, tuple[str, str]]]:
        """First and last vertex of every tunnel and bridge, its kind and its name."""
        line = self.line
        about = [(each.structure, each.structure_name) for each in self.rails.traits]
        known = {each: number for number, each in enumerate(dict.fromkeys((("", ""), *about)))}
        codes = np.array([known[each] for each in about], dtype=np.intp)
        code = np.where(line.way >= 0, codes[self.rails.kind[line.way]], 0)
        bounds = np.flatnonzero(np.diff(code, prepend=0, append=0))
        names = list(known)
        runs = []
        for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            if names[code[first]][0]:
                runs.append((first, last, names[code[first]]))
        return runs


def _equal_rows(columns: NDArray[np.float64]) -> NDArray[np.intp]:
    """A number for every column, equal where these agree, nan with nan."""
    _, code = np.unique(np.nan_to_num(columns, nan=-1.0), axis=1, return_inverse=True)
    return np.append(code.ravel(), -1)


def _numbered(names: Any, joint: str = ".") -> tuple[str, ...]:  # noqa: ANN401
    """Names, those that come again with the number of their turn."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        seen[name] = turn = seen.get(name, 0) + 1
        told.append(name if turn == 1 else f"{name.removesuffix('/1')}{joint}{turn}")
    return tuple(told)
