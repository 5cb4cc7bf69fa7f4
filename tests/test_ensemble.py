"""Drawn journeys and their windows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri

import journey
from journey.alternatives import Mixture
from journey.errors import InputError
from journey.quantities import LogNormal, Normal, Range
from journey.reports import Sighting
from journey.statements import Departure, Limit, Margin, SpeedRule, Stop, UnreportedHalts
from journey.views import View
from journey.views_json import windows_document
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
    """Uniform over six hours: bounds at its ends, centre in the middle, to ten seconds."""
    ensemble = make_scenario("West", "Farther", depart=SIX_HOURS).simulate(fork)
    assert last_hours(ensemble) == pytest.approx([1.4, 4.4, 7.4], abs=10 / 3600)
    assert last_hours(ensemble, 0.9) == pytest.approx([1.7, 4.4, 7.1], abs=10 / 3600)


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


HALTS = UnreportedHalts(Range(40.0, 40.0), LogNormal(900.0, 2.0, 60.0, 7200.0))


def uncertain(**about):
    """West to Farther with every kind of uncertainty that a cruise has."""
    defaults = {
        "depart": SIX_HOURS,
        "speeds": replace(at_speed(25.0, 55.0, 40.0), section_share=0.3),
        "stops": (Stop("North", Range(0.0, 3600.0)),),
        "margin": Margin(Range(0.0, 10.0), Range(0.0, 3.0)),
    }
    return make_scenario("West", "Farther", **{**defaults, **about})


@settings(max_examples=20)
@given(
    level=st.floats(0.05, 0.95),
    seed=st.integers(0, 99),
    draws=st.sampled_from([1, 7, 200, 3000]),
    halts=st.sampled_from([(), (HALTS,)]),
)
def test_a_higher_level_never_narrows_a_window(fork, level, seed, draws, halts):
    """And the widest are the scenario's own bounds."""
    ensemble = uncertain(unreported_halts=halts).simulate(fork, draws=draws, seed=seed)
    for inner, outer, whole in zip(
        *(ensemble.window_list(share) for share in (level, level + 0.05, 1.0)), strict=True
    ):
        assert whole.earliest <= outer.earliest <= inner.earliest <= inner.central
        assert inner.central <= inner.latest <= outer.latest <= whole.latest


@settings(max_examples=20)
@given(
    level=st.floats(0.05, 1.0),
    seed=st.integers(0, 99),
    draws=st.sampled_from([1, 7, 200, 3000]),
    halts=st.sampled_from([(), (HALTS,)]),
)
def test_windows_are_in_order_whatever_is_uncertain(fork, level, seed, draws, halts):
    """No bound is earlier than at the event before, rounded or not."""
    ensemble = uncertain(unreported_halts=halts).simulate(fork, draws=draws, seed=seed)
    assert (np.diff(ensemble.quantiles_s(level), axis=0) >= 0).all()
    rounded = [(w.earliest, w.central, w.latest) for w in ensemble.window_list(level)]
    assert all(a <= b for one, two in pairwise(rounded) for a, b in zip(one, two, strict=True))


@settings(max_examples=20)
@given(
    minutes=st.floats(0, 600),
    place=st.sampled_from(["Junction", "Border", "Far"]),
    level=st.floats(0.05, 1.0),
    seed=st.integers(0, 99),
)
def test_a_halt_more_never_makes_an_arrival_earlier(fork, minutes, place, level, seed):
    """The draws of everything else stay the same, so it holds journey by journey too."""
    base = uncertain(unreported_halts=(HALTS,))
    halt = Stop(place, Range(0.0, minutes * 60.0))
    more = replace(base, stops=(*base.stops, halt))
    one, other = (each.simulate(fork, draws=500, seed=seed) for each in (base, more))
    arrival = one.events[-1], other.events[-1]
    # A stop divides the line, and sums of its parts are rounded otherwise.
    assert (one.event_times_s(arrival[0]) <= other.event_times_s(arrival[1]) + 1e-6).all()
    resolution_s = one.resolution_s[-1] + other.resolution_s[-1]
    assert (one.quantiles_s(level)[-1] <= other.quantiles_s(level)[-1] + resolution_s).all()


