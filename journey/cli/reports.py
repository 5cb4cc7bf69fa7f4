"""Both views of a scenario, for the commands that show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.terminal import say

if TYPE_CHECKING:
    from journey.cli.options import Drawing, Files
    from journey.network import Network
    from journey.scenario import Scenario
    from journey.views import View


def network_of(files: Files) -> Network:
    """Load the railway that is asked for."""
    from journey.network import load_network

    return load_network(files.network)


def loaded(
    scenario: str, files: Files, network: Network, *, quiet: bool
) -> tuple[Scenario, tuple[str, ...]]:
    """Load a scenario; what of a file of reports cannot be placed is told."""
    from journey.scenario_file import load_scenario
    from journey.views import with_file

    stated, left_out = with_file(load_scenario(scenario), files.sightings, network)
    for line in left_out:
        say(f"{files.sightings}: {line}", quiet=quiet)
    return stated, left_out


def simulated_views(
    scenario: str,
    files: Files,
    drawing: Drawing,
    network: Network | None = None,
    *,
    quiet: bool = False,
) -> tuple[tuple[View, ...], tuple[str, ...]]:
    """Simulate both views; what of a file of reports cannot be placed is told, and comes second."""
    from journey.views import views_of

    network = network or network_of(files)
    stated, left_out = loaded(scenario, files, network, quiet=quiet)
    views = views_of(stated, network, draws=drawing.draws, seed=drawing.seed, level=drawing.level)
    return views, left_out
