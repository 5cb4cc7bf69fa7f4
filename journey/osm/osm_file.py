"""Reading OpenStreetMap's own files, .osm.pbf and .osm, in passes that keep only the railway."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from journey.errors import InputError
from journey.extras import need
from journey.osm.meetings import meetings_of
from journey.osm.raw import (
    Extract,
    LineRelation,
    Places,
    Spot,
    Tags,
    WayList,
    cleaned,
    is_station,
    is_stop,
    middle,
)
from journey.osm.tags import LINE_ROUTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from journey.osm.tags import Selection

PASSES = 5
TELL_EVERY = 10_000


def read_osm_file(path: Path, selection: Selection, tell: Callable[[float], None]) -> Extract:
    """Read a file of OpenStreetMap's own formats.

    The file is read several times, so that nothing has to be kept but tracks, their nodes and
    stations: relations, ways, the areas that relations have, nodes with a railway tag, and the
    nodes of tracks.

    Parameters
    ----------
    path : Path
        ``.osm.pbf``, ``.osm``, ``.osm.gz`` or ``.osm.bz2``.
    selection : Selection
        Which tracks to take.
    tell : callable
        Told the share that is done, 0 to 1.

    Raises
    ------
    InputError
        If pyosmium is missing, or the file is truncated or of another form.
    """
    need("osmium", "osmium", "network import of .osm and .pbf", extra="osm")
    from osmium import InvalidLocationError  # noqa: PLC0415 - an optional package

    try:
        return _Passes(path, WayList(selection), tell).extract()
    except InputError:
        raise
    except (InvalidLocationError, RuntimeError, ValueError, OSError) as error:
        raise InputError(
            f"{path}: not OpenStreetMap data, or truncated ({_first_line(error)}); "
            "expected .osm.pbf, .osm, Overpass JSON or GeoJSON, whole"
        ) from None


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


@dataclass
class _Passes:
    """The passes over a file, each with what it found."""

    path: Path
    ways: WayList
    tell: Callable[[float], None]
    lines: list[LineRelation] = field(default_factory=list)
    groups: list[tuple[int, Tags, list[tuple[str, int]]]] = field(default_factory=list)
    areas: dict[int, tuple[Tags, list[int]]] = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)

    def extract(self) -> Extract:
        """Make all passes."""
        date = self._date()
        self._read_relations()
        self.tell(1 / PASSES)
        self._read_ways()
        self.tell(2 / PASSES)
        wanted = {ref for _, _, members in self.groups for form, ref in members if form == "w"}
        self._read_areas(wanted - set(self.areas))
        ways = self.ways.gathered()
        corners = [np.array(nodes, dtype=np.int64) for _, nodes in self.areas.values()]
        grouped = [ref for _, _, members in self.groups for form, ref in members if form == "n"]
        others = np.concatenate([np.array(grouped, dtype=np.int64), *corners])
        self._read_stations()
        self.tell(3 / PASSES)
        places, marks = self._read_nodes(np.union1d(ways.node, others))
        self._add_areas(places)
        return Extract(
            places=places,
            ways=ways,
            marks=marks,
            spots=tuple(self.spots),
            lines=tuple(self.lines),
            meetings=meetings_of(ways, self.ways.aside, marks),
            prefix="n",
            date=date,
            counts=Counter(self.ways.counts),
        )

    def _date(self) -> str:
        import osmium  # noqa: PLC0415 - an optional package

        with osmium.io.Reader(str(self.path), osmium.osm.NOTHING) as reader:
            header = reader.header()
        if header.has_multiple_object_versions:
            raise InputError(f"{self.path}: a file of all history; expected one moment of it")
        stamps = (header.get("osmosis_replication_timestamp"), header.get("timestamp"))
        return next(filter(None, stamps), "")

    def _objects(self, kind: str, *filters: Any) -> Iterator[Any]:  # noqa: ANN401 - pyosmium's
        import osmium  # noqa: PLC0415 - an optional package

        found: Any = osmium.FileProcessor(str(self.path), getattr(osmium.osm, kind))
        for each in filters:
            found = found.with_filter(each)
        return (one for one in found if one.visible)

    def _numbered(self, kind: str, numbers: NDArray[np.int64]) -> Iterator[Any]:
        """Objects by their numbers, given in order."""
        from osmium.filter import IdFilter  # noqa: PLC0415 - an optional package

        if numbers.size and numbers[0] < 0:
            # Of an editor, for what is not uploaded; the filter knows no such numbers.
            wanted = set(numbers.tolist())
            return (one for one in self._objects(kind) if one.id in wanted)
        return self._objects(kind, IdFilter(numbers))

    def _read_relations(self) -> None:
        from osmium.filter import KeyFilter  # noqa: PLC0415 - an optional package

        for one in self._objects("RELATION", KeyFilter("route", "railway")):
            tags = dict(one.tags)
            if tags.get("route") in LINE_ROUTES:
                ways = tuple(member.ref for member in one.members if member.type == "w")
                self.lines.append(LineRelation(one.id, cleaned(tags), ways))
            elif is_station(tags):
                members = [(member.type, member.ref) for member in one.members]
                self.groups.append((one.id, cleaned(tags), members))

    def _read_ways(self) -> None:
        from osmium.filter import KeyFilter  # noqa: PLC0415 - an optional package

        for one in self._objects("WAY", KeyFilter("railway")):
            tags = dict(one.tags)
            if is_station(tags):
                self.areas[one.id] = (cleaned(tags), [node.ref for node in one.nodes])
            elif self.ways.wants(tags):
                self.ways.add(one.id, (node.ref for node in one.nodes), tags)

    def _read_areas(self, wanted: set[int]) -> None:
        if wanted:
            for one in self._numbered("WAY", np.array(sorted(wanted), dtype=np.int64)):
                self.areas[one.id] = ({}, [node.ref for node in one.nodes])

    def _read_stations(self) -> None:
        from osmium.filter import KeyFilter  # noqa: PLC0415 - an optional package

        for one in self._objects("NODE", KeyFilter("railway")):
            tags = one.tags
            if is_station(tags):
                place = one.location
                if not place.valid():
                    self.ways.counts["objects_damaged"] += 1
                    continue
                self.spots.append(Spot("node", one.id, place.lon, place.lat, cleaned(dict(tags))))

    def _read_nodes(self, wanted: NDArray[np.int64]) -> tuple[Places, dict[int, Tags]]:
        """Places of the nodes that are there, and the tags of those that say something."""
        # Arrays of the standard library grow, and take an eighth of what a dictionary would.
        ids, lon, lat = array("q"), array("d"), array("d")
        marks: dict[int, Tags] = {}
        for done, one in enumerate(self._numbered("NODE", wanted)):
            place = one.location
            if not place.valid():
                continue
            ids.append(one.id)
            lon.append(place.lon)
            lat.append(place.lat)
            if len(one.tags):
                self._mark(one, marks)
            if done % TELL_EVERY == 0:
                self.tell((3 + 2 * done / len(wanted)) / PASSES)
        known, first = np.unique(np.asarray(ids, np.int64), return_index=True)
        return Places(known, np.asarray(lon)[first], np.asarray(lat)[first]), marks

    def _mark(self, one: Any, marks: dict[int, Tags]) -> None:  # noqa: ANN401 - pyosmium's
        tags = cleaned(dict(one.tags))
        if "railway" in tags:
            marks[one.id] = tags
        if is_stop(tags) and not is_station(tags):
            self.spots.append(Spot("node", one.id, one.location.lon, one.location.lat, tags))

    def _add_areas(self, places: Places) -> None:
        """Give areas, and relations, the middle of what they consist of."""
        wanted = sorted({node for _, nodes in self.areas.values() for node in nodes}
                        | {ref for _, _, members in self.groups for form, ref in members
                           if form == "n"})  # fmt: skip
        there = np.isin(places.id, np.array(wanted, dtype=np.int64))
        corners = zip(places.lon[there].tolist(), places.lat[there].tolist(), strict=True)
        known = dict(zip(places.id[there].tolist(), corners, strict=True))
        for id_, (tags, nodes) in self.areas.items():
            self._add_spot("way", id_, tags, [nodes], known)
        for id_, tags, members in self.groups:
            runs = [[ref] if form == "n" else self.areas.get(ref, ({}, []))[1]
                    for form, ref in members if form in {"n", "w"}]  # fmt: skip
            self._add_spot("relation", id_, tags, runs, known)

    def _add_spot(
        self, form: str, id_: int, tags: Tags, runs: list[list[int]],
        known: dict[int, tuple[float, float]],
    ) -> None:  # fmt: skip
        placed = (tuple(known[node] for node in run if node in known) for run in runs)
        outline = tuple(filter(None, placed))
        found = middle(outline)
        if is_station(tags) and found is not None:
            self.spots.append(Spot(form, id_, *found, tags, outline))
        elif is_station(tags):
            self.ways.counts["objects_damaged"] += 1
