"""Reports on the toy network, made for tests without a draw."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from journey.evidence import Taken
from journey.reports import Sighting
from journey.sightings.reports import Report
from tests.conftest import make_scenario

START = datetime(2023, 9, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def said(at, event, first_h, last_h, trust=0.8, **about):
    """A report of so many hours after the start."""
    return Sighting(at, event, START + first_h * HOUR, START + last_h * HOUR, trust, **about)


def plan_of(network, *route, **about):
    """West to Far by default."""
    return make_scenario(*(route or ("West", "Far")), **about).plan(network)


def report_of(plan, sighting, right=0.8, copies=(), why_not=None):
    """A report as it was taken in."""
    return Report.of(Taken(sighting, copies, why_not, right, 0.0), sighting, plan)
