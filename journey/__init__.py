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
        UnknownPlaceError,
    )
    from journey.maps import draw_map
    from journey.network import Network, load_network
    from journey.route import Route
    from journey.scenario import Scenario
    from journey.scenario_file import bundled_scenarios, load_scenario
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
    "Scenario": "scenario",
    "UnknownPlaceError": "errors",
    "Window": "ensemble",
    "bundled_scenarios": "scenario_file",
    "draw_map": "maps",
    "load_network": "network",
    "load_scenario": "scenario_file",
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
    "Scenario",
    "UnknownPlaceError",
    "Window",
    "__version__",
    "bundled_scenarios",
    "draw_map",
    "load_network",
    "load_scenario",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module 'journey' has no attribute {name!r}")
    return getattr(import_module(f"journey.{_HOMES[name]}"), name)
