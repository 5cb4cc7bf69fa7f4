"""Train journeys on real railways: true chainage, arrival windows, one self-contained map.

Names are loaded when they are first used, so that ``import journey`` and the command line's help
answer at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from journey.version import __version__

if TYPE_CHECKING:
    from journey.ensemble import Ensemble, Window
    from journey.errors import (
        InputError,
        JourneyError,
        NoRouteError,
        OutputError,
        StalledError,
        UnknownPlaceError,
    )
    from journey.kinematics import run_train
    from journey.kinematics.path import RunningPath
    from journey.kinematics.run import Run
    from journey.maps import draw_map
    from journey.network import Network, load_network
    from journey.path_file import load_path
    from journey.route import Route
    from journey.scenario import Scenario
    from journey.scenario_file import bundled_scenarios, load_scenario
    from journey.train import Train
    from journey.train_estimate import TrainEstimate
    from journey.train_file import bundled_trains, load_train
    from journey.units import Range

_HOMES = {
    "Ensemble": "ensemble",
    "InputError": "errors",
    "JourneyError": "errors",
    "Network": "network",
    "NoRouteError": "errors",
    "OutputError": "errors",
    "Range": "units",
    "Route": "route",
    "Run": "kinematics.run",
    "RunningPath": "kinematics.path",
    "Scenario": "scenario",
    "StalledError": "errors",
    "Train": "train",
    "TrainEstimate": "train_estimate",
    "UnknownPlaceError": "errors",
    "Window": "ensemble",
    "bundled_scenarios": "scenario_file",
    "bundled_trains": "train_file",
    "draw_map": "maps",
    "load_network": "network",
    "load_path": "path_file",
    "load_scenario": "scenario_file",
    "load_train": "train_file",
    "run_train": "kinematics",
}

__all__ = [
    "Ensemble",
    "InputError",
    "JourneyError",
    "Network",
    "NoRouteError",
    "OutputError",
    "Range",
    "Route",
    "Run",
    "RunningPath",
    "Scenario",
    "StalledError",
    "Train",
    "TrainEstimate",
    "UnknownPlaceError",
    "Window",
    "__version__",
    "bundled_scenarios",
    "bundled_trains",
    "draw_map",
    "load_network",
    "load_path",
    "load_scenario",
    "load_train",
    "run_train",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module 'journey' has no attribute {name!r}")
    return getattr(import_module(f"journey.{_HOMES[name]}"), name)
