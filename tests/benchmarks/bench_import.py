"""How long the import of an extract of 50 MB takes, and how much memory.

``python -m tests.benchmarks.bench_import`` writes the extract, imports it once, and exits with 1
where it takes more than 2 minutes or 2 GB.
"""

# ruff: noqa: T201 - it prints what it took

from __future__ import annotations

import itertools
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

LARGEST_MB = 50
MOST_SECONDS, MOST_GB = 120.0, 2.0
LINES, WAYS_PER_LINE, NODES_PER_WAY = 400, 60, 20
OTHER_NODES, OTHER_WAYS = 6_000_000, 600_000
SEED = 7


def write_extract(path):
    """Write railways among masses of houses and roads, as an extract of a region has them."""
    import osmium

    random = np.random.default_rng(SEED)
    with osmium.SimpleWriter(str(path)) as writer:
        _write_nodes(writer, random)
        _write_ways(writer, random)


def _write_nodes(writer, random):
    """Lines from west to east with stations on them, then houses and corners of roads."""
    from osmium.osm.mutable import Node

    number = itertools.count(1)
    per_line = WAYS_PER_LINE * NODES_PER_WAY + 1
    for line in range(LINES):
        lat = 45.0 + 0.02 * line + 0.002 * np.cumsum(random.normal(0.0, 0.1, per_line))
        lon = 5.0 + 0.0005 * np.arange(per_line)
        for place, each in enumerate(zip(lon.tolist(), lat.tolist(), strict=True)):
            id_, is_station = next(number), place % 150 == 75
            tags = {"railway": "station", "name": f"Station {id_}"} if is_station else {}
            writer.add_node(Node(id=id_, location=each, tags=tags))
    places = np.round(random.uniform((5.0, 45.0), (6.0, 53.0), (OTHER_NODES, 2)), 7).tolist()
    for place, each in enumerate(places):
        tags = {"natural": "tree", "height": str(place % 40)} if place % 20 == 0 else {}
        writer.add_node(Node(id=next(number), location=each, tags=tags))


def _write_ways(writer, random):
    from osmium.osm.mutable import Way

    number = itertools.count(1)
    per_line = WAYS_PER_LINE * NODES_PER_WAY + 1
    for line in range(LINES):
        for part in range(WAYS_PER_LINE):
            first = line * per_line + part * NODES_PER_WAY + 1
            tags = {"railway": "rail", "gauge": "1435", "usage": "main", "name": f"Line {line}"}
            nodes = list(range(first, first + NODES_PER_WAY + 1))
            writer.add_way(Way(id=next(number), nodes=nodes, tags=tags))
    begin = LINES * per_line + 1
    for first in random.integers(begin, begin + OTHER_NODES - 9, OTHER_WAYS).tolist():
        tags = {"building": "yes", "addr:housenumber": str(first % 200), "source": "survey"}
        writer.add_way(Way(id=next(number), nodes=list(range(first, first + 9)), tags=tags))


def main():
    """Have the extract written, import it, and say what it took."""
    from journey.osm import import_network

    with tempfile.TemporaryDirectory() as folder:
        extract = Path(folder) / "region.osm.pbf"
        # In a process of its own: what it takes to write the extract is not what is measured.
        subprocess.run([sys.executable, "-m", __spec__.name, str(extract)], check=True)
        size_mb = extract.stat().st_size / 1e6
        started = time.perf_counter()
        made = import_network(extract, Path(folder) / "region.gpkg")
        seconds = time.perf_counter() - started
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{size_mb:.0f} MB in {seconds:.1f} s, at most {MOST_SECONDS:.0f}")
    print(f"peak {peak_gb:.2f} GB, at most {MOST_GB:.0f}")
    print(*made.report.lines, *made.report.warnings, sep="\n")
    is_met = size_mb >= LARGEST_MB and seconds <= MOST_SECONDS and peak_gb <= MOST_GB
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(write_extract(Path(sys.argv[1])) if sys.argv[1:] else main())
