"""Gauges that are not mapped: what the track beside a way says, or what is supposed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.errors import InputError
from journey.track import bearing_deg, turn_deg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journey.osm.edges import Edges
    from journey.osm.raw import Places


def continued(
    mapped: Sequence[str],
    line: Sequence[str],
    kinds: Sequence[str],
    edges: Edges,
    places: Places,
) -> list[str]:
    """Take gauges that are missing from the track on either side.

    Parameters
    ----------
    mapped : sequence of str, length (ways,)
        Gauge of each way, empty where it is missing.
    line, kinds : sequence of str, length (ways,)
        Its line and its kind, such as ``rail``.
    edges : Edges
        The pieces of the ways.
    places : Places
        Their nodes.

    Returns
    -------
    list of str
        First as the ways of the same line beside have it, as far as they agree; then as all ways
        of the kind beside have it; where these do not agree, as the straight continuations at both
        ends do. Empty where none of these tell.
    """
    gauges = list(mapped)
    waiting = {way for way in np.unique(edges.way).tolist() if not gauges[way]}
    if not waiting:
        return gauges
    beside = {way: sorted(other for other in others if kinds[other] == kinds[way])
              for way, others in _beside(edges, waiting).items()}  # fmt: skip
    onwards = _onwards(edges, places, waiting)

    def of_line(way: int) -> set[str]:
        return {gauges[other] for other in beside[way] if line[other] == line[way]} - {""}

    def of_all(way: int) -> set[str]:
        known = {gauges[other] for other in beside[way]} - {""}
        ends = onwards[way] if len(known) > 1 else []
        return {gauges[other] for other in ends} if len(ends) == 2 else known  # noqa: PLR2004

    for told in (of_line, of_all):
        fresh = set(waiting)
        while fresh:
            every = {way: told(way) for way in fresh}
            found = {way: min(known) for way, known in every.items() if len(known) == 1}
            found = {way: gauge for way, gauge in found.items() if gauge}
            for way, gauge in found.items():
                gauges[way] = gauge
            waiting -= set(found)
            fresh = {other for way in found for other in beside[way]} & waiting
    return gauges


class _Legs(NamedTuple):
    """Pieces of track that leave some nodes: from each node, the next one and the way."""

    of: dict[int, list[tuple[int, int]]]

    @classmethod
    def at(cls, edges: Edges, nodes: set[int]) -> _Legs:
        found: dict[int, list[tuple[int, int]]] = {node: [] for node in nodes}
        wanted = np.array(sorted(nodes), dtype=np.intp)
        here = np.isin(edges.tail, wanted) | np.isin(edges.head, wanted)
        columns = (column[here].tolist() for column in (edges.tail, edges.head, edges.way))
        for tail, head, way in zip(*columns, strict=True):
            for node, other in ((tail, head), (head, tail)):
                if node in found:
                    found[node].append((other, way))
        return cls(found)


def _onwards(edges: Edges, places: Places, ways: set[int]) -> dict[int, list[int]]:
    """The ways that some ways continue straight into, one at each end where there is one."""
    ends = _ends(edges, ways)
    legs = _Legs.at(edges, {node for found in ends.values() for node, _ in found})
    onwards: dict[int, list[int]] = {way: [] for way in ways}
    for way, found in ends.items():
        for node, before in found:
            others = [leg for leg in legs.of[node] if leg[1] != way]
            if others:
                turns = [(_turn_deg(places, before, node, after), other) for after, other in others]
                onwards[way].append(min(turns)[1])
    return onwards


def _ends(edges: Edges, ways: set[int]) -> dict[int, list[tuple[int, int]]]:
    """Nodes at the first and the last piece of each way, and the node before."""
    way, first = np.unique(edges.way, return_index=True)
    _, backwards = np.unique(edges.way[::-1], return_index=True)
    last = len(edges.way) - 1 - backwards
    wanted = np.isin(way, np.array(sorted(ways), dtype=np.intp))
    nodes = (edges.tail[first], edges.head[first], edges.head[last], edges.tail[last])
    columns = (column[wanted].tolist() for column in (way, *nodes))
    return {each: [(start, next_), (end, before)]
            for each, start, next_, end, before in zip(*columns, strict=True)}  # fmt: skip


def _turn_deg(places: Places, before: int, node: int, after: int) -> float:
    lon, lat = places.lon[[before, node, after]], places.lat[[before, node, after]]
    comes, goes = bearing_deg(lon[:2], lat[:2], lon[1:], lat[1:]).tolist()
    turn: float = turn_deg(comes, goes)
    return turn


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


def filled_up(
    gauges: list[str], kinds: list[str], given: str | None
) -> tuple[list[str], Counter[str]]:
    """Suppose what is still missing: the gauge given, or the commonest.

    Raises
    ------
    InputError
        If none is known.
    """
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
