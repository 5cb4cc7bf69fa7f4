"""Reports from a file, for the commands that take some in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from journey.network import Network
    from journey.scenario import Scenario


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