def test_windows_are_in_order_along_the_route(fork):
    """No bound is earlier than at the station before."""
    ensemble = make_scenario("West", "Farther", depart=SIX_HOURS).simulate(fork)
    frame = ensemble.windows()
    for column in ("earliest_utc", "central_utc", "latest_utc", "km"):
        assert frame[column].is_monotonic_increasing


def drawn(scenario, network, **about):
    """The first block of the journeys."""
    return next(scenario.simulate(network, **about).blocks())


def test_the_same_seed_gives_the_same_draws(fork):
    """And another seed others."""
    scenario = make_scenario("West", "Farther", depart=SIX_HOURS)
    one, same, other = (drawn(scenario, fork, draws=50, seed=seed) for seed in (5, 5, 6))
    np.testing.assert_array_equal(one.depart_s, same.depart_s)
    assert (one.depart_s != other.depart_s).any()


def test_draws_are_spread_evenly_by_themselves(fork):
    """Each row of them has one in each slice of equal probability."""
    draws = drawn(make_scenario("West", "Farther", depart=SIX_HOURS), fork, draws=8192)
    slices = (draws.depart_s / (6 * 3600) * 256).astype(int).reshape(32, 256)
    assert (np.sort(slices, axis=1) == np.arange(256)).all()


def test_each_quantity_has_a_stream_of_its_own(fork):
    """A speed rule more changes nothing of what was drawn for departure and halt."""
    stops = (Stop("North", Range(0.0, 60.0)),)
    bare = make_scenario("West", "Farther", depart=SIX_HOURS, stops=stops)
    rules = (SpeedRule("RU", Range(30.0, 40.0)),)
    ruled = replace(bare, speeds=at_speed(60.0, 60.0, rules=rules), unreported_halts=(HALTS,))
    one, other = (drawn(scenario, fork, draws=5000, seed=5) for scenario in (bare, ruled))
    np.testing.assert_array_equal(one.depart_s, other.depart_s)
    np.testing.assert_array_equal(one.dwell_s, other.dwell_s)
    assert abs(np.corrcoef(one.depart_s, one.dwell_s[0])[0, 1]) < 0.1


def test_a_slow_train_stays_slow_but_for_the_luck_of_sections(fork):
    """The share of its own that a section has is what speeds of two sections do not share."""
    for share in (0.0, 0.3, 1.0):
        speeds = replace(at_speed(40.0, 60.0), section_share=share)
        draws = drawn(make_scenario("West", "Farther", speeds=speeds), fork, draws=8192)
        speed_mps = draws.journeys.speed_mps
        assert len(speed_mps) == (4 if share else 1)
        for each in speed_mps:
            at = np.quantile(each * 3.6, [0.0, 0.25, 0.5, 0.75, 1.0])
            assert at == pytest.approx([40, 45, 50, 55, 60], abs=0.2)
        if share:
            scores = ndtri((speed_mps * 3.6 - 40) / 20)
            together = np.corrcoef(scores)[np.triu_indices(4, 1)]
            assert together == pytest.approx(np.full(6, 1 - share), abs=0.04)


def test_a_slow_train_is_slow_under_every_rule(fork):
    """One share of probability serves the speeds of all countries and lines."""
    rules = (SpeedRule("RU", Range(30.0, 40.0)),)
    speeds = at_speed(50.0, 70.0, rules=rules)
    draws = drawn(make_scenario("West", "Farther", speeds=speeds), fork, draws=100)
    one, other = draws.journeys.speed_mps * 3.6
    assert (one - 50) / 20 == pytest.approx((other - 30) / 10)


