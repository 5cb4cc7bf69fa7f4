"""What is known of every way: its traits, its gauge, its line, and which ways agree in all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.errors import InputError, shown
from journey.osm.traits import UNNAMED, Traits, gauge_of, traits_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.osm.edges import Edges
    from journey.osm.raw import Extract


class Rails(NamedTuple):
    """What is known of every way.

    Attributes
    ----------
    traits : tuple of Traits
        What the different sets of tags say.
    kind : ndarray of int, shape (ways,)
        Which of `traits` each way has.
    gauge, line : tuple of str, length (ways,)
        The gauge, mapped or supposed, and the line, of each.
    same : ndarray of int, shape (ways,)
        Equal for ways that agree in all that a section has one value of.
    """

    traits: tuple[Traits, ...]
    kind: NDArray[np.intp]
    gauge: tuple[str, ...]
    line: tuple[str, ...]
    same: NDArray[np.intp]

    def of(self, way: int) -> Traits:
        """Traits of one way."""
        return self.traits[int(self.kind[way])]


def rails_of(extract: Extract, edges: Edges, gauge: str | None) -> tuple[Rails, Counter[str]]:
    """Read the tags of all ways, and suppose gauges that are not mapped.

    Parameters
    ----------
    extract : Extract
        The ways.
    edges : Edges
        Their pieces.
    gauge : str or None
        The gauge of ways that have none and continue no track that has one, as `checked_gauge`
        gives it; by default the commonest of the extract.

    Returns
    -------
    rails : Rails
        What is known of them.
    counts : Counter
        What could not be read, and which gauges are supposed.

    Raises
    ------
    InputError
        If no way has a gauge and none is given.
    """
    traits, kind = tuple(map(traits_of, extract.ways.tags)), extract.ways.kind
    line = _lines(extract, traits)
    counts = Counter(key for number in kind.tolist() for key in traits[number].not_read)
    mapped = [traits[number].gauge for number in kind.tolist()]
    inferred = _continued(mapped, line, edges)
    counts["gauge_inferred"] = sum(a != b for a, b in zip(mapped, inferred, strict=True))
    full, supposed = _supposed(inferred, [traits[number].kind for number in kind.tolist()], gauge)
    keys: dict[tuple[object, ...], int] = {}
    same = [
        keys.setdefault((*traits[number][2:5], traits[number].kind, traits[number].tracks, *both),
                        len(keys))
        for number, *both in zip(kind.tolist(), full, line, strict=True)
    ]  # fmt: skip
    rails = Rails(traits, kind, tuple(full), tuple(line), np.array(same, dtype=np.intp))
    return rails, counts + supposed


def checked_gauge(text: str) -> str:
    """Read a gauge that is given.

    Raises
    ------
    InputError
        If it is none.
    """
    if gauge := gauge_of(text):
        return gauge
    raise InputError(f"gauge {shown(text)}: expected millimetres, such as 1520 or 1435+1520")


def _lines(extract: Extract, traits: tuple[Traits, ...]) -> list[str]:
    """Line of each way: its own name, or that of a relation it is a member of."""
    named: dict[int, str] = {}
    order = {"tracks": 0, "railway": 1}
    for relation in sorted(extract.lines, key=lambda r: (order[r.tags["route"]], r.id)):
        name = relation.tags.get("name") or relation.tags.get("ref")
        for way in relation.ways if name else ():
            named.setdefault(way, str(name))
    return [
        traits[number].line or named.get(way, UNNAMED)
        for number, way in zip(extract.ways.kind.tolist(), extract.ways.id.tolist(), strict=True)
    ]


def _continued(mapped: list[str], line: list[str], edges: Edges) -> list[str]:
    """Gauges, with those that are missing taken from the line's own track on either side."""
    gauges = list(mapped)
    waiting = {way for way in np.unique(edges.way).tolist() if not gauges[way]}
    beside = _beside(edges, waiting) if waiting else {}
    while waiting:
        found = {}
        for way in waiting:
            known = {gauges[other] for other in beside[way] if line[other] == line[way]} - {""}
            if len(known) == 1:
                found[way] = known.pop()
        if not found:
            break
        for way, gauge in found.items():
            gauges[way] = gauge
        waiting -= set(found)
    return gauges


def _beside(edges: Edges, wanted: set[int]) -> dict[int, set[int]]:
    """The ways that share a node with each of some ways."""
    nodes = np.concatenate([edges.tail, edges.head])
    ways = np.concatenate([edges.way, edges.way])
    touched = np.unique(nodes[np.isin(ways, sorted(wanted))])
    here = np.isin(nodes, touched)
    at_node: dict[int, set[int]] = {}
    for node, way in zip(nodes[here].tolist(), ways[here].tolist(), strict=True):
        at_node.setdefault(node, set()).add(way)
    beside: dict[int, set[int]] = {way: set() for way in wanted}
    for met in at_node.values():
        for way in met & wanted:
            beside[way] |= met - {way}
    return beside


def _supposed(
    gauges: list[str], kinds: list[str], given: str | None
) -> tuple[list[str], Counter[str]]:
    """Gauges, with what is still missing supposed: the one given, or the commonest."""
    missing = gauges.count("")
    if not missing:
        return gauges, Counter()
    if given is not None:
        return [gauge or given for gauge in gauges], Counter(gauge_given=missing)
    usual = _usual(gauges, kinds)
    filled = [gauge or usual[kind] for gauge, kind in zip(gauges, kinds, strict=True)]
    return filled, Counter(gauge_usual=missing)


def _usual(gauges: list[str], kinds: list[str]) -> dict[str, str]:
    """The commonest gauge of each kind of track, or of all where the kind has none."""
    every: dict[str, Counter[str]] = {kind: Counter() for kind in sorted(set(kinds))}
    for gauge, kind in zip(gauges, kinds, strict=True):
        if gauge:
            every[kind][gauge] += 1
    total = sum(every.values(), Counter[str]())
    if not total:
        raise InputError("no gauge is mapped in the extract; say which with --gauge 1520")
    return {
        kind: min(counts or total, key=lambda gauge: (-(counts or total)[gauge], gauge))
        for kind, counts in every.items()
    }
