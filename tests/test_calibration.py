"""Windows after reports hold what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from journey.quantities import LogNormal, Range
from journey.statements import Departure, SpeedRule, Stop, UnreportedHalts
from tests.calibration import Press, coverage_of
from tests.conftest import MIDNIGHT, at_speed, make_scenario

SEED = 7
PLACES = ("West", "North", "Farther")


def scenario():
    """Departure, speeds, a halt and unreported halts are not known."""
    rules = (SpeedRule("RU", Range(25.0, 55.0, 40.0)),)
    halts = UnreportedHalts(Range(0.0, 15.0), LogNormal(1200.0, 2.0, 60.0, 7200.0))
    return make_scenario(
        "West",
        "Farther",
        depart=Departure(MIDNIGHT.earliest, MIDNIGHT.earliest + timedelta(hours=2)),
        speeds=replace(at_speed(30.0, 60.0, rules=rules), section_share=0.3, country_share=0.2),
        stops=(Stop("North", Range(600.0, 3600.0)),),
        unreported_halts=(halts,),
    )


@pytest.mark.long
@pytest.mark.parametrize(
    ("draws", "journeys"), [(10_000, 500), (1, 300)], ids=["weighed", "followed"]
)
def test_windows_hold_the_truth_as_often_as_they_say(fork, draws, journeys):
    """Of random journeys with one to three random reports, some of them wrong."""
    truths = scenario().simulate(fork, draws=journeys, seed=1000)
    press = Press(truths, np.random.default_rng(SEED), (600.0, 7200.0))
    ensemble = scenario().simulate(fork, draws=draws, places=PLACES)
    events = [ensemble.plan.events.index(event) for event in ensemble.events]
    found = coverage_of(
        lambda sightings: ensemble.given(sightings, wanted=150),
        press.times_s[events],
        press.reports(),
    )
    assert ((found.within >= 0.87) & (found.within <= 0.93)).all(), found
    # As often before as after: chance alone makes no more difference than this.
    assert (np.abs(found.before - found.after) <= 3 * np.sqrt(0.1 / journeys)).all(), found
