"""A million drawn journeys, side by side with two plain ways to get their windows.

``python -m tests.benchmarks.bench_ensemble`` prints times and their ratios, the highest memory of a
process of its own, and the time of a grid of scenarios; ``--help`` lists the flags. The event by
event way needs SimPy, and ``--cluster`` needs Dask: ``pip install simpy distributed``.
"""

# ruff: noqa: T201 - it prints a table

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from statistics import median

import numpy as np

import journey
from journey.quantities import Range
from journey.statements import Departure, SpeedRule, Speeds, Stop
from tests.conftest import make_scenario

ROUTE = ("Pyongyang", "Khasan", "Vostochny")
STATIONS = 20
LEVELS = (0.5, 0.9)
SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The five quantiles of these levels."""
DRAWS, FEW, HUGE = 1_000_000, 10_000, 100_000_000
SCENARIOS = 10_000
ROUNDS = 5
MOST_DEVIATION = 5.0
"""Of the hundred shares that are compared, one in 10,000 programs that agree has one beyond it."""
HOUR_S = 3600.0
START = datetime(2023, 9, 10, tzinfo=UTC)
STOPS = (
    Stop("Khasan", Range(0.5 * HOUR_S, 3 * HOUR_S, HOUR_S)),
    Stop("Khabarovsk I", Range(0.0, HOUR_S)),
)
SPEEDS = Speeds(
    SpeedRule("default", Range(50.0, 70.0)),
    (SpeedRule("KP", Range(25.0, 55.0, 40.0)),),
)


def made_scenario():
    """Departure over six hours, one share for both speeds, and two stops."""
    depart = Departure(START, START + timedelta(hours=6))
    return make_scenario(*ROUTE, depart=depart, speeds=SPEEDS, stops=STOPS)


class Line:
    """Twenty stations for the plain ways: km in either country before, and stops before."""

    def __init__(self, network):
        route = network.route(*ROUTE)
        points = route.timing_points
        chosen = [points[int(n)] for n in np.linspace(0, len(points) - 1, STATIONS + 1)[1:]]
        km = np.array([point.chainage_m for point in chosen]) / 1000
        border_km = route.countries[1].start_m / 1000
        stop_km = [route.km_of(stop.at) for stop in STOPS]
        self.names = tuple(point.station.name for point in chosen)
        self.kp_km = np.minimum(km, border_km)
        self.ru_km = km - self.kp_km
        self.halts = np.searchsorted(stop_km, km)

    @property
    def legs(self):
        """From station to station: km in either country, and stops before its end."""
        kms = (np.diff(each, prepend=0.0).tolist() for each in (self.kp_km, self.ru_km))
        return list(zip(*kms, self.halts.tolist(), strict=True))


def by_journey(network, line, draws=DRAWS):
    """Windows of the package: seconds after the epoch, shape (stations, five)."""
    ensemble = made_scenario().simulate(network, draws=draws, seed=7, places=line.names)
    half, most = (ensemble.quantiles_s(level) for level in LEVELS)
    kept = [n for n, event in enumerate(ensemble.events) if event.kind != "depart"]
    return np.stack([most[:, 0], half[:, 0], half[:, 1], half[:, 2], most[:, 2]], axis=1)[kept]


def drawn_by_numpy(line, draws=DRAWS):
    """Arrivals at every station in double precision, s, shape (stations, draws)."""
    rng = np.random.default_rng(7)
    depart_s = rng.uniform(0.0, 6 * HOUR_S, draws)
    share = rng.random(draws)
    rising, falling = 25 + np.sqrt(share * 30 * 15), 55 - np.sqrt((1 - share) * 30 * 15)
    kp_kmh = np.where(share < 0.5, rising, falling)
    ru_kmh = 50 + 20 * share
    dwell_s = np.zeros((3, draws))
    dwell_s[1] = rng.triangular(0.5 * HOUR_S, HOUR_S, 3 * HOUR_S, draws)
    dwell_s[2] = dwell_s[1] + rng.uniform(0.0, HOUR_S, draws)
    legs = zip(line.kp_km, line.ru_km, line.halts, strict=True)
    return np.array(
        [
            depart_s + dwell_s[halts] + HOUR_S * (kp_km / kp_kmh + ru_km / ru_kmh)
            for kp_km, ru_km, halts in legs
        ]
    )


def by_numpy(line, draws=DRAWS):
    """The same windows from sorted arrivals."""
    return np.quantile(drawn_by_numpy(line, draws), SHARES, axis=1).T


def travelling(env, line, rng, arrivals_s):
    """One journey as a process: it runs, notes the time at each station, and stands at stops."""
    share = rng.random()
    kp_kmh = 25 + (share * 450) ** 0.5 if share < 0.5 else 55 - ((1 - share) * 450) ** 0.5
    ru_kmh = 50 + 20 * share
    dwells_s = rng.triangular(0.5 * HOUR_S, 3 * HOUR_S, HOUR_S), rng.uniform(0.0, HOUR_S)
    yield env.timeout(rng.uniform(0.0, 6 * HOUR_S))
    before = 0
    for station, (kp_km, ru_km, halts) in enumerate(line.legs):
        yield env.timeout(HOUR_S * (kp_km / kp_kmh + ru_km / ru_kmh))
        for dwell_s in dwells_s[before:halts]:
            yield env.timeout(dwell_s)
        before = halts
        arrivals_s[station] = env.now


def drawn_by_simpy(line, draws=FEW):
    """Arrivals at every station, event by event, s, shape (stations, draws)."""
    import simpy

    env, rng = simpy.Environment(), random.Random(7)  # noqa: S311 - nothing secret
    arrivals_s = np.empty((STATIONS, draws))
    for number in range(draws):
        env.process(travelling(env, line, rng, arrivals_s[:, number]))
    env.run()
    return arrivals_s


def by_simpy(line, draws=FEW):
    """The same windows from one process for each journey."""
    return np.quantile(drawn_by_simpy(line, draws), SHARES, axis=1).T


def worst_deviation(windows_s, drawn_s):
    """How far shares of drawn arrivals below each bound are off, in their standard errors."""
    shares = np.array(SHARES)
    below = np.stack([(drawn_s <= bound[:, None]).mean(axis=1) for bound in windows_s.T], axis=1)
    return (abs(below - shares) / np.sqrt(shares * (1 - shares) / drawn_s.shape[1])).max()


def side_by_side(network, line):
    """Print the shortest and the median time of each way, and their ratio to the first."""
    scale = DRAWS // FEW
    ways = {
        "journey": (lambda: by_journey(network, line), 1),
        "NumPy": (lambda: by_numpy(line), 1),
        f"SimPy, {scale} times {FEW:,}": (lambda: by_simpy(line), scale),
    }
    seconds = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, (way, times) in ways.items():
            seconds[name].append(times * seconds_of(way))
    first = median(seconds["journey"])
    print(f"{DRAWS:,} journeys to {len(SHARES)} quantiles at {STATIONS} stations, {ROUNDS} rounds")
    for name, taken_s in seconds.items():
        middle_s = median(taken_s)
        print(f"  {name:22} {min(taken_s):9.3f} s {middle_s:9.3f} s {middle_s / first:9.1f} x")


def seconds_of(way):
    """How long something takes, s."""
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def agreement(network, line):
    """Hold the windows against what the plain ways drew, and print the farthest deviation."""
    windows_s = by_journey(network, line)
    for name, drawn_s in (("NumPy", drawn_by_numpy(line)), ("SimPy", drawn_by_simpy(line))):
        worst = worst_deviation(windows_s, drawn_s)
        print(f"  {name} agrees: shares at most {worst:.1f} of their standard errors off")
        assert worst < MOST_DEVIATION, name


def memory(draws):
    """Print time and highest memory of a process that does nothing else."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_ensemble", "--alone", str(draws)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    print(
        f"  {draws:13,} journeys alone: {float(told[0]):9.2f} s, {float(told[1]):6.0f} MB at most"
    )