def test_threads_change_nothing(fork, monkeypatch):
    """Counts add up exactly, whoever counted."""
    scenario = uncertain(unreported_halts=(HALTS,))
    found = []
    for lanes in (1, 2, 3):
        monkeypatch.setattr("journey.drawing.counting.MOST_LANES", lanes)
        monkeypatch.setattr("os.cpu_count", lambda: 8)
        found.append(scenario.simulate(fork, draws=210_000, seed=3))
    for other in found[1:]:
        for name in ("counts", "group_counts", "group_sizes", "ends"):
            one = getattr(found[0].arrivals, name)
            np.testing.assert_array_equal(one, getattr(other.arrivals, name))


def test_the_histogram_agrees_with_the_draws_themselves(fork):
    """Its quantiles are at most its stated resolution from those of all times together."""
    ensemble = uncertain(unreported_halts=(HALTS,)).simulate(fork, draws=20_003, seed=4)
    shares = [0.01, 0.5, 0.99]
    for event, found, resolution_s in zip(
        ensemble.events, ensemble.quantiles_s(0.98), ensemble.resolution_s, strict=True
    ):
        times_s = ensemble.event_times_s(event)
        exact = np.quantile(times_s, shares, method="inverted_cdf")
        assert found == pytest.approx(exact, abs=resolution_s + 1e-6)


def test_some_places_alone_give_the_same_windows(fork):
    """They are timed alone, which takes less time."""
    scenario = uncertain()
    whole, part = (
        scenario.simulate(fork, draws=500, places=places) for places in (None, ["Far", "North"])
    )
    assert [fork.station_list.index(w.station) for w in part.window_list()] == [4, 4, 6]
    for event, times_s in zip(part.events, part.quantiles_s(0.9), strict=True):
        expected_s = whole.quantiles_s(0.9)[whole.events.index(event)]
        assert times_s == pytest.approx(expected_s, abs=1e-6)
    with pytest.raises(InputError, match="places: none; name a station"):
        scenario.simulate(fork, places=[])


def test_windows_are_rounded_to_what_the_draws_support(fork):
    """Few draws give coarse windows, rounded outward; many give fine ones."""
    for draws, finest_s in ((50, 300.0), (200_000, 60.0)):
        ensemble = uncertain().simulate(fork, draws=draws, seed=2)
        assert (ensemble.grain_s.min() >= finest_s) == (draws == 50), ensemble.grain_s
        for window, exact_s in zip(
            ensemble.window_list(0.9), ensemble.quantiles_s(0.9), strict=True
        ):
            moments = (window.earliest, window.central, window.latest)
            rounded_s = [(moment - START).total_seconds() for moment in moments]
            # The scenario's own bounds are rounded to a second.
            assert rounded_s[0] <= exact_s[0] + 1e-5
            assert rounded_s[2] >= exact_s[2] - 1e-5
            assert np.abs(rounded_s - exact_s).max() <= window.grain_s + 1


def test_the_bounds_of_a_scenario_are_not_rounded_for_want_of_draws(fork):
    """They are exact, whatever was drawn."""
    window = uncertain().simulate(fork, draws=3).window_list()[0]
    assert (window.earliest, window.latest) == (SIX_HOURS.earliest, SIX_HOURS.latest)


def test_a_window_is_the_same_whatever_else_was_timed(fork):
    """All windows are rounded to what the end of the route supports."""
    whole, part = (
        uncertain().simulate(fork, draws=3000, places=places).window_list(0.9)
        for places in (None, ["Border"])
    )
    assert part[0] in whole


def test_halts_that_nobody_reported_make_no_journey_earlier_than_it_can_be(fork):
    """Nor is anything rounded to before that."""
    halts = UnreportedHalts(Range(0.0, 5.0), Range(60.0, 36_000.0))
    about = {"unreported_halts": (halts,)}
    ensemble = make_scenario("West", "Farther", **about).simulate(fork, draws=3000)
    for level in (0.5, 0.9, 1.0):
        window = ensemble.window_list(level)[-1]
        assert START + timedelta(hours=1.4) <= window.earliest <= window.central
    assert np.isnan(ensemble.standard_errors_s()[-1]).tolist() == [False, False, True]


