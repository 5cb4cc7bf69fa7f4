"""What became of reports, claims and rivals, without the journeys that it was computed from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from journey.sightings.check import check
from journey.sightings.notes import notes_of

if TYPE_CHECKING:
    from journey.network import Network
    from journey.scenario import Scenario
    from journey.sightings.grounds import CheckedClaim
    from journey.sightings.holding import CheckedReport
    from journey.sightings.legs import ReportedLeg
    from journey.sightings.rivals import Standing


class Checked(NamedTuple):
    """What came out of a check, as of `journey.sightings.check.Check`, and what is to be known."""

    headline_kmh: float | None
    reports: tuple[CheckedReport, ...]
    legs: tuple[ReportedLeg, ...]
    claims: tuple[CheckedClaim, ...]
    rivals: tuple[Standing, ...]
    notes: tuple[str, ...]


def checked_of(scenario: Scenario, network: Network, draws: int, seed: int) -> Checked:
    """Check a scenario, see `journey.sightings.check.check`."""
    found = check(scenario, network, draws=draws, seed=seed)
    parts = (found.headline_kmh, found.reports, found.legs, found.claims, found.rivals)
    return Checked(*parts, tuple(notes_of(found)))
