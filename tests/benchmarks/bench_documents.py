"""How soon the report of the bundled scenario is written, in each format.

``python -m tests.benchmarks.bench_documents`` runs the command as a user does, a format after the
other and several times over, and prints the median, the quickest and the slowest.
"""

# ruff: noqa: T201 - it prints a table

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from journey.report import FORMATS

ROUNDS = 5


def write_once(kind, folder):
    """Write one report, and take the time, s."""
    begun = time.perf_counter()
    path = Path(folder) / f"report{FORMATS[kind]}"
    subprocess.run(
        [sys.executable, "-m", "journey", "report", "--quiet", "-o", str(path)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun


def main():
    """Print a row for each format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is written")
    rounds = parser.parse_args().rounds
    times_s = {kind: [] for kind in FORMATS}
    with TemporaryDirectory() as folder:
        # By turns, since machines are slower at times.
        for _ in range(rounds):
            for kind, found_s in times_s.items():
                found_s.append(write_once(kind, folder))
    print("| format | median s | quickest s | slowest s |")
    print("|---|--:|--:|--:|")
    for kind, found_s in times_s.items():
        print(f"| {kind} | {median(found_s):.2f} | {min(found_s):.2f} | {max(found_s):.2f} |")


if __name__ == "__main__":
    main()
