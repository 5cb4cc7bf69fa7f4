"""Both views of a scenario, for the commands that show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.terminal import say

if TYPE_CHECKING:
    from pathlib import Path

    from journey.cli.options import Drawing
    from journey.network import Network
    from journey.scenario import Scenario
    from journey.views import View


def loaded(
    scenario: str, sightings: Path | None, *, quiet: bool
) -> tuple[Network, Scenario, tuple[str, ...]]:
    """Load the railway and a scenario; what of a file of reports cannot be placed is told."""
    from journey.network import load_network
    from journey.scenario_file import load_scenario
    from journey.views import with_file

    network = load_network()
    stated, left_out = with_file(load_scenario(scenario), sightings, network)
    for line in left_out:
        say(f"{sightings}: {line}", quiet=quiet)
    return network, stated, left_out


def simulated_views(
    scenario: str, sightings: Path | None, drawing: Drawing, *, quiet: bool = False
) -> tuple[tuple[View, ...], tuple[str, ...]]:
    """Simulate both views; what of a file of reports cannot be placed is told, and comes second."""
    from journey.views import views_of

    network, stated, left_out = loaded(scenario, sightings, quiet=quiet)
    views = views_of(stated, network, draws=drawing.draws, seed=drawing.seed, level=drawing.level)
    return views, left_out
