"""How long it takes to find how far a train can be, from every principal station.

``python -m tests.benchmarks.bench_reach`` prints the median and the longest time on the embedded
network, of one station and of the whereabouts of a journey; ``--sections 100000`` adds a grid of so
many sections of two gauges, and ``--places 64`` so many places all over a made-up railway of one
gauge (``tests.synthetic_railway``) of about as many sections, and what is written of a reach.
"""

# ruff: noqa: T201 - it prints a table

from __future__ import annotations

import argparse
import io
import resource
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
from rich.console import Console

import journey
from journey.export.reach import write_reach
from journey.network import Network
from journey.reach_table import reach_tables
from journey.reaching import Start, bands, reach, start_of
from journey.reaching.starting import start_at
from tests.conftest import make_section, make_station
from tests.synthetic_railway import make_railway, network_of

ROUNDS = 5
HOURS = 24
MOMENTS = ("2023-09-11T10:00+09:00", "2023-09-12T10:00+09:00")
GRID_DEG = 0.08
SECTIONS_PER_HUB = 234
"""Of the made-up railway."""


def milliseconds(function, *arguments, **named):
    """How long a call takes, ms, and what it gives."""
    start = time.perf_counter()
    result = function(*arguments, **named)
    return (time.perf_counter() - start) * 1000, result


def told(name, taken_ms):
    """Print the median and the longest time."""
    print(f"{name:<44} {median(taken_ms):9.1f} ms {max(taken_ms):9.1f} ms  ({len(taken_ms)} calls)")


def embedded():
    """From every principal station, and from the whereabouts of a journey."""
    network = journey.load_network()
    principal = [station.id for station in network.station_list if station.rank == 1]
    reach(network, principal[0], hours=HOURS)
    taken = [
        milliseconds(reach, network, id_, hours=HOURS) for _ in range(ROUNDS) for id_ in principal
    ]
    told("embedded network, a station", [each for each, _ in taken])
    told("its bands", [milliseconds(bands, found)[0] for _, found in taken[: len(principal)]])
    ensemble = journey.load_scenario("vostochny-2023").simulate(network)
    starts = [start_of(network, ensemble, moment) for moment in MOMENTS] * ROUNDS
    told(
        "embedded network, 64 places",
        [milliseconds(reach, network, start, hours=HOURS)[0] for start in starts],
    )


def grid(sections):
    """A grid of stations, 1435 mm in the west and 1520 mm in the east, both between them."""
    side = int((sections / 2) ** 0.5)
    long_km = np.random.default_rng(0).uniform(8, 11, size=2 * side**2).tolist()
    stations = {
        (i, j): make_station(f"{i}-{j}", 100 + j * GRID_DEG, 20 + i * GRID_DEG)
        for i in range(side)
        for j in range(side)
    }
    made = []
    for (i, j), station in stations.items():
        gauge = "1520" if j > 0.7 * side else "1435+1520" if j > 0.65 * side else "1435"
        ends = [stations[end] for end in ((i, j + 1), (i + 1, j)) if end in stations]
        made += [make_section(station, end, long_km.pop(), gauge=gauge) for end in ends]
    return Network(tuple(stations.values()), tuple(made)), f"{side // 2}-{int(0.66 * side)}"


def large(sections):
    """From the middle of a grid, over a day and over three."""
    network, place = grid(sections)
    reach(network, place, hours=1)
    for hours in (HOURS, 3 * HOURS):
        taken = [milliseconds(reach, network, place, hours=hours) for _ in range(3)]
        pieces = len(taken[0][1].tracks)
        told(
            f"{len(network.table):,} sections, {hours} h: {pieces:,} pieces", [t for t, _ in taken]
        )


def places_along(network, count):
    """A start from stations all over a network, all alike likely."""
    ids = [station.id for station in network.station_list]
    picked = [ids[number] for number in np.linspace(0, len(ids) - 1, count).astype(int).tolist()]
    starts = [start_at(network, id_) for id_ in picked]
    halts, origins = zip(*((each.halts[0], each.origins[0]) for each in starts), strict=True)
    return Start(f"{count} places", halts, origins)


def peak_mb():
    """The most memory that this process has had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def many_places(network, count):
    """From many places at once, over a day."""
    start = places_along(network, count)
    reach(network, start.halts[0].name, hours=1)
    before_mb = peak_mb()
    taken = [milliseconds(reach, network, start, hours=HOURS, speed="50..70") for _ in range(2)]
    told(f"{len(network.table):,} sections, {count} places", [ms for ms, _ in taken])
    print(f"  memory {peak_mb() - before_mb:,.0f} MB above {before_mb:,.0f} MB")


def written(network):
    """What is written of a reach over a whole network."""
    place = network.station_list[len(network.station_list) // 2].id
    found = reach(network, place, hours=HOURS, speed="50..70")
    with TemporaryDirectory() as folder:
        for ending in ("geojson", "html"):
            path = Path(folder) / f"reach.{ending}"
            taken_ms, _ = milliseconds(write_reach, found, path, network)
            told(f"{ending}, {path.stat().st_size / 1e6:.1f} MB", [taken_ms])
    screen = Console(file=io.StringIO(), width=100)
    told(
        "table", [milliseconds(lambda: screen.print(*reach_tables(found, every_station=False)))[0]]
    )


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sections", type=int, default=0)
    parser.add_argument("--places", type=int, default=0)
    asked = parser.parse_args()
    if asked.sections and asked.places:
        railway = network_of(make_railway(round(asked.sections / SECTIONS_PER_HUB)))
        many_places(railway, asked.places)
        written(railway)
    embedded()
    if asked.sections:
        large(asked.sections)


if __name__ == "__main__":
    main()
