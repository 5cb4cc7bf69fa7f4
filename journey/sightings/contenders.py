"""The rivals that a scenario names, their prior weights, and their journeys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from journey.alternatives import check_weights
from journey.bundled import find_file
from journey.ensemble import Ensemble
from journey.errors import naming
from journey.scenario_file import load_scenario

if TYPE_CHECKING:
    from journey.network import Network
    from journey.scenario import Scenario


def with_rivals(scenario: Scenario) -> tuple[tuple[Scenario, ...], tuple[float, ...]]:
    """Load the rivals that a scenario names, with their weights; what is left is its own.

    Raises
    ------
    InputError
        If a file cannot be read, or nothing is left for the scenario itself.
    """
    weights = [rival.weight for rival in scenario.rivals]
    own = 1.0 - sum(weights)
    with naming(f"{scenario.origin}: rival"):
        if weights:
            check_weights([own, *weights], 1 + len(weights))
        others = [_loaded(rival.scenario, scenario.origin) for rival in scenario.rivals]
    return (scenario, *others), (own, *weights)


def equal(count: int) -> tuple[float, ...]:
    """As many equal priors."""
    return (1.0 / count,) * count


def simulate_rival(scenario: Scenario, network: Network, draws: int, seed: int) -> Ensemble:
    """Draw the journeys of a rival."""
    with naming("rival"):
        plan = scenario.plan(network)
        with naming(scenario.origin):
            return Ensemble.draw(plan, draws=draws, seed=seed, events=plan.events[-1:])


def _loaded(name: str, origin: str) -> Scenario:
    return load_scenario(find_file(name, "scenario", Path(origin).parent))
