"""Train journeys on real railways: true chainage, arrival windows, one self-contained map.

Names are loaded when they are first used, so that ``import journey`` and the command line's help
answer at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from journey.version import __version__

if TYPE_CHECKING:
    from journey.alternatives import Listed, Mixture
    from journey.arriving import Needs, needs_of
    from journey.calibration import calibrate, load_lengths
    from journey.cases import whatif
    from journey.comparing import compare_networks
    from journey.ensemble import Ensemble
    from journey.ensemble.whereabouts import Whereabouts
    from journey.ensemble.window_table import WindowTable
    from journey.ensemble.windows import Window
    from journey.errors import (
        InputError,
        JourneyError,
        NoRouteError,
        OutputError,
        StalledError,
        UnknownPlaceError,
    )
    from journey.export import export_journey
    from journey.kinematics import run_train
    from journey.kinematics.path import RunningPath
    from journey.kinematics.run import Run
    from journey.maps import draw_map
    from journey.network import Network, load_network
    from journey.osm import ImportedNetwork, import_network
    from journey.path_file import load_path
    from journey.pathfinding.weighting import Weighting
    from journey.quantities import LogNormal, Normal, Pert, Range
    from journey.reaching import Reach, reach
    from journey.reports import Claim, Sighting
    from journey.route import Route
    from journey.router import Router
    from journey.sample import Sample
    from journey.sample.changes import Change
    from journey.scenario import Scenario
    from journey.scenario_file import bundled_scenarios, load_scenario
    from journey.sightings.rivals import Standing, rivals
    from journey.sightings_file import load_sightings
    from journey.train import Train
    from journey.train_estimate import TrainEstimate
    from journey.train_file import bundled_trains, load_train

_HOMES = {
    "Change": "sample.changes",
    "Claim": "reports",
    "Ensemble": "ensemble",
    "ImportedNetwork": "osm",
    "InputError": "errors",
    "JourneyError": "errors",
    "Listed": "alternatives",
    "LogNormal": "quantities",
    "Mixture": "alternatives",
    "Needs": "arriving",
    "Network": "network",
    "NoRouteError": "errors",
    "Normal": "quantities",
    "OutputError": "errors",
    "Pert": "quantities",
    "Range": "quantities",
    "Reach": "reaching",
    "Route": "route",
    "Router": "router",
    "Run": "kinematics.run",
    "RunningPath": "kinematics.path",
    "Sample": "sample",
    "Scenario": "scenario",
    "Sighting": "reports",
    "StalledError": "errors",
    "Standing": "sightings.rivals",
    "Train": "train",
    "TrainEstimate": "train_estimate",
    "UnknownPlaceError": "errors",
    "Weighting": "pathfinding.weighting",
    "Whereabouts": "ensemble.whereabouts",
    "Window": "ensemble.windows",
    "WindowTable": "ensemble.window_table",
    "bundled_scenarios": "scenario_file",
    "bundled_trains": "train_file",
    "calibrate": "calibration",
    "compare_networks": "comparing",
    "draw_map": "maps",
    "export_journey": "export",
    "import_network": "osm",
    "load_lengths": "calibration",
    "load_network": "network",
    "load_path": "path_file",
    "load_scenario": "scenario_file",
    "load_sightings": "sightings_file",
    "load_train": "train_file",
    "needs_of": "arriving",
    "reach": "reaching",
    "rivals": "sightings.rivals",
    "run_train": "kinematics",
    "whatif": "cases",
}

__all__ = [
    "Change",
    "Claim",
    "Ensemble",
    "ImportedNetwork",
    "InputError",
    "JourneyError",
    "Listed",
    "LogNormal",
    "Mixture",
    "Needs",
    "Network",
    "NoRouteError",
    "Normal",
    "OutputError",
    "Pert",
    "Range",
    "Reach",
    "Route",
    "Router",
    "Run",
    "RunningPath",
    "Sample",
    "Scenario",
    "Sighting",
    "StalledError",
    "Standing",
    "Train",
    "TrainEstimate",
    "UnknownPlaceError",
    "Weighting",
    "Whereabouts",
    "Window",
    "WindowTable",
    "__version__",
    "bundled_scenarios",
    "bundled_trains",
    "calibrate",
    "compare_networks",
    "draw_map",
    "export_journey",
    "import_network",
    "load_lengths",
    "load_network",
    "load_path",
    "load_scenario",
    "load_sightings",
    "load_train",
    "needs_of",
    "reach",
    "rivals",
    "run_train",
    "whatif",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module 'journey' has no attribute {name!r}")
    return getattr(import_module(f"journey.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """List the public names."""
    return list(__all__)