def alone(draws):
    """Print the time of so many journeys, and the highest memory of this process in MB."""
    network = journey.load_network()
    line = Line(network)
    taken_s = seconds_of(lambda: by_journey(network, line, draws))
    print(taken_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6)


def grid(network, scenarios, scheduler=None):
    """Time a grid of scenarios in which everything stays uncertain."""
    side = round(scenarios**0.5)
    speeds = [Range(25.0 + more, 55.0 + more, 40.0 + more) for more in np.linspace(0, 20, side)]
    halts = [Range(0.5 * HOUR_S, more) for more in np.linspace(HOUR_S, 6 * HOUR_S, side)]
    taken_s = seconds_of(
        lambda: journey.whatif(
            made_scenario(),
            network,
            speed={"KP": speeds},
            stop={"Khasan": halts},
            draws=FEW,
            level=0.9,
            scheduler=scheduler,
        )
    )
    each_ms = 1000 * taken_s / side**2
    print(f"  {side**2:,} scenarios of {FEW:,} draws: {taken_s:.1f} s, {each_ms:.2f} ms each")
    return taken_s


def cluster(network, scenarios):
    """Print how much quicker two Dask workers are than one."""
    from distributed import Client, LocalCluster

    taken_s = []
    for workers in (1, 2):
        with (
            LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0") as local,
            Client(local) as client,
        ):
            print(f"  Dask, workers: {workers}")
            grid(network, 64, client)
            taken_s.append(grid(network, scenarios, client))
    print(f"  two workers are {taken_s[0] / taken_s[1]:.2f} times as quick as one")


def main():
    """Measure what the flags ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--huge", action="store_true", help=f"memory of {HUGE:,} journeys too")
    parser.add_argument("--scenarios", type=int, default=SCENARIOS, help="size of the grid")
    parser.add_argument("--cluster", action="store_true", help="the grid on Dask workers too")
    parser.add_argument("--alone", type=int, metavar="DRAWS", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        alone(asked.alone)
        return
    # First of all: what this process has taken by then would count as theirs.
    for draws in (1, DRAWS, *([HUGE] if asked.huge else [])):
        memory(draws)
    network = journey.load_network()
    line = Line(network)
    side_by_side(network, line)
    agreement(network, line)
    grid(network, asked.scenarios)
    if asked.cluster:
        cluster(network, asked.scenarios)


if __name__ == "__main__":
    main()
