"""Reports taken in: how fast, and whether windows after them hold what they say.

``python -m tests.benchmarks.bench_reports`` conditions a million journeys on two reports, and holds
the windows of 500 random journeys of the bundled scenario against the truth; ``--help`` lists the
flags.
"""

# ruff: noqa: T201 - it prints a table

from __future__ import annotations

import argparse
import time
from datetime import timedelta
from statistics import median

import numpy as np

import journey
from journey.reports import Sighting
from tests.benchmarks.bench_ensemble import DRAWS, ROUTE, START, STATIONS, made_scenario
from tests.calibration import Press, coverage_of

ROUNDS = 5
WIDTHS_MIN = (10, 60, 240)
PLACES = ("Khasan", "Ussuriysk", "Khabarovsk I", "Vostochny")
SHORTEST_S, LONGEST_S = 600.0, 6 * 3600.0


def time_reports(network):
    """Time conditioning and windows, beside drawing them alone, for reports of several widths."""
    route = network.route(*ROUTE)
    numbers = np.linspace(0, len(route.timing_points) - 1, STATIONS).astype(int)
    places = [route.timing_points[number].station.id for number in numbers]
    print("\n| two reports, to either side | drawing s | taking them in s | journeys that tell |")
    print("|--:|--:|--:|--:|")
    for width_min in WIDTHS_MIN:
        half = timedelta(minutes=width_min)
        reports = [
            Sighting(place, "arrive", START + hours - half, START + hours + half)
            for place, hours in (
                ("Khasan", timedelta(hours=24)),
                ("Khabarovsk I", timedelta(hours=42)),
            )
        ]
        times = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            ensemble = made_scenario().simulate(network, draws=DRAWS, places=places)
            drawn = time.perf_counter()
            reported = ensemble.given(reports)
            reported.quantiles_s(0.9)
            times.append((drawn - begun, time.perf_counter() - drawn))
        drawing_s, taking_s = (median(each) for each in zip(*times, strict=True))
        told = reported.effective_draws
        print(f"| {width_min} min | {drawing_s:.2f} | {taking_s:.2f} | {told:,.0f} |")


def hold_against_truth(network, journeys):
    """How often windows of the bundled scenario hold the truth, at several places."""
    scenario = journey.load_scenario("vostochny-2023")
    truths = scenario.simulate(network, draws=journeys, seed=1000)
    press = Press(truths, np.random.default_rng(1), (SHORTEST_S, LONGEST_S))
    ensemble = scenario.simulate(network, places=PLACES)
    events = [ensemble.plan.events.index(event) for event in ensemble.events]
    begun = time.perf_counter()
    found = coverage_of(ensemble.given, press.times_s[events], press.reports())
    each_s = (time.perf_counter() - begun) / journeys
    print(f"\n{journeys} journeys, one to three reports each, {each_s:.2f} s per journey")
    print("\n| event | in the 90 % window | before | after |\n|---|--:|--:|--:|")
    for number, event in enumerate(ensemble.events):
        station = ensemble.plan.route.timing_points[event.station].station.name
        shares = " | ".join(f"{100 * each[number]:.1f} %" for each in found)
        print(f"| {station}, {event.kind} | {shares} |")


def main():
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--journeys", type=int, default=500, help="random journeys")
    arguments = parser.parse_args()
    network = journey.load_network()
    time_reports(network)
    hold_against_truth(network, arguments.journeys)


if __name__ == "__main__":
    main()
