"""Reports from a file, for the commands that take some in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.terminal import say

if TYPE_CHECKING:
    from pathlib import Path

    from journey.cli.options import Drawing
    from journey.network import Network
    from journey.scenario import Scenario
    from journey.views import View


def with_file(
    scenario: Scenario, sightings: Path | None, network: Network
) -> tuple[Scenario, tuple[str, ...]]:
    """Put the reports of a file in the place of a scenario's own; say what cannot be placed."""
    if sightings is None:
        return scenario, ()
    from journey.sightings_file import load_sightings
    from journey.views import with_reports

    placed, left_out, sources = load_sightings(sightings, network)
    return with_reports(scenario, placed, sources), left_out


def simulated_views(
    scenario: str, sightings: Path | None, drawing: Drawing
) -> tuple[tuple[View, ...], tuple[str, ...]]:
    """Simulate both views; what of a file of reports cannot be placed is told, and comes second."""
    from journey.network import load_network
    from journey.scenario_file import load_scenario
    from journey.views import views_of

    network = load_network()
    stated, left_out = with_file(load_scenario(scenario), sightings, network)
    for line in left_out:
        say(f"{sightings}: {line}", quiet=False)
    views = views_of(stated, network, draws=drawing.draws, seed=drawing.seed, level=drawing.level)
    return views, left_out
