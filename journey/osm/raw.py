"""What an extract holds of a railway, whatever its format: track, marked nodes, stations."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.network_file.letters import UNWRITABLE
from journey.osm.tags import SERVICES, SPOTS_AWAY, STOPS, WAY_TAGS, Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

LONGEST_TEXT = 255
"""OpenStreetMap's own limit for a key or a value, letters."""

Tags = dict[str, str]
Run = tuple[tuple[float, float], ...]
"""Places one after another: longitude and latitude, degrees."""


class Spot(NamedTuple):
    """A station, a stop or the like: a point, or the middle of an area.

    `form` is ``node``, ``way`` or ``relation``; `outline` has the runs that an area consists of.
    """

    form: str
    id: int
    lon: float
    lat: float
    tags: Tags
    outline: tuple[Run, ...] = ()


class LineRelation(NamedTuple):
    """A relation that gathers the ways of a line."""

    id: int
    tags: Tags
    ways: tuple[int, ...]


class Places(NamedTuple):
    """Nodes and where they are: `id` sorted, each once; degrees, WGS 84."""

    id: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    @classmethod
    def of(cls, found: Mapping[int, tuple[float, float]]) -> Places:
        """Sort nodes that were found."""
        ids = np.array(sorted(found), dtype=np.int64)
        place = np.array([found[id_] for id_ in ids.tolist()], dtype=float).reshape(-1, 2)
        return cls(ids, place[:, 0], place[:, 1])


class Ways(NamedTuple):
    """Tracks as runs of nodes.

    Attributes
    ----------
    id : ndarray of int, shape (ways,)
        Number of each.
    first : ndarray of int, shape (ways + 1,)
        Where the nodes of each begin in `node`.
    node : ndarray of int
        Numbers of nodes, way after way.
    kind : ndarray of int, shape (ways,)
        Which of `tags` it has.
    tags : tuple of dict
        The different sets of tags.
    """

    id: NDArray[np.int64]
    first: NDArray[np.intp]
    node: NDArray[np.int64]
    kind: NDArray[np.intp]
    tags: tuple[Tags, ...]


class Meetings(NamedTuple):
    """Nodes at which tracks meet in the extract, whatever of them is kept.

    Attributes
    ----------
    branchings : ndarray of int
        Numbers of the nodes with three legs or more, in order.
    crossings : frozenset of int
        Those with four legs or more of which nothing says how they are joined.
    """

    branchings: NDArray[np.int64]
    crossings: frozenset[int]


@dataclass(frozen=True, eq=False)
class Extract:
    """What an extract holds of a railway.

    Attributes
    ----------
    places : Places
        The nodes of the tracks, as far as the extract has them.
    ways : Ways
        The tracks that were asked for.
    marks : mapping of int to dict
        Tags of nodes on the tracks.
    spots : tuple of Spot
        Stations and stops.
    lines : tuple of LineRelation
        Relations that name lines.
    meetings : Meetings
        Nodes at which tracks meet, those that are left out included.
    prefix : str
        What the identifier of a node begins with: ``n`` and its number in OpenStreetMap, or ``p``
        and a number made of its place, where the format has no nodes.
    date : str
        Of the data, as the file says; empty where it does not.
    counts : Counter
        What was seen, left out and mended, by the keys of `journey.osm.counts`.
    """

    places: Places
    ways: Ways
    marks: Mapping[int, Tags]
    spots: tuple[Spot, ...]
    lines: tuple[LineRelation, ...]
    meetings: Meetings
    prefix: str
    date: str
    counts: Counter[str]


@dataclass
class WayList:
    """Tracks gathered one by one, those that are wanted; `aside` has nodes of service tracks."""

    selection: Selection
    counts: Counter[str] = field(default_factory=Counter)
    aside: list[NDArray[np.int64]] = field(default_factory=list)
    _ids: list[int] = field(default_factory=list)
    _lengths: list[int] = field(default_factory=list)
    _nodes: list[NDArray[np.int64]] = field(default_factory=list)
    _kinds: list[int] = field(default_factory=list)
    _known: dict[tuple[tuple[str, str], ...], int] = field(default_factory=dict)

    def wants(self, tags: Mapping[str, str]) -> bool:
        """Whether a way with these tags is of use; if it is no track asked for, it is counted."""
        reason = self.selection.left_out(tags)
        self.counts[reason or "ways_kept"] += 1
        return not reason or reason in SERVICES

    def add(self, id_: int, nodes: Iterable[int], tags: Mapping[str, str]) -> None:
        """Add a track, or keep the nodes of a service track that is left out."""
        run = np.fromiter(nodes, dtype=np.int64)
        if self.selection.left_out(tags):
            self.aside.append(run)
            return
        kept = tuple((key, clean(tags[key])) for key in WAY_TAGS if key in tags)
        self._ids.append(id_)
        self._lengths.append(len(run))
        self._nodes.append(run)
        self._kinds.append(self._known.setdefault(kept, len(self._known)))

    def gathered(self) -> Ways:
        """All of them, in the order of their numbers."""
        order = np.argsort(np.array(self._ids, dtype=np.int64), kind="stable")
        nodes: list[NDArray[np.int64]] = [self._nodes[number] for number in order.tolist()]
        return Ways(
            id=np.array(self._ids, dtype=np.int64)[order],
            first=np.concatenate([[0], np.cumsum(np.array(self._lengths, dtype=np.intp)[order])]),
            node=np.concatenate([np.empty(0, dtype=np.int64), *nodes]),
            kind=np.array(self._kinds, dtype=np.intp)[order],
            tags=tuple(dict(kept) for kept in self._known),
        )


def clean(value: object) -> str:
    """Text of a tag, no longer than OpenStreetMap allows, in one line of letters to be read."""
    text = str(value)[:LONGEST_TEXT]
    if not text.isprintable():
        # Line ends and tabs part words, other control letters are none.
        text = UNWRITABLE.sub(lambda found: " " if found[0].isspace() else "", text)
    return " ".join(text.split())


def cleaned(tags: Mapping[str, object]) -> Tags:
    """Tags with their texts cleaned."""
    return {clean(key): clean(value) for key, value in tags.items()}


def is_station(tags: Mapping[str, str]) -> bool:
    """Whether an object is a station or another place of the railway with a name."""
    return tags.get("railway") in SPOTS_AWAY


def is_stop(tags: Mapping[str, str]) -> bool:
    """Whether a node is where trains stop on a track."""
    return tags.get("railway") in STOPS or tags.get("public_transport") == "stop_position"


def middle(runs: Sequence[Run]) -> tuple[float, float] | None:
    """Middle of the box around places; None where there are none."""
    places = [place for run in runs for place in run]
    if not places:
        return None
    lon, lat = zip(*places, strict=True)
    return (min(lon) + max(lon)) / 2, (min(lat) + max(lat)) / 2
