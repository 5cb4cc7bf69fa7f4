"""What became of reports and claims, without the journeys that it was computed from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from journey.sightings.check import check
from journey.sightings.notes import notes_of

if TYPE_CHECKING:
    from journey.network import Network
    from journey.scenario import Scenario
    from journey.sightings.grounds import CheckedClaim
    from journey.sightings.holding import CheckedReport
    from journey.sightings.legs import ReportedLeg


class Checked(NamedTuple):
    """What came out of a check, as of `journey.sightings.check.Check`, and what is to be known."""

    headline_kmh: float | None
    reports: tuple[CheckedReport, ...]
    legs: tuple[ReportedLeg, ...]
    claims: tuple[CheckedClaim, ...]
    notes: tuple[str, ...]


def checked_of(scenario: Scenario, network: Network, draws: int, seed: int) -> Checked:
    """Check a scenario but for its rivals, see `journey.sightings.check.check`."""
    found = check(replace(scenario, rivals=()), network, draws=draws, seed=seed)
    parts = (found.headline_kmh, found.reports, found.legs, found.claims)
    return Checked(*parts, tuple(notes_of(found)))
