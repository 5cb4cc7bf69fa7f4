"""Lightest ways on a railway of a million sections: a hierarchy beside a search of all of it.

``python -m tests.benchmarks.bench_routing`` makes the railway and its hierarchy, asks for ways
between stations drawn at random, some of them of both, and prints times, memory and differences.
"""

# ruff: noqa: T201 - it prints a table

from __future__ import annotations

import argparse
import resource
import time
from typing import NamedTuple

import numpy as np

from journey.router import Router
from tests.synthetic_railway import MILLION_HUBS, make_railway, network_of

QUERIES, COMPARED = 200, 20


class Figures(NamedTuple):
    """What is measured: sizes, and times, s; arrays hold one of each question.

    `sections` counts the halves of platform tracks as one; `hierarchy_s` is for a way from one
    arc to another, `router_s` for one from station to station, on any of their tracks.
    """

    sections: int
    states: int
    turns: int
    made_s: float
    graph_s: float
    hierarchy_built_s: float
    memory_gb: float
    hierarchy_s: np.ndarray
    router_s: np.ndarray
    plain_s: np.ndarray
    arcs: np.ndarray
    alternatives_s: float
    differences_m: np.ndarray


def timed(function, *arguments):
    """Call a function; give what it gives, and the time it takes, s."""
    begun = time.perf_counter()
    found = function(*arguments)
    return found, time.perf_counter() - begun


def measured(queries=QUERIES, compared=COMPARED, hubs=MILLION_HUBS, seed=1):
    """Make a railway and take all figures of it."""
    railway, made_s = timed(make_railway, hubs, seed)
    network = network_of(railway)
    graph, graph_s = timed(lambda: network.graph)
    router, built_s = timed(Router.of, network)
    memory_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    rng = np.random.default_rng(seed)
    ids = [station.id for station in network.station_list]
    asked = [rng.choice(len(ids), 2, replace=False).tolist() for _ in range(queries)]
    places = [(ids[start], ids[end]) for start, end in asked]
    router.way(*places[0])
    found = [timed(router.way, *each) for each in places]
    plain = [timed(network.wayfinder().way, network.called_at(each)) for each in places[:compared]]
    weights = np.array(
        [[graph.weight_of(way) for way, _ in ways[:compared]] for ways in (found, plain)]
    )
    _, alternatives_s = timed(network.alternatives, *places[0])
    return Figures(
        railway.contracted,
        graph.matrix.shape[0],
        graph.matrix.nnz,
        made_s,
        graph_s,
        built_s,
        memory_gb,
        arc_times_s(router.wayfinder.search.hierarchy, graph.matrix.shape[0], queries, rng),
        np.array([took_s for _, took_s in found]),
        np.array([took_s for _, took_s in plain]),
        np.array([len(way.pieces) for way, _ in found]),
        alternatives_s,
        np.abs(weights[0] - weights[1]),
    )


def arc_times_s(hierarchy, states, queries, rng):
    """How long ways from one arc to another take, s."""
    asked = rng.integers(0, states, (queries, 2)).tolist()
    return np.array([timed(hierarchy.shortest, {a: 0.0}, {b: 0.0})[1] for a, b in asked])


def milliseconds(times_s):
    """Median and 95 % of some times, as cells."""
    middle_ms, most_ms = 1000 * np.quantile(times_s, (0.5, 0.95))
    return f"{middle_ms:.2f} | {most_ms:.2f}"


def main():
    """Print what is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=QUERIES, help="how many ways are asked for")
    parser.add_argument("--compared", type=int, default=COMPARED, help="how many of both")
    parser.add_argument("--hubs", type=int, default=MILLION_HUBS, help="junction stations")
    given = parser.parse_args()
    found = measured(given.queries, given.compared, given.hubs)
    print(f"{found.sections:,} sections, {found.states:,} states, {found.turns:,} turns")
    print(f"made in {found.made_s:.1f} s, its turns and matrix in {found.graph_s:.1f} s")
    print(f"hierarchy in {found.hierarchy_built_s:.1f} s; memory {found.memory_gb:.2f} GB in all")
    print(f"ways of {np.median(found.arcs):.0f} sections (median)")
    print(f"three alternatives in {found.alternatives_s:.1f} s")
    print(f"greatest difference of weight {found.differences_m.max():.6f} m")
    print("\n| way found by | median ms | 95 % ms |\n|---|--:|--:|")
    print(f"| hierarchy, from arc to arc | {milliseconds(found.hierarchy_s)} |")
    print(f"| Router, from station to station | {milliseconds(found.router_s)} |")
    print(f"| Dijkstra (scipy), from station to station | {milliseconds(found.plain_s)} |")


if __name__ == "__main__":
    main()
