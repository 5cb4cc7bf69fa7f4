"""Drawn journeys and their windows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.errors import InputError
from journey.statements import Departure, SpeedRule, Stop
from journey.units import Range
from tests.conftest import at_speed, make_scenario

START = datetime(2023, 9, 10, tzinfo=UTC)
SIX_HOURS = Departure(START, START + timedelta(hours=6))


def last_hours(ensemble, level=1.0):
    """Earliest, central and latest arrival, hours after the epoch."""
    window = ensemble.window_list(level)[-1]
    moments = (window.earliest, window.central, window.latest)
    return [(moment - START).total_seconds() / 3600 for moment in moments]


def test_a_fixed_journey_has_a_window_of_one_moment(fork):
    """84 km at 60 km/h take 1.4 hours, whatever the draws."""
    ensemble = make_scenario("West", "Farther").simulate(fork, draws=3, seed=1)
    assert last_hours(ensemble) == pytest.approx([1.4, 1.4, 1.4])


def test_a_departure_range_moves_the_whole_window(fork):
    """Uniform over six hours: bounds at its ends, centre in the middle, to the second."""
    ensemble = make_scenario("West", "Farther", depart=SIX_HOURS).simulate(fork)
    assert last_hours(ensemble) == pytest.approx([1.4, 4.4, 7.4], abs=1e-3)
    assert last_hours(ensemble, 0.9) == pytest.approx([1.7, 4.4, 7.1], abs=1e-3)


def test_a_speed_range_widens_the_window_along_the_way(fork):
    """The bounds are the fastest and the slowest journey."""
    scenario = make_scenario("West", "Farther", speeds=at_speed(42.0, 84.0))
    ensemble = scenario.simulate(fork)
    assert last_hours(ensemble) == pytest.approx([1.0, 84 / 63, 2.0], abs=1e-3)
    widths = [w.latest - w.earliest for w in ensemble.window_list()]
    assert widths == sorted(widths)


def test_a_stop_delays_everything_after_it(fork):
    """Arrival at the halt is as without it; departure and what follows is later by its length."""
    stops = (Stop("North", Range(1800.0, 5400.0)),)
    ensemble = make_scenario("West", "Farther", stops=stops).simulate(fork)
    by_event = {(w.station.id, w.event): w for w in ensemble.window_list()}
    arrive, depart = by_event["north", "arrive"], by_event["north", "depart"]
    assert arrive.earliest == arrive.latest == START + timedelta(minutes=46)
    assert depart.earliest == START + timedelta(minutes=76)
    assert depart.latest == START + timedelta(minutes=136)
    assert last_hours(ensemble) == pytest.approx([1.9, 2.4, 2.9], abs=1e-3)


def test_windows_agree_with_the_sum_of_two_uniform_quantities(fork):
    """Departure over six hours and a halt of up to six hours: the exact trapezoidal quantiles."""
    stops = (Stop("North", Range(0.0, 6 * 3600.0)),)
    scenario = make_scenario("West", "Farther", depart=SIX_HOURS, stops=stops)
    low, centre, high = last_hours(scenario.simulate(fork, draws=40_000, seed=2), 0.9)
    exact_low = np.sqrt(2 * 0.05) * 6
    assert centre == pytest.approx(1.4 + 6, abs=0.05)
    assert low == pytest.approx(1.4 + exact_low, abs=0.05)
    assert high == pytest.approx(1.4 + 12 - exact_low, abs=0.05)


@settings(max_examples=20)
@given(level=st.floats(0.05, 0.95), seed=st.integers(0, 99))
def test_a_higher_level_never_narrows_a_window(fork, level, seed):
    """And the widest are the scenario's own bounds."""
    scenario = make_scenario("West", "Farther", depart=SIX_HOURS, speeds=at_speed(25.0, 55.0, 40.0))
    ensemble = scenario.simulate(fork, draws=200, seed=seed)
    for inner, outer, whole in zip(
        *(ensemble.window_list(share) for share in (level, level + 0.05, 1.0)), strict=True
    ):
        assert whole.earliest <= outer.earliest <= inner.earliest <= inner.central
        assert inner.central <= inner.latest <= outer.latest <= whole.latest


def test_windows_are_in_order_along_the_route(fork):
    """No bound is earlier than at the station before."""
    ensemble = make_scenario("West", "Farther", depart=SIX_HOURS).simulate(fork)
    frame = ensemble.windows()
    for column in ("earliest_utc", "central_utc", "latest_utc", "km"):
        assert frame[column].is_monotonic_increasing


def test_the_same_seed_gives_the_same_draws(fork):
    """And another seed others."""
    scenario = make_scenario("West", "Farther", depart=SIX_HOURS)
    one, same, other = (scenario.simulate(fork, draws=50, seed=seed) for seed in (5, 5, 6))
    np.testing.assert_array_equal(one.depart_s, same.depart_s)
    assert (one.depart_s != other.depart_s).any()


def test_a_single_draw_is_the_median(fork):
    """The middle of the one slice there is; with four draws, the middles of the quarters."""
    scenario = make_scenario("West", "Farther", depart=SIX_HOURS)
    assert scenario.simulate(fork, draws=1).depart_s / 3600 == pytest.approx([3.0])
    drawn_h = sorted(scenario.simulate(fork, draws=4, seed=9).depart_s / 3600)
    assert drawn_h == pytest.approx([0.75, 2.25, 3.75, 5.25])


def test_each_quantity_has_a_stream_of_its_own(fork):
    """A speed rule more changes nothing of what was drawn for departure and halt."""
    stops = (Stop("North", Range(0.0, 60.0)),)
    bare = make_scenario("West", "Farther", depart=SIX_HOURS, stops=stops)
    rules = (SpeedRule("RU", Range(30.0, 40.0)),)
    ruled = make_scenario(
        "West", "Farther", depart=SIX_HOURS, stops=stops, speeds=at_speed(60.0, 60.0, rules=rules)
    )
    one, other = (scenario.simulate(fork, draws=50, seed=5) for scenario in (bare, ruled))
    np.testing.assert_array_equal(one.depart_s, other.depart_s)
    np.testing.assert_array_equal(one.dwell_s, other.dwell_s)
    assert abs(np.corrcoef(one.depart_s, one.dwell_s[0])[0, 1]) < 0.5


def test_local_times_are_on_the_clock_of_the_place(fork):
    """In Russia UTC+10, in the DPRK UTC+9; the instant is the same as in UTC."""
    frame = make_scenario("West", "Farther").simulate(fork).windows()
    first, last = frame.iloc[0], frame.iloc[-1]
    assert first["earliest"].isoformat() == "2023-09-10T09:00:00+09:00"
    assert last["earliest"].utcoffset() == timedelta(hours=10)
    assert last["earliest"] == last["earliest_utc"]


@pytest.mark.parametrize("wrong", [{"draws": 0}, {"draws": -1}, {"seed": -1}])
def test_wrong_draws_are_refused(fork, wrong):
    """At least one journey, and a seed that NumPy takes."""
    with pytest.raises(InputError, match="expected"):
        make_scenario("West", "Farther").simulate(fork, **wrong)


@pytest.mark.parametrize("level", [0, -0.1, 1.1, 90, float("nan")])
def test_a_level_is_a_share(fork, level):
    """Not percent, and not nothing."""
    ensemble = make_scenario("West", "Farther").simulate(fork, draws=5)
    with pytest.raises(InputError, match="expected a share"):
        ensemble.windows(level)
