"""When a journey began, as stated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from journey.alternatives import Listed, Mixture
from journey.errors import InputError
from journey.quantities import Range
from journey.statements import Departure
from tests.conftest import make_scenario

START = datetime(2023, 9, 10, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


def plan_of(fork, *departures):
    """A plan with some departures."""
    return make_scenario("West", "Far", departures=departures).plan(fork)


def test_a_departure_is_counted_from_a_moment():
    """In seconds; triangular where a time is likeliest."""
    departure = Departure(START, START + 6 * HOUR)
    assert departure.after(START - HOUR) == Range(3600.0, 7 * 3600.0)
    likely = Departure(START, START + 6 * HOUR, likeliest=START + 2 * HOUR)
    assert likely.after(START) == Range(0.0, 6 * 3600.0, 2 * 3600.0)


def test_times_are_counted_from_the_earliest_departure_of_all(fork):
    """Whichever report is named first."""
    late = Departure(START + 10 * HOUR, START + 12 * HOUR, weight=0.2)
    early = Departure(START, START + 6 * HOUR, weight=0.8)
    for order in ((late, early), (early, late)):
        plan = plan_of(fork, *order)
        assert plan.epoch == START
        assert (plan.depart_s.low, plan.depart_s.high) == (0.0, 12 * 3600.0)


def test_one_departure_is_a_range_and_several_are_a_mixture(fork):
    """Each in its share of the draws."""
    early = Departure(START, START + 6 * HOUR, weight=0.8)
    late = Departure(START + 10 * HOUR, START + 12 * HOUR, weight=0.2)
    assert plan_of(fork, Departure(START, START + HOUR)).depart_s == Range(0.0, 3600.0)
    several = plan_of(fork, early, late).depart_s
    assert several == Mixture((Range(0.0, 21600.0), Range(36000.0, 43200.0)), (0.8, 0.2))
    drawn_s = several.at((np.arange(1000) + 0.5) / 1000)
    assert np.mean(drawn_s <= 21600) == pytest.approx(0.8)
    assert np.mean(drawn_s >= 36000) == pytest.approx(0.2)


def test_departures_at_single_moments_are_a_list(fork):
    """One or the other."""
    moments = (
        Departure(START, START, weight=0.5),
        Departure(START + HOUR, START + HOUR, weight=0.5),
    )
    assert plan_of(fork, *moments).depart_s == Listed((0.0, 3600.0), (0.5, 0.5))


def test_departures_whose_weights_do_not_sum_to_a_whole_are_refused(fork):
    """Also where they were not read from a file."""
    with pytest.raises(InputError, match=r"the weights sum to 200 %, expected 100 %"):
        plan_of(fork, Departure(START, START), Departure(START, START + HOUR))