def test_more_masses_of_a_train_may_be_drawn_than_were_tried(network):
    """Then bounds are those of the journeys that were drawn too."""
    train = journey.load_train("armoured")
    mass = train.mass_t._replace(value=Normal(1215.0, 100.0, 760.0, 1900.0))
    scenario = replace(
        make_scenario("Sŏnbong", "Tumangang", speeds=at_speed(59.0, 59.0, meaning="maximum")),
        train=replace(train, mass_t=mass),
        running="dynamics",
    )
    ensemble = scenario.simulate(network, draws=1000)
    times_s = ensemble.event_times_s(ensemble.events[-1])
    assert ensemble.plan.tried
    assert ensemble.bounds_s[-1, 0] <= times_s.min() <= times_s.max() <= ensemble.bounds_s[-1, 1]


def test_the_order_of_alternatives_is_of_no_account(fork):
    """One of two speeds holds for the whole journey, and how fast the train is besides."""
    fast, slow = Range(50.0, 70.0), Range(25.0, 40.0)
    found = []
    for parts, weights in (((fast, slow), (0.7, 0.3)), ((slow, fast), (0.3, 0.7))):
        speeds = replace(at_speed(50.0, 50.0), section_share=1.0)
        speeds = replace(speeds, default=SpeedRule("default", Mixture(parts, weights)))
        speeds = replace(speeds, rules=(SpeedRule("RU", Range(25.0, 55.0, 40.0)),))
        ensemble = make_scenario("West", "Farther", speeds=speeds).simulate(fork, draws=50_000)
        found.append(ensemble.quantiles_s(0.9)[-1])
        for draws in ensemble.blocks():
            kmh = draws.journeys.speed_mps[:2] * 3.6
            np.testing.assert_array_equal(kmh[0] >= 50, kmh[1] >= 50)
    assert found[0] == pytest.approx(found[1], abs=60)


def test_a_limit_more_changes_nothing_for_the_others(fork):
    """Each is told by its stretch."""
    border = Limit(("North", "Border"), Range(20.0, 40.0))
    first = Limit(("West", "Junction"), Range(20.0, 40.0))
    speeds = at_speed(60.0, 60.0, meaning="maximum")
    one, other = (
        drawn(make_scenario("West", "Farther", speeds=speeds, limits=limits), fork, draws=500)
        for limits in ((border,), (first, border))
    )
    np.testing.assert_array_equal(one.journeys.limit_mps[0], other.journeys.limit_mps[1])


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"draws": 1e4}, "draws 10000.0: expected a whole number"),
        ({"seed": "1"}, "seed '1': expected a whole number"),
        ({"places": "Far"}, "places 'Far': expected a list"),
    ],
)
def test_what_is_no_number_is_refused(fork, wrong, expected):
    """In one line; whole numbers of NumPy are as good as Python's."""
    scenario = make_scenario("West", "Farther")
    with pytest.raises(InputError, match=expected):
        scenario.simulate(fork, **wrong)
    assert scenario.simulate(fork, draws=np.int64(40)).draws == 40


def test_an_ensemble_of_some_places_is_told_but_not_drawn(fork):
    """JSON and table have what was timed; the map shows every station."""
    sighting = Sighting("North", "pass", START, START + timedelta(hours=1))
    scenario = make_scenario("West", "Farther", sightings=(sighting,))
    ensemble = scenario.simulate(fork, draws=40, places=["Far"])
    document = windows_document([View(ensemble.basis, ensemble, 0.9)])
    assert [each["id"] for each in document["stations"]] == ["far"]
    assert document["reports"] == []
    with pytest.raises(InputError, match="map: only some places were timed"):
        journey.draw_map(ensemble)


def test_what_too_few_draws_cannot_tell_is_not_a_number(fork):
    """A single journey has no standard error, unless nothing is uncertain."""
    assert np.isnan(uncertain().simulate(fork, draws=1).standard_errors_s(0.9)[-1]).all()
    fixed = make_scenario("West", "Farther").simulate(fork, draws=1)
    assert (fixed.standard_errors_s(0.9) == 0).all()


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
