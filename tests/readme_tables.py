"""The numbers of the README, from the network; ``python -m tests.readme_tables`` renews them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import journey
from journey import run_train
from journey.clock import format_local, format_offset
from journey.quantities import Range
from journey.statements import SpeedRule, Speeds, Stop
from journey.units import HOUR_S, format_duration
from journey.view_words import taken_in_words
from journey.views import views_of
from tests.references import constant_acceleration, profiles

if TYPE_CHECKING:
    from datetime import tzinfo

    from journey.ensemble import Ensemble
    from journey.ensemble.windows import Window
    from journey.network import Network
    from journey.scenario import Scenario

README = Path(__file__).parent.parent / "README.md"
REFERENCE_KMH = 59

# Official lengths, km: sums of tariff sections and line tables named in geodata/README.md.
OFFICIAL_KM = {
    ("Pyongyang", "Tumangang"): 852.9,
    ("Pyongyang", "Ryongsŏng", "Tumangang"): 844.9,
    ("Pyongyang", "Khasan"): 857.9,
    ("Khasan", "Vladivostok"): 326.0,
    ("Khasan", "Ussuriysk"): 260.0,
    ("Ussuriysk", "Khabarovsk I"): 654.0,
    ("Vladivostok", "Khabarovsk I"): 766.0,
    ("Khasan", "Ledyanaya"): 1673.0,
    ("Khabarovsk I", "Komsomolsk-na-Amure"): 388.0,
    ("Pyongyang", "Khasan", "Vladivostok"): 1183.9,
}

REACHED = ("Rajin", "Pyongyang", "Vladivostok", "Khabarovsk I", "Komsomolsk-na-Amure", "Bureya")


def lengths_table(network: Network) -> str:
    """Route lengths against the official ones, and the running time at 59 km/h without a halt."""
    lines = [
        "| route | official km | journey km | geodesic km | at 59 km/h |",
        "|---|--:|--:|--:|--:|",
    ]
    for places, official_km in OFFICIAL_KM.items():
        route = network.route(*places)
        running = format_duration(route.length_km / REFERENCE_KMH * HOUR_S)
        lines.append(
            f"| {' - '.join(places)} | {official_km:,.1f} | {route.length_km:,.1f} | "
            f"{route.geodesic_km:,.1f} | {running} |"
        )
    return "\n".join(lines)


def running_times_table() -> str:
    """Running times of the reference cases: exact, ours, and those that others publish."""
    lines = [
        "| train, path | exact s | journey s | TrainRuns.jl s | | OSRD s | |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for case in profiles():
        ours_s = float(run_train(case.path, case.train, "dynamics").running_time_s)
        others = " | ".join(
            f"{other_s:,.3f} | {100 * (other_s / ours_s - 1):+.3f} %"
            for other_s in case.published_s.values()
        )
        lines.append(f"| {case.name} | {case.exact_s:,.3f} | {ours_s:,.3f} | {others} |")
    return "\n".join(lines)


def constant_acceleration_table() -> str:
    """The same for constant acceleration, where the exact time has a closed form."""
    lines = ["| case | exact s | journey s | railsim s |", "|---|--:|--:|--:|"]
    for case in constant_acceleration():
        ours_s = float(run_train(case.path, case.train, "profile").running_time_s)
        published_s = case.published_s["railsim"]
        lines.append(f"| {case.name} | {case.exact_s:,.4f} | {ours_s:,.4f} | {published_s:,} |")
    return "\n".join(lines)


def uncertain_scenario() -> Scenario:
    """The bundled journey with uncertain speeds and a halt, as the README states it."""
    rules = (SpeedRule("KP", Range(25.0, 55.0, 40.0)),)
    return replace(
        journey.load_scenario("vostochny-2023").as_headline(),
        speeds=Speeds(SpeedRule("default", Range(50.0, 70.0)), rules),
        stops=(Stop("Khasan", Range(1800.0, 10_800.0, 3600.0)),),
    )


def exactness_table(network: Network) -> str:
    """Standard errors of the last arrival, and those of independent draws of the same number."""
    lines = [
        "| draws | 5 % | median | 95 % | of independent draws | rounded to |",
        "|--:|--:|--:|--:|--:|--:|",
    ]
    shares = np.array([0.05, 0.5, 0.95])
    for draws in (1_000, 10_000, 100_000, 1_000_000):
        ensemble = uncertain_scenario().simulate(network, draws=draws, places=["Vostochny"])
        errors_s = ensemble.standard_errors_s(0.9)[0]
        around = ensemble.arrivals.quantiles([*(shares - 0.01), *(shares + 0.01)])[0].reshape(2, 3)
        independent_s = np.sqrt(shares * (1 - shares) / draws) * np.diff(around, axis=0)[0] / 0.02
        cells = [*(f"{error_s:.0f} s" for error_s in errors_s)]
        cells += [", ".join(f"{error_s:.0f}" for error_s in independent_s) + " s"]
        lines.append(f"| {draws:,} | {' | '.join(cells)} | {ensemble.grain_s[-1]:.0f} s |")
    return "\n".join(lines)


FORECAST_PLACES = ("Khasan", "Khabarovsk I", "Vostochny")
FORECAST_DRAWS = 100_000


def forecast_table(network: Network) -> str:
    """Arrivals by the headline, before the reports and after them, and the draws that are left."""
    options = {"draws": FORECAST_DRAWS, "places": FORECAST_PLACES}
    scenario = journey.load_scenario("vostochny-2023")
    headline, reported = (view.ensemble for view in views_of(scenario, network, **options))
    before = scenario.simulate(network, **options)
    ensembles = ((headline, 1.0), (before, 0.9), (reported, 0.9))
    lines = [
        "| arrival at | headline | before the reports, 90 % | after them, 90 % | median |",
        "|---|---|---|---|---|",
    ]
    for windows in zip(*(_arrivals(each, level) for each, level in ensembles), strict=True):
        zone = windows[-1].zone
        station, clock = windows[-1].station.name, format_offset(windows[-1].central, zone)
        lines += [_forecast_row(f"{station}, {clock}", windows, zone)]
        lines += [_forecast_row("in UTC", windows, UTC)]
    return "\n".join([*lines, "", f"{taken_in_words(reported.evidence).capitalize()}."])


def reach_table(network: Network) -> str:
    """How long a train needs from Khasan at 59 km/h, without and with the change of gauge."""
    found = journey.reach(network, "Khasan", hours=24, speed=REFERENCE_KMH)
    reached = {each.station.name: each for each in found.stations}
    lines = ["| reached within 24 h | km | earliest | latest |", "|---|--:|--:|--:|"]
    for name in REACHED:
        each = reached[name]
        bounds = (format_duration(h * HOUR_S) for h in (each.hours_low, each.hours_high))
        lines.append(f"| {name} | {each.km:,.1f} | {' | '.join(bounds)} |")
    return "\n".join(lines)


def _arrivals(ensemble: Ensemble, level: float) -> list[Window]:
    """The first window of each place: a train that passes arrives as well."""
    first = {window.station.id: window for window in reversed(ensemble.window_list(level))}
    return list(first.values())[::-1]


def _forecast_row(title: str, windows: tuple[Window, ...], zone: tzinfo) -> str:
    spans = [
        f"{format_local(each.earliest, zone)} to {format_local(each.latest, zone)}"
        for each in windows
    ]
    return f"| {title} | {' | '.join(spans)} | {format_local(windows[-1].central, zone)} |"


def renewed(readme: str, network: Network) -> str:
    """The README with its tables made anew."""
    tables = {
        "lengths": lengths_table(network),
        "running-times": running_times_table(),
        "constant-acceleration": constant_acceleration_table(),
        "exactness": exactness_table(network),
        "forecast": forecast_table(network),
        "reach": reach_table(network),
    }
    for name, table in tables.items():
        block = f"<!-- {name} -->\n{table}\n<!-- /{name} -->"
        readme = re.sub(
            rf"<!-- {name} -->.*?<!-- /{name} -->", lambda _, b=block: b, readme, flags=re.DOTALL
        )
    return readme


if __name__ == "__main__":
    README.write_text(
        renewed(README.read_text(encoding="utf-8"), journey.load_network()), encoding="utf-8"
    )
