"""What became of reports, claims and rivals, without the journeys it was computed from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from journey.sightings.check import check, rivalries
from journey.sightings.contenders import with_rivals
from journey.sightings.notes import notes_of

if TYPE_CHECKING:
    from journey.network import Network
    from journey.scenario import Scenario
    from journey.sightings.grounds import CheckedClaim
    from journey.sightings.holding import CheckedReport
    from journey.sightings.legs import ReportedLeg
    from journey.sightings.rivals import Rivalry

HERE, ELSEWHERE = slice(0, None, 2), slice(1, None, 2)
"""Every second rival: two processes that share the work of a check end at about the same time."""


class Checked(NamedTuple):
    """What came out of a check, as of `journey.sightings.check.Check`, and what is to be known.

    `rivalries` are those of every second rival, see `ELSEWHERE`.
    """

    headline_kmh: float | None
    reports: tuple[CheckedReport, ...]
    legs: tuple[ReportedLeg, ...]
    claims: tuple[CheckedClaim, ...]
    rivalries: tuple[Rivalry, ...]
    notes: tuple[str, ...]


def checked_of(scenario: Scenario, network: Network, draws: int, seed: int) -> Checked:
    """Check a scenario and every second one of its rivals, see `journey.sightings.check.check`."""
    found = check(replace(scenario, rivals=()), network, draws=draws, seed=seed)
    others = every_second(scenario, network, draws, seed, ELSEWHERE)
    parts = (found.headline_kmh, found.reports, found.legs, found.claims)
    return Checked(*parts, others, tuple(notes_of(found)))


def every_second(
    scenario: Scenario, network: Network, draws: int, seed: int, which: slice
) -> tuple[Rivalry, ...]:
    """What the reports of a scenario make of some of its rivals; without reports, nothing."""
    (_, *others), _ = with_rivals(scenario)
    some = others[which] if scenario.sightings else []
    return rivalries(scenario, some, network, draws, seed)
