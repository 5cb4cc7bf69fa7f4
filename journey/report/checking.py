"""The check of a report, by the names of files, for a process that knows nothing yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.network import load_network
from journey.scenario_file import load_scenario
from journey.sightings.checked import Checked, checked_of
from journey.views import with_file

if TYPE_CHECKING:
    from pathlib import Path


def checked_file(
    scenario: str, sightings: Path | None, network_file: Path | None, draws: int, seed: int
) -> Checked:
    """Load a scenario, and check it.

    Parameters
    ----------
    scenario : str
        Bundled name or path of a TOML file.
    sightings : Path or None
        CSV file of reports in the place of the scenario's own.
    network_file : Path or None
        Railway in the place of the embedded one.
    draws, seed : int
        As for `Scenario.simulate`.
    """
    network = load_network(network_file)
    stated, _ = with_file(load_scenario(scenario), sightings, network)
    return checked_of(stated, network, draws, seed)
