"""What an arrival that was reported needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journey
from journey.errors import InputError
from journey.quantities import Range
from journey.statements import Departure, Margin, Stop
from tests.conftest import at_speed, make_scenario

START = datetime(2023, 9, 10, tzinfo=UTC)
HALT = Stop("North", Range(3600.0, 3600.0))


def after(hours):
    """So long after midnight."""
    return START + timedelta(hours=hours)


def needs(scenario, network, *moments, **about):
    """Of an arrival at the end."""
    ensemble = scenario.simulate(network, draws=500)
    return journey.needs_of(ensemble, "Farther", *moments, **about)


def test_a_fixed_journey_needs_one_speed_or_one_halt(fork):
    """84 km in 3 hours: 28 km/h, or at 60 km/h a halt of 1.6 hours."""
    found = needs(make_scenario("West", "Farther"), fork, after(3.0))
    assert found.speed_kmh == pytest.approx([28.0] * 3, rel=1e-6)
    assert found.halts_s == pytest.approx([1.6 * 3600] * 3)


def test_stated_halts_count_for_the_speed_and_in_the_total(fork):
    """An hour less to move in; the total of halts is the same."""
    found = needs(make_scenario("West", "Farther", stops=(HALT,)), fork, after(3.0))
    assert found.speed_kmh == pytest.approx([42.0] * 3, rel=1e-6)
    assert found.halts_s == pytest.approx([1.6 * 3600] * 3)


def test_a_margin_leaves_less_time_to_run(fork):
    """Half again as long: 84 km in two hours."""
    margin = Margin(Range(50.0, 50.0), Range(0.0, 0.0))
    found = needs(make_scenario("West", "Farther", margin=margin), fork, after(3.0))
    assert found.speed_kmh == pytest.approx([42.0] * 3, rel=1e-6)
    assert found.halts_s == pytest.approx([0.9 * 3600] * 3)


def test_an_uncertain_departure_gives_bounds(fork):
    """Within an hour: from 84 km in three hours to as much in two."""
    scenario = make_scenario("West", "Farther", depart=Departure(START, after(1.0)))
    found = needs(scenario, fork, after(3.0), level=1)
    assert found.speed_kmh == pytest.approx([28.0, 33.6, 42.0], rel=0.005)
    assert np.array(found.halts_s) / 3600 == pytest.approx([0.6, 1.1, 1.6], abs=0.01)


def test_an_arrival_within_a_time_is_alike_likely_all_through(fork):
    """An hour's width of the report does what an hour's width of the departure does."""
    found = needs(make_scenario("West", "Farther"), fork, after(2.0), after(3.0), level=1)
    assert found.speed_kmh == pytest.approx([28.0, 33.6, 42.0], rel=0.005)


def test_an_arrival_too_early_has_no_speed(fork):
    """Infinite where no time is left, and halts below zero where the train is late anyhow."""
    found = needs(make_scenario("West", "Farther", stops=(HALT,)), fork, after(0.5))
    assert np.isinf(found.speed_kmh).all()
    assert found.halts_s == pytest.approx([-0.9 * 3600] * 3)


@settings(max_examples=15)
@given(hours=st.floats(2.5, 30), seed=st.integers(0, 50))
def test_the_median_speed_that_is_needed_leads_to_the_arrival(fork, hours, seed):
    """Put into the scenario, its median arrival is the one that was asked for."""
    scenario = make_scenario("West", "Farther", depart=Departure(START, after(0.5)), stops=(HALT,))
    ensemble = scenario.simulate(fork, draws=2000, seed=seed)
    found = journey.needs_of(ensemble, "Farther", after(hours))
    again = replace(scenario, speeds=at_speed(found.speed_kmh[1], found.speed_kmh[1]))
    arrival = again.simulate(fork, draws=2000, seed=seed).window_list(0.9)[-1].central
    assert (arrival - after(hours)).total_seconds() == pytest.approx(0, abs=10)


@pytest.mark.parametrize(
    ("place", "moments", "expected"),
    [
        ("Nowhere", ("2023-09-10T03:00Z",), "'Nowhere' is no station"),
        ("West", ("2023-09-10T03:00Z",), "the journey begins there"),
        ("Far", ("2023-09-10T03:00",), "has no offset"),
        ("Far", ("2023-09-10T03:00Z", "2023-09-10T02:00Z"), "latest .* is before earliest"),
    ],
)
def test_wrong_questions_are_refused(fork, place, moments, expected):
    """In one line."""
    ensemble = make_scenario("West", "Farther").simulate(fork, draws=5)
    with pytest.raises(InputError, match=expected):
        journey.needs_of(ensemble, place, *moments)
